import { afterAll, beforeAll, expect } from 'vitest'
import { outboxDepth } from '../../db/queries/outbox.ts'
import type { Platform } from '../../src/model/message.ts'
import { transcriptContract } from '../contract/transcript.ts'
import { createFakeWecomBot, wecomBotConfig } from '../fakes/wecom.ts'
import { accounts, settle, type Who } from '../town/members.ts'
import { openTown } from '../town/town.ts'
import { larkVariables, type Running, runWorker, wecomAppVariables, wecomBotVariables } from './duban.ts'

/** Three offices of one Worker and one database, each on a platform of its own. */
const OFFICES_FILE = JSON.stringify({
  offices: [
    { office: 'fei', name: '飞书的机关', env: larkVariables },
    { office: 'wei', name: '企业微信的机关', env: wecomAppVariables },
    { office: 'bot', name: '智能机器人的机关', env: wecomBotVariables },
  ],
})
const at = (day: string) => ({ OFFICES_FILE, DUBAN_NOW: `${day}T10:00:00+08:00` })

let worker: Running
const clock = { now: new Date(0) }
const bot = createFakeWecomBot(wecomBotConfig, () => clock.now)
beforeAll(async () => {
  worker = await runWorker(at('2017-08-15'))
}, 120_000)
afterAll(() => worker.stop())

const stage = async (office: string, platform: Platform, says: (who: Who, text: string) => Promise<string>) => {
  const town = await openTown(worker.store.of(office))
  await settle(town, platform)
  return {
    store: worker.store.of(office),
    on: async (day: string) => {
      clock.now = new Date(at(day).DUBAN_NOW)
      await worker.again(at(day))
    },
    says: async (who: Who, text: string) => ({ words: await says(who, text) }),
    close: async () => undefined,
  }
}

transcriptContract('through Lark’s door in workerd, on D1', () =>
  stage('fei', 'lark', async (who, text) => {
    const wire = worker.fake.says({ from: accounts[who], chat: 'oc_work', text, at: true })
    const { status } = await worker.post(wire, undefined, 'fei')
    return status === 200 ? (await worker.heard(1)).join('\n') : `status ${status}`
  }),
)

transcriptContract('through the door of WeCom’s app in workerd, on D1', () =>
  stage('wei', 'wecom', async (who, text) => {
    const response = await worker.post(worker.wecom.says({ from: accounts[who], text }), undefined, 'wei')
    if (response.status !== 200) return `status ${response.status}`
    // An answer with buttons is two messages there.
    await expect.poll(async () => (await outboxDepth(worker.store.of('wei'))).waiting, { timeout: 10_000 }).toBe(0)
    return (await worker.told(1)).join('\n')
  }),
)

transcriptContract('through the door of WeCom’s smart bot in workerd, on D1', () =>
  stage('bot', 'wecom', async (who, text) => {
    const response = await worker.post(bot.says({ from: accounts[who], chat: 'oc_work', text }), undefined, 'bot')
    return JSON.stringify(await bot.read(response))
  }),
)
