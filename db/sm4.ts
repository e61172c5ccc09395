import { bytesToUtf8, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils'
import { sm3, sm4 } from 'sm-crypto-v2'
import { Unstorable, WrongKey } from './errors.ts'
import { isSealed, type Keys, notAtHand, type Sealed, type Sealing, unsealed } from './sealing.ts'

const NONCE = 12
const TAG = 16
const SEALED = /^sm4:([0-9a-f]{8}):([A-Za-z0-9+/]+={0,2})$/
/** Long texts are turned in pieces: so many arguments a call takes everywhere. */
const PIECE = 8192

const toBase64 = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE))
  return btoa(text)
}
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))

/** Nothing is done twice with one key: each use has its own, made from it. */
const derived = (key: string, use: string): string => sm3(`duban identity ${use}`, { key: hexToBytes(key) })

/**
 * SM4-GCM (GB/T 32907, RFC 8998) with the column as associated data. The nonce is made from column and plain text (HMAC-SM3
 * under a key of its own), as in SIV modes: no nonce ever comes with two texts or two columns but by chance in 96 bits.
 */
const underKey = (secret: string) => {
  const key = hexToBytes(derived(secret, 'seal')).subarray(0, 16)
  const nonceKey = hexToBytes(derived(secret, 'nonce'))
  const id = derived(secret, 'id').slice(0, 8)
  const seal = (plain: string, where: Sealed): string => {
    const [bytes, associatedData] = [utf8ToBytes(plain), utf8ToBytes(where)]
    // No column's name holds U+0000.
    const nonceOf = concatBytes(associatedData, Uint8Array.of(0), bytes)
    const iv = hexToBytes(sm3(nonceOf, { key: nonceKey })).subarray(0, NONCE)
    const options = { mode: 'gcm', iv, associatedData, output: 'array', outputTag: true } as const
    const { output, tag } = sm4.encrypt(bytes, key, options)
    if (!tag) throw new TypeError('SM4-GCM gave no tag')
    return `sm4:${id}:${toBase64(concatBytes(iv, output, tag))}`
  }
  /** @throws Error where the tag does not fit */
  const open = (bytes: Uint8Array, where: Sealed): string => {
    if (bytes.length < NONCE + TAG) throw new RangeError('too short')
    const [iv, tag] = [bytes.subarray(0, NONCE), bytes.subarray(-TAG)]
    const options = { mode: 'gcm', iv, tag, associatedData: utf8ToBytes(where), output: 'array' } as const
    return bytesToUtf8(sm4.decrypt(bytes.subarray(NONCE, -TAG), key, options))
  }
  return { id, seal, open }
}

/** See createSealing. */
export const sealingUnder = ({ key, old }: Keys): Sealing => {
  const current = key === undefined ? undefined : underKey(key)
  const all = [current, old === undefined ? undefined : underKey(old)].flatMap((one) => one ?? [])
  return {
    id: current?.id ?? '',
    known: all.map(({ id }) => id),
    seal: (plain, where) => {
      if (!current) return unsealed.seal(plain, where)
      // Sealed it would pass, and could never stand unsealed again.
      if (plain.includes('\u0000')) throw new Unstorable('text holds U+0000')
      return plain === '' ? '' : current.seal(plain, where)
    },
    open: (stored, where) => {
      if (!isSealed(stored)) return stored
      const [, id, text] = SEALED.exec(stored) ?? []
      const own = all.find((one) => one.id === id)
      if (!own || text === undefined) throw notAtHand(id)
      try {
        return own.open(fromBase64(text), where)
      } catch {
        throw new WrongKey(`数据库里用密钥 ${own.id} 加密的内容（${where}）打不开：被改过、挪过，或者没有写全`)
      }
    },
  }
}
