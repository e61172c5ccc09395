import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Client from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { factsNewest, wasRefused } from '../../db/queries/audit.ts'
import {
  caseNumbered,
  caseOf,
  casesDueBy,
  casesInHours,
  casesNamed,
  casesOf,
  nextCaseNumber,
  openCasesBehind,
} from '../../db/queries/cases.ts'
import {
  broughtBy,
  evidenceIn,
  evidenceNamed,
  evidenceOf,
  messagesWaiting,
  reportedBy,
} from '../../db/queries/evidence.ts'
import { oldestOverdue, settledMessages, waitingMessages } from '../../db/queries/figures.ts'
import { lastSaid } from '../../db/queries/outbox.ts'
import {
  draftedFor,
  factsOfKind,
  paperHeads,
  paperNumbered,
  paperRow,
  papersAbout,
  pendingPapers,
} from '../../db/queries/paper-rows.ts'
import { happenedBetween } from '../../db/queries/papers.ts'
import { recomputedIn, recomputedWithin } from '../../db/queries/recomputed.ts'
import { assessmentOf, assessments, scoredDuties, scoresOf, toldAt } from '../../db/queries/scores.ts'
import { newFace, noteShown, queueEditOf, queueEditsOf } from '../../db/queries/shown.ts'
import { lookOver } from '../../db/queries/signs.ts'
import {
  archivedIn,
  closedNumbered,
  dutiesUnder,
  endedOf,
  followersOf,
  tasksWhole,
  unfinishedOf,
} from '../../db/queries/yearend.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { compose } from '../../src/flow/compose.ts'
import { ledgerChoices, readLedger } from '../../src/flow/console/ledger.ts'
import { dueCalendarOf, provisionalOf } from '../../src/flow/console/overview/days.ts'
import { movementOf } from '../../src/flow/console/overview/moved.ts'
import { scopeOf } from '../../src/flow/console/overview/scope.ts'
import { themesOf } from '../../src/flow/console/overview/themes.ts'
import { overviewOf } from '../../src/flow/console/overview.ts'
import { deliver } from '../../src/flow/deliver.ts'
import type { LedgerFilter } from '../../src/model/ledger.ts'
import { openTown } from '../town/town.ts'

/** Every text of SQL that the driver is given, as it is given it. */
const said = new Set<string>()
const prepare = Client.prototype.prepare
const folder = mkdtempSync(join(tmpdir(), 'duban-plans-'))
const path = join(folder, 'duban.db')

let store: Store
beforeAll(async () => {
  Client.prototype.prepare = function (this: InstanceType<typeof Client>, sql: string) {
    said.add(sql)
    return prepare.call(this, sql)
  } as typeof prepare
  store = await openSqlite(path)
  await migrate(store)
})
afterAll(async () => {
  Client.prototype.prepare = prepare
  await store.close()
  rmSync(folder, { recursive: true })
})

/** How SQLite goes about each statement, a line a step. */
const plansOf = (statements: readonly string[]): [sql: string, steps: string[]][] => {
  const client = new Client(path)
  const explained = statements.map((sql): [string, string[]] => {
    const statement = client.prepare(`explain query plan ${sql}`)
    const nothing = Array.from(sql.match(/\?/g) ?? [], () => null)
    return [sql, (statement.all(...nothing) as { detail: string }[]).map(({ detail }) => detail)]
  })
  client.close()
  return explained
}

/** The queries that read any of the tables. */
const readsOf = (tables: readonly string[]): string[] =>
  [...said].filter((sql) => /^select/i.test(sql) && tables.some((table) => sql.includes(`"${table}"`)))

