import { and, asc, type Column, count, desc, eq, inArray, isNotNull, ne, type SQL, sql } from 'drizzle-orm'
import type { Duty, DutyState } from '../../src/model/duty.ts'
import { among } from '../among.ts'
import { valuesFrom } from '../bulk.ts'
import { staleIf } from '../guard.ts'
import { type Params, prepare } from '../prepare.ts'
import type { OfficeStore, Query, Reader, Write } from '../store.ts'

/** The year's end: what is open of a plan, what is moved of it at once, and what went where. */

/** States in which a duty is still to be done, so that the year's end has to say what becomes of it. */
export const unfinished: readonly DutyState[] = [
  ...([
    'open',
    'returned',
    'review',
    'waiting',
    'standing',
    'unclaimed',
    'asleep',
    'suspended',
    'unconfirmed',
  ] as const),
]

/** What is open of a plan, by its tasks and units, with what is shown of each task. */
export const unfinishedOf = ({ q, t, office }: Reader, plan: string) =>
  q
    .select({
      duty: t.duties,
      task: {
        number: t.tasks.number,
        text: t.tasks.text,
        secret: t.tasks.secret,
        kind: t.tasks.kind,
        section: t.tasks.section,
      },
    })
    .from(t.duties)
    .innerJoin(t.tasks, and(eq(t.tasks.office, office), eq(t.tasks.id, t.duties.task)))
    .where(and(eq(t.duties.office, office), eq(t.duties.plan, plan), inArray(t.duties.state, [...unfinished])))
    .orderBy(asc(t.duties.ord), asc(t.duties.unit), asc(t.duties.round), asc(t.duties.id))
export type Unfinished = Awaited<ReturnType<typeof unfinishedOf>>[number]

/** Tasks whole, by their ids. */
export const tasksWhole = ({ q, t, office }: Reader, ids: readonly string[]) =>
  q
    .select()
    .from(t.tasks)
    .where(and(eq(t.tasks.office, office), among(t.tasks.id, ids)))

/** All tasks of plans, whatever state those are in. */
export const tasksOfPlans = ({ q, t, office }: Reader, plans: readonly string[]) =>
  q
    .select()
    .from(t.tasks)
    .where(and(eq(t.tasks.office, office), among(t.tasks.plan, plans)))
    .orderBy(asc(t.tasks.plan), asc(t.tasks.ord))

/** How the duties of tasks ended, counted: by state, whether late, and whether they were left open. */
export const endedOf = ({ q, t, office }: Reader, tasks: readonly string[], units?: readonly string[]) => {
  const d = t.duties
  const archived = sql`${d.archivedOn} is not null`
  return q
    .select({
      ...{ task: d.task, state: d.state, late: d.late, n: count() },
      archived: sql<boolean>`${archived}`.mapWith(Boolean),
    })
    .from(d)
    .where(
      and(
        ...[eq(d.office, office), eq(d.role, 'lead'), among(d.task, tasks)],
        units ? among(d.unit, units) : undefined,
      ),
    )
    .groupBy(d.task, d.state, d.late, archived)
}

/** Tasks that go on from any of these. */
export const followersOf = ({ q, t, office }: Reader, ids: readonly string[]) =>
  q
    .select()
    .from(t.tasks)
    .where(and(eq(t.tasks.office, office), among(t.tasks.follows, ids)))
    .orderBy(asc(t.tasks.plan), asc(t.tasks.ord))

/** Duties of the tasks, whatever became of them. */
export const dutiesUnder = ({ q, t, office }: Reader, tasks: readonly string[]) =>
  q
    .select()
    .from(t.duties)
    .where(and(eq(t.duties.office, office), among(t.duties.task, tasks)))
    .orderBy(asc(t.duties.id))

/** Duties of each plan that were left open when it was closed, counted. */
export const archivedIn = ({ q, t, office }: Reader, plans: readonly string[], units?: readonly string[]) => {
  const d = t.duties
  return q
    .select({ plan: d.plan, state: d.state, n: count() })
    .from(d)
    .where(
      and(
        ...[eq(d.office, office), isNotNull(d.archivedOn), ne(d.state, 'waived'), among(d.plan, plans)],
        units ? among(d.unit, units) : undefined,
      ),
    )
    .groupBy(d.plan, d.state)
}

