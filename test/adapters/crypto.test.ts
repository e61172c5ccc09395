import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAesCbc, digest, fromBase64, sameText, toBase64, toHex, utf8 } from '../../adapters/crypto.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

describe('WebCrypto against node:crypto', () => {
  it('agrees on AES-256-CBC without padding', async () => {
    const blocks = fc.integer({ min: 1, max: 9 }).chain((count) => bytes(16 * count))
    await fc.assert(
      fc.asyncProperty(bytes(32), bytes(16), blocks, async (key, iv, data) => {
        const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
        const sealed = new Uint8Array(Buffer.concat([cipher.update(data), cipher.final()]))
        const aes = createAesCbc(key)
        expect(await aes.encryptUnpadded(iv, data)).toEqual(sealed)
        expect(await aes.decryptUnpadded(iv, sealed)).toEqual(data)
        const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
        const opened = Buffer.concat([decipher.update(data), decipher.final()])
        expect(await aes.decryptUnpadded(iv, data)).toEqual(new Uint8Array(opened))
      }),
      { numRuns: 60 },
    )
  })

  it('agrees on digests and base64', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 20_000 }), async (data) => {
        expect(toHex(await digest('SHA-256', data))).toBe(createHash('sha256').update(data).digest('hex'))
        expect(toHex(await digest('SHA-1', data))).toBe(createHash('sha1').update(data).digest('hex'))
        expect(toBase64(data)).toBe(Buffer.from(data).toString('base64'))
        expect(fromBase64(toBase64(data))).toEqual(data)
      }),
      { numRuns: 40 },
    )
  })

  it('wants whole blocks', async () => {
    const aes = createAesCbc(utf8('x'.repeat(32)))
    const iv = new Uint8Array(16)
    for (const length of [0, 15, 17]) await expect(aes.decryptUnpadded(iv, new Uint8Array(length))).rejects.toThrow()
    await expect(aes.encryptUnpadded(iv, new Uint8Array(17))).rejects.toThrow()
  })
})

describe('sameText', () => {
  it('is equality', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => sameText(a, b) === (a === b) && sameText(a, a)))
    expect([sameText('ab', 'a'), sameText('a', 'ab'), sameText('', 'a'), sameText('a\0', 'a')]).toEqual(
      Array(4).fill(false),
    )
  })
})
