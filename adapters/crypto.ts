import { sha1 } from '@noble/hashes/legacy'
import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex } from '@noble/hashes/utils'

/** Nothing of Node's, so that the same code runs on Node 20 and on workerd without nodejs_compat. */
const encoder = new TextEncoder()
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

export const utf8 = (text: string): Uint8Array => encoder.encode(text)

export const utf8Length = (text: string): number => encoder.encode(text).length

/** @throws TypeError where the bytes are not UTF-8 */
export const fromUtf8 = (bytes: Uint8Array): string => strict.decode(bytes)

export function concat(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Standard base64 in. @throws DOMException on anything else */
export function fromBase64(text: string): Uint8Array {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  // In pieces: the whole as arguments of one call overflows the stack.
  for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192))
  return btoa(binary)
}

export const toHex = bytesToHex

const HASHES = { 'SHA-1': sha1, 'SHA-256': sha256 }
/** What is shorter is hashed sooner here than WebCrypto has it brought to another thread and back. */
const LONG = 1 << 14

export async function digest(algorithm: 'SHA-1' | 'SHA-256', data: Uint8Array | string): Promise<Uint8Array> {
  const bytes = typeof data === 'string' ? utf8(data) : data
  if (bytes.length < LONG) return HASHES[algorithm](bytes)
  return new Uint8Array(await crypto.subtle.digest(algorithm, bytes))
}

/** Compares a secret with what was sent, in a time that depends on the secret's length alone. */
export function sameText(secret: string, sent: string): boolean {
  let difference = secret.length ^ sent.length
  for (let i = 0; i < secret.length; i++) difference |= secret.charCodeAt(i) ^ (sent.charCodeAt(i) || 0)
  return difference === 0
}

/**
 * The place of the secret that `sent` is, -1 for none. All are compared whatever the first says, so that a refusal takes as
 * long for a near miss of the old key as for one of the new.
 */
export function whichText(secrets: readonly string[], sent: string): number {
  return secrets.reduce((found, secret, i) => (sameText(secret, sent) && found < 0 ? i : found), -1)
}

/** A secret and the one before it, which stays valid while a rotation is under way. */
export const withOld = (secret: string, old: string | undefined): string[] =>
  old === undefined || old === secret ? [secret] : [secret, old]

const BLOCK = 16

export interface AesCbc {
  /** Takes PKCS#7 padding to 16 bytes off. @throws where the padding is wrong */
  decrypt(iv: Uint8Array, data: Uint8Array): Promise<Uint8Array>
  /** Leaves the padding in place, for platforms that pad to another block than 16. */
  decryptUnpadded(iv: Uint8Array, data: Uint8Array): Promise<Uint8Array>
  /** `data` is padded already: a multiple of 16 bytes. */
  encryptUnpadded(iv: Uint8Array, data: Uint8Array): Promise<Uint8Array>
}

/** AES-CBC under one key (16 or 32 bytes); the key is imported once. */
export function createAesCbc(key: Uint8Array | Promise<Uint8Array>): AesCbc {
  let imported: ReturnType<typeof crypto.subtle.importKey> | undefined
  const ready = () => {
    imported ??= Promise.resolve(key).then((bytes) =>
      crypto.subtle.importKey('raw', bytes, 'AES-CBC', false, ['encrypt', 'decrypt']),
    )
    return imported
  }
  const run = async (way: 'encrypt' | 'decrypt', iv: Uint8Array, data: Uint8Array) =>
    new Uint8Array(await crypto.subtle[way]({ name: 'AES-CBC', iv }, await ready(), data))

  return {
    decrypt: (iv, data) => run('decrypt', iv, data),
    async decryptUnpadded(iv, data) {
      if (data.length === 0 || data.length % BLOCK !== 0) throw new RangeError('not whole blocks')
      // WebCrypto insists on its own padding, so one more block that decrypts to exactly that is put behind.
      const padding = await run('encrypt', data.slice(-BLOCK), new Uint8Array(0))
      return run('decrypt', iv, concat(data, padding))
    },
    async encryptUnpadded(iv, data) {
      if (data.length % BLOCK !== 0) throw new RangeError('not whole blocks')
      return (await run('encrypt', iv, data)).slice(0, data.length)
    },
  }
}

/** What proves and opens a message, where a machine may have it faster than by JavaScript and WebCrypto. */
export interface Crypto {
  aes: typeof createAesCbc
  /** SHA-256 over the parts, one after the other. */
  sha256Hex(...parts: (Uint8Array | string)[]): string
  fromBase64(text: string): Uint8Array
}

export const anyCrypto: Crypto = {
  aes: createAesCbc,
  sha256Hex: (...parts) =>
    toHex(sha256(concat(...parts.map((part) => (typeof part === 'string' ? utf8(part) : part))))),
  fromBase64,
}
