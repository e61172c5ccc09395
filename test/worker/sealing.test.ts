import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSealing } from '../../db/sealing.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { accounts, settle } from '../town/members.ts'
import { openTown } from '../town/town.ts'
import { larkVariables, type Running, runWorker } from './duban.ts'

const at = { ...larkVariables, DUBAN_NOW: '2017-08-15T10:00:00+08:00' }
const [IDENTITY_KEY, OTHER] = ['0123456789abcdeffedcba9876543210', 'fedcba98765432100123456789abcdef']

let worker: Running
beforeAll(async () => {
  worker = await runWorker({ ...at, IDENTITY_KEY }, { sealing: await createSealing({ key: IDENTITY_KEY }) })
})
afterAll(() => worker.stop())

const status = async (path = '/readyz') => (await worker.get(path)).status

it('a Worker begun with a key knows its people by sealed accounts, and with another key or none it takes nothing', async () => {
  expect(await status()).toBe(200)
  const store = worker.store.of('default')
  await settle(await openTown(store), 'lark')
  const says = (text: string) => worker.fake.says({ from: accounts.finance, chat: 'oc_work', text, at: true })
  expect((await worker.post(says('1-2 7月的正在办'))).status).toBe(200)
  expect((await worker.heard(1)).join()).toMatch(/1-2/)
  const rows = async () => {
    const keys = await store.q.select({ key: sql<string>`key` }).from(store.t.identities)
    const words = await store.q.select({ words: sql<string | null>`words` }).from(store.t.facts)
    return { keys: keys.map(({ key }) => key), words: words.flatMap((row) => row.words ?? []) }
  }
  const { keys, words } = await rows()
  expect(keys).toHaveLength(4)
  expect(keys.filter((key) => !key.startsWith('sm4:'))).toEqual([])
  expect(words.filter((one) => !one.startsWith('"sm4:'))).toEqual([])
  expect((await verifyLedger(store)).broken).toEqual([])

  // Changed under a Worker that runs; what it says of itself is kept for a moment, and its clock stands.
  await worker.again({ ...at, IDENTITY_KEY })
  expect(await status('/healthz')).toBe(200)
  const mark = (id: string) =>
    store.one((q) => q.update(store.t.listeners).set({ owner: id }).where(eq(store.t.listeners.app, 'sealing')))
  const [marked] = await store.q
    .select({ id: store.t.listeners.owner })
    .from(store.t.listeners)
    .where(eq(store.t.listeners.app, 'sealing'))
  await mark('0a1b2c3d')
  expect(await (await worker.get('/readyz')).text()).toBe('not ready: key')
  await mark(marked?.id ?? '')

  const wrongly: Record<string, string>[] = [
    {},
    { IDENTITY_KEY: OTHER },
    { IDENTITY_KEY: OTHER, IDENTITY_KEY_OLD: IDENTITY_KEY },
  ]
  for (const wrong of wrongly) {
    await worker.again({ ...at, ...wrong })
    expect([await status(), (await worker.post(says('1-2 7月的正在办'))).status]).toEqual([503, 503])
  }
  expect(worker.lines.join('')).toMatch(/WrongKey: .*请设好 IDENTITY_KEY/)
  for (const secret of [...Object.values(accounts), IDENTITY_KEY, OTHER, '周小舟', '正在办'])
    expect(worker.lines.join('')).not.toContain(secret)
  expect(await rows()).toEqual({ keys, words })
  await worker.again({ ...at, IDENTITY_KEY })
  expect(await status()).toBe(200)
}, 60_000)
