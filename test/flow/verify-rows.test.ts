import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { objected, officeScored } from '../../commands/scoring.ts'
import { migrate } from '../../db/migrate.ts'
import { scoresOf } from '../../db/queries/scores.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { OfficeStore, Query, Store, Write } from '../../db/store.ts'
import {
  importAssessment,
  openAssessment,
  storeScored,
  tellAssessment,
  theAssessment,
} from '../../src/flow/assess/deeds.ts'
import { bytesDigest } from '../../src/flow/chain.ts'
import { eraseEvidence } from '../../src/flow/erase/evidence.ts'
import { born, happens } from '../../src/flow/subjects.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { filesOf } from '../town/files.ts'
import { settle } from '../town/members.ts'
import { openTown, type Town } from '../town/town.ts'

type Tables = OfficeStore['t']

const indicator = {
  ...{
    number: '1',
    theme: '',
    name: '办理',
    points: 10_000,
    standard: '',
    units: [] as string[],
    by: 'people' as const,
  },
}

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
  await brought('e0', 'duty')
  await scored()
})
afterAll(() => store.close())

const by = () => ({ by: 'p', via: 'm', at: town.deps.now() })
const brought = (id: string, duty: string) => {
  const own = { duty, report: 2, kind: 'file' as const }
  const facts = [{ kind: 'brought', body: { on: '2017-08-15', ...own }, words: { name: '材料.txt' } }]
  const rest = { state: 'waiting' as const, message: 'm', source: null, hash: null, hint: null, at: town.deps.now() }
  const row = { ...own, name: '材料.txt', ...rest }
  return town.deps.store.atomic((w) => born(town.deps, w, { subject: 'evidence', id, facts, row }, by()))
}

/** The town's finance bureau has points, told, and objects to them. */
const scored = async () => {
  const { deps } = town
  const stamp = () => ({ by: 'admin:test', via: deps.newId(), at: deps.now() })
  const { view } = await deps.cache(deps.store)
  const [unit] = view.units.filter(({ name }) => name === '市财政局')
  if (!unit) throw new Error('no such unit')
  const made = { title: '考核', from: '2017-07-01', to: '2017-08-10' }
  const { id } = await importAssessment(deps, { ...made, indicators: [{ ...indicator, units: [unit.id] }] }, stamp())
  await openAssessment(deps, await theAssessment(deps, id), stamp())
  const place = async () => ({
    ...{ row: await theAssessment(deps, id), unit: unit.id, unitName: unit.name, indicator: '1', today: '2017-08-15' },
    was: (await scoresOf(deps.store, id))[0],
  })
  const points = { points: 9500, reason: '迟报一次', third: false }
  await storeScored(deps, officeScored(await place(), points), stamp())
  await tellAssessment(deps, await theAssessment(deps, id), stamp())
  await storeScored(deps, objected(await place(), '没有迟报'), stamp())
}

const broken = async () => (await verifyLedger(town.deps.store, { blobs: files('rows') })).broken

/** A row moved past its facts, and put back. */
const moves: [string, RegExp, keyof Tables, (q: Query, t: Tables) => Write][] = [
  ['when a duty is due', /事项的状态或日期/, 'duties', (q, t) => q.update(t.duties).set({ dueOn: '2017-12-31' })],
  ['whose a duty is', /事项的状态或日期/, 'duties', (q, t) => q.update(t.duties).set({ role: 'support' })],
  ['that a duty is done', /事项的状态或日期/, 'duties', (q, t) => q.update(t.duties).set({ closedOn: '2017-08-15' })],
  ['who somebody is', /人员的身份或单位/, 'people', (q, t) => q.update(t.people).set({ role: 'admin' })],
  ['for whom somebody speaks', /人员的身份或单位/, 'people', (q, t) => q.update(t.people).set({ units: ['x'] })],
  [
    ...(['for what a link was brought', /佐证的归属/, 'evidence'] as const),
    (q, t) => q.update(t.evidence).set({ duty: 'other' }),
  ],
  [
    ...(['what is asked of units', /考核的状态、指标/, 'assessments'] as const),
    (q, t) => q.update(t.assessments).set({ indicators: [{ ...indicator, points: 9000 }] }),
  ],
  ['that it is over', /考核的状态、指标/, 'assessments', (q, t) => q.update(t.assessments).set({ state: 'closed' })],
  ['how many points were given', /评分或异议/, 'scores', (q, t) => q.update(t.scores).set({ given: 10_000 })],
  ['that a unit objected', /评分或异议/, 'scores', (q, t) => q.update(t.scores).set({ objection: null })],
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
  await brought('e1', 'd')
  const [was] = await q.select().from(t.evidence).where(eq(t.evidence.id, evidence.id))
  if (!was) throw new Error('not born')
  const saved = { kind: 'saved', body: { on: '2017-08-15', hash }, words: { hint: null } }
  const set = { hash, state: 'kept' as const }
  await atomic((w) => happens(town.deps, w, { subject: 'evidence', was, facts: [saved], set }, by()))
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
