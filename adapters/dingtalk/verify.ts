import { Refused } from '../../src/model/problem.ts'
import { toBase64, utf8, whichText } from '../crypto.ts'

const HOUR_MS = 3_600_000

/** Signs stamps under one secret, whose key is imported once. */
function signerOf(secret: string): (timestamp: string) => Promise<string> {
  let imported: ReturnType<typeof crypto.subtle.importKey> | undefined
  return async (timestamp) => {
    imported ??= crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    const mac = await crypto.subtle.sign('HMAC', await imported, utf8(`${timestamp}\n${secret}`))
    return toBase64(new Uint8Array(mac))
  }
}

/**
 * Proves the headers of a robot's HTTP callback under one of the `secrets` (the one before stays valid while a rotation is under
 * way): `sign` is the base64 of HMAC-SHA256 under the app's secret over timestamp
 * (ms), a line end and the secret. It says nothing of the body: whoever has seen one request may send others for an hour.
 * @throws Refused 401
 */
export function createDingtalkVerify(
  secrets: readonly string[],
  now: () => Date,
  refused: (why: string) => void = () => {},
) {
  const signers = secrets.map(signerOf)
  const unproven = (why: string): never => {
    refused(why)
    throw new Refused(401)
  }

  return async function verify(headers: Headers): Promise<void> {
    const timestamp = headers.get('timestamp') ?? ''
    if (!/^\d{1,15}$/.test(timestamp)) unproven('unsigned')
    const signatures = await Promise.all(signers.map((sign) => sign(timestamp)))
    if (whichText(signatures, headers.get('sign') ?? '') < 0) unproven('signature')
    if (Math.abs(now().getTime() - Number(timestamp)) > HOUR_MS) unproven('too-old')
  }
}
