import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { readConfig } from '../../src/config.ts'
import { type Serving, serveNode } from '../../src/node.ts'
import { createFakeLark, larkConfig } from '../fakes/lark.ts'
import { allOf } from '../fakes/lark-card.ts'
import { accounts, settle } from '../town/members.ts'
import { openTown } from '../town/town.ts'
import { openLoopback } from './loopback.ts'

let store: Store
let serving: Serving | undefined
let platform: Awaited<ReturnType<typeof openLoopback>>
beforeEach(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
})
afterEach(async () => {
  await serving?.stop()
  await platform.close()
  await store.close()
})

/** Served on a Monday at nine over real ports; what the leader was sent. */
const monday = async () => {
  const town = await openTown(store.of('default'))
  await settle(town, 'lark')
  town.on('2017-08-21', '09:00')
  const fake = createFakeLark(larkConfig, town.deps.now)
  platform = await openLoopback(fake)
  const config = readConfig({
    ...{ LARK_APP_ID: larkConfig.appId, LARK_APP_SECRET: larkConfig.appSecret, LARK_DOMAIN: platform.domain },
    ...{ LARK_ENCRYPT_KEY: larkConfig.encryptKey, LARK_VERIFICATION_TOKEN: larkConfig.verificationToken },
    ...{ HOST: '127.0.0.1', PORT: '0', DATA_DIR: '/nowhere' },
  })
  serving = await serveNode({ config, store, now: town.deps.now, log: () => undefined, office: 'default' })
  const found = () => fake.sent.find(({ to }) => to === accounts.leader)
  for (let tries = 0; !found() && tries < 1000; tries++) await new Promise((done) => setTimeout(done, 20))
  return allOf(found()?.card.body.elements ?? [])
}

it('a leader’s week goes out with a chart that the platform draws itself', async () => {
  const elements = await monday()
  const values = elements.flatMap(
    ({ chart_spec }) => (chart_spec?.data as { values: unknown[] } | undefined)?.values ?? [],
  )
  expect(values.length).toBeGreaterThan(5)
  expect(elements.find(({ text }) => text?.content.includes('完成率'))).toBeDefined()
})
