import { createDingtalkSocketAdapter } from '../../adapters/dingtalk/socket.node.ts'
import { createLarkSocketAdapter } from '../../adapters/lark/socket.node.ts'
import { createKeepAliveFetch } from '../../adapters/transport.node.ts'
import { createWecomBotSocketAdapter } from '../../adapters/wecom/bot/socket.node.ts'
import { type SocketBench, socketContract } from '../contract/socket.ts'
import { createFakeDingtalk, dingtalkConfig } from '../fakes/dingtalk.ts'
import { openDingtalkGateway } from '../fakes/dingtalk-gateway.ts'
import { createFakeLark, larkConfig } from '../fakes/lark.ts'
import { until } from '../fakes/until.ts'
import { BOT, type FakeWechat, openWechat } from '../fakes/wechat.ts'
import { openWecomGateway, socketConfig } from '../fakes/wecom-gateway.ts'
import { openGateway } from './lark/gateway.ts'
import { larkPlain } from './lark/plain.ts'

const now = () => new Date(1_700_000_000_000)
const local = (port: number) => `http://127.0.0.1:${port}`

const onLark = async (): Promise<SocketBench> => {
  const gateway = await openGateway(larkConfig)
  const fake = createFakeLark(larkConfig, now)
  const said: string[] = []
  const log = ({ outcome }: { outcome: string }) => void said.push(outcome)
  const { appId, appSecret } = larkConfig
  const made = (more: { domain?: string; appSecret?: string } = {}) =>
    createLarkSocketAdapter(
      { appId, appSecret, domain: gateway.domain, ...more },
      { fetch: fake.fetch, now, log },
      { pongSeconds: 0.5, againMs: 20, mostMs: 40 },
    )
  const hello = { from: 'ou_zhang', chat: 'oc_finance', text: '收到', at: true }
  const push = (plain: string) => void gateway.push(plain)
  // What comes before the SDK hears is not acknowledged, and the platform sends it again: this gateway does not.
  const hearing = () => said.filter((word) => ['ready', 'reconnected'].includes(word)).length
  const standing = () => gateway.connected() === 1 && hearing() === gateway.seen.connections
  const event = (type: string, body: object) => () => push(larkPlain(fake.event(type, body, '1', `e ${type}`)))
  return {
    ...{ adapter: made(), said, standing },
    connections: () => gateway.seen.connections,
    hello: (id = 'm1') => push(larkPlain(fake.says({ ...hello, id }))),
    privately: () => push(larkPlain(fake.says({ from: 'ou_zhang', text: '收到', id: 'm0' }))),
    silent: {
      'read by somebody': event('im.message.message_read_v1', {}),
      'of another bot': () => push(larkPlain(fake.says({ ...hello, id: 'b', senderType: 'bot' }))),
      'without what it needs': event('im.message.receive_v1', { sender: {} }),
      'a press of nothing': event('card.action.trigger', {}),
      'no JSON': () => push('<xml/>'),
    },
    press: (value) => push(larkPlain(fake.pressesValue('ou_zhang', 'oc_finance', value))),
    drop: gateway.drop,
    deafen: (deaf) => (deaf ? gateway.deafen() : gateway.hear()),
    stranger: () => made({ appSecret: 'another secret' }),
    towards: (port) => made({ domain: local(port) }),
    close: gateway.close,
  }
}

const onWecom = async (): Promise<SocketBench> => {
  const gateway = await openWecomGateway(now)
  const said: string[] = []
  const log = ({ outcome }: { outcome: string }) => void said.push(outcome)
  const times = { pingMs: 100, ackMs: 150, againMs: 10, mostMs: 40 }
  const made = (more: object = {}) =>
    createWecomBotSocketAdapter({ ...socketConfig, url: gateway.url, ...more }, { fetch, now, log }, times)
  const adapter = made()
  const where = { from: 'zhangsan', chat: 'wrGROUP1' }
  const event = (event: object) => gateway.push({ from: 'li' }, 'enter_chat', { msgtype: 'event', event })
  return {
    ...{ adapter, said, standing: () => adapter.ready?.() === true },
    connections: () => gateway.seen.connections,
    hello: (id = 'm1') => gateway.says({ ...where, text: '收到', id }),
    privately: () => gateway.says({ from: 'zhangsan', text: '收到' }),
    silent: {
      'a verdict': () => event({ eventtype: 'feedback_event', feedback_event: { id: '1' } }),
      'of tomorrow': () => event({ eventtype: 'of_tomorrow' }),
      'an empty picture': () => gateway.push(where, 'message', { msgtype: 'image', image: {} }),
      'a press of nothing': () => event({ eventtype: 'template_card_event' }),
      'without a sender': () => gateway.push(where, 'message', { msgtype: 'text', text: { content: 'x' }, from: {} }),
      'no JSON': () => gateway.junk('<xml/>'),
      'no frame': () => gateway.junk('[1,2,null]'),
      bytes: () => gateway.junk(Buffer.from([0, 255, 1])),
    },
    press: (value) => gateway.presses(where, typeof value === 'string' ? value : JSON.stringify(value), 't1'),
    drop: gateway.drop,
    deafen: gateway.deafen,
    stranger: () => made({ secret: 'another secret' }),
    towards: (port) => made({ url: `ws://127.0.0.1:${port}` }),
    close: gateway.close,
  }
}

