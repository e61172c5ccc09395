import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Adapter } from '../../adapters/adapter.ts'
import { createLarkAdapter } from '../../adapters/lark/index.ts'
import { createWecomAppAdapter } from '../../adapters/wecom/app/index.ts'
import { createWecomBotAdapter } from '../../adapters/wecom/bot/index.ts'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { createApp } from '../../src/http/app.ts'
import { createFakeLark, larkConfig } from '../fakes/lark.ts'
import { createFakeWecomBot, wecomBotConfig } from '../fakes/wecom.ts'
import { createFakeWecomApp, wecomAppConfig } from '../fakes/wecom-app.ts'
import { toRequest, type Wire } from '../fakes/wire.ts'
import { accounts, settle } from '../town/members.ts'
import { openTown, type Town } from '../town/town.ts'
import { mainJob, type Step } from './script.ts'

let store: Store
beforeAll(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
})
afterAll(() => store.close())

const appOf = (town: Town, adapter: Adapter, platform: string) =>
  createApp({
    door: (name) => (name === platform ? { adapter, deps: town.deps } : undefined),
    offices: () => [town.deps],
    log: town.deps.log,
  })

/** A platform as the transcript sees it: words in a group go in, the words of the answer come out. */
interface Channel {
  town: Town
  says(step: Step): Promise<string>
}

const channels: Record<string, () => Promise<Channel>> = {
  '/webhooks/lark': async () => {
    let town: Town | undefined
    const now = () => town?.deps.now() ?? new Date()
    const fake = createFakeLark(larkConfig, now)
    const adapter = createLarkAdapter(larkConfig, { fetch: fake.fetch, now })
    const opened = await openTown(store.of('lark'), { adapters: [adapter] })
    town = opened
    await settle(opened, 'lark')
    const app = appOf(opened, adapter, 'lark')
    return {
      town: opened,
      says: async ({ who, says }) => {
        const before = fake.sent.length
        const wire: Wire = fake.says({ from: accounts[who], chat: 'oc_work', text: says, at: true })
        const response = await app.request(toRequest(wire))
        expect(response.status).toBe(200)
        await opened.deps.settled()
        return JSON.stringify(fake.sent.slice(before).map((sent) => sent.card))
      },
    }
  },
  '/webhooks/wecom': async () => {
    let town: Town | undefined
    const now = () => town?.deps.now() ?? new Date()
    const fake = createFakeWecomApp(wecomAppConfig, now)
    const adapter = createWecomAppAdapter(wecomAppConfig, { fetch: fake.fetch, now })
    const opened = await openTown(store.of('wecom-app'), { adapters: [adapter] })
    town = opened
    await settle(opened, 'wecom')
    const app = appOf(opened, adapter, 'wecom')
    return {
      town: opened,
      says: async ({ who, says }) => {
        const before = fake.sent.length
        const response = await app.request(toRequest(fake.says({ from: accounts[who], text: says })))
        expect([response.status, await response.text()]).toEqual([200, ''])
        await opened.deps.settled()
        return fake.sent
          .slice(before)
          .map((sent) => sent.words)
          .join('\n')
      },
    }
  },
  '/webhooks/wecom-bot': async () => {
    let town: Town | undefined
    const now = () => town?.deps.now() ?? new Date()
    const fake = createFakeWecomBot(wecomBotConfig, now)
    const adapter = createWecomBotAdapter(wecomBotConfig, { fetch: fake.fetch, now })
    const opened = await openTown(store.of('wecom'), { adapters: [adapter] })
    town = opened
    await settle(opened, 'wecom')
    const app = appOf(opened, adapter, 'wecom-bot')
    return {
      town: opened,
      says: async ({ who, says }) => {
        const response = await app.request(toRequest(fake.says({ from: accounts[who], chat: 'oc_work', text: says })))
        return JSON.stringify(await fake.read(response))
      },
    }
  },
}

describe.each(Object.keys(channels))('the main job through %s', (path) => {
  it('runs as in the terminal, signed and encrypted', async () => {
    const open = channels[path]
    if (!open) throw new Error(path)
    const channel = await open()
    for (const step of mainJob) {
      if (step.on) channel.town.on(step.on)
      const words = await channel.says(step)
      for (const pattern of step.hears === 'silence' ? [] : step.hears) expect(words, step.says).toMatch(pattern)
    }
    expect((await verifyLedger(channel.town.deps.store)).broken).toEqual([])
  })
})
