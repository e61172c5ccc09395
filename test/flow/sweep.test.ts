import { mkdtempSync, rmSync } from 'node:fs'
import { utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { OfficeStore, Store } from '../../db/store.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { closePlan, endingOf } from '../../src/flow/import.ts'
import { changeSettings } from '../../src/flow/settings.ts'
import { born } from '../../src/flow/subjects.ts'
import { sweepOld } from '../../src/flow/sweep.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import { settingsOf } from '../../src/model/settings.ts'
import { createFolderBlobs } from '../../src/node/blobs.ts'
import { addDays, atOffice } from '../../src/time/day.ts'
import { openTown, type Town } from '../town/town.ts'

const today = '2018-12-03'
const ago = (days: number): Date => atOffice(addDays(today, -days), '10:00', 'Asia/Shanghai')

let store: Store
let town: Town
let office: OfficeStore
beforeEach(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  town = await openTown(store.of('yunxi'))
  office = town.deps.store
  town.on(today, '02:00')
})
afterEach(() => store.close())

const notice = (id: string, days: number, state: 'sent' | 'waiting' | 'dead' = 'sent') => ({
  ...{
    office: office.office,
    id,
    lane: 'push' as const,
    room: 'console:local:a',
    ord: id,
    tasks: ['公开17-1-1'],
    state,
  },
  address: { platform: 'console' as const, route: 'local', kind: 'room' as const, id: 'a' },
  card: { title: id, tone: 'plain' as const, blocks: [] },
  ...{ recipe: { kind: 'digest' }, dueAt: ago(days), validUntil: ago(days - 1) },
  settledAt: state === 'waiting' ? null : ago(days),
})

const put = (days: readonly number[]) =>
  office.atomic((q) => [
    ...days.map((n) => q.insert(office.t.outbox).values(notice(`n${n}`, n))),
    ...days.map((n) => q.insert(office.t.receipts).values({ office: office.office, key: `r${n}`, at: ago(n) })),
    ...days.map((n) =>
      q.insert(office.t.quotas).values({ office: office.office, app: 'lark:a', minute: ago(n), used: 1 }),
    ),
  ])

const left = async () => ({
  receipts: (await office.q.select().from(office.t.receipts)).map(({ key }) => key).sort(),
  quotas: await office.q.$count(office.t.quotas),
  notices: (await office.q.select().from(office.t.outbox))
    .map(({ id, card, recipe, tasks }) => `${id} ${card || recipe ? 'whole' : 'bare'} ${tasks.length}`)
    .sort(),
})

it('takes out what is old, clears what is older than a quarter, and keeps what waits', async () => {
  await put([0, 29, 31, 89, 91, 399, 401])
  await office.atomic((q) => [q.insert(office.t.outbox).values(notice('waits', 500, 'waiting'))])
  await sweepOld(town.deps)
  expect(await left()).toEqual({
    receipts: ['r0', 'r29'],
    quotas: 1,
    notices: ['n0 whole 1', 'n29 whole 1', 'n31 whole 1', 'n399 bare 1', 'n89 whole 1', 'n91 bare 1', 'waits whole 1'],
  })
})

it('is done once a day, at night or where the night was missed, a chunk at a time', async () => {
  await office.atomic((q) =>
    Array.from({ length: 700 }, (_, i) =>
      q.insert(office.t.receipts).values({ office: office.office, key: `r${i}`, at: ago(40) }),
    ),
  )
  town.on(today, '09:01')
  await sweepOld(town.deps)
  expect((await left()).receipts).toHaveLength(700)
  town.on(today, '09:40')
  await sweepOld(town.deps)
  expect((await left()).receipts).toHaveLength(200)
  town.on(addDays(today, 1), '00:01')
  await sweepOld(town.deps)
  expect((await left()).receipts).toEqual([])
  await put([50])
  await sweepOld(town.deps)
  expect((await left()).receipts).toEqual(['r50'])
  town.on(addDays(today, 2), '00:01')
  await sweepOld(town.deps)
  expect((await left()).receipts).toEqual([])
})

it('clears what came of age since it was last done, however long ago that was', async () => {
  await sweepOld(town.deps)
  await put([1, 89])
  town.on(addDays(today, 60), '03:00')
  await sweepOld(town.deps)
  expect((await left()).notices).toEqual(['n1 whole 1', 'n89 bare 1'])
  town.on(addDays(today, 100), '03:00')
  await sweepOld(town.deps)
  expect((await left()).notices).toEqual(['n1 bare 1', 'n89 bare 1'])
})

it('keeps the receipt of a message by our clock, whatever the platform’s says: sent again, it is seen', async () => {
  const message = {
    ...{ platform: 'console' as const, route: 'local', id: 'm1', at: new Date(0), addressed: true, text: '帮助' },
    from: { id: 'somebody', name: '' },
    room: { platform: 'console' as const, route: 'local', kind: 'person' as const, id: 'somebody' },
  }
  expect((await dispatch(town.deps, message, true)).status).toBe('answered')
  await sweepOld(town.deps)
  expect((await dispatch(town.deps, message, true)).status).toBe('seen')
})

