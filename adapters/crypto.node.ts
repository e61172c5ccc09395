import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import type { AesCbc, Crypto } from './crypto.ts'

/** AES-CBC by Node's own crypto, without WebCrypto's way to another thread and back. */
function createNodeAesCbc(given: Uint8Array | Promise<Uint8Array>): AesCbc {
  const ready = Promise.resolve(given)
  const decrypted = async (iv: Uint8Array, data: Uint8Array, padded: boolean) => {
    const key = await ready
    const decipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, iv).setAutoPadding(padded)
    return Buffer.concat([decipher.update(data), decipher.final()])
  }
  return {
    decrypt: (iv, data) => decrypted(iv, data, true),
    async decryptUnpadded(iv, data) {
      if (data.length === 0) throw new RangeError('not whole blocks')
      return decrypted(iv, data, false)
    },
    async encryptUnpadded(iv, data) {
      const key = await ready
      const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, iv).setAutoPadding(false)
      return Buffer.concat([cipher.update(data), cipher.final()])
    },
  }
}

/** What proves and opens a message, by Node's own crypto: a small part of the time that JavaScript takes. */
export const nodeCrypto: Crypto = {
  aes: createNodeAesCbc,
  sha256Hex: (...parts) => {
    const hash = createHash('sha256')
    for (const part of parts) hash.update(part)
    return hash.digest('hex')
  },
  fromBase64: (text) => Buffer.from(text, 'base64'),
}
