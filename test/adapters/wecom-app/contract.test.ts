import { createWecomAppAdapter } from '../../../adapters/wecom/app/index.ts'
import { adapterContract } from '../../contract/adapter.ts'
import { createFakeWecomApp, wecomAppConfig, wecomAppWire, xmlOf } from '../../fakes/wecom-app.ts'
import type { Wire } from '../../fakes/wire.ts'

const now = () => new Date(1_700_000_000_000)

const withQuery = (wire: Wire, name: string, value: string): Wire => {
  const url = new URL(wire.url)
  url.searchParams.set(name, value)
  return { ...wire, url: url.href }
}

adapterContract('wecom-app', () => {
  const fake = createFakeWecomApp(wecomAppConfig, now)
  const adapter = createWecomAppAdapter(wecomAppConfig, { fetch: fake.fetch, now, timeout: 40 })
  const hello = { from: 'zhangsan', text: '收到', id: 'm1' }
  const signed = (plain: string, receiveId?: string) => wecomAppWire(wecomAppConfig, plain, now(), receiveId)
  const event = (Event: string, more: Record<string, string> = {}) =>
    fake.callback('zhangsan', { MsgType: 'event', Event, ...more })
  const as = (other: Partial<typeof wecomAppConfig>) =>
    createFakeWecomApp({ ...wecomAppConfig, ...other }, now).says(hello)
  const text = { FromUserName: 'li', CreateTime: 1_700_000_000, MsgType: 'text', MsgId: '1', Content: 'x' }
  const body = (Encrypt: string, more = {}) =>
    xmlOf({ ToUserName: wecomAppConfig.corpId, AgentID: wecomAppConfig.agentId, Encrypt, ...more })
  const code = (errcode: number) => ({ status: 200, body: { errcode, errmsg: 'x' } })
  let deliveries = 0
  let before = 0

  return {
    adapter,
    groups: false,
    hello: () => fake.says(hello),
    privately: () => fake.says(hello),
    uninteresting: () => [
      event('unsubscribe'),
      event('enter_agent', { EventKey: '' }),
      event('view', { EventKey: 'https://x' }),
      event('LOCATION', { Latitude: '26.5' }),
      event('click', { EventKey: '' }),
      event('of tomorrow'),
    ],
    own: () => [],
    undecodable: () => [
      signed('no xml'),
      signed('<xml>'),
      signed('{}'),
      signed('<xml></xml>'),
      signed(xmlOf({ ...text, MsgId: undefined })),
      signed(xmlOf({ ...text, Content: undefined })),
      signed(xmlOf({ ...text, CreateTime: 'today' })),
      signed(xmlOf({ ...text, FromUserName: '' })),
      signed(`<!DOCTYPE xml [<!ENTITY a "b">]>${xmlOf(text)}`),
      signed(xmlOf(text).replace('<MsgId>', '<MsgId>1</MsgId><MsgId>')),
      event('template_card_event'),
      event('template_card_menu_event', { EventKey: 'k' }),
      event('template_card_event', { EventKey: '{}', ResponseCode: 'RC' }),
      signed(xmlOf({ ...text, MsgType: 'image', Content: undefined })),
      fake.presses('li', '{not json'),
    ],
    unproven: () => {
      const wire = fake.says(hello)
      const other = fake.says({ ...hello, id: 'm2' })
      const signature = new URL(other.url).searchParams.get('msg_signature') ?? ''
      const sealed = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(wire.body)?.[1] ?? ''
      return [
        { ...wire, body: other.body },
        { ...wire, body: '' },
        { ...wire, body: '{}' },
        { ...wire, body: '<xml></xml>' },
        { ...wire, body: `<!DOCTYPE xml SYSTEM "file:///etc/passwd">${wire.body}` },
        { ...wire, body: `<?xml version="1.0"?>${wire.body}` },
        { ...wire, body: body(sealed, { ToUserName: 'ww0000000000000000' }) },
        { ...wire, body: body(sealed, { AgentID: '1000003' }) },
        { ...wire, body: body(sealed.slice(4)) },
        { ...wire, url: other.url },
        { ...wire, url: 'http://duban.test/webhooks/wecom' },
        withQuery(wire, 'msg_signature', signature),
        withQuery(wire, 'msg_signature', ''),
        withQuery(wire, 'timestamp', '1700009999'),
        withQuery(wire, 'nonce', '1372623140'),
        as({ token: 'Othertoken' }),
        as({ aesKey: 'ABCDEFghijklmnopqrstuvwxyz0123456789ABCDEFE' }),
        as({ corpId: 'wx5823bf96d3bd56c7' }),
        as({ agentId: '1000003' }),
        signed(xmlOf(text), 'wx5823bf96d3bd56c7'),
        signed(xmlOf({ ...text, AgentID: 1000003 })),
      ]
    },
    challenge: () => {
      const wire = fake.challenge('1616140317555161061')
      return { wire, body: '1616140317555161061', wrong: withQuery(wire, 'msg_signature', 'f'.repeat(40)) }
    },
    rotation: () => {
      const fresh = { ...wecomAppConfig, token: 'Newtoken', aesKey: 'bcdefghijklmnopqrstuvwxyz0123456789ABCDEFGE' }
      const old = { tokenOld: wecomAppConfig.token, aesKeyOld: wecomAppConfig.aesKey }
      const other = createFakeWecomApp(fresh, now)
      const deps = { fetch: fake.fetch, now, timeout: 40 }
      const voice = { MsgType: 'voice', MsgId: '7', MediaId: 'm' }
      return {
        during: createWecomAppAdapter({ ...fresh, ...old }, deps),
        after: createWecomAppAdapter(fresh, deps),
        fresh: other.says(hello),
        between: [as({ token: fresh.token }), as({ aesKey: fresh.aesKey })],
        challenges: [fake, other].map((each) => ({ wire: each.challenge('42'), body: '42' })),
        sealed: [fake, other].map((each) => ({ wire: each.callback('zhangsan', voice), read: each.read })),
      }
    },
    press: (value) => fake.presses('li', typeof value === 'string' ? value : JSON.stringify(value)),
    fail: (fault) => fake.fail('/message/send', fault),
    refusal: [
      { wrong: code(40008), reason: 'malformed' },
      { wrong: code(40058), reason: 'malformed' },
      { wrong: code(44004), reason: 'malformed' },
      { wrong: code(45002), reason: 'malformed' },
      { wrong: code(42014), reason: 'malformed' },
      { wrong: code(424_242), reason: 'malformed' },
      { wrong: code(6000), reason: 'later' },
      { wrong: code(45033), reason: 'later' },
      { wrong: code(45009), reason: 'later' },
      { wrong: code(-1), reason: 'unsure' },
      { wrong: code(60020), reason: 'forbidden' },
      { wrong: code(48002), reason: 'forbidden' },
      { wrong: code(60011), reason: 'forbidden' },
      { wrong: code(301_002), reason: 'forbidden' },
      { wrong: code(43012), reason: 'forbidden' },
      { wrong: code(50003), reason: 'forbidden' },
      { wrong: code(81013), reason: 'gone' },
      { wrong: code(60111), reason: 'gone' },
      { wrong: { status: 200, body: { errcode: 0, invaliduser: 'zhangsan' } }, reason: 'gone' },
      { wrong: { status: 200, body: { errcode: 0, unlicenseduser: 'zhangsan' } }, reason: 'forbidden' },
      { wrong: { status: 429, body: '' }, reason: 'later' },
      { wrong: { status: 404, body: '<html>' }, reason: 'malformed' },
      { wrong: { status: 403, body: '<html>' }, reason: 'forbidden' },
      { wrong: { status: 502, body: '<html>' }, reason: 'unsure' },
      { wrong: { status: 503, body: '' }, reason: 'unsure' },
      { wrong: { status: 200, body: '<html>' }, reason: 'unsure' },
    ],
    unanswered: 'unsure',
    token: { revoke: fake.revoke, asked: () => fake.calls.token, dead: code(42001) },
    delivery: async (card) => {
      before = fake.sent.length
      const to = { platform: 'wecom' as const, route: wecomAppConfig.agentId, kind: 'person' as const, id: 'zhangsan' }
      return { to, card, key: `notice ${++deliveries}` }
    },
    shown: () =>
      fake.sent
        .slice(before)
        .map(({ words }) => words.replace(/<font color="comment">消息号 [0-9a-f]{6}(?:（\d\/\d）)?<\/font>$/, ''))
        .join('\n'),
    harmless: (words) => !/[<`[\]\u202e\0]/.test(words) && !/^\s*(?:#|[-+] |={3})/m.test(words),
  }
})
