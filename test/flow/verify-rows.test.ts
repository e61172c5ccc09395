import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { OfficeStore, Query, Store, Write } from '../../db/store.ts'
import { bytesDigest } from '../../src/flow/chain.ts'
import { eraseEvidence } from '../../src/flow/erase/evidence.ts'
import { born } from '../../src/flow/subjects.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { filesOf } from '../town/files.ts'
import { settle } from '../town/members.ts'
import { openTown, type Town } from '../town/town.ts'

type Tables = OfficeStore['t']

let store: Store
let town: Town
const files = filesOf()
beforeAll(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  town = await openTown(store.of('rows'))
  town.on('2017-08-15')
  await settle(town, 'lark')
  await town.as('liaison:市财政局').says('1-2 7月的已公开 http://czj.example.gov.cn/1')
})
afterAll(() => store.close())

const broken = async () => (await verifyLedger(town.deps.store, { blobs: files('rows') })).broken

/** A row moved past its facts, and put back. */
const moves: [string, RegExp, keyof Tables, (q: Query, t: Tables) => Write][] = [
  ['when a duty is due', /事项的状态或日期/, 'duties', (q, t) => q.update(t.duties).set({ dueOn: '2017-12-31' })],
  ['whose a duty is', /事项的状态或日期/, 'duties', (q, t) => q.update(t.duties).set({ role: 'support' })],
  ['that a duty is done', /事项的状态或日期/, 'duties', (q, t) => q.update(t.duties).set({ closedOn: '2017-08-15' })],
  ['who somebody is', /人员的身份或单位/, 'people', (q, t) => q.update(t.people).set({ role: 'admin' })],
  ['for whom somebody speaks', /人员的身份或单位/, 'people', (q, t) => q.update(t.people).set({ units: ['x'] })],
  ['what a room is told', /群的绑定/, 'rooms', (q, t) => q.update(t.rooms).set({ scope: 'all', units: [] })],
]
it.each(moves)('a ledger in which somebody moved %s by hand is not whole', async (_, said, name, move) => {
  expect(await broken()).toEqual([])
  const { t, q, atomic } = town.deps.store
  const table = t[name] as Tables['duties']
  const before = await q.select().from(table)
  await town.deps.store.one((w) => move(w, t))
  expect(await broken()).toContainEqual(expect.stringMatching(said))
  await atomic((w) => [w.delete(table), ...before.map((row) => w.insert(table).values(row))])
})

it('kept files are looked at, and those that nothing names are told', async () => {
  const { t, q, office, atomic } = town.deps.store
  const blobs = files('rows')
  const put = async (text: string) => {
    const bytes = new TextEncoder().encode(text)
    const hash = await blobs.put(bytes)
    const row = { office, hash, size: bytes.length, type: 'text/plain', use: 'evidence' as const, at: town.deps.now() }
    await atomic((w) => [w.insert(t.files).values(row)])
    return hash
  }
  const hash = await put('材料')
  const evidence = { id: 'e1' }
  const brought = { kind: 'brought', body: { on: '2017-08-15' }, words: { name: '材料.txt' } }
  const row = {
    ...{ duty: 'd', report: 2, kind: 'file' as const, name: '材料.txt', state: 'waiting' as const, message: 'm' },
    ...{ source: null, hash: null, hint: null, at: town.deps.now() },
  }
  const by = { by: 'p', via: 'm', at: town.deps.now() }
  await atomic((w) => born(town.deps, w, { subject: 'evidence', id: 'e1', facts: [brought], row }, by))
  await atomic((w) => [w.update(t.evidence).set({ hash, state: 'kept' }).where(eq(t.evidence.id, evidence.id))])
  await blobs.put(new TextEncoder().encode('没有人提到'))
  expect(await verifyLedger(town.deps.store, { blobs })).toMatchObject({ broken: [], files: 1, orphans: 1 })
  await blobs.delete(hash)
  expect(await broken()).toEqual([expect.stringMatching(/^file .*不在存档里/)])
  await put('别的')
  await atomic((w) => [w.delete(t.files).where(and(eq(t.files.office, office), eq(t.files.hash, hash)))])
  expect(await broken()).toEqual([expect.stringMatching(/^evidence .*没有登记/)])
  await put('材料')

  const [kept] = await q.select().from(t.evidence).where(eq(t.evidence.id, evidence.id))
  if (!kept) throw new Error('gone')
  const stamp = { by: 'admin:test', via: 'test', at: town.deps.now() }
  expect(await eraseEvidence({ ...town.deps, blobs }, [kept], { why: 'asked', reason: '误传' }, stamp)).toBe(1)
  expect(await blobs.get(bytesDigest(new TextEncoder().encode('材料')))).toBeUndefined()
  const [line] = await q.select().from(t.files).where(eq(t.files.hash, hash))
  expect(line?.erasedAt).toEqual(stamp.at)
  const [erased] = await q.select().from(t.evidence).where(eq(t.evidence.id, evidence.id))
  expect(erased).toMatchObject({ state: 'erased', name: '', hint: null, hash })
  expect(await broken()).toEqual([])
})
