import { createLarkAdapter } from '../../../adapters/lark/index.ts'
import { adapterContract } from '../../contract/adapter.ts'
import { createFakeLark, larkConfig, larkWire } from '../../fakes/lark.ts'
import { larkWords } from '../../fakes/lark-card.ts'
import type { Wire } from '../../fakes/wire.ts'

const now = () => new Date(1_700_000_000_000)

function without(wire: Wire, header: string): Wire {
  const { [header]: _, ...headers } = wire.headers
  return { ...wire, headers }
}

adapterContract('lark', () => {
  const fake = createFakeLark(larkConfig, now)
  const adapter = createLarkAdapter(larkConfig, { fetch: fake.fetch, now, timeout: 40 })
  const hello = { from: 'ou_zhang', chat: 'oc_finance', text: '收到', at: true, id: 'm1' }
  const signed = (plain: string) => larkWire(larkConfig, plain, now())
  const as = (other: Partial<typeof larkConfig>) => createFakeLark({ ...larkConfig, ...other }, now).says(hello)
  const broken = { code: 230099, msg: 'x' }
  let deliveries = 0

  return {
    adapter,
    hello: () => fake.says(hello),
    privately: () => fake.says({ ...hello, chat: undefined, at: false }),
    uninteresting: () => [
      fake.event('im.chat.updated_v1', { chat_id: 'oc_1', after_change: { name: '群' } }, '1', 'e1'),
      fake.event('im.message.message_read_v1', {}, '1', 'e2'),
      signed(
        JSON.stringify({
          ts: '1',
          uuid: 'u',
          token: 'vt',
          type: 'event_callback',
          event: { type: 'p2p_chat_create', app_id: larkConfig.appId },
        }),
      ),
    ],
    own: () => [fake.says({ ...hello, senderType: 'bot' })],
    undecodable: () => [
      signed('no json'),
      signed('[]'),
      fake.event('im.message.receive_v1', { sender: {} }, '1', 'e1'),
      fake.event('im.message.receive_v1', 'text', '1', 'e1'),
      fake.event('card.action.trigger', {}, '1', 'e1'),
      fake.event('im.chat.member.bot.added_v1', {}, '1', 'e1'),
      fake.event('application.bot.menu_v6', { event_key: '本月到期' }, '1', 'e1'),
    ],
    unproven: () => {
      const wire = fake.says(hello)
      const other = fake.says({ ...hello, id: 'm2' })
      const header = 'x-lark-signature'
      return [
        without(wire, header),
        { ...wire, body: other.body },
        { ...wire, body: `${wire.body} ` },
        { ...wire, headers: { ...wire.headers, [header]: other.headers[header] ?? '' } },
        { ...wire, headers: { ...wire.headers, [header]: '' } },
        { ...wire, headers: { ...wire.headers, 'x-lark-request-timestamp': '1700009999' } },
        as({ encryptKey: 'another key' }),
        as({ verificationToken: 'another token' }),
        as({ appId: 'cli_fedcba9876543210' }),
        without({ ...wire, body: 'x'.repeat(9000) }, header),
        without({ ...wire, body: '{}' }, header),
      ]
    },
    challenge: () => ({
      wire: fake.challenge('ajls384kdjx98XX'),
      body: '{"challenge":"ajls384kdjx98XX"}',
      wrong: fake.challenge('ajls384kdjx98XX', 'guessed'),
    }),
    rotation: () => {
      const fresh = { ...larkConfig, encryptKey: 'the new key', verificationToken: 'the new token' }
      const old = { encryptKeyOld: larkConfig.encryptKey, verificationTokenOld: larkConfig.verificationToken }
      const other = createFakeLark(fresh, now)
      const deps = { fetch: fake.fetch, now, timeout: 40 }
      return {
        during: createLarkAdapter({ ...fresh, ...old }, deps),
        after: createLarkAdapter(fresh, deps),
        fresh: other.says(hello),
        between: [as({ encryptKey: fresh.encryptKey }), as({ verificationToken: fresh.verificationToken })],
        challenges: [fake, other].map((each) => ({ wire: each.challenge('abc'), body: '{"challenge":"abc"}' })),
        sealed: [],
      }
    },
    press: (value) => fake.pressesValue('ou_zhang', 'oc_finance', value),
    fail: (fault) => fake.fail('/im/v1/messages', fault),
    refusal: [
      { wrong: { status: 200, body: broken }, reason: 'malformed' },
      { wrong: { status: 200, body: { code: 11232 } }, reason: 'later' },
      { wrong: { status: 400, body: { code: 230020 } }, reason: 'later' },
      { wrong: { status: 429, body: { code: 99991400 } }, reason: 'later' },
      { wrong: { status: 502, body: '<html>' }, reason: 'unsure' },
      { wrong: { status: 200, body: '<html>' }, reason: 'unsure' },
      { wrong: { status: 400, body: '<html>' }, reason: 'unsure' },
      { wrong: { status: 403, body: {} }, reason: 'unsure' },
      { wrong: { status: 400, body: { code: 230002 } }, reason: 'gone' },
      { wrong: { status: 400, body: { code: 232009 } }, reason: 'gone' },
      { wrong: { status: 403, body: { code: 99991672 } }, reason: 'forbidden' },
      { wrong: { status: 200, body: { code: 424242 } }, reason: 'malformed' },
    ],
    unanswered: 'unsure',
    token: { revoke: fake.revoke, asked: () => fake.calls.token, dead: { status: 400, body: { code: 99991663 } } },
    delivery: async (card) => ({
      to: { platform: 'lark', route: larkConfig.appId, kind: 'room', id: 'oc_finance' },
      card,
      key: `notice ${++deliveries}`,
    }),
    shown: () => {
      const last = fake.sent.at(-1)
      if (!last) throw new Error('nothing was sent')
      return larkWords(last.card)
    },
    // The fake has refused markup already; what is left must hold no tag of its own.
    harmless: (words) => !/<(?!\/?font|br>)[a-z/]/i.test(words) && !words.includes('\u202e') && !words.includes('\0'),
  }
})
