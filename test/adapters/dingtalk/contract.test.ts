import { createDingtalkAdapter } from '../../../adapters/dingtalk/index.ts'
import { adapterContract } from '../../contract/adapter.ts'
import { createFakeDingtalk, dingtalkConfig, dingtalkWire } from '../../fakes/dingtalk.ts'
import type { Wire } from '../../fakes/wire.ts'

const now = () => new Date(1_700_000_000_000)

function without(wire: Wire, header: string): Wire {
  const { [header]: _, ...headers } = wire.headers
  return { ...wire, headers }
}

adapterContract('dingtalk', () => {
  const fake = createFakeDingtalk(dingtalkConfig, now)
  const adapter = createDingtalkAdapter(dingtalkConfig, { fetch: fake.fetch, now, timeout: 40 })
  const hello = { from: 'user123', chat: 'cidFINANCE==', text: '收到', id: 'm1' }
  // Its sessions are counted, and a redelivery has the same one.
  const said = fake.says(hello)
  const signed = (body: string) => dingtalkWire(dingtalkConfig, body, now())
  const as = (other: Partial<typeof dingtalkConfig>) =>
    createFakeDingtalk({ ...dingtalkConfig, ...other }, now).says(hello)
  const changed = (more: Record<string, unknown>) => signed(JSON.stringify(fake.payload({ ...hello, more })))
  const aged = (ms: number) => dingtalkWire(dingtalkConfig, said.body, new Date(now().getTime() + ms))
  let deliveries = 0

  return {
    adapter,
    provenHeaders: ['timestamp', 'sign'],
    hello: () => said,
    privately: () => fake.says({ ...hello, chat: undefined }),
    uninteresting: () => [],
    own: () => [changed({ senderId: '$:LWCP_v1:$bot' })],
    undecodable: () => [
      signed(''),
      signed('no json'),
      signed('[]'),
      signed('{}'),
      changed({ msgId: '' }),
      changed({ conversationType: '3' }),
      changed({ createAt: 9e99 }),
      changed({ sessionWebhookExpiredTime: -1 }),
      changed({ text: undefined }),
    ],
    unproven: () => [
      without(said, 'sign'),
      without(said, 'timestamp'),
      without(without(said, 'sign'), 'timestamp'),
      { ...said, headers: { ...said.headers, sign: '' } },
      { ...said, headers: { ...said.headers, timestamp: '1700000000' } },
      { ...said, headers: { ...said.headers, timestamp: '1e12' } },
      aged(3_600_001),
      aged(-3_600_001),
      as({ clientSecret: 'another secret' }),
      as({ robotCode: 'another robot' }),
    ],
    rotation: () => {
      const fresh = { ...dingtalkConfig, clientSecret: 'the new secret' }
      const deps = { fetch: fake.fetch, now, timeout: 40 }
      return {
        during: createDingtalkAdapter({ ...fresh, clientSecretOld: dingtalkConfig.clientSecret }, deps),
        after: createDingtalkAdapter(fresh, deps),
        fresh: as({ clientSecret: fresh.clientSecret }),
        between: [],
        challenges: [],
        sealed: [],
      }
    },
    fail: (fault) => fake.fail('/groupMessages/send', fault),
    refusal: [
      { wrong: { status: 200, body: { errcode: 400402, errmsg: 'x' } }, reason: 'malformed' },
      { wrong: { status: 400, body: { code: 'invalidParameter.msgParam.invalid' } }, reason: 'malformed' },
      { wrong: { status: 400, body: { code: 'invalidParameter.robotCode.auth' } }, reason: 'forbidden' },
      {
        wrong: { status: 403, body: { code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied' } },
        reason: 'forbidden',
      },
      { wrong: { status: 403, body: { code: 'Forbidden.AccessDenied.ApiCountLimitForOrg' } }, reason: 'forbidden' },
      { wrong: { status: 200, body: { errcode: 90020 } }, reason: 'forbidden' },
      { wrong: { status: 403, body: { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi' } }, reason: 'later' },
      { wrong: { status: 429, body: '<html>' }, reason: 'later' },
      { wrong: { status: 503, body: { code: 'ServiceUnavailable' } }, reason: 'later' },
      { wrong: { status: 502, body: '<html>' }, reason: 'unsure' },
      { wrong: { status: 200, body: '<html>' }, reason: 'unsure' },
      { wrong: { status: 200, body: { errcode: -1 } }, reason: 'unsure' },
      { wrong: 'broken', reason: 'unsure' },
      { wrong: { status: 400, body: { code: 'invalidParameter.openConversationId.notExist' } }, reason: 'gone' },
      { wrong: { status: 400, body: { code: 42 } }, reason: 'malformed' },
    ],
    unanswered: 'unsure',
    token: {
      revoke: fake.revoke,
      asked: () => fake.calls.token,
      dead: { status: 400, body: { code: 'InvalidAuthentication' } },
    },
    delivery: async (card) => ({
      to: { platform: 'dingtalk', route: dingtalkConfig.robotCode, kind: 'room', id: 'cidFINANCE==' },
      card,
      key: `notice ${++deliveries}`,
    }),
    shown: () => {
      const last = fake.sent.at(-1)
      if (!last) throw new Error('nothing was sent')
      return last.text
    },
    harmless: (words) => !/[<@[\]`]/.test(words) && !words.includes('\u202e') && !words.includes('\0'),
  }
})
