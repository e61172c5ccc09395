import { createWecomHookAdapter } from '../../../adapters/wecom/hook/index.ts'
import { deliveryContract } from '../../contract/adapter.ts'
import { createFakeWecomHook, hookKey } from '../../fakes/wecom-hook.ts'

const now = () => new Date(1_700_000_000_000)
const code = (errcode: number) => ({ status: 200, body: { errcode, errmsg: 'x' } })

/** Twice: as it is, and with tables as tables. */
for (const tables of [false, true])
  deliveryContract(tables ? 'wecom-hook with tables' : 'wecom-hook', () => {
    const fake = createFakeWecomHook(now)
    const config = { apiBase: 'https://qyapi.weixin.test', agentId: '1000002', botName: '督办', tables }
    let deliveries = 0
    let before = 0
    // Each robot has twenty a minute, and every refusal counts: the list of refusals is longer.
    const keys = () => {
      const key = `${hookKey}-${++deliveries}`
      fake.robots.add(key)
      return key
    }
    return {
      adapter: createWecomHookAdapter(config, { fetch: fake.fetch, now, timeout: 40 }),
      fail: fake.fail,
      refusal: [
        { wrong: code(40008), reason: 'malformed' },
        { wrong: code(40058), reason: 'malformed' },
        { wrong: code(44004), reason: 'malformed' },
        { wrong: code(45002), reason: 'malformed' },
        { wrong: code(424_242), reason: 'malformed' },
        { wrong: code(-1), reason: 'later' },
        { wrong: code(45033), reason: 'later' },
        { wrong: code(45009), reason: 'later' },
        { wrong: code(93000), reason: 'gone' },
        { wrong: code(93004), reason: 'gone' },
        { wrong: code(93008), reason: 'gone' },
        { wrong: { status: 429, body: '' }, reason: 'later' },
        { wrong: { status: 404, body: '<html>' }, reason: 'malformed' },
        { wrong: { status: 502, body: '<html>' }, reason: 'unsure' },
        { wrong: { status: 200, body: '<html>' }, reason: 'unsure' },
      ],
      unanswered: 'unsure',
      delivery: async (card) => {
        before = fake.said.length
        const to = { platform: 'wecom' as const, route: 'hook', kind: 'room' as const, id: 'wrGROUP1' }
        return { to, card, key: `notice ${deliveries}`, webhook: keys() }
      },
      shown: () =>
        fake.said
          .slice(before)
          .map(({ words }) => words)
          .join('\n'),
      harmless: (words) => !/<|\u202e|\0/.test(words) && !fake.said.some(({ mentioned }) => mentioned.length > 0),
    }
  })
