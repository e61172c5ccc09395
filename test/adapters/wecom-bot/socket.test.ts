import { WSClient } from '@wecom/aibot-node-sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Adapter, Outcome, Sink } from '../../../adapters/adapter.ts'
import { createWecomBotSocketAdapter } from '../../../adapters/wecom/bot/socket.node.ts'
import type { Card } from '../../../src/model/card.ts'
import type { Address, Incoming } from '../../../src/model/message.ts'
import type { DeliveryError } from '../../../src/model/problem.ts'
import { goldenCards } from '../../contract/cards.ts'
import { until } from '../../fakes/until.ts'
import { openWecomGateway, socketConfig } from '../../fakes/wecom-gateway.ts'

const done: Card = { title: '已登记', tone: 'good', blocks: [{ kind: 'text', text: '公开17-4 待审核' }] }
const room: Address = { platform: 'wecom', route: 'AIB001', kind: 'room', id: 'wrGROUP1' }
const person: Address = { ...room, kind: 'person', id: 'zhangsan' }
const times = { pingMs: 500, ackMs: 150, againMs: 10, mostMs: 40 }

let gateway: Awaited<ReturnType<typeof openWecomGateway>>
let adapter: Adapter
let clock: number
let messages: Incoming[]
let logged: string[]
let reply: Partial<Outcome> | Error
let quit: AbortController
let listening: Promise<void> | undefined
let over: string | undefined

const now = () => new Date(clock)
const taken: Sink = async (message) => {
  messages.push(message)
  if (reply instanceof Error) throw reply
  return { message, status: 'answered', ...reply }
}
const open = (more: Partial<Parameters<typeof createWecomBotSocketAdapter>[0]> = {}, own = times) => {
  const log = ({ outcome }: { outcome: string }) => void logged.push(outcome)
  return createWecomBotSocketAdapter({ ...socketConfig, url: gateway.url, ...more }, { fetch, now, log }, own)
}
const listen = (sink: Sink = taken) => {
  listening = adapter.listen?.(sink, quit.signal).then(
    () => {
      over = 'stopped'
    },
    (error: Error) => {
      over = error.message
    },
  )
}
const connect = async () => {
  listen()
  await until(() => adapter.ready?.() === true)
}
const heard = async (count = 1): Promise<Incoming> => {
  await until(() => messages.length >= count)
  const message = messages.at(-1)
  if (!message) throw new Error('nothing was heard')
  return message
}
const problem = (delivery: Parameters<Adapter['deliver']>[0]) =>
  adapter.deliver(delivery).then(
    () => 'sent',
    (error: DeliveryError) => error.reason ?? error,
  )
const shown = () => gateway.shown.map(({ cmd, chat, words }) => [cmd.replace('aibot_', ''), chat, words.split('\n')[0]])

beforeEach(async () => {
  clock = 1_700_000_000_000
  gateway = await openWecomGateway(now)
  messages = []
  logged = []
  reply = {}
  over = undefined
  quit = new AbortController()
  adapter = open()
})
afterEach(async () => {
  quit.abort()
  await listening
  await gateway.close()
})

