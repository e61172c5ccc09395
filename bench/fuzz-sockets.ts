import fc from 'fast-check'
import type { Adapter } from '../adapters/adapter.ts'
import { createDingtalkSocketAdapter } from '../adapters/dingtalk/socket.node.ts'
import { createLarkSocketAdapter } from '../adapters/lark/socket.node.ts'
import { createWecomBotSocketAdapter } from '../adapters/wecom/bot/socket.node.ts'
import { openGateway } from '../test/adapters/lark/gateway.ts'
import { createFakeDingtalk, dingtalkConfig } from '../test/fakes/dingtalk.ts'
import { openDingtalkGateway } from '../test/fakes/dingtalk-gateway.ts'
import { createFakeLark, larkConfig } from '../test/fakes/lark.ts'
import { wecomBotConfig } from '../test/fakes/wecom.ts'
import { openWecomGateway, socketConfig } from '../test/fakes/wecom-gateway.ts'
import { fuzzDoors } from './fuzz-doors.ts'
import { nonsense } from './fuzz-spoil.ts'

/** A long connection with the platform's end in our hands. */
interface FuzzSocket {
  adapter: Adapter
  speakers: string[]
  connected(): boolean
  /** What the platform's end could send, most of it as it never would. */
  frames: fc.Arbitrary<string | Buffer>
  send(frame: string | Buffer): void
  /** A message that must be heard. */
  sentinel(id: string): void
  close(): Promise<unknown>
}

type Open = (now: () => Date) => Promise<FuzzSocket>

/** What is inside the door's requests: the same comes over its connection. */
const plainsOf = (door: string, now: () => Date) => {
  const { plains, speakers } = fuzzDoors[door]?.(now) ?? { plains: [], speakers: [] }
  return { plains, speakers }
}

/** No frame at all, as text or as bytes. */
const junk = fc.oneof(
  fc.string({ maxLength: 60, unit: 'binary' }),
  fc.constantFrom(
    '',
    '{}',
    '[]',
    'null',
    '0',
    '"x"',
    '{"headers":{}}',
    `${'['.repeat(20_000)}`,
    '{"__proto__":{"a":1}}',
  ),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
)

const lark: Open = async (now) => {
  const { appId, appSecret } = larkConfig
  const gateway = await openGateway(larkConfig)
  const fake = createFakeLark(larkConfig, now)
  const times = { pongSeconds: 5, againMs: 10, mostMs: 40 }
  const { plains, speakers } = plainsOf('lark', now)
  const [text = ''] = plains
  return {
    adapter: createLarkSocketAdapter({ appId, appSecret, domain: gateway.domain }, { fetch: fake.fetch, now }, times),
    speakers,
    connected: () => gateway.connected() > 0,
    frames: fc.oneof(
      { weight: 4, arbitrary: nonsense(plains) },
      { weight: 1, arbitrary: junk },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
    ),
    // A text goes as an event in a frame, bytes as a frame of their own.
    send: (frame) => (typeof frame === 'string' ? void gateway.push(frame) : gateway.raw(frame)),
    sentinel: (id) => void gateway.push(text.replace('"om_1"', JSON.stringify(id)).replace('"e1"', JSON.stringify(id))),
    close: gateway.close,
  }
}

/** Around the plain texts of a smart bot's callbacks: frames whose every field may be spoilt too. */
const wecomBot: Open = async (now) => {
  const gateway = await openWecomGateway(now)
  const times = { pingMs: 1000, ackMs: 50, againMs: 5, mostMs: 40 }
  const { plains, speakers } = plainsOf('wecom-bot', now)
  const framed = plains.map((plain) => {
    const body = JSON.parse(plain)
    const cmd = body.msgtype === 'event' ? 'aibot_event_callback' : 'aibot_msg_callback'
    return JSON.stringify({ cmd, headers: { req_id: `r-${body.msgtype}` }, body })
  })
  const acks = [JSON.stringify({ headers: { req_id: 'ping_1' }, errcode: 0, errmsg: 'ok' })]
  const config = { ...socketConfig, url: gateway.url, botName: wecomBotConfig.botName ?? '' }
  return {
    adapter: createWecomBotSocketAdapter(config, { fetch, now }, times),
    speakers,
    connected: gateway.connected,
    frames: fc.oneof({ weight: 5, arbitrary: nonsense([...framed, ...acks]) }, { weight: 1, arbitrary: junk }),
    send: gateway.junk,
    sentinel: (id) => void gateway.says({ from: speakers[0] ?? '', chat: 'wrGROUP1', id, text: '帮助' }),
    close: gateway.close,
  }
}

const dingtalk: Open = async (now) => {
  const config = { ...dingtalkConfig, apiBase: 'http://api.dingtalk.test' }
  const fake = createFakeDingtalk(config, now)
  const gateway = await openDingtalkGateway(fake)
  const times = { firstMs: 5, mostMs: 40, goodMs: 5, idleMs: 5000, lingerMs: 100, storeMs: [5] }
  const { plains, speakers } = plainsOf('dingtalk', now)
  const headers = { topic: '/v1.0/im/bot/messages/get', messageId: 'f1', contentType: 'application/json' }
  const frame = (type: string, topic: string, data: string) =>
    JSON.stringify({ specVersion: '1.0', type, headers: { ...headers, topic }, data })
  const framed = [
    ...plains.map((plain) => frame('CALLBACK', headers.topic, plain)),
    frame('SYSTEM', 'ping', '{"opaque":"1"}'),
    frame('SYSTEM', 'disconnect', '{"reason":"expired"}'),
    frame('EVENT', '*', '{}'),
  ]
  return {
    adapter: createDingtalkSocketAdapter(config, { fetch: fake.fetch, now }, times),
    speakers,
    connected: () => gateway.connected() > 0,
    frames: fc.oneof(
      { weight: 3, arbitrary: nonsense(framed) },
      { weight: 3, arbitrary: nonsense(plains).map((plain) => frame('CALLBACK', headers.topic, plain)) },
      { weight: 1, arbitrary: junk },
    ),
    send: gateway.raw,
    sentinel: (id) => void gateway.push('CALLBACK', headers.topic, fake.payload({ from: 'user1', text: '帮助', id })),
    close: gateway.close,
  }
}

/** By how they are called among the doors. */
export const fuzzSockets: Record<string, Open> = {
  'lark-socket': lark,
  'wecom-bot-socket': wecomBot,
  'dingtalk-socket': dingtalk,
}
