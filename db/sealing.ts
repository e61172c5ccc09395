import { bytesToUtf8, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils'
import { sm3, sm4 } from 'sm-crypto-v2'
import { WrongKey } from './errors.ts'

const NONCE = 12
const TAG = 16
const SEALED = /^sm4:([0-9a-f]{8}):([A-Za-z0-9+/]+={0,2})$/
/** Long texts are turned in pieces: so many arguments a call takes everywhere. */
const PIECE = 8192

/** 32 hexadecimal digits each. What is written is sealed under `key`; what was sealed under `old` is still read. */
export interface Keys {
  key?: string | undefined
  old?: string | undefined
}

/**
 * How identity columns stand at rest: `sm4:<key id>:<base64 of nonce, ciphertext, tag>` by SM4-GCM (GB/T 32907, RFC 8998).
 * The nonce is made from the plain text (HMAC-SM3 under a key of its own), as in SIV modes: equal texts are sealed equally,
 * so that looking up and unique keys go on working. Who has the database alone learns that two values are equal, and about
 * how long they are; nothing else. Two different texts share 96 bits of nonce by chance alone.
 */
export interface Sealing {
  /** Of the key that is written under; empty: what is written stands there as it is. */
  readonly id: string
  /** Ids of all keys at hand. */
  readonly known: readonly string[]
  /** The empty text says that there is nothing, and stays empty. */
  seal(plain: string): string
  /** What was never sealed comes back as it is. @throws WrongKey where the key is not at hand, or the bytes were changed */
  open(stored: string): string
}

/** Is that how a sealed text stands? */
export const isSealed = (stored: string): boolean => stored.startsWith('sm4:')

const toBase64 = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE))
  return btoa(text)
}
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))

/** Nothing is done twice with one key: each use has its own, made from it. */
const derived = (key: string, use: string): string => sm3(`duban identity ${use}`, { key: hexToBytes(key) })

const underKey = (secret: string) => {
  const key = hexToBytes(derived(secret, 'seal')).subarray(0, 16)
  const nonceKey = hexToBytes(derived(secret, 'nonce'))
  const id = derived(secret, 'id').slice(0, 8)
  const seal = (plain: string): string => {
    const bytes = utf8ToBytes(plain)
    const iv = hexToBytes(sm3(bytes, { key: nonceKey })).subarray(0, NONCE)
    const { output, tag } = sm4.encrypt(bytes, key, { mode: 'gcm', iv, output: 'array', outputTag: true })
    if (!tag) throw new TypeError('SM4-GCM gave no tag')
    return `sm4:${id}:${toBase64(concatBytes(iv, output, tag))}`
  }
  /** @throws Error where the tag does not fit */
  const open = (bytes: Uint8Array): string => {
    if (bytes.length < NONCE + TAG) throw new RangeError('too short')
    const [iv, tag] = [bytes.subarray(0, NONCE), bytes.subarray(-TAG)]
    const sealed = bytes.subarray(NONCE, -TAG)
    return bytesToUtf8(sm4.decrypt(sealed, key, { mode: 'gcm', iv, tag, output: 'array' }))
  }
  return { id, seal, open }
}

/** Without a key everything is written as it is, and what `old` sealed is still read. */
export const createSealing = ({ key, old }: Keys = {}): Sealing => {
  const current = key === undefined ? undefined : underKey(key)
  const all = [current, old === undefined ? undefined : underKey(old)].flatMap((one) => one ?? [])
  return {
    id: current?.id ?? '',
    known: all.map(({ id }) => id),
    seal: (plain) => (current && plain !== '' ? current.seal(plain) : plain),
    open: (stored) => {
      if (!isSealed(stored)) return stored
      const [, id, text] = SEALED.exec(stored) ?? []
      const own = all.find((one) => one.id === id)
      if (!own || text === undefined) throw new WrongKey(`数据库里有用另一把密钥（${id ?? '?'}）加密的内容`)
      try {
        return own.open(fromBase64(text))
      } catch {
        throw new WrongKey(`数据库里用密钥 ${own.id} 加密的内容打不开：被改过，或者没有写全`)
      }
    },
  }
}