it('no question walks through the tables: each goes by an index that begins with the office', async () => {
  const t = await openTown(store.of('office-1'))
  t.on('2017-08-15')
  said.clear()
  for (const words of [
    '本月还有什么没完成',
    '市财政局本月有哪些到期任务',
    '逾期任务',
    '待审核的反馈',
    '任务清单',
    '招生结果还有哪些单位没报',
    '4-1还差谁',
    '4-1是什么',
    '全市完成率',
    '市财政局完成率多少',
    '各单位排名',
  ])
    await t.as('leader').says(words)
  await t.as('liaison:市财政局').says('本周任务')
  await t.as('liaison:市财政局').says('1-2 6月的已公开')
  await t.as('office').says('通过 1-2')
  for (const words of ['推送情况', '本周推送情况', '消息统计']) await t.as('office').says(words)
  await compose(t.deps, { kind: 'office', told: { week: true, month: true, since: '' } })
  await lastSaid(t.deps.store, ['console:local:a', 'console:*:a'], '0', t.deps.now())
  const tables = ['duties', 'tasks', 'facts', 'receipts', 'outbox']
  const plans = plansOf(readsOf(tables))
  expect(plans.length).toBeGreaterThan(12)
  const walks = plans.filter(([, steps]) => steps.some((step) => /^SCAN (?!json_each)/.test(step)))
  expect(walks).toEqual([])
  // Accounts are of a stretch of time or of one push, never of everything that an office was ever sent.
  const outbox = plans.flatMap(([, steps]) => steps.filter((step) => /^SEARCH outbox/.test(step)))
  expect(outbox.length).toBeGreaterThan(4)
  for (const step of outbox) expect(step).toMatch(/\(office=\? AND .*(?:due_at|batch|room|ref|id)[<>=]+/)
  for (const [, steps] of plans)
    for (const step of steps.filter((one) => /^SEARCH (?:duties|tasks|facts)/.test(one)))
      expect(step).toMatch(/\(office=\?/)
})

it('the ledger, however it is narrowed and sorted, is read by indexes of the office', async () => {
  const { deps } = await openTown(store.of('office-ledger'))
  const none: LedgerFilter = { units: [], states: [], lights: [], sort: 'code' }
  const page = { offset: 100, limit: 100 }
  said.clear()
  for (const filter of [
    ...(['code', 'due', '-due', 'unit'] as const).map((sort) => ({ sort })),
    { units: ['a', 'b'], states: ['open', 'unclaimed'] as const, lights: ['red', 'yellow', 'green'] as const },
    { q: '财政 1-2', theme: '一、总体要求', year: 2017, set: 'due' as const },
  ]) {
    const asked = { ...none, ...filter } as LedgerFilter
    await readLedger(deps, { role: 'office', units: [] }, asked, { ...page, offset: 0 })
    await readLedger(deps, { role: 'liaison', units: ['a'] }, asked, page)
  }
  await ledgerChoices(deps, { role: 'liaison', units: ['a'] })
  const plans = plansOf(readsOf(['duties', 'tasks']))
  expect(plans.length).toBeGreaterThan(10)
  expect(plans.filter(([, steps]) => steps.some((step) => /^SCAN (?!json_each)/.test(step)))).toEqual([])
  for (const [, steps] of plans)
    for (const step of steps.filter((one) => /^SEARCH (?:duties|tasks)/.test(one))) expect(step).toMatch(/\(office=\?/)
})

it('a lease reads the notices whose turn it is, in their order, and of each room only what is before them', async () => {
  const t = await openTown(store.of('office-2'))
  const { store: office, now } = t.deps
  await office.atomic((q) => [
    q.insert(office.t.outbox).values({
      ...{
        office: office.office,
        id: 'n',
        lane: 'push',
        room: 'console:local:a',
        ord: '1',
        tasks: [],
        state: 'waiting',
      },
      address: { platform: 'console', route: 'local', kind: 'room', id: 'a' },
      card: { title: '本周任务', tone: 'plain', blocks: [] },
      ...{ dueAt: now(), validUntil: new Date(now().getTime() + 60_000) },
    }),
  ])
  said.clear()
  await deliver(t.deps)
  const writes = plansOf([...said].filter((sql) => /^update "outbox"/.test(sql)))
  expect(writes.length).toBeGreaterThan(2)
  for (const [, steps] of writes)
    expect(steps.filter((step) => step.startsWith('SEARCH outbox USING INDEX sqlite_autoindex'))).toHaveLength(1)
  const steps = writes.find(([sql]) => sql.includes('"lapsed" +'))?.[1] ?? []
  const doubts = steps.filter((step) => /^SEARCH outbox USING INDEX outbox_doubt/.test(step))
  expect(doubts).toHaveLength(1)
  expect(doubts[0]).toMatch(/\(office=\? AND due_at<\?\)/)
  const turns = steps.filter((step) => /^SEARCH outbox USING (?:COVERING )?INDEX outbox_turn/.test(step))
  expect(turns).toHaveLength(3)
  for (const step of turns) expect(step).toMatch(/\(office=\? AND state=\? AND lane=\? AND due_at<\?\)/)
  const before = steps.filter((step) => step.startsWith('SEARCH earlier'))
  expect(before).toHaveLength(4)
  for (const step of before) expect(step).toMatch(/outbox_lane \(office=\? AND room=\? AND lane=\? AND state=\?\)/)
  expect(steps.filter((step) => /^SCAN (?!turn)/.test(step))).toEqual([])
  expect(steps.filter((step) => /TEMP B-TREE/.test(step))).toEqual(Array(2).fill('USE TEMP B-TREE FOR ORDER BY'))
})

it('what shows a duty that moves is found by the duty, and each message by its id', async () => {
  const office = store.of('office-1')
  said.clear()
  const at = new Date('2017-08-15T02:00:00Z')
  const moved = { cause: 'd@2', ord: '1', now: at, until: at, platforms: ['lark', 'wecom'], since: at, sinceEdit: at }
  await noteShown(office, 'm', ['d1'])
  await office.atomic(() => [queueEditsOf(office, ['d1', 'd2'], moved)])
  await queueEditOf(office, 'm', moved)
  await office.atomic((q) =>
    newFace(office, q, 'om_1', { card: { title: '', tone: 'plain', blocks: [] }, at, duties: ['d1'] }),
  )
  const plans = plansOf([...said].filter((sql) => /from "(?:outbox|shown)"/.test(sql)))
  expect(plans.length).toBeGreaterThan(3)
  const steps = plans.flatMap(([, own]) => own)
  expect(steps.filter((step) => /^SCAN (?!json_each)/.test(step))).toEqual([])
  for (const step of steps.filter((one) => /^SEARCH outbox/.test(one)))
    expect(step).toMatch(/outbox_ref|sqlite_autoindex_outbox_1 \(office=\? AND id=\?\)/)
})

it('the audit is read from its newest end, a person’s part of it by who they are, and goes on from where it was', async () => {
  const office = store.of('office-1')
  const now = new Date('2017-08-15T02:00:00Z')
  const after = { at: now, subject: 'duty', id: 'd', seq: 2 }
  const stepsOf = async (ask: () => Promise<unknown>) => {
    said.clear()
    await ask()
    const steps = plansOf(readsOf(['facts'])).flatMap(([, own]) => own)
    return steps.filter((step) => / facts /.test(step))
  }
  const byDay = /^SEARCH facts USING INDEX facts_at \(office=\?/
  const byPerson = /^SEARCH facts USING INDEX facts_by \(office=\? AND by=\?/
  for (const [filter, way] of [
    [{}, byDay],
    [{ from: now, to: now }, byDay],
    [{ kinds: ['refused'], subjects: ['person' as const] }, byDay],
    [{ q: '公开' }, byDay],
    [{ unit: { id: 'u', people: ['p'] } }, byDay],
    [{ by: 'p' }, byPerson],
  ] as const)
    for (const at of [undefined, after]) {
      const [step, ...more] = await stepsOf(() => factsNewest(office, filter, 50, at))
      expect(step, JSON.stringify(filter)).toMatch(way)
      expect(more).toEqual([])
      if (at) expect(step).toMatch(/ at<\?\)/)
    }
  expect(await stepsOf(() => wasRefused(office, 'p', 'approve', now))).toEqual([
    expect.stringMatching(/facts_by \(office=\? AND by=\? AND at>\?\)/),
  ])
})

it('the overview is counted by the database: no table is walked through, and movement is found by its time', async () => {
  const t = await openTown(store.of('office-3'))
  t.on('2017-08-15')
  await t.as('liaison:市财政局').says('1-2 6月的已公开')
  const leader = { id: 'l', name: '', role: 'leader' as const, units: [], charge: [] }
  const { view } = await t.deps.cache(t.deps.store)
  said.clear()
  for (const asked of [{ unit: [] }, { unit: [view.units[0]?.id ?? ''], plan: view.plans[0]?.id }]) {
    const scope = await scopeOf(t.deps, leader, asked)
    if (!scope) throw new Error('a leader sees all')
    await overviewOf(scope)
    await themesOf(scope)
    await dueCalendarOf(scope, 2017)
    await movementOf(scope)
    await provisionalOf(scope)
  }
  const plans = plansOf(readsOf(['duties', 'facts']))
  expect(plans.length).toBeGreaterThan(14)
  const steps = plans.flatMap(([, own]) => own)
  expect(steps.filter((step) => /^SCAN (?!json_each|by_task|under_heading|moved)/.test(step))).toEqual([])
  for (const step of steps.filter((one) => /^SEARCH (?:duties|tasks|facts)/.test(one)))
    expect(step).toMatch(/\(office=\?/)
  const facts = steps.filter((step) => /^SEARCH facts/.test(step))
  expect(facts.length).toBeGreaterThan(1)
  for (const step of facts) expect(step).toMatch(/facts_at \(office=\? AND at>\? AND at<\?\)/)
})

it('papers, evidence, points and the year’s end are found by the office’s own indexes', async () => {
  const { deps } = await openTown(store.of('office-papers'))
  const { store: office } = deps
  const at = deps.now()
  const { view } = await deps.cache(office)
  const plan = view.plans[0]?.id ?? ''
  const duties = await unfinishedOf(office, plan)
  const ids = duties.map(({ duty }) => duty.id)
  const tasks = duties.map(({ duty }) => duty.task)
  const asked = { from: '2017-07-01', to: '2017-12-31', units: ['u'] }
  said.clear()
  for (const ask of [
    () => happenedBetween(office, { kinds: ['reported'], from: at, to: at }),
    () => paperRow(office, 'p'),
    () => paperHeads(office),
    () => papersAbout(office, 'bulletin:2017-Q3'),
    () => paperNumbered(office, '3号', '2017', 'p'),
    () => pendingPapers(office),
    () => draftedFor(office, at),
    () => factsOfKind(office, 'paper', 'issued'),
    () => evidenceOf(office, ids),
    () => evidenceNamed(office, ['e']),
    () => evidenceIn(office, 'm'),
    () => messagesWaiting(office, 10),
    () => reportedBy(office, 'p', at),
    () => broughtBy(office, ['e']),
    () => scoredDuties(office, asked),
    () => assessments(office),
    () => assessmentOf(office, 'a'),
    () => toldAt(office, 'a'),
    () => scoresOf(office, 'a', ['u']),
    () => unfinishedOf(office, plan),
    () => tasksWhole(office, tasks),
    () => endedOf(office, tasks, ['u']),
    () => followersOf(office, tasks),
    () => dutiesUnder(office, tasks),
    () => archivedIn(office, [plan], ['u']),
    () => closedNumbered(office, ['1-2'], '公开17'),
  ])
    await ask()
  const plans = plansOf([...said].filter((sql) => /^(?:select|with)/i.test(sql)))
  expect(plans.length).toBeGreaterThan(22)
  const steps = plans.flatMap(([sql, own]) => own.map((step) => `${step}   ← ${sql}`))
  expect(steps.filter((step) => /^SCAN (?!json_each)/.test(step))).toEqual([])
  for (const step of steps.filter((one) => /^SEARCH (?!json_each)/.test(one))) expect(step).toMatch(/\(office=\?/)
  // Of the facts, which are many, never all of an office: by time, by person, or by their subject.
  for (const step of steps.filter((one) => /^SEARCH facts/.test(one)))
    expect(step).toMatch(/\(office=\? AND (?:at>\?|by=\?|subject=\?)/)
})

it('cases are found by the office’s own indexes, and offices whose hours run by one of theirs', async () => {
  const office = store.of('office-cases')
  const at = new Date('2026-03-02T02:00:00Z')
  said.clear()
  for (const ask of [
    () => casesOf(office, { kinds: ['incident'], open: true, units: ['u'] }),
    () => caseOf(office, 'c'),
    () => caseNumbered(office, 'incident', 2026, 3),
    () => nextCaseNumber(office, 'incident', 2026),
    () => casesDueBy(office, '2026-03-09'),
    () => casesDueBy(office, '2026-03-09', ['u']),
    () => casesInHours(office),
    () => openCasesBehind(office, '', 50),
    () => casesNamed(office, ['c']),
    () => recomputedWithin(office, { from: at, to: at }),
    () => recomputedIn(office, 'calendar:x'),
  ])
    await ask()
  const plans = plansOf([...said].filter((sql) => /^(?:select|with)/i.test(sql)))
  expect(plans.length).toBeGreaterThan(9)
  const steps = plans.flatMap(([sql, own]) => own.map((step) => `${step}   ← ${sql}`))
  expect(steps.filter((step) => /^SCAN (?!json_each)/.test(step))).toEqual([])
  for (const step of steps.filter((one) => /^SEARCH (?!json_each)/.test(one))) expect(step).toMatch(/\(office=\?/)
  for (const step of steps.filter((one) => /^SEARCH facts/.test(one)))
    expect(step).toMatch(/\(office=\? AND (?:at>\?|by=\?|subject=\?)/)
  said.clear()
  await lookOver(store.of('office-cases'), { now: at, clocks: { from: at, to: at } })
  const hours = plansOf(readsOf(['cases'])).flatMap(([, own]) => own.filter((step) => / cases/.test(step)))
  expect(hours).toEqual([expect.stringMatching(/USING (?:COVERING )?INDEX cases_hours/)])
  const others = plansOf(readsOf(['evidence', 'duties', 'outbox'])).flatMap(([, own]) => own)
  for (const index of ['evidence_waiting', 'duties_clock', 'outbox_due'])
    expect(others.filter((step) => new RegExp(`INDEX ${index}\\b`).test(step))).toHaveLength(1)
  const offices = plansOf(readsOf(['offices'])).flatMap(([, own]) => own.filter((step) => / offices/.test(step)))
  for (const step of offices) expect(step).toMatch(/^SEARCH offices USING (?:COVERING )?INDEX offices_wakes/)
})

it('what is told of all offices at once walks neither years of messages nor the duties that are done', async () => {
  const office = store.of('office-figures')
  const at = new Date('2026-03-02T02:00:00Z')
  said.clear()
  await settledMessages(office, at)
  await waitingMessages(office, at)
  await oldestOverdue(office, { from: '2025-03-01', before: '2026-03-02' })
  const steps = plansOf([...said]).flatMap(([, own]) => own.filter((step) => /^(?:SCAN|SEARCH)/.test(step)))
  expect(steps.filter((step) => / outbox /.test(step))).toEqual([
    expect.stringMatching(/SEARCH outbox USING INDEX outbox_due \(state=\? AND due_at>\?\)/),
    expect.stringMatching(/SEARCH outbox USING (?:COVERING )?INDEX outbox_\w+ \((?:office=\? AND )?state=\?\)/),
  ])
  expect(steps.filter((step) => / duties /.test(step))).toEqual([
    expect.stringMatching(/INDEX duties_state \(office=\? AND state=\? AND due_on>\? AND due_on<\?\)/),
  ])
})