it('words that nobody said to the bot are in no row, and a question that nobody answered goes the next night', async () => {
  const message = {
    ...{
      platform: 'console' as const,
      route: 'local',
      id: 'm2',
      at: new Date(0),
      addressed: false,
      text: '中午吃兰州拉面',
    },
    from: { id: 'somebody', name: '' },
    room: { platform: 'console' as const, route: 'local', kind: 'room' as const, id: 'somewhere' },
  }
  await dispatch(town.deps, message, true)
  const everything = await Promise.all(
    Object.values(office.t).map((table) => office.q.select().from(table as typeof office.t.facts)),
  )
  expect(JSON.stringify(everything)).not.toContain('兰州拉面')
  await office.one((q) =>
    q.insert(office.t.dialogues).values({
      ...{ office: office.office, room: 'r', person: 'p', expiresAt: ago(1) },
      ask: { v: 1, intent: { intent: 'help' }, want: 'task', options: [], said: '没有说完' },
    }),
  )
  await sweepOld(town.deps)
  expect(await office.q.$count(office.t.dialogues)).toBe(0)
})

it('new terms look through what the old ones left', async () => {
  await put([50, 89])
  await sweepOld(town.deps)
  const retention = { receipts: 30, cards: 40, notices: 60, sessions: 30, evidence: null }
  await changeSettings(town.deps, { retention }, { by: 'admin:test', via: 'test', at: town.deps.now() })
  await sweepOld(town.deps)
  expect((await left()).notices).toEqual(['n50 bare 1'])
})

/** The town's files in a folder of its own, with the day since when each is there. */
const kept = async (run: (deps: Deps, put: (text: string, since: Date) => Promise<string>) => Promise<void>) => {
  const root = mkdtempSync(join(tmpdir(), 'duban-swept-'))
  const blobs = createFolderBlobs(root, office.office)
  const put = async (text: string, since: Date) => {
    const hash = await blobs.put(new TextEncoder().encode(text))
    await utimes(join(root, office.office, hash.slice(0, 2), hash), since, since)
    return hash
  }
  try {
    await run({ ...town.deps, blobs }, put)
  } finally {
    rmSync(root, { recursive: true })
  }
}

it('bytes that nothing names go after a week, not before: the batch that names them may be under way', () =>
  kept(async (deps, put) => {
    const [, young] = [await put('一周以前', ago(8)), await put('昨天', ago(1))]
    const named = await put('有登记', ago(300))
    const file = { office: office.office, hash: named, size: 12, type: 'text/plain', use: 'evidence' as const }
    await office.one((q) => q.insert(office.t.files).values({ ...file, at: ago(300) }))
    await sweepOld(deps)
    const left: string[] = []
    for await (const hash of deps.blobs?.list() ?? []) left.push(hash)
    expect(left.sort()).toEqual([young, named].sort())
  }))

it('evidence goes so many years after its plan was closed; what the unit reported stays, and the ledger is whole', () =>
  kept(async (deps, put) => {
    const by = () => ({ by: 'admin:test', via: deps.newId(), at: deps.now() })
    const [duty] = await office.q.select().from(office.t.duties)
    if (!duty) throw new Error('no duty')
    const hash = await put('材料', ago(200))
    const file = { office: office.office, hash, size: 6, type: 'text/plain', use: 'evidence' as const, at: ago(200) }
    const own = { duty: duty.id, report: 1, kind: 'file' as const, name: '材料.txt' }
    const brought = { kind: 'brought', body: { on: today, duty: duty.id, report: 1, kind: 'file' } }
    const saved = { kind: 'saved', body: { on: today, hash }, words: { hint: null } }
    const row = { ...own, state: 'kept' as const, message: 'm', source: null, hash, hint: null, at: ago(200) }
    const facts = [{ ...brought, words: { name: own.name } }, saved]
    await office.atomic((q) => [
      q.insert(office.t.files).values(file),
      ...born(deps, q, { subject: 'evidence', id: 'e', facts, row }, by()),
    ])
    await changeSettings(deps, { retention: { ...settingsOf({}).retention, evidence: 1 } }, by())
    const ending = await endingOf(deps, duty.plan)
    const chosen = ending.open.map(({ id, version }) => ({ id, version, fate: 'archive' as const }))
    const stands = async () => {
      const [one] = await office.q.select().from(office.t.evidence)
      return [one?.state, one?.name, (await deps.blobs?.get(hash)) !== undefined]
    }
    const sweptOn = async (day: string) => {
      town.on(day, '03:00')
      for (let tick = 0; tick < 4; tick++) await sweepOld({ ...deps, now: town.deps.now })
      return stands()
    }
    expect(await sweptOn(addDays(today, 1))).toEqual(['kept', '材料.txt', true])
    await closePlan({ ...deps, now: town.deps.now }, duty.plan, { chosen, reason: '年度结束', to: undefined }, by())
    expect(await sweptOn('2019-12-03')).toEqual(['kept', '材料.txt', true])
    const before = await office.q.select().from(office.t.duties)
    expect(await sweptOn('2019-12-05')).toEqual(['erased', '', false])
    expect(await office.q.select().from(office.t.duties)).toEqual(before)
    expect(await verifyLedger(office, { blobs: deps.blobs })).toMatchObject({ broken: [], orphans: 0 })
  }))
