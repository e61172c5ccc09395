import { createCipheriv, randomBytes } from 'node:crypto'
import { decryptFile } from '@wecom/aibot-node-sdk'
import { describe, expect, it } from 'vitest'
import { handleOf } from '../../../adapters/wecom/bot/handle.ts'
import { createWecomBotAdapter } from '../../../adapters/wecom/bot/index.ts'
import type { DeliveryError } from '../../../src/model/problem.ts'
import { createFakeWecomBot, wecomBotConfig } from '../../fakes/wecom.ts'
import { toRequest } from '../../fakes/wire.ts'

const received = new Date(1_700_000_000_000)

/** As the platform encrypts a file: padded to 32 bytes, the key's beginning as IV. */
const sealed = (plain: Buffer, key: Buffer): Buffer => {
  const count = 32 - (plain.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(count, count)])), cipher.final()])
}

const ownKey = Buffer.from(`${wecomBotConfig.aesKey}=`, 'base64')

const open = (answer: () => Response | Promise<Response>, now = received) => {
  const asked: string[] = []
  const fetch = (async (url: string) => {
    asked.push(url)
    return answer()
  }) as typeof globalThis.fetch
  const adapter = createWecomBotAdapter(wecomBotConfig, { fetch, now: () => now, timeout: 40 })
  const file = (key?: string) => ({
    kind: 'file' as const,
    name: '',
    handle: handleOf({ url: 'https://x.test/f?sig=1', key, received }),
  })
  const why = (handle = file().handle) =>
    adapter.fetchFile?.({ ...file(), handle }).then(
      () => 'fetched',
      (error: DeliveryError) => error.reason,
    )
  return { adapter, asked, file, why }
}

describe('a file that was sent to the smart bot', () => {
  it.each([0, 1, 15, 31, 32, 33, 70_000])('is fetched and decrypted: %d bytes', async (length) => {
    const plain = randomBytes(length)
    const bytes = sealed(plain, ownKey)
    // The other side of the proof: Tencent's own package opens what this test sealed.
    expect(decryptFile(bytes, ownKey.toString('base64')).equals(plain)).toBe(true)
    const headers = { 'content-disposition': "attachment; filename*=UTF-8''%E8%A6%81%E7%82%B9.md" }
    const { adapter, asked, file } = open(() => new Response(bytes, { headers }))
    const got = await adapter.fetchFile?.(file())
    expect(got?.name).toBe('要点.md')
    expect(Buffer.from(got?.bytes ?? []).equals(plain)).toBe(true)
    expect(asked).toEqual(['https://x.test/f?sig=1'])
  })

  it.each([
    ['as it is', (key: Buffer) => key.toString('base64')],
    ['without its end', (key: Buffer) => key.toString('base64').replace('=', '')],
  ])('is decrypted by the key that came with it, written %s', async (_, written) => {
    const key = randomBytes(32)
    const { adapter, file } = open(() => new Response(sealed(Buffer.from('公开17-4'), key)))
    const got = await adapter.fetchFile?.(file(written(key)))
    expect([got?.name, Buffer.from(got?.bytes ?? []).toString()]).toEqual(['', '公开17-4'])
  })

  it('says why it could not be had', async () => {
    const good = () => new Response(sealed(Buffer.from('x'), ownKey))
    expect(await open(good, new Date(received.getTime() + 300_000)).why()).toBe('gone')
    expect(await open(() => new Response('', { status: 404 })).why()).toBe('gone')
    expect(await open(() => new Response('', { status: 503 })).why()).toBe('later')
    expect(await open(() => Promise.reject(new TypeError('fetch failed'))).why()).toBe('later')
    expect(await open(() => new Response(sealed(Buffer.from('x'), Buffer.alloc(32, 7)))).why()).toBe('malformed')
    expect(await open(() => new Response('not encrypted')).why()).toBe('malformed')
    expect(await open(() => new Response(new Uint8Array((20 << 20) + 64))).why()).toBe('malformed')
    const { why, asked } = open(good)
    for (const handle of ['', 'media-id', '{}', '[]']) expect(await why(handle)).toBe('malformed')
    expect(asked).toEqual([])
  })
})

describe('a callback of the smart bot', () => {
  const now = () => received
  const event = { msgtype: 'event', event: { eventtype: 'enter_chat' } }

  it('is welcomed in plain words, which is all that the platform takes there', async () => {
    const fake = createFakeWecomBot(wecomBotConfig, now)
    const adapter = createWecomBotAdapter(wecomBotConfig, { fetch: fake.fetch, now })
    const got = await adapter.receive?.(toRequest(fake.message(event, { from: 'zhangsan' })))
    const [message] = got?.messages ?? []
    if (!got || !message) throw new Error('nothing happened')
    expect([message.happened, got.inline]).toEqual(['entered', true])
    const card = {
      title: '您好',
      tone: 'plain' as const,
      blocks: [{ kind: 'text' as const, text: '公开17-4 <b> 待审核' }],
    }
    const reply = await fake.read(await got.answer([{ message, status: 'answered', reply: card }]))
    expect(reply).toEqual({ msgtype: 'text', text: { content: '您好\n公开17-4 ＜b＞ 待审核' } })
    expect(await fake.read(await got.answer([{ message, status: 'silent' }]))).toBeUndefined()
  })

  it('names the other id of its sender where the app can tell it', async () => {
    const fake = createFakeWecomBot(wecomBotConfig, now)
    const plainId = async (id: string) => (id === 'wo-1' ? 'zhangsan' : undefined)
    const adapter = createWecomBotAdapter({ ...wecomBotConfig, plainId }, { fetch: fake.fetch, now })
    const from = async (id: string) =>
      (await adapter.receive?.(toRequest(fake.says({ from: id, text: '你好' }))))?.messages[0]?.from
    expect(await from('wo-1')).toEqual({ id: 'wo-1', name: '', alias: 'zhangsan' })
    expect(await from('zhangsan')).toEqual({ id: 'zhangsan', name: '' })
  })
})
