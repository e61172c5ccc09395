import { createWecomBotAdapter } from '../../../adapters/wecom/bot/index.ts'
import { adapterContract } from '../../contract/adapter.ts'
import { createFakeWecomBot, wecomBotConfig, wecomWire } from '../../fakes/wecom.ts'
import { toRequest, type Wire } from '../../fakes/wire.ts'

const now = () => new Date(1_700_000_000_000)

const withQuery = (wire: Wire, name: string, value: string): Wire => {
  const url = new URL(wire.url)
  url.searchParams.set(name, value)
  return { ...wire, url: url.href }
}

adapterContract('wecom-bot', () => {
  const fake = createFakeWecomBot(wecomBotConfig, now)
  const adapter = createWecomBotAdapter(wecomBotConfig, { fetch: fake.fetch, now, timeout: 40 })
  const hello = { from: 'zhangsan', chat: 'wrGROUP1', text: '收到', id: 'm1' }
  const signed = (body: unknown) => wecomWire(wecomBotConfig, JSON.stringify(body), now())
  const as = (other: Partial<typeof wecomBotConfig>) =>
    createFakeWecomBot({ ...wecomBotConfig, ...other }, now).says(hello)
  const member = { msgid: 'm9', chattype: 'single', from: { userid: 'li' } }

  return {
    adapter,
    hello: () => fake.says(hello),
    privately: () => fake.says({ ...hello, chat: undefined }),
    uninteresting: () => [
      signed({ ...member, msgtype: 'event', event: { eventtype: 'feedback_event', feedback_event: { id: '1' } } }),
      signed({ ...member, msgtype: 'stream', stream: { id: 'S1' } }),
      signed({ ...member, msgtype: 'event', event: { eventtype: 'of_tomorrow' } }),
      signed({ ...member, msgtype: 'event' }),
      signed({ msgtype: 'of tomorrow' }),
    ],
    own: () => [],
    undecodable: () => [
      wecomWire(wecomBotConfig, 'no json', now()),
      signed([]),
      signed({ msgtype: 'text', text: { content: 'x' } }),
      signed({ ...member, msgtype: 'text', chattype: 'group', text: { content: 'x' } }),
      signed({ ...member, msgtype: 'image', image: {} }),
      signed({ ...member, msgtype: 'event', event: { eventtype: 'template_card_event' } }),
      fake.presses({ from: 'li' }, '{not json'),
    ],
    unproven: () => {
      const wire = fake.says(hello)
      const other = fake.says({ ...hello, id: 'm2' })
      const signature = new URL(other.url).searchParams.get('msg_signature') ?? ''
      return [
        { ...wire, body: other.body },
        { ...wire, body: '{}' },
        { ...wire, body: 'no json' },
        { ...wire, url: other.url },
        { ...wire, url: 'http://duban.test/webhooks/wecom-bot' },
        withQuery(wire, 'msg_signature', signature),
        withQuery(wire, 'msg_signature', ''),
        withQuery(wire, 'timestamp', '1700009999'),
        withQuery(wire, 'nonce', 'nonce124'),
        as({ token: 'Othertoken' }),
        as({ aesKey: 'ABCDEFghijklmnopqrstuvwxyz0123456789ABCDEFE' }),
        wecomWire(wecomBotConfig, JSON.stringify({ ...member, msgtype: 'text' }), now(), 'wx5823bf96d3bd56c7'),
      ]
    },
    challenge: () => {
      const wire = fake.challenge('1616140317555161061')
      return { wire, body: '1616140317555161061', wrong: withQuery(wire, 'msg_signature', 'f'.repeat(40)) }
    },
    rotation: () => {
      const fresh = { ...wecomBotConfig, token: 'Newtoken', aesKey: 'bcdefghijklmnopqrstuvwxyz0123456789ABCDEFGE' }
      const old = { tokenOld: wecomBotConfig.token, aesKeyOld: wecomBotConfig.aesKey }
      const other = createFakeWecomBot(fresh, now)
      const deps = { fetch: fake.fetch, now, timeout: 40 }
      return {
        during: createWecomBotAdapter({ ...fresh, ...old }, deps),
        after: createWecomBotAdapter(fresh, deps),
        fresh: other.says(hello),
        between: [as({ token: fresh.token }), as({ aesKey: fresh.aesKey })],
        challenges: [fake, other].map((each) => ({ wire: each.challenge('42'), body: '42' })),
        sealed: [fake, other].map((each) => ({ wire: each.says(hello), read: each.read })),
      }
    },
    press: (value) =>
      fake.presses(
        { from: 'li', chat: 'wrGROUP1', id: 'p1' },
        typeof value === 'string' ? value : JSON.stringify(value),
      ),
    fail: fake.fail,
    refusal: [
      { wrong: { status: 200, body: { errcode: 40008, errmsg: 'x' } }, reason: 'malformed' },
      { wrong: { status: 200, body: { errcode: 45009 } }, reason: 'later' },
      { wrong: { status: 200, body: { errcode: -1 } }, reason: 'later' },
      { wrong: { status: 429, body: '' }, reason: 'later' },
      { wrong: { status: 200, body: { errcode: 60140 } }, reason: 'no-route' },
      { wrong: { status: 404, body: '<html>' }, reason: 'no-route' },
      { wrong: { status: 502, body: '<html>' }, reason: 'unsure' },
      { wrong: { status: 200, body: '<html>' }, reason: 'unsure' },
      { wrong: 'broken', reason: 'unsure' },
    ],
    unanswered: 'unsure',
    delivery: async (card) => {
      const received = await adapter.receive?.(toRequest(fake.says(hello)))
      const message = received?.messages[0]
      if (!message?.replyBy) throw new Error('no way back')
      return { to: message.room, card, key: 'answer of m1', replyBy: message.replyBy }
    },
    shown: () => fake.sent.at(-1)?.content ?? '',
    harmless: (words) => !/[<`[\]\u202e\0]/.test(words) && !/^\s*(?:#|[-+] |={3})/m.test(words),
  }
})
