import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Adapter } from '../../adapters/adapter.ts'
import { createDingtalkAdapter } from '../../adapters/dingtalk/index.ts'
import { createDingtalkSocketAdapter } from '../../adapters/dingtalk/socket.node.ts'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { createApp } from '../../src/http/app.ts'
import { createFakeDingtalk, type DingSay, dingtalkConfig } from '../fakes/dingtalk.ts'
import { openDingtalkGateway } from '../fakes/dingtalk-gateway.ts'
import { toRequest } from '../fakes/wire.ts'
import { accounts, settle } from '../town/members.ts'
import { openTown, type Town } from '../town/town.ts'
import { mainJob } from './script.ts'

const ROBOT = '/v1.0/im/bot/messages/get'
const config = { ...dingtalkConfig, apiBase: 'http://api.dingtalk.test' }

let store: Store
const closing: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(() => store.close())

/** DingTalk as the transcript sees it: a message goes in, and all is through that it caused. */
interface Channel {
  town: Town
  fake: ReturnType<typeof createFakeDingtalk>
  hands(say: DingSay): Promise<void>
}

let offices = 0
const openOffice = async (made: (fake: Channel['fake'], now: () => Date) => Adapter) => {
  let town: Town | undefined
  const now = () => town?.deps.now() ?? new Date()
  const fake = createFakeDingtalk(config, now)
  const adapter = made(fake, now)
  town = await openTown(store.of(`dingtalk-${++offices}`), { adapters: [adapter] })
  await settle(town, 'dingtalk')
  return { town, fake, adapter }
}

const channels: Record<string, () => Promise<Channel>> = {
  'the callback': async () => {
    const { town, fake, adapter } = await openOffice((fake, now) =>
      createDingtalkAdapter(config, { fetch: fake.fetch, now }),
    )
    const app = createApp({
      door: (name) => (name === 'dingtalk' ? { adapter, deps: town.deps } : undefined),
      offices: () => [town.deps],
      log: town.deps.log,
    })
    return {
      town,
      fake,
      hands: async (say) => {
        expect((await app.request(toRequest(fake.says(say)))).status).toBe(200)
        await town.deps.settled()
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
    while (gateway.connected() === 0) await new Promise((done) => setTimeout(done, 5))
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
    for (const { on, who, says, hears } of mainJob) {
      if (on) town.on(on)
      const before = fake.sent.length
      await hands({ from: accounts[who], chat: 'oc_work', text: says })
      const answers = fake.sent.slice(before)
      const words = answers.map(({ text }) => text).join('\n')
      for (const pattern of hears === 'silence' ? [] : hears) expect(words, says).toMatch(pattern)
      expect(answers[0], says).toMatchObject({ by: 'session', to: 'oc_work', at: [accounts[who]] })
    }
    expect((await verifyLedger(town.deps.store)).broken).toEqual([])
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