describe("the smart bot's long connection", () => {
  it('hears what is said, and answers the way it came, finished at once', async () => {
    await connect()
    const reqId = gateway.says({
      from: 'zhangsan',
      chat: 'wrGROUP1',
      text: '公开17-4 已报',
      id: 'm1',
      quote: '公开17-5',
    })
    const message = await heard()
    expect(message).toEqual({
      ...{ id: 'm1', platform: 'wecom', route: 'AIB001', at: now(), from: { id: 'zhangsan', name: '' }, room },
      ...{ addressed: true, text: '公开17-4 已报', quoted: '公开17-5' },
      replyBy: { handle: reqId, until: new Date(clock + 23 * 3_600_000) },
    })
    await adapter.deliver({ to: room, card: done, key: 'k', ...(message.replyBy && { replyBy: message.replyBy }) })
    expect(gateway.shown).toEqual([
      { cmd: 'aibot_respond_msg', chat: 'wrGROUP1', words: '**已登记**\n\n公开17-4 待审核', buttons: [] },
    ])
  })

  it('subscribes first, and never writes a secret or words into the log', async () => {
    await connect()
    gateway.says({ from: 'zhangsan', text: '公开17-4 已报' })
    await heard()
    const { headers, ...first } = gateway.seen.frames[0] ?? { headers: { req_id: '' } }
    expect(first).toEqual({ cmd: 'aibot_subscribe', body: { bot_id: 'AIB001', secret: socketConfig.secret } })
    expect(headers.req_id).not.toBe('')
    expect(logged.every((word) => /^[\w-]+$/.test(word))).toBe(true)
  })

  it('speaks of its own accord where somebody spoke, by words alone in a group, by a card too in a single chat', async () => {
    await connect()
    expect(await problem({ to: room, card: done, key: 'k' })).toBe('gone')
    gateway.says({ from: 'zhangsan', chat: 'wrGROUP1', text: '你好' })
    gateway.says({ from: 'zhangsan', text: '你好' })
    await heard(2)
    const card = goldenCards.buttons
    if (!card) throw new Error('no card')
    await adapter.deliver({ to: room, card, key: 'r' })
    await adapter.deliver({ to: person, card, key: 'p' })
    const [inRoom, toPerson, buttons] = gateway.shown
    expect(inRoom?.words).toContain('回复数字办理：1 通过')
    expect(inRoom?.buttons).toEqual([])
    expect(toPerson?.words).not.toContain('回复数字')
    expect(buttons?.buttons.map(({ text }) => text)).toEqual(['通过', '退回', '更多'])
    expect([adapter.canStart, adapter.numbered, adapter.alone]).toEqual([{ room: true, person: true }, true, true])
  })

  it.each(Object.entries(goldenCards))('shows %s within the limits', async (what, card) => {
    await connect()
    gateway.says({ from: 'zhangsan', text: '你好' })
    await heard()
    await adapter.deliver({ to: person, card, key: 'p' })
    const words = gateway.shown[0]?.words ?? ''
    expect(words).toContain(what === 'hostile words' ? '点此领取' : card.title.slice(0, 20))
    if (what !== 'a link of our own') expect(words).not.toMatch(/[<`[\]\u202e\0]/)
  })

  it('puts numbers in the place of a card that the platform does not take', async () => {
    await connect()
    gateway.says({ from: 'zhangsan', text: '你好' })
    await heard()
    gateway.fail('aibot_send_msg', 0)
    gateway.fail('aibot_send_msg', 40008)
    await adapter.deliver({ to: person, card: goldenCards.buttons ?? done, key: 'p' })
    expect(gateway.shown.map(({ words }) => words)).toEqual([expect.stringContaining('回复数字办理：1 通过')])
  })

  it('stores a press before it puts the card right', async () => {
    await connect()
    gateway.says({ from: 'zhangsan', text: '你好' })
    await heard()
    await adapter.deliver({ to: person, card: goldenCards.buttons ?? done, key: 'p' })
    const card = gateway.shown.at(-1)
    reply = { reply: done }
    for (const flat of [false, true]) {
      gateway.presses({ from: 'zhangsan' }, card?.buttons[0]?.key ?? '', card?.taskId ?? '', flat)
      const { button, replyBy } = await heard(flat ? 3 : 2)
      expect([button, replyBy]).toEqual([goldenCards.buttons?.buttons?.[0]?.intent, undefined])
      await until(() => gateway.shown.at(-1)?.cmd === 'aibot_respond_update_msg')
      expect(gateway.shown.pop()).toMatchObject({ words: '已登记\n公开17-4 待审核', taskId: card?.taskId })
    }
    reply = { reply: { ...done, tone: 'warn' } }
    gateway.presses({ from: 'zhangsan' }, card?.buttons[0]?.key ?? '', card?.taskId ?? '')
    await heard(4)
    await new Promise((done) => setTimeout(done, 20))
    expect(gateway.shown.at(-1)?.cmd).toBe('aibot_send_msg')
  })

  it('welcomes in words, without a mark of Markdown', async () => {
    await connect()
    reply = { reply: done }
    gateway.enters('zhangsan')
    expect(await heard()).toMatchObject({ happened: 'entered', text: '', room: person })
    await until(() => gateway.shown.length > 0)
    expect(gateway.shown).toMatchObject([{ cmd: 'aibot_respond_welcome_msg', words: '已登记\n公开17-4 待审核' }])
  })

  it('tells whoever spoke when it could not be stored: the platform sends nothing twice', async () => {
    await connect()
    reply = new Error('the database is away')
    gateway.says({ from: 'zhangsan', chat: 'wrGROUP1', text: '公开17-4 已报' })
    await until(() => gateway.shown.length > 0)
    expect(gateway.shown[0]?.words).toMatch(/没有登记/)
    expect(logged).toContain('not-stored')
  })

  it('names the other id of the sender where the app can tell it, and waits for nobody who cannot', async () => {
    const asked: string[] = []
    adapter = open({
      plainId: async (id) => {
        asked.push(id)
        if (id === 'wo-broken') throw new Error('no')
        if (id === 'wo-slow') return new Promise(() => undefined)
        return id === 'wo-1' ? 'zhangsan' : undefined
      },
    })
    await connect()
    for (const from of ['wo-1', 'wo-broken', 'wo-slow', 'lisi']) gateway.says({ from, chat: 'wrGROUP1', text: '你好' })
    await heard(4)
    expect(messages.map(({ from }) => from)).toEqual(
      expect.arrayContaining([
        { id: 'wo-1', name: '', alias: 'zhangsan' },
        { id: 'wo-broken', name: '' },
        { id: 'wo-slow', name: '' },
        { id: 'lisi', name: '' },
      ]),
    )
    expect(asked).toHaveLength(4)
  })
})

describe('what goes wrong over the long connection', () => {
  it('goes the other way when the way back has ended', async () => {
    await connect()
    gateway.says({ from: 'zhangsan', chat: 'wrGROUP1', text: '你好' })
    const { replyBy } = await heard()
    if (!replyBy) throw new Error('no way back')
    for (const code of [846605, 846608]) {
      gateway.fail('aibot_respond_msg', code)
      await adapter.deliver({ to: room, card: done, key: `k${code}`, replyBy })
    }
    // Too old by our own clock.
    await adapter.deliver({ to: room, card: done, key: 'k', replyBy: { ...replyBy, until: now() } })
    expect(shown().map(([cmd]) => cmd)).toEqual(['send_msg', 'send_msg', 'send_msg'])
  })

  it.each([
    [45009, 'later'],
    [6000, 'later'],
    [846601, 'later'],
    [846609, 'later'],
    [40008, 'malformed'],
    [45002, 'malformed'],
    [93006, 'gone'],
    [853008, 'gone'],
    [853006, 'forbidden'],
    [42, 'no-route'],
  ])('%d is %s', async (code, reason) => {
    await connect()
    gateway.says({ from: 'zhangsan', chat: 'wrGROUP1', text: '你好' })
    await heard()
    gateway.fail('aibot_send_msg', code)
    expect(await problem({ to: room, card: done, key: 'k' })).toBe(reason)
    expect(gateway.shown).toEqual([])
  })

  it('may or may not have said what nobody acknowledged', async () => {
    await connect()
    gateway.says({ from: 'zhangsan', chat: 'wrGROUP1', text: '你好' })
    await heard()
    gateway.unacknowledged.add('aibot_send_msg')
    expect(await problem({ to: room, card: done, key: 'k' })).toBe('unsure')
    const lost = problem({ to: room, card: done, key: 'k2' })
    await until(() => gateway.shown.length === 2)
    gateway.drop()
    expect(await lost).toBe('unsure')
  })

  it('says nothing, and surely nothing, while there is no connection', async () => {
    expect(adapter.ready?.()).toBe(false)
    expect(await problem({ to: room, card: done, key: 'k' })).toBe('later')
  })

  it('answers each message one at a time', async () => {
    await connect()
    gateway.delayAcks(20)
    const reqId = gateway.says({ from: 'zhangsan', chat: 'wrGROUP1', text: '你好' })
    const { replyBy } = await heard()
    if (!replyBy) throw new Error('no way back')
    expect(replyBy.handle).toBe(reqId)
    const both = ['a', 'b'].map((key) => problem({ to: room, card: done, key, replyBy }))
    expect(await Promise.all(both)).toEqual(['sent', 'sent'])
  })

  it('keeps to the pace of each conversation, and says when it may go on', async () => {
    await connect()
    gateway.says({ from: 'zhangsan', chat: 'wrGROUP1', text: '你好' })
    gateway.says({ from: 'zhangsan', text: '你好' })
    await heard(2)
    for (let i = 0; i < 30; i++) expect(await problem({ to: room, card: done, key: `k${i}` })).toBe('sent')
    expect(adapter.readyAt?.(room)).toEqual(new Date(clock + 60_000))
    expect(adapter.readyAt?.(person)).toBeUndefined()
    await expect(adapter.deliver({ to: room, card: done, key: 'more' })).rejects.toMatchObject({
      reason: 'later',
      after: 60_000,
    })
    clock += 60_000
    expect(adapter.readyAt?.(room)).toBeUndefined()
    expect(await problem({ to: room, card: done, key: 'more' })).toBe('sent')
    for (let minute = 0; minute < 33; minute++) {
      clock += 60_000
      for (let i = 0; i < 30 && !adapter.readyAt?.(room); i++)
        await problem({ to: room, card: done, key: `${minute}-${i}` })
    }
    expect(gateway.shown).toHaveLength(1000)
    expect(adapter.readyAt?.(room)).toEqual(new Date(1_700_000_000_000 + 3_600_000))
  })

  it('passes over what it cannot read', async () => {
    await connect()
    for (const junk of ['', 'no json', '[]', '{}', '{"cmd":"aibot_msg_callback"}', '{"headers":{"req_id":1}}'])
      gateway.junk(junk)
    gateway.junk(Buffer.from([0, 1]))
    gateway.push({ from: 'zhangsan' }, 'message', { msgtype: 'of tomorrow' })
    gateway.push({ from: 'zhangsan' }, 'message', { msgtype: 'text', text: 3 })
    gateway.push({ from: 'zhangsan' }, 'enter_chat', { msgtype: 'event', event: { eventtype: 'feedback_event' } })
    gateway.presses({ from: 'zhangsan' }, '{"v":1,"intent":{"intent":"format-disk"}}', 'T')
    gateway.says({ from: 'zhangsan', text: '你好' })
    expect(await heard()).toMatchObject({ text: '你好' })
    expect([messages.length, adapter.ready?.(), gateway.seen.connections]).toEqual([1, true, 1])
  })
})

describe('when the long connection ends', () => {
  it('connects again after a loss, and answers by the way back of before', async () => {
    await connect()
    gateway.says({ from: 'zhangsan', chat: 'wrGROUP1', text: '你好' })
    const { replyBy } = await heard()
    gateway.drop()
    await until(() => adapter.ready?.() === false)
    await until(() => adapter.ready?.() === true)
    await adapter.deliver({ to: room, card: done, key: 'k', ...(replyBy && { replyBy }) })
    expect(shown()).toEqual([['respond_msg', 'wrGROUP1', '**已登记**']])
    expect(over).toBeUndefined()
  })

  it('connects again when nobody answers its signs of life', async () => {
    adapter = open({}, { ...times, pingMs: 30 })
    await connect()
    gateway.unacknowledged.add('ping')
    await until(() => gateway.seen.connections === 2)
    gateway.unacknowledged.clear()
    await until(() => adapter.ready?.() === true && gateway.seen.pings > 3)
  })

  it('connects again when the platform no longer knows it', async () => {
    await connect()
    gateway.says({ from: 'zhangsan', chat: 'wrGROUP1', text: '你好' })
    await heard()
    gateway.fail('aibot_send_msg', 846609)
    expect(await problem({ to: room, card: done, key: 'k' })).toBe('later')
    await until(() => gateway.seen.connections === 2 && adapter.ready?.() === true)
  })

  it('does not connect again when another one took its place', async () => {
    await connect()
    const rival = open()
    const end = new AbortController()
    const rivalry = rival.listen?.(taken, end.signal)
    await until(() => over !== undefined)
    expect([over, logged.includes('kicked-out')]).toEqual(['kicked-out', true])
    expect([adapter.ready?.(), rival.ready?.()]).toEqual([false, true])
    await new Promise((done) => setTimeout(done, 60))
    expect(gateway.seen.connections).toBe(2)
    end.abort()
    await rivalry
  })

  it.each([
    ['secret', { secret: 'another' }, 'refused-853000'],
    ['bot', { botId: 'AIB002' }, 'refused-93019'],
  ])('does not connect again with a wrong %s, and says so', async (_, wrong, word) => {
    adapter = open(wrong)
    listen()
    await until(() => over !== undefined)
    expect([gateway.seen.connections, over, logged.includes(word)]).toEqual([1, word, true])
    expect((await adapter.probe?.())?.problems.join()).toMatch(/WECOM_BOT_SECRET/)
  })

  it('gives up after five refusals in a row, and not before', async () => {
    for (let i = 0; i < 4; i++) gateway.fail('aibot_subscribe', 45009)
    await connect()
    gateway.drop()
    for (let i = 0; i < 5; i++) gateway.fail('aibot_subscribe', 45009)
    await until(() => over !== undefined)
    expect([gateway.seen.connections, over]).toEqual([10, 'refused-45009'])
  })

  it('tries again where a subscription is not answered', async () => {
    gateway.unacknowledged.add('aibot_subscribe')
    listen()
    await until(() => gateway.seen.connections >= 2)
    expect([adapter.ready?.(), over]).toEqual([false, undefined])
  })

  it('ends when it is told to, and leaves nothing open', async () => {
    await connect()
    quit.abort()
    await listening
    await until(() => !gateway.connected())
    expect([over, adapter.ready?.()]).toEqual(['stopped', false])
  })
})

describe("Tencent's own client at the same gateway", () => {
  const mute = { debug() {}, info() {}, warn() {}, error() {} }
  const client = (url: string, secret = socketConfig.secret) =>
    new WSClient({
      ...socketConfig,
      secret,
      wsUrl: url,
      logger: mute,
      maxAuthFailureAttempts: 0,
      heartbeatInterval: 20,
    })

  it('subscribes, pings, hears, answers, welcomes and starts as ours does', async () => {
    const sdk = client(gateway.url)
    const frames: string[] = []
    sdk.on('message.text', async (frame) => {
      frames.push('text')
      await sdk.replyStream(frame, 'S1', '已登记', true)
    })
    sdk.on('event.enter_chat', async (frame) => {
      frames.push('enter')
      await sdk.replyWelcome(frame, { msgtype: 'text', text: { content: '您好' } })
    })
    sdk.connect()
    await new Promise((done) => sdk.once('authenticated', () => done(undefined)))
    gateway.says({ from: 'zhangsan', chat: 'wrGROUP1', text: '你好' })
    gateway.enters('lisi')
    await until(() => gateway.shown.length === 2 && gateway.seen.pings > 0)
    await sdk.sendMessage('wrGROUP1', { msgtype: 'markdown', markdown: { content: '提醒' } })
    await expect(
      sdk.sendMessage('wrNOBODY', { msgtype: 'markdown', markdown: { content: 'x' } }),
    ).rejects.toMatchObject({
      errcode: 93006,
    })
    expect(frames.sort()).toEqual(['enter', 'text'])
    expect(shown().sort()).toEqual([
      ['respond_msg', 'wrGROUP1', '已登记'],
      ['respond_welcome_msg', 'lisi', '您好'],
      ['send_msg', 'wrGROUP1', '提醒'],
    ])
    // And is kicked out by ours.
    const gone = new Promise((done) => sdk.once('disconnected', done))
    await connect()
    await gone
    sdk.disconnect()
  })

  it('is refused with a wrong secret', async () => {
    const sdk = client(gateway.url, 'another')
    const error = new Promise<Error>((done) => sdk.once('error', done))
    sdk.on('error', () => undefined)
    sdk.connect()
    expect((await error).message).toMatch(/853000/)
    sdk.disconnect()
  })
})
