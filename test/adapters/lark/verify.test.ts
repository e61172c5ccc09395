import { AESCipher } from '@larksuiteoapi/node-sdk'
import { describe, expect, it } from 'vitest'
import { createAesCbc, digest, fromBase64, fromUtf8, toHex } from '../../../adapters/crypto.ts'
import { createLarkVerify } from '../../../adapters/lark/verify.ts'
import { larkConfig, larkEncrypt } from '../../fakes/lark.ts'

const BODY =
  '{"encrypt":"AAECAwQFBgcICQoLDA0ODzksK1XHDGhxTlKJKwLymcMyd1nZHD+oH9xjSv/KOaKK2Rap5iZMijEQNpESesi4LrCiM4i+JjJkB1jZkjY6RzXSVIlHsOapEENgYaX4DuK/vkD4S3TD1KWot0cWgXdIu3sybPgPfEkILO1q/k6XXbKXvRXXD0n70wRjc4RVNBnMSrj5ymj3gXUoo/Y0Hoy/F1PwkzgiwJYnGVRNZS7SVi6bWvHmc090sTleZdiOmx2Ua+mtWI1cVQfAwMz43sF//rBGqmIvCqEh4Nt4MQN/LTD5HThEajDMpYZISrQntBQm2DKgi4F5cQPRiWUZqyOtCA=="}'
const SIGNATURE = '24f36786f2bc1df1cd871bc95b1542a0007af07266f68282213393e1e8b04caf'

const headers = (signature: string) =>
  new Headers({
    'x-lark-request-timestamp': '1700000000',
    'x-lark-request-nonce': 'nonce1',
    'x-lark-signature': signature,
  })
const bytes = (text: string) => new TextEncoder().encode(text)

describe("the open platform's own vectors", () => {
  it.each([
    ['P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'hello world'],
    ['AAECAwQFBgcICQoLDA0OD44JVKM6lOg+QzM94gyy/H2RvnvgXlO5oDiieH6HLPCD', '{"text":"你好"}'],
  ])('decrypts %s', async (sealed, plain) => {
    const key = await digest('SHA-256', 'test key')
    expect(toHex(key)).toBe('fa2bdca424f01f01ffb48df93acc35d439c7fd331a1a7fba6ac2fd83aa9ab31a')
    const all = fromBase64(sealed)
    expect(fromUtf8(await createAesCbc(key).decrypt(all.subarray(0, 16), all.subarray(16)))).toBe(plain)
  })

  it('proves a signed event, and not the same under another signature or time', async () => {
    const why: string[] = []
    const verify = createLarkVerify(larkConfig, (reason) => why.push(reason))
    const proven = await verify(bytes(BODY), headers(SIGNATURE))
    expect(proven).toMatchObject({
      event: { header: { event_id: 'e1' }, event: { message: { content: '{"text":"你好"}' } } },
    })
    await expect(verify(bytes(BODY), headers(SIGNATURE.replace('2', '3')))).rejects.toMatchObject({ status: 401 })
    await expect(verify(bytes(BODY), headers(SIGNATURE.toUpperCase()))).rejects.toMatchObject({ status: 401 })
    const late = headers(SIGNATURE)
    late.set('x-lark-request-timestamp', '1700000001')
    await expect(verify(bytes(BODY), late)).rejects.toMatchObject({ status: 401 })
    expect(why).toEqual(['signature', 'signature', 'signature'])
  })

  it.each(['{"text":"收到"}', '', '0123456789abcdef', '😀'.repeat(1000), '“报告”\u0000\n'.repeat(300)])(
    'agrees with the SDK on its cipher: %j',
    async (plain) => {
      const sealed = larkEncrypt('密钥 test', plain)
      const all = fromBase64(sealed)
      const ours = createAesCbc(digest('SHA-256', '密钥 test')).decrypt(all.subarray(0, 16), all.subarray(16))
      expect([new AESCipher('密钥 test').decrypt(sealed), fromUtf8(await ours)]).toEqual([plain, plain])
    },
  )
})
