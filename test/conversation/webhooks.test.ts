import { describe, expect, it } from 'vitest'
import { createLarkAdapter } from '../../adapters/lark/index.ts'
import { createWecomAppAdapter } from '../../adapters/wecom/app/index.ts'
import { createWecomBotAdapter } from '../../adapters/wecom/bot/index.ts'
import { createFakeLark, freeLark } from '../fakes/lark.ts'
import { createFakeWecomBot, wecomBotConfig } from '../fakes/wecom.ts'
import { createFakeWecomApp, wecomAppConfig } from '../fakes/wecom-app.ts'
import { accounts } from '../town/members.ts'
import { officesOf } from '../town/offices.ts'
import { openTownOn, webhookOf } from '../town/platform.ts'
import { type Channel, runMainJob } from './main-job.ts'

const nextOffice = officesOf('webhooks')

const channels: Record<string, () => Promise<Channel>> = {
  '/webhooks/lark': async () => {
    const open = await openTownOn(nextOffice(), 'lark', (now) => {
      const fake = createFakeLark(freeLark, now)
      return { fake, adapter: createLarkAdapter(freeLark, { fetch: fake.fetch, now }) }
    })
    const { fake, town } = open
    const post = webhookOf(open)
    return {
      town,
      says: async ({ who, says }) => {
        const before = fake.sent.length
        const response = await post(fake.says({ from: accounts[who], chat: 'oc_work', text: says, at: true }))
        expect(response.status).toBe(200)
        return JSON.stringify(fake.sent.slice(before).map((sent) => sent.card))
      },
    }
  },
  '/webhooks/wecom': async () => {
    const open = await openTownOn(nextOffice(), 'wecom', (now) => {
      const fake = createFakeWecomApp(wecomAppConfig, now)
      return { fake, adapter: createWecomAppAdapter(wecomAppConfig, { fetch: fake.fetch, now }) }
    })
    const { fake, town } = open
    const post = webhookOf(open)
    return {
      town,
      says: async ({ who, says }) => {
        const before = fake.sent.length
        const response = await post(fake.says({ from: accounts[who], text: says }))
        expect([response.status, await response.text()]).toEqual([200, ''])
        const sent = fake.sent.slice(before)
        return sent.map(({ words }) => words).join('\n')
      },
    }
  },
  '/webhooks/wecom-bot': async () => {
    const open = await openTownOn(nextOffice(), 'wecom', (now) => {
      const fake = createFakeWecomBot(wecomBotConfig, now)
      return { fake, adapter: createWecomBotAdapter(wecomBotConfig, { fetch: fake.fetch, now }) }
    })
    const { fake, town } = open
    const post = webhookOf(open)
    return {
      town,
      says: async ({ who, says }) =>
        JSON.stringify(await fake.read(await post(fake.says({ from: accounts[who], chat: 'oc_work', text: says })))),
    }
  },
}

describe.each(Object.keys(channels))('the main job through %s', (path) => {
  it('runs as in the terminal, signed and encrypted', async () => {
    const channel = await channels[path]?.()
    if (!channel) throw new Error(path)
    await runMainJob(channel)
  })
})
