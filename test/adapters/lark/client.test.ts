import { describe, expect, it } from 'vitest'
import { createLarkAdapter } from '../../../adapters/lark/index.ts'
import type { Card } from '../../../src/model/card.ts'
import type { Attached } from '../../../src/model/message.ts'
import { createFakeLark, larkConfig } from '../../fakes/lark.ts'
import { larkWords } from '../../fakes/lark-card.ts'
import { toRequest } from '../../fakes/wire.ts'

const to = { platform: 'lark' as const, route: larkConfig.appId, kind: 'room' as const, id: 'oc_finance' }
const open_: Card = { title: '待办理', tone: 'plain', blocks: [{ kind: 'text', text: '公开17-4 待办理' }] }
const closed: Card = { title: '已办结', tone: 'good', blocks: [{ kind: 'text', text: '公开17-4 已办结' }] }

function open(config = larkConfig) {
  const clock = { now: 1_700_000_000_000 }
  const now = () => new Date(clock.now)
  const fake = createFakeLark(larkConfig, now)
  const deps = { fetch: fake.fetch, now, timeout: 40 }
  const adapter = createLarkAdapter(config, deps)
  const hear = async (wire: ReturnType<typeof fake.says>) => {
    const [message] = (await adapter.receive?.(toRequest(wire)))?.messages ?? []
    if (!message) throw new Error('nothing was heard')
    return message
  }
  return { clock, fake, adapter, hear }
}

describe('a card of Lark that was sent', () => {
  const sent = async () => {
    const bench = open()
    const { ref } = await bench.adapter.deliver({ to, card: open_, key: 'k' })
    if (!ref) throw new Error('no id came back')
    return { ...bench, ref, update: () => bench.adapter.update?.({ to, ref, card: closed }) }
  }

  it('becomes another in its place', async () => {
    const { fake, update } = await sent()
    await update()
    expect(fake.sent.map(({ card }) => larkWords(card))).toEqual([expect.stringContaining('已办结')])
  })

  it('is gone after 14 days, or where it was recalled; a busy platform is asked later', async () => {
    const { fake, clock, ref, update } = await sent()
    for (let i = 0; i < 5; i++) await update()
    await expect(update()).rejects.toMatchObject({ reason: 'later' })
    clock.now += 1000
    await update()
    clock.now += 14 * 86_400_000
    await expect(update()).rejects.toMatchObject({ reason: 'gone' })
    fake.world.recalled.add(ref)
    await expect(update()).rejects.toMatchObject({ reason: 'gone' })
  })

  it('may be changed twice by one change: where nobody answers it is done again', async () => {
    const { fake, update } = await sent()
    for (const fault of ['slow', 'unreachable', { status: 502, body: '<html>' }] as const) {
      fake.fail('/im/v1/messages/', fault)
      await expect(update()).rejects.toMatchObject({ reason: 'later' })
    }
    fake.fail('/im/v1/messages/', 'broken')
    await update()
    expect(fake.world.patched).toHaveLength(1)
  })
})

describe('what somebody sent to Lark', () => {
  const pdf = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0, 0xff])
  const offered = async (bytes: Uint8Array = pdf, mime = 'application/octet-stream') => {
    const bench = open()
    bench.fake.world.files.set('om_1/file_v2_1', { type: 'file', bytes, mime })
    const as = { type: 'file', content: { file_key: 'file_v2_1', file_name: '情况.pdf' } }
    const [attached] = (await bench.hear(bench.fake.says({ from: 'ou_a', text: '', id: 'om_1', as }))).files ?? []
    return { ...bench, attached: attached as Attached }
  }

  it('is fetched by what came with the message', async () => {
    const { adapter, attached } = await offered()
    expect(await adapter.fetchFile?.(attached)).toEqual({ name: '情况.pdf', bytes: pdf })
  })

  it.each([
    ['image/png', '图片.png'],
    ['image/jpeg; q=1', '图片.jpg'],
    ['text/html', '图片'],
  ])('without a name is called by its type: %s', async (mime, name) => {
    const { adapter, fake } = open()
    fake.world.files.set('om_1/img_1', { type: 'image', bytes: pdf, mime })
    const file = { kind: 'image' as const, name: '', handle: 'om_1/img_1/image' }
    expect((await adapter.fetchFile?.(file))?.name).toBe(name)
  })

  it('is taken also where it is JSON, and also after the token died', async () => {
    const json = new TextEncoder().encode('{"标题":"目录"}')
    const { adapter, fake, attached } = await offered(json, 'application/json')
    await adapter.fetchFile?.(attached)
    fake.revoke()
    expect((await adapter.fetchFile?.(attached))?.bytes).toEqual(json)
    expect(fake.calls.token).toBe(2)
  })

  it.each([
    ['is not there', 'om_1/file_no/file', 'malformed'],
    ['is asked for by another way than ours', '../bot/v3/info', 'malformed'],
    ['leads elsewhere', '../../file', 'malformed'],
    ['is empty', '', 'malformed'],
  ])('that %s is said so', async (_, handle, reason) => {
    const { adapter } = await offered()
    await expect(adapter.fetchFile?.({ kind: 'file', name: '', handle })).rejects.toMatchObject({ reason })
  })

  it('over 20 MB is not read to its end', async () => {
    const { adapter, attached } = await offered(new Uint8Array((20 << 20) + 1))
    await expect(adapter.fetchFile?.(attached)).rejects.toMatchObject({
      reason: 'malformed',
      message: '文件超过 20 MB',
    })
  })

  it.each(['unreachable', 'broken', { status: 502, body: '<html>' }] as const)(
    'waits where there is %j',
    async (fault) => {
      const { adapter, fake, attached } = await offered()
      fake.fail('/resources/', fault)
      await expect(adapter.fetchFile?.(attached)).rejects.toMatchObject({ reason: 'later' })
    },
  )
})

