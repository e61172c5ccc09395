import { createCipheriv } from 'node:crypto'
import { getSignature } from '@wecom/crypto'
import { count } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Adapter } from '../../adapters/adapter.ts'
import { createDingtalkAdapter } from '../../adapters/dingtalk/index.ts'
import { createLarkAdapter } from '../../adapters/lark/index.ts'
import { createWecomAppAdapter } from '../../adapters/wecom/app/index.ts'
import { createWecomBotAdapter } from '../../adapters/wecom/bot/index.ts'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { createApp } from '../../src/http/app.ts'
import { createFakeDingtalk, dingtalkConfig, dingtalkWire } from '../fakes/dingtalk.ts'
import { createFakeLark, larkConfig, larkWire } from '../fakes/lark.ts'
import { createFakeWecomBot, wecomBotConfig, wecomWire } from '../fakes/wecom.ts'
import { createFakeWecomApp, wecomAppConfig, wecomAppWire, xmlOf } from '../fakes/wecom-app.ts'
import { toRequest, type Wire } from '../fakes/wire.ts'
import { openTown, type Town } from '../town/town.ts'

/** Bad input at every door of the whole server: its status, an empty body, and nothing of it stored. */
let store: Store
let town: Town
let doors: Record<string, Adapter>
const now = () => new Date(1_700_000_000_000)
const lark = createFakeLark(larkConfig, now)
const app = createFakeWecomApp(wecomAppConfig, now)
const bot = createFakeWecomBot(wecomBotConfig, now)
const ding = createFakeDingtalk(dingtalkConfig, now)

beforeAll(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  town = await openTown(store.of('bad-input'))
  doors = {
    lark: createLarkAdapter(larkConfig, { fetch: lark.fetch, now }),
    wecom: createWecomAppAdapter(wecomAppConfig, { fetch: app.fetch, now }),
    'wecom-bot': createWecomBotAdapter(wecomBotConfig, { fetch: bot.fetch, now }),
    dingtalk: createDingtalkAdapter(dingtalkConfig, { fetch: ding.fetch, now }),
  }
})
afterAll(() => store.close())

const stored = async () => {
  const { t, q } = town.deps.store
  const rows = [t.receipts, t.outbox, t.facts, t.dialogues].map((table) =>
    q.select({ n: count() }).from(table as typeof t.receipts),
  )
  return JSON.stringify(await Promise.all(rows))
}

/** The status of a request at the server's door; what is refused says nothing and leaves nothing. */
const status = async (wire: Wire): Promise<number> => {
  const server = createApp({
    door: (name) => {
      const adapter = doors[name]
      return adapter && { adapter, deps: town.deps }
    },
    offices: () => [town.deps],
    log: () => undefined,
  })
  const before = await stored()
  const response = await server.request(toRequest(wire))
  const body = await response.text()
  await town.deps.settled()
  if (response.status !== 200) expect([body, await stored()]).toEqual(['', before])
  return response.status
}

const json = (more: object) =>
  JSON.stringify({
    ...{ msgid: 'm1', aibotid: 'AIB001', chattype: 'single', from: { userid: 'li' }, msgtype: 'text' },
    ...{ text: { content: '帮助' } },
    ...more,
  })
const xml = { ToUserName: wecomAppConfig.corpId, FromUserName: 'li', CreateTime: 1_700_000_000, MsgType: 'text' }
const text = xmlOf({ ...xml, Content: '帮助', MsgId: '1', AgentID: Number(wecomAppConfig.agentId) })

const good: Record<string, () => Wire> = {
  lark: () => lark.says({ from: 'ou_li', text: '帮助', id: 'om_1' }),
  wecom: () => wecomAppWire(wecomAppConfig, text, now()),
  'wecom-bot': () => wecomWire(wecomBotConfig, json({}), now()),
  dingtalk: () => ding.says({ from: 'li', text: '帮助', id: 'd1' }),
}

