import { z } from 'zod'
import { Refused } from '../../src/model/problem.ts'
import { anyCrypto, digest, fromUtf8, whichText, withOld } from '../crypto.ts'

export interface LarkSecrets {
  appId: string
  encryptKey: string
  verificationToken: string
  /** What they were before, taken too while a rotation is under way. */
  encryptKeyOld?: string
  verificationTokenOld?: string
}

/** A proven body: the platform's check of the URL, or an event (schema 1.0 or 2.0). */
export type Proven = { challenge: string } | { event: unknown }

const Sealed = z.object({ encrypt: z.string() })
const UrlVerification = z.object({ type: z.literal('url_verification'), token: z.string(), challenge: z.string() })
/** Schema 2.0 keeps the proofs in `header`, schema 1.0 at the top and in `event`. */
const Envelope = z.object({
  token: z.string().optional(),
  header: z.object({ token: z.string(), app_id: z.string() }).optional(),
  event: z.object({ app_id: z.string().optional() }).optional(),
})

/** A challenge is some 300 bytes; nothing longer is decrypted without a signature. */
const LONGEST_CHALLENGE = 4096

/**
 * Proves a webhook's raw bytes (open.feishu.cn, “Encryption of events”): SHA-256 over timestamp, nonce, Encrypt Key and
 * body; then the app's token and id inside. Only the check of the URL comes unsigned and is proven by the token alone.
 * There is no time window here: whether the platform signs a retry (up to 6 h later) anew is not documented, and a replay
 * meets its receipt.
 * @throws Refused 401 unproven, 400 signed but not readable
 */
export function createLarkVerify(secrets: LarkSecrets, refused: (why: string) => void = () => {}, crypto = anyCrypto) {
  const keys = withOld(secrets.encryptKey, secrets.encryptKeyOld).map((text) => ({
    text,
    aes: crypto.aes(digest('SHA-256', text)),
  }))
  const tokens = withOld(secrets.verificationToken, secrets.verificationTokenOld)
  const unproven = (why: string): never => {
    refused(why)
    throw new Refused(401)
  }

  /** Under which key it was signed; undefined under none. */
  const signedBy = (headers: Headers, raw: Uint8Array, sent: string) => {
    const stamp = (headers.get('x-lark-request-timestamp') ?? '') + (headers.get('x-lark-request-nonce') ?? '')
    const signatures = keys.map(({ text }) => crypto.sha256Hex(stamp, text, raw))
    return keys[whichText(signatures, sent)]
  }

  const open = async (raw: Uint8Array, { aes }: Pick<(typeof keys)[number], 'aes'>): Promise<unknown> => {
    const sealed = crypto.fromBase64(Sealed.parse(JSON.parse(fromUtf8(raw))).encrypt)
    return JSON.parse(fromUtf8(await aes.decrypt(sealed.subarray(0, 16), sealed.subarray(16))))
  }

  /** What opens under one of the keys, where no signature says under which. */
  const openAny = async (raw: Uint8Array): Promise<unknown> => {
    const tried = await Promise.all(keys.map((key) => open(raw, key).catch(() => undefined)))
    return tried.find((body) => body !== undefined)
  }

  const isToken = (sent: string): boolean => whichText(tokens, sent) >= 0

  const challengeOf = (body: unknown): Proven | undefined => {
    // Nearly everything is none, which is seen without the shape's own account of why.
    if ((body as { type?: unknown } | null)?.type !== 'url_verification') return undefined
    const check = UrlVerification.safeParse(body)
    if (!check.success) return undefined
    return isToken(check.data.token) ? { challenge: check.data.challenge } : unproven('token')
  }

  return async function verify(raw: Uint8Array, headers: Headers): Promise<Proven> {
    const sent = headers.get('x-lark-signature')
    if (sent === null) {
      const body = raw.length <= LONGEST_CHALLENGE ? await openAny(raw) : undefined
      return challengeOf(body) ?? unproven('unsigned')
    }
    const key = signedBy(headers, raw, sent) ?? unproven('signature')
    const body = await open(raw, key).catch(() => {
      throw new Refused(400)
    })
    const challenge = challengeOf(body)
    if (challenge) return challenge
    const envelope = Envelope.safeParse(body)
    if (!envelope.success) throw new Refused(400)
    const { header, token, event } = envelope.data
    if (!isToken(header?.token ?? token ?? '')) unproven('token')
    if ((header?.app_id ?? event?.app_id) !== secrets.appId) unproven('app-id')
    return { event: body }
  }
}