describe('a topic of Lark', () => {
  it('keeps the answer to what was said in it', async () => {
    const { fake, adapter, hear } = open()
    for (const thread of ['omt_1', undefined]) {
      const { replyBy, id } = await hear(
        fake.says({ from: 'ou_a', chat: to.id, text: '本月到期', at: true, ...(thread && { thread }) }),
      )
      await adapter.deliver({ to, card: closed, key: id, ...(replyBy && { replyBy }) })
      expect(fake.sent.at(-1)).toMatchObject({ replyTo: id })
      expect(fake.sent.at(-1)?.inThread).toBe(thread ? true : undefined)
    }
  })
})

describe('numbers of people on Lark', () => {
  it('are asked for fifty at a time, and those of nobody are absent', async () => {
    const { fake, adapter } = open()
    const mobiles = Array.from({ length: 120 }, (_, i) => `139${String(i).padStart(8, '0')}`)
    for (const mobile of mobiles.slice(0, 110)) fake.world.numbers.set(mobile, `ou_${mobile}`)
    const found = await adapter.find?.(mobiles)
    expect([found?.size, fake.world.calls.find]).toEqual([110, 3])
    expect(found?.get('13900000001')).toBe('ou_13900000001')
    expect(await adapter.find?.([])).toEqual(new Map())
  })

  it('are found by the number as it was asked for, with the country’s code or without', async () => {
    const { fake, adapter } = open()
    fake.world.numbers.set('+8613900000001', 'ou_1').set('+85261234567', 'ou_2')
    expect(await adapter.find?.(['+8613900000001', '+85261234567'])).toEqual(
      new Map([
        ['+8613900000001', 'ou_1'],
        ['+85261234567', 'ou_2'],
      ]),
    )
  })
})

describe('the pace of a place on Lark', () => {
  it('is two a second, each place for itself', async () => {
    const { adapter, clock } = open()
    for (const key of ['a', 'b']) {
      expect(adapter.readyAt?.(to)).toBeUndefined()
      await adapter.deliver({ to, card: closed, key })
      clock.now += 100
    }
    expect(adapter.readyAt?.(to)).toEqual(new Date(1_700_000_001_000))
    expect(adapter.readyAt?.({ ...to, id: 'oc_other' })).toBeUndefined()
    clock.now += 800
    expect(adapter.readyAt?.(to)).toBeUndefined()
  })
})

describe('asking Lark who we are', () => {
  it('names the bot', async () => {
    expect(await open().adapter.probe?.()).toEqual({ identity: '督办', problems: [] })
  })

  it('says where the console has it switched off', async () => {
    const { fake, adapter } = open()
    fake.bot.activate_status = 1
    expect(await adapter.probe?.()).toMatchObject({ problems: [expect.stringContaining('版本管理与发布')] })
  })

  it.each([
    [{ code: 10014, msg: 'app secret invalid' }, /LARK_APP_SECRET.*凭证与基础信息/],
    [{ code: 10003, msg: 'invalid param' }, /LARK_APP_ID.*凭证与基础信息/],
    [{ code: 99991401, msg: 'denied by ip' }, /IP 白名单/],
    [{ code: 99991403, msg: 'quota' }, /调用次数用完/],
    [{ code: 230006, msg: 'bot ability' }, /没有启用机器人/],
  ])('says what to do about %j', async (body, words) => {
    const { fake, adapter } = open()
    fake.fail('/bot/v3/info', { status: 400, body })
    expect(await adapter.probe?.()).toEqual({ problems: [expect.stringMatching(words)] })
  })

  it('never throws: a wrong secret, nobody there, nonsense', async () => {
    const wrong = open({ ...larkConfig, appSecret: 'no' })
    expect(await wrong.adapter.probe?.()).toEqual({ problems: [expect.stringContaining('LARK_APP_SECRET')] })
    for (const fault of ['unreachable', 'slow', { status: 200, body: '<html>' }] as const) {
      const { fake, adapter } = open()
      fake.fail('/bot/v3/info', fault)
      expect(await adapter.probe?.()).toEqual({ problems: [expect.stringContaining(larkConfig.domain)] })
    }
  })
})

describe('a scope that Lark misses', () => {
  it('is named, from its list', async () => {
    const { fake, adapter } = open()
    fake.world.granted.delete('contact:user.id:readonly')
    await expect(adapter.find?.(['13900000001'])).rejects.toMatchObject({
      reason: 'forbidden',
      message: expect.stringMatching(/应用缺少权限 contact:user\.id:readonly：开发者后台“权限管理”/),
    })
  })

  it.each([
    [
      { code: 99991672, msg: 'One of the following scopes is required: [im:message, im:message:send_as_bot].' },
      /im:message、im:message:send_as_bot 之一/,
    ],
    [{ code: 99991672, msg: 'Access denied' }, /应用缺少权限：/],
    [{ code: 99991672, msg: 'a:'.repeat(200_000) }, /应用缺少权限/],
    [{ code: 99991672, msg: 'a'.repeat(200_000) }, /应用缺少权限：/],
  ])('is read out of its words', async (body, words) => {
    const { fake, adapter } = open()
    fake.fail('/im/v1/messages', { status: 400, body })
    await expect(adapter.deliver({ to, card: closed, key: 'k' })).rejects.toMatchObject({
      reason: 'forbidden',
      message: expect.stringMatching(words),
    })
  })
})
