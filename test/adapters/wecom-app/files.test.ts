import { describe, expect, it } from 'vitest'
import type { Card } from '../../../src/model/card.ts'
import { goldenCards } from '../../contract/cards.ts'
import { openApp } from './open.ts'

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const charted = goldenCards['a chart'] as Card

describe('what a member sends', () => {
  it.each(['image', 'file'] as const)('%s: is kept by its handle and fetched when it is wanted', async (kind) => {
    const { fake, adapter, receive } = openApp()
    fake.media.set('M1', { name: '8月 报表.xlsx', type: 'application/octet-stream', bytes: png })
    const message = await receive(fake.callback('li', { MsgType: kind, MediaId: 'M1', MsgId: '1' }))
    expect(message).toMatchObject({ id: '1', text: '', files: [{ kind, name: '', handle: 'M1' }], addressed: true })
    const [file] = message.files ?? []
    expect(file && (await adapter.fetchFile?.(file))).toEqual({ name: '8月 报表.xlsx', bytes: png })
  })

  const handle = { kind: 'file' as const, name: '', handle: 'M1' }

  it.each([
    ['it is no longer kept', { status: 200, body: { errcode: 40007 } }, 'gone'],
    ['the app may not', { status: 200, body: { errcode: 48002 } }, 'forbidden'],
    ['too much is asked', { status: 200, body: { errcode: 45009 } }, 'later'],
    ['the server is in trouble', { status: 502, body: '<html>' }, 'later'],
    ['the line breaks', 'broken', 'later'],
    ['nobody answers', 'unreachable', 'later'],
  ] as const)('says why it cannot be had: %s', async (_, fault, reason) => {
    const { fake, adapter } = openApp()
    fake.fail('/media/get', fault)
    await expect(adapter.fetchFile?.(handle)).rejects.toMatchObject({ reason })
  })

  it('is fetched with a new token where ours is dead', async () => {
    const { fake, adapter } = openApp()
    fake.media.set('M1', { name: 'a.txt', type: 'text/plain', bytes: png })
    await adapter.fetchFile?.(handle)
    fake.revoke()
    expect((await adapter.fetchFile?.(handle))?.name).toBe('a.txt')
    expect(fake.calls.token).toBe(2)
  })

  it('may be JSON with an errcode of its own', async () => {
    const { fake, adapter } = openApp()
    const bytes = new TextEncoder().encode('{"errcode":40014}')
    fake.media.set('M1', { name: 'a.json', type: 'application/json', bytes })
    expect(await adapter.fetchFile?.(handle)).toEqual({ name: 'a.json', bytes })
  })

  it('is not read beyond 20 MB', async () => {
    let pulled = 0
    const endless = () =>
      new Response(
        new ReadableStream<Uint8Array>({
          pull(controller) {
            pulled += 1 << 20
            controller.enqueue(new Uint8Array(1 << 20))
          },
        }),
      )
    const { fake } = openApp()
    const { adapter } = openApp({
      fetch: async (input, init) => (String(input).includes('/media/get') ? endless() : fake.fetch(input, init)),
    })
    await expect(adapter.fetchFile?.(handle)).rejects.toMatchObject({ reason: 'malformed' })
    expect(pulled).toBeLessThan(24 << 20)
  })
})

describe('a chart', () => {
  it('follows its words as a picture', async () => {
    const { fake, adapter, to } = openApp({ draw: async () => png })
    await adapter.deliver({ to, card: charted, key: 'k' })
    expect(fake.sent.map(({ media }) => media !== undefined)).toEqual([false, true])
    expect([...fake.media.values()]).toEqual([{ name: 'chart.png', type: 'image/png', bytes: png }])
  })

  it.each([
    ['/media/upload', { status: 200, body: { errcode: 45001 } }],
    ['/media/upload', 'slow'],
    ['/media/upload', { status: 200, body: { errcode: 0 } }],
  ] as const)('is only left out where it fails: %s %j', async (path, fault) => {
    const { fake, adapter, to, log } = openApp({ draw: async () => png })
    fake.fail(path, fault)
    await adapter.deliver({ to, card: charted, key: 'k' })
    expect(fake.sent).toHaveLength(1)
    expect(log).toHaveLength(1)
  })

  it('is left out where it cannot be drawn, or may be there already', async () => {
    for (const draw of [async () => undefined, () => Promise.reject(new Error('no font'))]) {
      const { fake, adapter, to } = openApp({ draw })
      await adapter.deliver({ to, card: charted, key: 'k' })
      expect(fake.sent).toHaveLength(1)
    }
    const { fake, adapter, to } = openApp({ draw: async () => png })
    await adapter.deliver({ to, card: charted, key: 'k', again: true })
    expect(fake.sent).toHaveLength(1)
  })
})