const onDingtalk = async (): Promise<SocketBench> => {
  const config = { ...dingtalkConfig, apiBase: 'http://api.dingtalk.test' }
  const fake = createFakeDingtalk(config, now)
  const gateway = await openDingtalkGateway(fake)
  const said: string[] = []
  const log = ({ outcome }: { outcome: string }) => void said.push(outcome)
  const times = { firstMs: 20, mostMs: 160, goodMs: 30, idleMs: 400, lingerMs: 5000, storeMs: [5, 10] }
  const made = (more: object = {}, send: typeof fetch = fake.fetch) =>
    createDingtalkSocketAdapter({ ...config, ...more }, { fetch: send, now, log, timeout: 200 }, times, () => 0.5)
  const hello = { from: 'user123', chat: 'cidFINANCE==', text: '收到' }
  const push = (data: object) => gateway.push('CALLBACK', '/v1.0/im/bot/messages/get', data)
  return {
    ...{ adapter: made(), said, standing: () => said.includes('ready') && gateway.connected() === 1 },
    connections: () => gateway.seen.connections,
    hello: (id = 'm1') => push(fake.payload({ ...hello, id })),
    privately: () => push(fake.payload({ from: 'user123', text: '收到', id: 'm0' })),
    silent: {
      'for another robot': () => push({ ...fake.payload({ ...hello, id: 'o' }), robotCode: 'another' }),
      'of its own': () => push({ ...fake.payload({ ...hello, id: 's' }), senderId: '$:LWCP_v1:$bot' }),
      'without what it needs': () => push({}),
      'a ping': () => gateway.push('SYSTEM', 'ping', { opaque: 'x' }),
      'no JSON': () => gateway.raw('<xml/>'),
      'no frame': () => gateway.raw('[1,2,null]'),
    },
    drop: gateway.drop,
    deafen: (deaf) => {
      gateway.deafen(deaf)
      if (deaf) gateway.drop()
    },
    stranger: () => made({ clientSecret: 'another secret' }),
    towards: (port) => made({ apiBase: local(port) }, createKeepAliveFetch()),
    close: gateway.close,
  }
}

/** The mock puppet and our adapter begin together, so that its `listen` is the opening of both. */
const onWechat = async (): Promise<SocketBench> => {
  let t: FakeWechat | undefined
  const seen = new Set<string>()
  const said: string[] = []
  let count = 0
  const put = (
    where: { roomId: string } | { listenerId: string },
    more: { id?: string; text?: string; talkerId?: string } = {},
  ) => {
    const base = { id: `w${++count}`, talkerId: 'wxid_li', text: '收到', timestamp: Date.now(), type: 7, ...more }
    // What is sent again is an event anew of the same message.
    if (!seen.has(base.id))
      t?.mocker.MessageMock.create({ ...base, ...where } as Parameters<
        FakeWechat['mocker']['MessageMock']['create']
      >[0])
    t?.puppet.emit('message', { messageId: base.id })
    seen.add(base.id)
  }
  const inRoom = { roomId: '1@chatroom', mentionIdList: ['wxid_bot'] }
  const text = `@${BOT}\u2005收到`
  const alone = { listenerId: 'wxid_bot' }
  return {
    adapter: {
      ...{ platform: 'wechat', route: 'wechaty', perMinute: 20, canStart: { room: true, person: true } },
      deliver: async () => ({}),
      listen: async (sink, signal) => {
        t = await openWechat(sink)
        await t.login()
        t.room('1@chatroom', '信息公开工作群', [t.contact('wxid_li', '李四')])
        said.push('ready')
        await new Promise<void>((done) => (signal.aborted ? done() : signal.addEventListener('abort', () => done())))
        await t.close()
      },
    },
    ...{ said, standing: () => said.includes('ready') },
    connections: () => 1,
    hello: (id = 'm1') => put(inRoom, { id, text }),
    privately: () => put(alone),
    silent: {
      'said among themselves': () => put({ roomId: '1@chatroom' }, { text: '大家好' }),
      'of its own': () => put({ listenerId: 'wxid_li' }, { talkerId: 'wxid_bot' }),
      'of nobody': () => t?.puppet.emit('message', { messageId: 'nobody-knows' }),
    },
    close: () => until(() => t === undefined || t.quit.signal.aborted),
  }
}

socketContract('lark by long connection', onLark)
socketContract('wecom-bot by long connection', onWecom)
socketContract('dingtalk by long connection', onDingtalk)
socketContract('wechat, by the mock puppet', onWechat)
