import { AESCipher } from '@larksuiteoapi/node-sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sink } from '../../adapters/adapter.ts'
import { pressed } from '../../adapters/button.ts'
import { createLarkSocketAdapter } from '../../adapters/lark/socket.node.ts'
import { deliverSoon } from '../../src/flow/deliver.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { openGateway } from '../adapters/lark/gateway.ts'
import { createFakeLark, freeLark, larkConfig, type Say } from '../fakes/lark.ts'
import { type FakeLarkCard, larkWords } from '../fakes/lark-card.ts'
import type { Wire } from '../fakes/wire.ts'
import { accounts } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import { openTownOn } from '../town/platform.ts'
import type { Town } from '../town/town.ts'
import { runMainJob } from './main-job.ts'
import type { Step } from './script.ts'

const nextOffice = officesOf('lark-socket')

/** Sealed for the webhook; the long connection carries it in the clear. */
const plainOf = (wire: Wire): string =>
  new AESCipher(larkConfig.encryptKey).decrypt((JSON.parse(wire.body) as { encrypt: string }).encrypt)

describe('the main job through the long connection of Lark', () => {
  let gateway: Awaited<ReturnType<typeof openGateway>>
  let fake: ReturnType<typeof createFakeLark>
  let town: Town
  let quit: AbortController
  let listening: Promise<void> | undefined

  beforeEach(async () => {
    gateway = await openGateway(larkConfig)
    let connected = () => {}
    const ready = new Promise<void>((done) => {
      connected = done
    })
    const log = ({ outcome }: { outcome: string }) => outcome === 'ready' && connected()
    const account = { ...freeLark, domain: gateway.domain }
    const open = await openTownOn(nextOffice(), 'lark', (now) => {
      const lark = createFakeLark(freeLark, now)
      return { lark, adapter: createLarkSocketAdapter(account, { fetch: lark.fetch, now, log }) }
    })
    fake = open.lark
    town = open.town
    const sink: Sink = async (message, inline) => {
      const turn = await dispatch(town.deps, message, inline)
      deliverSoon(town.deps)
      return turn
    }
    quit = new AbortController()
    listening = open.adapter.listen?.(sink, quit.signal)
    await ready
  })
  afterEach(async () => {
    quit.abort()
    await listening
    await gateway.close()
  })

  const says = async ({ who, says: text }: Pick<Step, 'who' | 'says'>, more: Partial<Say> = {}) => {
    const before = fake.sent.length
    const wire = fake.says({ from: accounts[who], chat: 'oc_work', text, at: true, ...more })
    expect(await gateway.push(plainOf(wire))).toEqual({ code: 200, data: {} })
    await town.deps.settled()
    return fake.sent.slice(before)
  }

  it('runs as in the terminal', async () => {
    await runMainJob({
      town,
      says: async (step) => (await says(step)).map(({ card }) => larkWords(card)).join('\n'),
    })
  })

  it('takes a message once, under whichever event it comes', async () => {
    town.on('2017-08-15')
    const step = { who: 'finance', says: '1-2 7月的正在办，还没公开' } as const
    expect(await says(step, { id: 'om_1', event: 'e1' })).toHaveLength(1)
    expect(await says(step, { id: 'om_1', event: 'e1' })).toEqual([])
    expect(await says(step, { id: 'om_1', event: 'e2' })).toEqual([])
  })

  it('answers a press with a toast and the card as it now stands, and sends nothing besides', async () => {
    town.on('2017-08-15')
    await says({ who: 'finance', says: '1-2 7月的已公开 http://czj.example.gov.cn/201708/1.html' })
    const before = fake.sent.length
    const approve = pressed({ intent: 'approve', tasks: ['1-2'] }, 'room')
    const { code, data } = await gateway.push(plainOf(fake.pressesValue(accounts.office, 'oc_work', approve)))
    await town.deps.settled()
    const { toast, card } = data as { toast: { content: string }; card: { data: FakeLarkCard } }
    expect([code, toast.content]).toEqual([200, expect.stringMatching(/审核通过/)])
    expect(larkWords(card.data)).toMatch(/1-2/)
    expect(fake.sent.length).toBe(before)
  })

  it('tells who sends what cannot be read that no words came', async () => {
    const [answer] = await says({ who: 'finance', says: '' }, { chat: undefined, as: { type: 'sticker', content: {} } })
    expect(answer && larkWords(answer.card)).toMatch(/没有收到文字/)
  })

  it('keeps the answer in the topic where it was asked', async () => {
    const [answer] = await says({ who: 'leader', says: '本月市财政局有哪些到期任务' }, { thread: 'omt_1' })
    expect(answer).toMatchObject({ inThread: true })
  })
})
