import { and, eq, ne, sql } from 'drizzle-orm'
import { bulkInsert } from '../../../db/bulk.ts'
import { guard, guardRoster, staleIf } from '../../../db/guard.ts'
import type { Query, Write } from '../../../db/store.ts'
import type { Day } from '../../model/deadline.ts'
import type { DutySeed } from '../../model/duty.ts'
import type { PlanDraft, Question } from '../../model/plan.ts'
import { BadInput } from '../../model/problem.ts'
import { eachOnce } from '../../plan/questions.ts'
import { dayOf } from '../../time/day.ts'
import { releasedBy } from '../calendar/turn.ts'
import { digestOf } from '../chain.ts'
import type { Deps } from '../deps.ts'
import { factRow, officeMoves, type Stamp } from '../ledger.ts'
import { settledMark } from './draft.ts'
import { joinCarried } from './follow.ts'
import { outlookOf, unitWrites } from './outlook.ts'
import { draftOf, readPlan, settlementOf } from './read.ts'
import { addedDraft, taskId, taskRow } from './rows.ts'

export interface ReleaseResult {
  code: string
  duties: number
  units: number
  standing: number
  unclaimed: number
  unconfirmed: number
  /** What nobody answered, and was taken as proposed. */
  questions: Question[]
}

const CLAIM_WORKDAYS = 10

/** Opaque, and the same for the same share of a task, so that a release that was cut off may be sent again. */
const dutyId = (deps: Deps, parts: readonly (string | number)[]): string =>
  digestOf(deps.alg, [deps.store.office, ...parts]).slice(0, 26)

const isoOrNull = (at: string | null): Date | null => (at === null ? null : new Date(at))

export interface Opening {
  plan: string
  /** Id of the row of the seed's task, and its place in the plan. */
  task: string
  ord: number
  claimBy: Day | null
  /** Of the plan, where a new version of it opens the duty: an older duty may have had the same place. */
  version?: number
}

/** The row of a duty that opens, with its first fact. */
export const openedDuty = (
  deps: Deps,
  seed: DutySeed,
  { plan, task, ord, claimBy, version }: Opening,
  stamp: Stamp,
) => {
  const id = dutyId(deps, [
    plan,
    task.slice(plan.length + 1),
    seed.unit,
    seed.demand,
    seed.round,
    ...(version ? [version] : []),
  ])
  const { unit, role, demand, round, state, times, named, dueOn, dueAt, provisional } = seed
  const answerBy = state === 'unclaimed' ? claimBy : null
  // The day as the rule gave it then: nobody reads it but `verify`, which knows by it that no day was moved by hand.
  const days = { dueOn, dueAt: isoOrNull(dueAt)?.toISOString() ?? null, provisional, claimBy: answerBy }
  const body = { plan, task: task.slice(plan.length + 1), unit, role, demand, round, state, times, named, ...days }
  const fact = factRow(deps, { subject: 'duty', id, seq: 1, prev: '', kind: 'released', body }, stamp)
  const duty = {
    ...seed,
    ...{ office: deps.store.office, id, plan, task, ord, dueAt: isoOrNull(seed.dueAt), owedOn: seed.dueOn },
    claimBy: answerBy,
    version: 1,
    head: fact.hash,
  }
  return { fact, duty }
}
export type OpenedDuty = ReturnType<typeof openedDuty>

/** The day by which an unclaimed duty that opens now is to be answered. */
export const claimDay = async (deps: Deps, stamp: Stamp): Promise<Day> =>
  (await deps.cache(deps.store)).calendar.addWorkdays(dayOf(stamp.at, deps.zone), CLAIM_WORKDAYS)

type Guards = (q: Query) => Write[]

/** Duties by chunks that may be sent again; each chunk meets the guards first. */
export const insertDuties = async (
  deps: Deps,
  opened: readonly OpenedDuty[],
  guards: Guards = () => [],
): Promise<void> => {
  const { t } = deps.store
  for (let from = 0; from < opened.length; from += 1000) {
    const chunk = opened.slice(from, from + 1000)
    await deps.store.atomic((q) => [
      ...guards(q),
      ...bulkInsert(
        deps.store,
        q,
        t.duties,
        chunk.map(({ duty }) => duty),
        { ignore: true },
      ),
      ...bulkInsert(
        deps.store,
        q,
        t.facts,
        chunk.map(({ fact }) => fact),
        { ignore: true },
      ),
    ])
  }
}

/** Takes away what an interrupted release left: rows that nobody has ever seen. */
const clearDraftDuties = async (deps: Deps, plan: string, guards: Guards): Promise<void> => {
  const { t, office } = deps.store
  await deps.store.atomic((q) => {
    const ids = q
      .select({ id: t.duties.id })
      .from(t.duties)
      .where(and(eq(t.duties.office, office), eq(t.duties.plan, plan)))
    return [
      ...guards(q),
      q
        .delete(t.facts)
        .where(and(eq(t.facts.office, office), eq(t.facts.subject, 'duty'), sql`${t.facts.id} in ${ids}`)),
      q.delete(t.duties).where(and(eq(t.duties.office, office), eq(t.duties.plan, plan))),
    ]
  })
}

/** Fails where a unit that the plan's duties were opened for was succeeded meanwhile: it takes no new ones. */
const noneOfFormer = (deps: Deps, q: Query, plan: string): Write => {
  const { t, office } = deps.store
  const owing = q
    .select({ unit: t.duties.unit })
    .from(t.duties)
    .where(and(eq(t.duties.office, office), eq(t.duties.plan, plan)))
  const of = and(eq(t.facts.office, office), eq(t.facts.subject, 'unit'), eq(t.facts.kind, 'succeeded'))
  return staleIf(t, q, office, sql`exists (select 1 from ${t.facts} where ${of} and ${t.facts.id} in ${owing})`)
}

