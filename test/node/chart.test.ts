import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { readConfig } from '../../src/config.ts'
import { pictureFont } from '../../src/draw/draw.ts'
import { type Serving, serveNode } from '../../src/node.ts'
import { createFakeLark, larkConfig } from '../fakes/lark.ts'
import { allOf } from '../fakes/lark-card.ts'
import { accounts, settle } from '../town/members.ts'
import { openTown } from '../town/town.ts'
import { openLoopback } from './loopback.ts'

const font = await pictureFont('/nowhere')

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

/** Served on a Monday at nine over real ports; what the leader was sent, and the images that lie on the platform. */
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
  const elements = allOf(found()?.card.body.elements ?? [])
  return { elements, images: fake.images }
}

it.skipIf(!font)(`a leader’s week goes out with its picture${font ? '' : ' (skipped: no Chinese font)'}`, async () => {
  const { elements, images } = await monday()
  const [key, bytes] = [...images][0] ?? []
  expect(elements.find(({ tag }) => tag === 'img')?.img_key).toBe(key)
  expect(bytes?.length).toBeGreaterThan(10_000)
  expect(elements.find(({ text }) => text?.content.includes('完成率'))).toBeDefined()
})