describe.each(Object.keys(good))('at the door of %s', (door) => {
  const wire = () => (good[door] as () => Wire)()

  it('a body over 1 MB is too large, signed or not', async () => {
    expect(await status({ ...wire(), body: wire().body + ' '.repeat(1 << 20) })).toBe(413)
    expect(await status({ ...wire(), headers: {}, body: 'x'.repeat((1 << 20) + 1) })).toBe(413)
  })

  it.each(['text/plain', 'multipart/form-data; boundary=x', 'image/png', ''])(
    'what proves a request are its bytes, not what their type is called: %j',
    async (type) => {
      const one = wire()
      expect(await status({ ...one, headers: { ...one.headers, 'content-type': type } })).toBe(200)
    },
  )

  it('nothing, or what is no message at all, is not proven', async () => {
    const { sign: _, 'x-lark-signature': __, ...unsigned } = wire().headers
    const url = wire().url.replace(/msg_signature=\w+/, 'msg_signature=0')
    for (const body of ['', '{', '\u0000', '<xml>', '[]', 'null', '{"encrypt":null}', '{"encrypt":["x"]}'])
      expect(await status({ ...wire(), url, headers: unsigned, body })).toBe(401)
  })
})

const KEY = Buffer.from(`${wecomBotConfig.aesKey}=`, 'base64')
/** Plain bytes under the bot's right key and signature, their padding and their length as they are. */
const sealed = (plain: Buffer): Wire => signed(encrypted(plain))
const encrypted = (plain: Buffer): string => {
  const aes = createCipheriv('aes-256-cbc', KEY, KEY.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([aes.update(plain), aes.final()]).toString('base64')
}
const signed = (encrypt: string): Wire => {
  const query = { timestamp: '1700000000', nonce: 'n' }
  const msg_signature = getSignature(wecomBotConfig.token, query.timestamp, query.nonce, encrypt)
  return {
    ...{ method: 'POST', headers: {}, body: JSON.stringify({ encrypt }) },
    url: `http://duban.test/webhooks/wecom-bot?${new URLSearchParams({ msg_signature, ...query })}`,
  }
}
/** random(16) ‖ length ‖ message, padded to 32 with what is given. */
const packed = (
  message: string,
  { length = Buffer.byteLength(message), pad }: { length?: number; pad?: number } = {},
) => {
  const head = Buffer.alloc(20, 7)
  head.writeUInt32BE(length, 16)
  const bytes = Buffer.concat([head, Buffer.from(message)])
  const missing = 32 - (bytes.length % 32)
  return Buffer.concat([bytes, Buffer.alloc(missing, pad ?? missing)])
}

describe('WeCom’s ciphertext under the right signature', () => {
  const whole = encrypted(packed(json({ msgid: 'm2' })))
  it.each<[string, () => Wire, number]>([
    ['as it should be', () => sealed(packed(json({ msgid: 'm2' }))), 200],
    ['a length beyond the buffer', () => sealed(packed(json({}), { length: 9999 })), 401],
    ['a length of four gigabytes', () => sealed(packed(json({}), { length: 0xffffffff })), 401],
    ['a length that leaves words over, which are no receiver', () => sealed(packed(json({}), { length: 10 })), 401],
    ['wrong padding', () => sealed(packed(json({}), { pad: 33 })), 401],
    ['padding of nothing', () => sealed(packed(json({}), { pad: 0 })), 401],
    ['less than its head', () => sealed(Buffer.alloc(16, 16)), 401],
    ['no UTF-8', () => sealed(packed('\u0000').fill(0xff, 20, 21)), 401],
    ['cut', () => signed(whole.slice(0, 100)), 401],
    ['cut at a block', () => signed(Buffer.from(whole, 'base64').subarray(0, 64).toString('base64')), 401],
    ['broken base64', () => signed(`%%%${whole}`), 401],
    ['empty', () => signed(''), 401],
  ])('%s', async (_, wire, wanted) => {
    expect(await status(wire())).toBe(wanted)
  })
})

describe('what is proven and cannot be read', () => {
  const bot = (plain: string) => wecomWire(wecomBotConfig, plain, now())
  const app = (plain: string) => wecomAppWire(wecomAppConfig, plain, now())
  const dtd = '<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
  it.each<[string, Wire, number]>([
    ['JSON that is none', bot('{"msgtype":'), 400],
    ['a list', bot('[]'), 400],
    ['10,000 lists in each other', bot('['.repeat(10_000)), 400],
    ['the same key twice: the last one counts', bot(json({ msgid: 'm3' }).replace('{', '{"msgtype":"nonsense",')), 200],
    ['a DTD', app(dtd + text), 400],
    ['an entity of one’s own', app(text.replace('<![CDATA[帮助]]>', '&b;').replace('<xml>', `${dtd}<xml>`)), 400],
    ['a processing instruction', app(`<?xml-stylesheet href="http://evil.test"?>${text}`), 400],
    ['an attribute', app(text.replace('<xml>', '<xml a="b">')), 400],
    ['a field twice', app(text.replace('</xml>', '<Content>通过</Content></xml>')), 400],
    ['XML that does not end', app(text.slice(0, -4)), 400],
    ['an id that no database holds', app(text.replace('li', 'l\u0000i')), 400],
    ['the same of the bot', bot(json({ from: { userid: 'l\u0000i' } })), 400],
    ['a half of a sign as an id', bot(json({ msgid: '\ud83d' })), 400],
    ['the same of DingTalk', ding.says({ from: '\ud83d', chat: 'c', text: '帮助' }), 400],
    ['a group of DingTalk’s that is none', ding.says({ from: 'li', chat: 'c\u0000', text: '帮助' }), 400],
    ['no JSON of DingTalk’s', dingtalkWire(dingtalkConfig, '{', now()), 400],
    ['an event of Lark’s that is none', larkWire(larkConfig, '{"schema":"2.0"', now()), 400],
  ])('%s', async (_, wire, wanted) => {
    expect(await status(wire)).toBe(wanted)
  })

  it('an entity that is left undefined is words, and nothing is fetched or multiplied for it', async () => {
    expect(
      await status(app(text.replace('<![CDATA[帮助]]>', '&b;').replace('<MsgId><![CDATA[1]]>', '<MsgId>77'))),
    ).toBe(200)
  })
})

describe('10,000 mentions', () => {
  const people = Array.from({ length: 10_000 }, (_, i) => `人${i}`)
  const said = people.map((name) => `@${name}`).join(' ')
  it.each<[string, () => Wire]>([
    ['wecom', () => wecomAppWire(wecomAppConfig, text.replace('帮助', said).replace('[1]', '[90]'), now())],
    ['wecom-bot', () => wecomWire(wecomBotConfig, json({ msgid: 'm9', text: { content: said } }), now())],
    [
      'dingtalk',
      () =>
        ding.says({
          ...{ from: 'li', chat: 'c', text: said, id: 'd9' },
          more: { atUsers: people.map((name) => ({ dingtalkId: name, staffId: name })) },
        }),
    ],
  ])('%s', async (_, wire) => {
    const started = performance.now()
    expect(await status(wire())).toBe(200)
    expect(performance.now() - started).toBeLessThan(3000)
  })
})

describe('a request that was signed too long ago to be known again', () => {
  const DAY = 86_400_000
  const from = (days: number) => new Date(now().getTime() - days * DAY)
  it.each<[string, (at: Date) => Wire]>([
    ['lark', (at) => createFakeLark(larkConfig, () => at).says({ from: 'ou_li', text: '帮助', id: 'om_old' })],
    ['wecom', (at) => wecomAppWire(wecomAppConfig, text, at)],
    ['wecom-bot', (at) => wecomWire(wecomBotConfig, json({ msgid: 'm8' }), at)],
  ])('%s', async (_, wire) => {
    expect([await status(wire(from(20))), await status(wire(from(7)))]).toEqual([401, 200])
  })
})