/** The units that the plan brings, before anything is owed by them. */
export const enterUnits = async (deps: Deps, units: Parameters<typeof unitWrites>[2], stamp: Stamp): Promise<void> => {
  if (units.length === 0) return
  const { view } = await deps.cache(deps.store)
  await deps.store.atomic((q) => [
    guardRoster(deps.store.t, q, deps.store.office, view.version),
    ...unitWrites(deps, q, units, view.units.length, stamp),
    officeMoves(deps, q),
  ])
}

/** A document that says no year has days in the year 0: nothing falls due by them. @throws BadInput */
const requireYear = ({ document, tasks }: PlanDraft): void => {
  const undated = tasks.filter(({ deadlines }) => /"0000-/.test(JSON.stringify(deadlines))).map(({ id }) => `${id}号`)
  if (document.year > 0 && undated.length === 0) return
  const which = undated.length > 0 ? `（${undated.slice(0, 5).join('、')}${undated.length > 5 ? '等' : ''}的时限）` : ''
  throw new BadInput(
    `方案没有写明是哪一年，算不出到期日${which}：请在标题或印发日期里写明年份再导入一次，或补上年度并把这些时限改成带年份的`,
  )
}

/**
 * 下达: opens every unit's duties. They go in by chunks that may be sent again and that no query sees; the last, small
 * batch counts them and turns the plan to released.
 * @param startOn rounds due before this day are 待核实; by default the day of issue, else 1 January of the plan's year
 * @throws BadInput when there is no such draft, or it says no year
 */
export const releasePlan = async (deps: Deps, plan: string, stamp: Stamp, startOn?: Day): Promise<ReleaseResult> => {
  const { t, office } = deps.store
  const stored = await readPlan(deps, plan)
  const { row } = stored
  if (row.state !== 'draft') throw new BadInput(`${row.code} 已经下达，不能再次下达`)
  const draft = draftOf(stored)
  requireYear(draft)
  const { settled, apart } = await settlementOf(deps, plan)
  const start = startOn ?? (row.document.issuedOn || `${row.document.year}-01-01`)
  const now = await deps.cache(deps.store)
  const { made, entered, questions } = outlookOf(deps, draft, now, { startOn: start, apart })
  await enterUnits(deps, entered, stamp)
  const claimBy = await claimDay(deps, stamp)
  const numbers = [...draft.tasks.map((task) => task.id), ...made.tasks.map((task) => task.number)]
  const ord = new Map(numbers.map((number, i) => [number, i]))
  const duties = made.seeds.map((seed) =>
    openedDuty(deps, seed, { plan, task: taskId(plan, seed.task), ord: ord.get(seed.task) ?? 0, claimBy }, stamp),
  )
  // Another release may have ended meanwhile: what it opened is the ledger's, and never to be taken away.
  const stillDraft: Guards = (q) => [guard(t, q, office, 'plans', plan, row.version)]
  await clearDraftDuties(deps, plan, stillDraft)
  await insertDuties(deps, duties, stillDraft)
  const link = { subject: 'plan' as const, id: plan, seq: row.version + 1, prev: row.head, kind: 'released' }
  const fact = factRow(deps, { ...link, body: { startOn: start, duties: duties.length } }, stamp)
  const added = made.tasks.map((task) => {
    const id = taskId(plan, task.number)
    const first = {
      subject: 'task' as const,
      id,
      seq: 1,
      prev: '',
      kind: 'drafted',
      body: { plan, number: task.number },
    }
    const drafted = factRow(deps, first, stamp)
    const place = { plan, id, ord: ord.get(task.number) ?? 0, kind: task.kind }
    return { fact: drafted, row: taskRow(deps, place, addedDraft(task), drafted.hash) }
  })
  await deps.store.atomic((q) => [
    guard(t, q, office, 'plans', plan, row.version),
    staleIf(
      t,
      q,
      office,
      sql`(select count(*) from ${t.duties} where ${and(eq(t.duties.office, office), eq(t.duties.plan, plan), ne(t.duties.version, 0))}) <> ${duties.length}`,
    ),
    noneOfFormer(deps, q, plan),
    ...bulkInsert(
      deps.store,
      q,
      t.tasks,
      added.map((one) => one.row),
      { ignore: true },
    ),
    ...bulkInsert(
      deps.store,
      q,
      t.facts,
      added.map((one) => one.fact),
      { ignore: true },
    ),
    q.insert(t.facts).values(fact),
    q
      .update(t.plans)
      .set({ state: 'released', startOn: start, releasedAt: stamp.at, version: fact.seq, head: fact.hash })
      .where(and(eq(t.plans.office, office), eq(t.plans.id, plan))),
    releasedBy(deps, q, now),
    officeMoves(deps, q),
  ])
  if (row.follows !== '') await joinCarried(deps, plan, stamp)
  const marks = new Set(settled)
  const of = (state: string) => duties.filter(({ duty }) => duty.state === state).length
  return {
    code: row.code,
    duties: duties.length,
    units: new Set(duties.map(({ duty }) => duty.unit)).size,
    standing: of('standing'),
    unclaimed: of('unclaimed'),
    unconfirmed: of('unconfirmed'),
    questions: eachOnce([...row.questions, ...questions]).filter((one) => !marks.has(settledMark(deps, one))),
  }
}
