import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { AesCbc } from './crypto.ts'

/** AES-CBC by Node's own crypto, without WebCrypto's way to another thread and back. */
export function createNodeAesCbc(given: Uint8Array | Promise<Uint8Array>): AesCbc {
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
