import { afterEach, describe, expect, it } from 'vitest'
import type { Adapter } from '../../adapters/adapter.ts'
import { createDingtalkAdapter } from '../../adapters/dingtalk/index.ts'
import { createDingtalkSocketAdapter } from '../../adapters/dingtalk/socket.node.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { createFakeDingtalk, type DingSay, dingtalkConfig } from '../fakes/dingtalk.ts'
import { openDingtalkGateway } from '../fakes/dingtalk-gateway.ts'
import { until } from '../fakes/until.ts'
import { accounts } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import { openTownOn, webhookOf } from '../town/platform.ts'
import type { Town } from '../town/town.ts'
import { runMainJob } from './main-job.ts'

const ROBOT = '/v1.0/im/bot/messages/get'
const config = { ...dingtalkConfig, apiBase: 'http://api.dingtalk.test' }

const nextOffice = officesOf('dingtalk')
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** DingTalk as the transcript sees it: a message goes in, and all is through that it caused. */
interface Channel {
  town: Town
  fake: ReturnType<typeof createFakeDingtalk>
  hands(say: DingSay): Promise<void>
}

const openOffice = (made: (fake: Channel['fake'], now: () => Date) => Adapter) =>
  openTownOn(nextOffice(), 'dingtalk', (now) => {
    const fake = createFakeDingtalk(config, now)
    return { fake, adapter: made(fake, now) }
  })

const channels: Record<string, () => Promise<Channel>> = {
  'the callback': async () => {
    const open = await openOffice((fake, now) => createDingtalkAdapter(config, { fetch: fake.fetch, now }))
    const { town, fake } = open
    const post = webhookOf(open)
    return {
      town,
      fake,
      hands: async (say) => {
        expect((await post(fake.says(say))).status).toBe(200)
      },
    }
  },
  'the long connection': async () => {
    const { town, fake, adapter } = await openOffice((fake, now) =>
      createDingtalkSocketAdapter(config, { fetch: fake.fetch, now }),
    )
    const gateway = await openDingtalkGateway(fake)
    const quit = new AbortController()
    let through = () => {}
    const listening = adapter.listen?.(async (message, inline) => {
      const turn = await dispatch(town.deps, message, inline)
      await deliver(town.deps)
      through()
      return turn
    }, quit.signal)
    closing.push(async () => {
      quit.abort()
      await listening
      await gateway.close()
    })
    await until(() => gateway.connected() > 0)
    return {
      town,
      fake,
      hands: async (say) => {
        const done = new Promise<void>((resolve) => {
          through = resolve
        })
        expect((await gateway.push('CALLBACK', ROBOT, fake.payload(say))).code).toBe(200)
        await done
      },
    }
  },
}

/** Every row of an office but those of the outbox, as text. */
const elsewhere = async ({ deps: { store } }: Town): Promise<string> => {
  const tables = Object.entries(store.t).filter(([name]) => name !== 'outbox')
  const rows = await Promise.all(tables.map(([, table]) => store.q.select().from(table as typeof store.t.receipts)))
  return JSON.stringify(rows)
}

describe.each(Object.keys(channels))('the main job through DingTalk by %s', (way) => {
  const open = async () => {
    const channel = await channels[way]?.()
    if (!channel) throw new Error(way)
    return channel
  }

  it('runs as in the terminal, and every answer names who asked', async () => {
    const { town, fake, hands } = await open()
    await runMainJob({
      town,
      says: async ({ who, says }) => {
        const before = fake.sent.length
        await hands({ from: accounts[who], chat: 'oc_work', text: says })
        const answers = fake.sent.slice(before)
        expect(answers[0], says).toMatchObject({ by: 'session', to: 'oc_work', at: [accounts[who]] })
        return answers.map(({ text }) => text).join('\n')
      },
    })
  })

  it('takes a message that comes twice once, and writes the way back down in the outbox alone', async () => {
    const { town, fake, hands } = await open()
    town.on('2017-08-15')
    const say = { from: accounts.finance, chat: 'oc_finance', text: '1-2 7月的正在办，还没公开', id: 'twice' }
    await hands(say)
    await hands(say)
    expect(fake.sent).toHaveLength(1)
    expect(await elsewhere(town)).toContain('twice')
    expect(await elsewhere(town)).not.toContain('sendBySession')
  })

  it('answers an outsider, whom nobody knows, by the way that came with the message', async () => {
    const { fake, hands } = await open()
    await hands({ from: 'x', chat: 'oc_work', text: '本月到期任务', more: { senderStaffId: undefined } })
    expect(fake.sent).toMatchObject([{ by: 'session', to: 'oc_work', at: [] }])
  })
})
