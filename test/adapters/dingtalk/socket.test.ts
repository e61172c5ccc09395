import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Adapter, Sink } from '../../../adapters/adapter.ts'
import { createDingtalkSocketAdapter, type DingtalkSocketTimes } from '../../../adapters/dingtalk/socket.node.ts'
import type { Incoming } from '../../../src/model/message.ts'
import { createFakeDingtalk, dingtalkConfig } from '../../fakes/dingtalk.ts'
import { openDingtalkGateway } from '../../fakes/dingtalk-gateway.ts'
import { until } from '../../fakes/until.ts'
import { toRequest } from '../../fakes/wire.ts'
import { asJson, recorded } from '../recorded.ts'

const now = () => new Date(1_700_000_000_000)
const config = { ...dingtalkConfig, apiBase: 'http://api.dingtalk.test' }
const ROBOT = '/v1.0/im/bot/messages/get'
const times: DingtalkSocketTimes = {
  firstMs: 20,
  mostMs: 160,
  goodMs: 30,
  idleMs: 400,
  lingerMs: 5000,
  storeMs: [5, 10],
}
const hello = { from: 'user123', chat: 'cidFINANCE==', text: '收到', id: 'm1' }

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))
describe('the long connection of DingTalk', () => {
  let fake: ReturnType<typeof createFakeDingtalk>
  let gateway: Awaited<ReturnType<typeof openDingtalkGateway>>
  let adapter: Adapter
  let messages: Incoming[]
  let sink: Sink
  let quit: AbortController
  let listening: Promise<void> | undefined
  let said: string[]

  const taken: Sink = async (message) => {
    messages.push(message)
    return { message, status: 'silent' }
  }
  const open = (more: Partial<DingtalkSocketTimes> = {}) =>
    createDingtalkSocketAdapter(
      config,
      { fetch: fake.fetch, now, log: ({ outcome }) => void said.push(outcome) },
      { ...times, ...more },
      () => 0.5,
    )
  const connect = async () => {
    listening = adapter.listen?.((message) => sink(message), quit.signal)
    await until(() => gateway.connected() === 1 && said.includes('ready'))
  }
  const hear = (more: object = {}) => gateway.push('CALLBACK', ROBOT, { ...fake.payload(hello), ...more })

  beforeEach(async () => {
    fake = createFakeDingtalk(config, now)
    gateway = await openDingtalkGateway(fake)
    said = []
    adapter = open()
    messages = []
    sink = taken
    quit = new AbortController()
    listening = undefined
  })
  afterEach(async () => {
    quit.abort()
    await listening
    await gateway.close()
  })

  it('subscribes to what is said to the robot, and to nothing else of the app', async () => {
    await connect()
    expect(gateway.seen.subscriptions).toEqual([{ type: 'CALLBACK', topic: ROBOT }])
  })

  it('hears of every recorded message what the callback hears, and acknowledges each', async () => {
    await connect()
    for (const [name, { plain, expect: wanted }] of recorded(new URL('./recorded/', import.meta.url))) {
      messages = []
      const ack = await gateway.push('CALLBACK', ROBOT, JSON.parse(plain))
      expect(ack, name).toEqual({ code: 200, data: { response: {} } })
      await until(() => messages.length === 1)
      expect(asJson(messages), name).toEqual(wanted)
    }
  })

  it('answers a ping with what it brought', async () => {
    await connect()
    expect(await gateway.push('SYSTEM', 'ping', { opaque: 'x1' })).toEqual({ code: 200, data: { opaque: 'x1' } })
  })

  it('acknowledges before it works, and tries again what could not be stored', async () => {
    let failing = 2
    sink = async (message) => (failing-- > 0 ? Promise.reject(new Error('the database is away')) : taken(message))
    await connect()
    expect((await hear()).code).toBe(200)
    await until(() => messages.length === 1)
    expect(said.filter((word) => word === 'failed')).toHaveLength(2)
  })

  it('gives up what can never be stored, and hears the next', async () => {
    sink = () => Promise.reject(new Error('the database is away'))
    await connect()
    await hear()
    await until(() => said.includes('lost'))
    sink = taken
    await hear({ msgId: 'm2' })
    await until(() => messages.length === 1)
  })

  it('survives a handler that throws where it stands', async () => {
    sink = () => {
      throw new Error('no promise')
    }
    await connect()
    expect((await hear()).code).toBe(200)
    await until(() => said.includes('lost'))
    expect(gateway.connected()).toBe(1)
  })

  it.each([
    ['no JSON', '<xml/>'],
    ['no frame', '[1,2,null]'],
    ['a frame of no kind', '{"type":"NEW","headers":{"topic":"x","messageId":"1"},"data":"{}"}'],
    ['a frame without data', `{"type":"CALLBACK","headers":{"topic":"${ROBOT}","messageId":"1"}}`],
    ['data that is no JSON', `{"type":"CALLBACK","headers":{"topic":"${ROBOT}","messageId":"1"},"data":"{"}`],
    ['a message that is none', `{"type":"CALLBACK","headers":{"topic":"${ROBOT}","messageId":"1"},"data":"{}"}`],
    ['a word of the connection', '{"type":"SYSTEM","headers":{"topic":"REGISTERED","messageId":"1"},"data":""}'],
  ])('hears on after %s', async (_, text) => {
    await connect()
    gateway.raw(text)
    await hear()
    await until(() => messages.length === 1)
    expect(gateway.seen.connections).toBe(1)
  })

  it('takes nothing of another robot', async () => {
    await connect()
    expect((await hear({ robotCode: 'another' })).code).toBe(200)
    expect((await hear({ chatbotCorpId: 'ding1' })).code).toBe(200)
    expect((await hear({ chatbotCorpId: 'ding2' })).code).toBe(200)
    await until(() => messages.length === 1)
    expect(said).toEqual(expect.arrayContaining(['robot-code', 'corp-id']))
  })

  it('opens another connection before the one closes that is to be, and hears on both', async () => {
    await connect()
    await pause(times.goodMs)
    gateway.push('SYSTEM', 'disconnect', { reason: 'restart' })
    await until(() => gateway.connected() === 2)
    await gateway.push('CALLBACK', ROBOT, fake.payload({ ...hello, id: 'old' }), 'oldest')
    await gateway.push('CALLBACK', ROBOT, fake.payload({ ...hello, id: 'new' }), 'newest')
    gateway.drop('oldest')
    await until(() => gateway.connected() === 1 && messages.length === 2)
    await pause(3 * times.firstMs)
    expect([gateway.connected(), gateway.seen.connections]).toEqual([1, 2])
    await hear()
    await until(() => messages.length === 3)
  })

  it('closes the old one itself where the platform forgets to', async () => {
    adapter = open({ lingerMs: 60 })
    await connect()
    gateway.push('SYSTEM', 'disconnect', {})
    await until(() => gateway.seen.connections === 2)
    await until(() => gateway.connected() === 1)
  })

  it('connects again when the line breaks, and when nothing comes any more', async () => {
    await connect()
    gateway.drop()
    await until(() => gateway.seen.connections === 2)
    gateway.deafen(true)
    gateway.drop()
    await until(() => gateway.seen.connections === 3)
    gateway.deafen(false)
    await until(() => said.includes('silent') && gateway.seen.connections >= 4)
    await hear()
    await until(() => messages.length === 1)
  })

  it('asks ever more seldom where a handshake comes to nothing, one question at a time', async () => {
    gateway.refuse(true)
    listening = adapter.listen?.(taken, quit.signal)
    await until(() => gateway.seen.asked.length >= 6)
    const waits = gateway.seen.asked.slice(1).map((at, i) => at - (gateway.seen.asked[i] ?? 0))
    const wanted = [40, 80, 160, 160, 160]
    for (const [i, least] of wanted.entries()) expect(waits[i]).toBeGreaterThan(least - 5)
    gateway.refuse(false)
    await until(() => gateway.connected() === 1)
  })

  it('goes on asking where the gateway refuses or is away, and says in the log why', async () => {
    fake.fail('connections/open', { status: 401, body: { code: 'authFailed' } })
    fake.fail('connections/open', { status: 200, body: { endpoint: 'https://evil.example/', ticket: 't' } })
    fake.fail('connections/open', { status: 200, body: '<xml/>' })
    fake.fail('connections/open', 'unreachable')
    await connect()
    const wanted = ['gateway-forbidden', 'gateway-later', 'gateway-unsure', 'gateway-later']
    expect(said.slice(0, 4)).toEqual(wanted)
    expect(said.every((word) => /^[\w-]{1,40}$/.test(word))).toBe(true)
    expect(said.join()).not.toMatch(/secret|ticket/)
  })

  it('ends when it is told to, hangs up, and has stored what it has acknowledged', async () => {
    let store = () => {}
    const stored = new Promise<void>((done) => {
      store = done
    })
    sink = async (message) => {
      await stored
      return taken(message)
    }
    await connect()
    await hear()
    quit.abort()
    let over = false
    void listening?.then(() => {
      over = true
    })
    await until(() => gateway.connected() === 0)
    expect(over).toBe(false)
    store()
    await listening
    expect(messages).toHaveLength(1)
    const { length } = gateway.seen.asked
    await adapter.listen?.(sink, quit.signal)
    expect(gateway.seen.asked).toHaveLength(length)
  })

  it('may have several connections, each of which hears', async () => {
    await connect()
    const second = open().listen?.(taken, quit.signal)
    await until(() => gateway.connected() === 2)
    await gateway.push('CALLBACK', ROBOT, fake.payload({ ...hello, id: 'a' }), 'oldest')
    await gateway.push('CALLBACK', ROBOT, fake.payload({ ...hello, id: 'b' }), 'newest')
    await until(() => messages.length === 2)
    expect(adapter.alone).toBeUndefined()
    quit.abort()
    await second
  })

  it('has its door beside it, and sends as by callback', async () => {
    const received = await adapter.receive?.(toRequest(fake.says(hello)))
    expect(received?.messages).toMatchObject([{ id: 'm1', text: '收到' }])
    const to = { platform: 'dingtalk' as const, route: config.robotCode, kind: 'room' as const, id: 'cidFINANCE==' }
    await adapter.deliver({ to, key: 'k', card: { title: '已收到', tone: 'good', blocks: [] } })
    expect(fake.sent.map((sent) => sent.to)).toEqual(['cidFINANCE=='])
  })

  it('says of itself whether a connection would be given', async () => {
    expect(await adapter.probe?.()).toEqual({ identity: '机器人 dingrobot', problems: [] })
    fake.fail('connections/open', { status: 401, body: { code: 'authFailed' } })
    expect((await adapter.probe?.())?.problems).toEqual([expect.stringMatching(/Stream.*authFailed.*消息接收模式/)])
    expect(gateway.seen.connections).toBe(0)
  })
})