/** The columns of a duty that the year's end moves. */
const MOVED = [
  ...(['plan', 'task', 'ord', 'demand', 'state', 'dueOn', 'dueAt', 'owedOn', 'setDueOn', 'provisional'] as const),
  ...(['approved', 'reportedOn', 'late', 'acceptedOn', 'asked', 'firstDueOn', 'before', 'clearedOn'] as const),
  ...(['proofs', 'parts', 'archivedOn', 'version', 'head'] as const),
] as const

export type MovedRow = Duty & { version: number; head: string }

const BYTES = 700_000
const encoder = new TextEncoder()

const chunked = <T>(rows: readonly T[]): T[][] => {
  const chunks: T[][] = []
  let size = BYTES
  for (const row of rows) {
    const own = encoder.encode(JSON.stringify(row)).length
    if (size + own > BYTES) {
      chunks.push([])
      size = 0
    }
    chunks.at(-1)?.push(row)
    size += own
  }
  return chunks
}

/**
 * Statements that move many duties at once, few however many they are: a guard that each is still at the version it was
 * read at, then the rows as they are from now on.
 */
export const moveDuties = (
  store: OfficeStore,
  q: Query,
  rows: readonly { was: number; now: MovedRow }[],
): { guards: Write[]; updates: Write[] } => {
  const { duties: d } = store.t
  const mine = (value: (name: string) => SQL) =>
    and(sql`${d.office} = ${value('office')}`, sql`${d.id} = ${value('id')}`)
  const guards = chunked(rows.map(({ was, now: { id } }) => ({ office: store.office, id, version: was }))).map(
    (chunk) => {
      const columns = (['office', 'id', 'version'] as const).map((name): [string, Column] => [name, d[name]])
      const { source, value } = valuesFrom(store, columns, chunk)
      const same = sql`select count(*) from ${d}, ${source} where ${mine(value)} and ${d.version} = ${value('version')}`
      return staleIf(store.t, q, store.office, sql`(${same}) <> ${chunk.length}`)
    },
  )
  const updates = chunked(rows.map(({ now }) => ({ ...now, office: store.office }))).map((chunk) => {
    const columns = (['office', 'id', ...MOVED] as const).map((name): [string, Column] => [name, d[name]])
    const { source, value } = valuesFrom(store, columns, chunk)
    return q
      .update(d)
      .set(Object.fromEntries(MOVED.map((name) => [name, value(name)])))
      .from(source)
      .where(mine(value))
  })
  return { guards, updates }
}

/** Statements that say of tasks which ones they go on from; '' for none. */
export const followTasks = (
  store: OfficeStore,
  q: Query,
  rows: readonly { id: string; follows: string }[],
): Write[] => {
  const { tasks: own } = store.t
  return chunked(rows).map((chunk) => {
    const columns = (['office', 'id', 'follows'] as const).map((name): [string, Column] => [name, own[name]])
    const { source, value } = valuesFrom(
      store,
      columns,
      chunk.map((row) => ({ ...row, office: store.office })),
    )
    return q
      .update(own)
      .set({ follows: value('follows') })
      .from(source)
      .where(and(sql`${own.office} = ${value('office')}`, sql`${own.id} = ${value('id')}`))
  })
}

const closed = prepare('closed numbered', (q, t, p: Params<{ numbers: string[] }>) =>
  q
    .select({
      id: t.tasks.id,
      number: t.tasks.number,
      text: t.tasks.text,
      secret: t.tasks.secret,
      planCode: t.plans.code,
    })
    .from(t.plans)
    .innerJoin(
      t.tasks,
      and(eq(t.tasks.office, p.office), eq(t.tasks.plan, t.plans.id), among(t.tasks.number, p.numbers)),
    )
    .where(and(eq(t.plans.office, p.office), eq(t.plans.state, 'closed')))
    .orderBy(desc(t.plans.releasedAt), asc(t.tasks.ord)),
)

/** Tasks with these printed numbers in plans that have ended, the latest first; `plan` is a short name. */
export const closedNumbered = async (reader: Reader, numbers: readonly string[], plan: string | undefined) => {
  const found = await closed(reader, { numbers: [...numbers] })
  return plan === undefined ? found : found.filter(({ planCode }) => planCode === plan)
}
