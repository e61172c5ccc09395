import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWecomAppAdapter } from '../../adapters/wecom/app/index.ts'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { createApp } from '../../src/http/app.ts'
import { createFakeWecomApp, type SentToMember, wecomAppConfig } from '../fakes/wecom-app.ts'
import { toRequest, type Wire } from '../fakes/wire.ts'
import { accounts, settle, type Who } from '../town/members.ts'
import { openTown, type Town } from '../town/town.ts'

let store: Store
beforeAll(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
})
afterAll(() => store.close())

/** The app among members of the town; what each of them gets after a callback. */
async function open() {
  let town: Town | undefined
  const now = () => town?.deps.now() ?? new Date()
  const fake = createFakeWecomApp(wecomAppConfig, now)
  const adapter = createWecomAppAdapter(wecomAppConfig, { fetch: fake.fetch, now })
  const opened = await openTown(store.of('presses'), { adapters: [adapter] })
  town = opened
  await settle(opened, 'wecom')
  opened.on('2017-08-15')
  const app = createApp({
    door: () => ({ adapter, deps: opened.deps }),
    offices: () => [opened.deps],
    log: opened.deps.log,
  })
  const hears = async (wire: Wire): Promise<SentToMember[]> => {
    const before = fake.sent.length
    const response = await app.request(toRequest(wire))
    expect([response.status, await response.text()]).toEqual([200, ''])
    await opened.deps.settled()
    return fake.sent.slice(before)
  }
  const says = (who: Who, text: string) => hears(fake.says({ from: accounts[who], text }))
  const presses = (who: Who, sent: SentToMember | undefined, label: string) => {
    const button = sent?.card?.button_list.find(({ text }) => text === label)
    if (!button) throw new Error(`no button ${label}`)
    return hears(fake.presses(accounts[who], button.key, sent?.card?.task_id))
  }
  return { fake, says, presses }
}

it('a button of the app does what it says, and the card shows what came of it', async () => {
  const { fake, says, presses } = await open()
  const report = await says('finance', '1-2 7月的已公开 http://czj.example.gov.cn/201708/1.html')
  const card = report.find((sent) => sent.card)
  const told = await presses('finance', card, '已经保密审查')
  const [changed] = fake.changed
  expect(changed?.to).toBe(accounts.finance)
  expect([...told, ...fake.changed].map(({ words }) => words).join('\n')).toMatch(/已注明保密审查/)
  // What fits into the card's place is there and nowhere else.
  expect(told.length > 0).toBe(changed?.greyed !== undefined)
  const queue = (await says('office', '待审核的反馈')).map(({ words }) => words).join('\n')
  expect(queue).toMatch(/1-2[\s\S]*保密审查/)
})
