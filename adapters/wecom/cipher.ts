import { Refused } from '../../src/model/problem.ts'
import {
  concat,
  createAesCbc,
  digest,
  fromBase64,
  fromUtf8,
  sameText,
  toBase64,
  toHex,
  utf8,
  whichText,
  withOld,
} from '../crypto.ts'

export interface WecomSecrets {
  token: string
  /** EncodingAESKey: 43 characters. */
  aesKey: string
  /** What they were before, taken too while a rotation is under way. */
  tokenOld?: string | undefined
  aesKeyOld?: string | undefined
  /** Corp id for an app's callback, the empty text for a robot of the corporation's own. */
  receiveId: string
}

export interface Sealed {
  encrypt: string
  msgsignature: string
  timestamp: number
  nonce: string
}

/** Seals under one token and key. @param timestamp seconds */
export type Seal = (text: string, timestamp: number, nonce: string) => Promise<Sealed>

/** What was opened, and how an answer is sealed: under what the request came with, which is what the platform knows. */
export interface Opened {
  message: string
  seal: Seal
}

export interface WecomCipher {
  /** The message of a signed, encrypted text. @throws Refused 401, whatever does not hold */
  open(query: URLSearchParams, encrypt: string): Promise<Opened>
}

/** The platform pads PKCS#7 to 32 bytes, twice what ciphers do by themselves: 1…32, each byte the count. */
const PAD = 32
const RANDOM = 16
const HEAD = RANDOM + 4

/** Takes the padding off. @throws RangeError where it is wrong */
export function unpad(padded: Uint8Array): Uint8Array {
  const count = padded[padded.length - 1] ?? 0
  if (count < 1 || count > PAD || count > padded.length) throw new RangeError('padding')
  const end = padded.length - count
  if (padded.subarray(end).some((byte) => byte !== count)) throw new RangeError('padding')
  return padded.subarray(0, end)
}

function pad(bytes: Uint8Array): Uint8Array {
  const count = PAD - (bytes.length % PAD)
  return concat(bytes, new Uint8Array(count).fill(count))
}

/** random(16) ‖ length(4, big-endian) ‖ message ‖ receive id */
function unpack(plain: Uint8Array): { message: string; receiveId: string } {
  const length = new DataView(plain.buffer, plain.byteOffset, plain.length).getUint32(RANDOM)
  if (HEAD + length > plain.length) throw new RangeError('length')
  return {
    message: fromUtf8(plain.subarray(HEAD, HEAD + length)),
    receiveId: fromUtf8(plain.subarray(HEAD + length)),
  }
}

function pack(message: string, receiveId: string, random: Uint8Array): Uint8Array {
  const bytes = utf8(message)
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.length)
  return concat(random, length, bytes, utf8(receiveId))
}

const someBytes = () => crypto.getRandomValues(new Uint8Array(RANDOM))

/**
 * Callbacks' encryption (developer.work.weixin.qq.com/document/path/91144 and 101033): AES-256-CBC under the key with
 * its first 16 bytes as IV; SHA-1 over the sorted token, timestamp, nonce and ciphertext.
 * @param random 16 bytes in front of each sealed message
 */
export function createWecomCipher(
  secrets: WecomSecrets,
  refused: (why: string) => void = () => {},
  random: () => Uint8Array = someBytes,
): WecomCipher {
  const keys = withOld(secrets.aesKey, secrets.aesKeyOld).map((text) => {
    const key = fromBase64(`${text}=`)
    return { iv: key.slice(0, 16), aes: createAesCbc(key) }
  })
  const tokens = withOld(secrets.token, secrets.tokenOld)

  const sign = async (token: string, timestamp: string, nonce: string, encrypt: string) =>
    toHex(await digest('SHA-1', [token, timestamp, nonce, encrypt].sort().join('')))

  const unproven = (why: string): never => {
    refused(why)
    throw new Refused(401)
  }

  type Key = (typeof keys)[number]

  const sealUnder =
    (token: string, { iv, aes }: Key): Seal =>
    async (text, timestamp, nonce) => {
      const packed = pad(pack(text, secrets.receiveId, random()))
      const encrypt = toBase64(await aes.encryptUnpadded(iv, packed))
      return { encrypt, msgsignature: await sign(token, String(timestamp), nonce, encrypt), timestamp, nonce }
    }

  const unsealed = async (key: Key, encrypt: string) => {
    const padded = await key.aes.decryptUnpadded(key.iv, decoded(encrypt))
    return { ...unpack(unpad(padded)), key }
  }

  return {
    async open(query, encrypt) {
      const stamp = [query.get('timestamp') ?? '', query.get('nonce') ?? ''] as const
      const signatures = await Promise.all(tokens.map((token) => sign(token, ...stamp, encrypt)))
      const token = tokens[whichText(signatures, query.get('msg_signature') ?? '')] ?? unproven('signature')
      // Token and key are changed together or one alone: each key is tried, whatever the token.
      const tried = await Promise.all(keys.map((key) => unsealed(key, encrypt).catch(() => undefined)))
      const opened = tried.find((one) => one && sameText(secrets.receiveId, one.receiveId))
      if (!opened) return unproven(tried.some((one) => one) ? 'receive-id' : 'key')
      return { message: opened.message, seal: sealUnder(token, opened.key) }
    },
  }
}

/** No bytes where it is no base64, which no length of a message can be. */
function decoded(base64: string): Uint8Array {
  try {
    return fromBase64(base64)
  } catch {
    return new Uint8Array(0)
  }
}
