import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { listenersOf } from '../../db/queries/listeners.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { readConfig } from '../../src/config.ts'
import { type Serving, serveNode } from '../../src/node.ts'
import { until } from '../fakes/until.ts'
import { openWecomGateway, socketConfig } from '../fakes/wecom-gateway.ts'
import { accounts, settle } from '../town/members.ts'
import { openTown, type Town } from '../town/town.ts'

let store: Store
let town: Town
let gateway: Awaited<ReturnType<typeof openWecomGateway>>
let logged: { event: string; outcome?: string }[]
const servings: Serving[] = []

beforeEach(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  town = await openTown(store.of('default'))
  await settle(town, 'wecom')
  // After office hours: a server that starts in them has reminders to send.
  town.on('2017-08-15', '19:00')
  gateway = await openWecomGateway(town.deps.now)
  logged = []
})
afterEach(async () => {
  for (const serving of servings.splice(0)) await serving.stop()
  await gateway.close()
  await store.close()
})

const serve = async (): Promise<Serving> => {
  const variables = {
    ...{ HOST: '127.0.0.1', PORT: '0', BOT_NAME: socketConfig.botName },
    ...{ WECOM_BOT_ID: socketConfig.botId, WECOM_BOT_SECRET: socketConfig.secret, WECOM_BOT_SOCKET: gateway.url },
  }
  const log = (entry: { event: string; outcome?: string }) => void logged.push(entry)
  const serving = await serveNode({ config: readConfig(variables), store, now: town.deps.now, log, office: 'default' })
  servings.push(serving)
  return serving
}
const row = async () => (await listenersOf(store.of('default')))[0]

it('a server hears and answers over the long connection, alone among those of its database, and gives it back', async () => {
  const first = await serve()
  await until(() => gateway.connected())
  await serve()
  gateway.says({ from: accounts.leader, chat: 'oc_work', text: '本月市财政局有哪些到期任务' })
  await until(() => gateway.shown.length > 0)
  expect(gateway.shown[0]?.words).toMatch(/1-2/)
  expect([gateway.seen.connections, (await row())?.lost]).toEqual([1, ''])
  expect(JSON.stringify(logged)).not.toContain(socketConfig.secret)
  expect(JSON.stringify(logged)).not.toContain('到期任务')
  await first.stop()
  await until(() => !gateway.connected())
  expect(await row()).toMatchObject({ app: 'wecom:AIB001', owner: '', lost: 'stopped' })
})
