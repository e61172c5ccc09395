import { decrypt, encrypt } from '@wecom/crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, createAesCbc, fromBase64, toBase64, utf8 } from '../../../adapters/crypto.ts'
import { createWecomCipher } from '../../../adapters/wecom/cipher.ts'
import { vectors } from './vectors.ts'

const query = (vector: { signature: string; timestamp: string; nonce: string }) =>
  new URLSearchParams({ msg_signature: vector.signature, timestamp: vector.timestamp, nonce: vector.nonce })

describe("the platform's own vectors", () => {
  it.each(vectors)('$id opens and seals to the same bytes', async (vector) => {
    const secrets = { token: vector.token, aesKey: vector.aes, receiveId: vector.receiveid }
    const cipher = createWecomCipher(secrets, undefined, () => utf8(vector.random))
    const { message, seal } = await cipher.open(query(vector), vector.encrypt)
    expect(message).toBe(vector.plain)
    expect(await seal(vector.plain, Number(vector.timestamp), vector.nonce)).toEqual({
      encrypt: vector.encrypt,
      msgsignature: vector.signature,
      timestamp: Number(vector.timestamp),
      nonce: vector.nonce,
    })
  })
})

const aes = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE'
const secrets = { token: 'Spamtoken9', aesKey: aes, receiveId: '' }

/** Signed, whatever is in it: what somebody could send who knows the token and not the key. */
async function signed(sealed: string) {
  const digest = await crypto.subtle.digest('SHA-1', utf8(['Spamtoken9', '1', 'n', sealed].sort().join('')))
  return query({ signature: Buffer.from(digest).toString('hex'), timestamp: '1', nonce: 'n' })
}

/** Encrypts a plain text that is wrong in a way that the platform's never is. */
async function sealedRaw(plain: Uint8Array): Promise<string> {
  const key = fromBase64(`${aes}=`)
  return toBase64(await createAesCbc(key).encryptUnpadded(key.slice(0, 16), plain))
}

describe("a callback's cipher", () => {
  it("agrees with Tencent's package both ways, at every length of padding", async () => {
    const cipher = createWecomCipher(secrets)
    for (let length = 0; length < 40; length++) {
      const message = '督'.repeat(length % 3) + 'x'.repeat(length)
      const sealed = encrypt(aes, message, '')
      const opened = await cipher.open(await signed(sealed), sealed)
      expect(opened.message).toBe(message)
      const ours = await opened.seal(message, 1, 'n')
      expect(decrypt(aes, ours.encrypt)).toMatchObject({ message, id: '' })
    }
  })

  it('opens what it sealed', async () => {
    const cipher = createWecomCipher(secrets)
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (message) => {
        const any = encrypt(aes, 'x', '')
        const { seal } = await cipher.open(await signed(any), any)
        const { encrypt: sealed } = await seal(message, 1, 'n')
        expect((await cipher.open(await signed(sealed), sealed)).message).toBe(message)
      }),
      { numRuns: 50 },
    )
  })

  const head = utf8('0123456789abcdef')
  const long = new Uint8Array([0xff, 0xff, 0xff, 0xff])
  it.each([
    ['a length beyond the end', concat(head, long, new Uint8Array(12).fill(12))],
    ['a padding of nothing', new Uint8Array(32)],
    ['a padding of 33', new Uint8Array(64).fill(33)],
    ['a padding of unequal bytes', concat(new Uint8Array(31).fill(1), new Uint8Array([2]))],
    ['no room for a length', new Uint8Array(32).fill(32)],
    ['bytes that are no UTF-8', concat(head, new Uint8Array([0, 0, 0, 1, 0xff]), new Uint8Array(11).fill(11))],
  ])('refuses %s', async (_, plain) => {
    const sealed = await sealedRaw(plain)
    await expect(createWecomCipher(secrets).open(await signed(sealed), sealed)).rejects.toMatchObject({ status: 401 })
  })

  it.each(['', 'A', 'AAAA', '****', 'Q3stYC6hdFzMh9T8HCvyDA==x'])('refuses %j for a cipher text', async (sealed) => {
    await expect(createWecomCipher(secrets).open(await signed(sealed), sealed)).rejects.toMatchObject({ status: 401 })
  })

  it('refuses a message for another receiver', async () => {
    const sealed = encrypt(aes, 'x', 'ww6a112864f8022910')
    const why: string[] = []
    const cipher = createWecomCipher(secrets, (reason) => why.push(reason))
    await expect(cipher.open(await signed(sealed), sealed)).rejects.toMatchObject({ status: 401 })
    expect(why).toEqual(['receive-id'])
  })
})
