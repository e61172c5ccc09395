import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, ne, not, or, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../../src/model/deadline.ts'
import type { DutyState, Light } from '../../src/model/duty.ts'
import type { Days, LedgerFilter, LedgerSort, LedgerState } from '../../src/model/ledger.ts'
import { among, holds as inArrayOf } from '../among.ts'
import type { Reader } from '../store.ts'

/** Today as thresholds of days, so that lights and states can be asked of the database (`lightOf`, `stateOn`). */
export interface LedgerMarks {
  today: Day
  now: Date
  /** The last due day that is red, and the last that is yellow. */
  lateUpTo: Day
  yellowUpTo: Day
  /** Rest days on which reports that wait came in, each with the last due day that such a report was late for. */
  restDays: readonly (readonly [reported: Day, lateUpTo: Day])[]
}

/** What is asked, and what of it the asker may read. */
export interface LedgerAsk extends Omit<LedgerFilter, 'q' | 'sort' | 'year'> {
  marks: LedgerMarks
  /** Units whose rows the asker may read, and whether the 配合 parts of what they lead too; absent: all. */
  scope?: { units: readonly string[]; parts: boolean } | undefined
  /** Unit ids that are classes: their lines wait to be divided, and are no unit's. */
  classes: readonly string[]
  /** Duties that ended in another unit's: how they stand is told there. */
  merged: readonly string[]
  /** Each word that is searched, lower case, with the units whose name holds it. */
  words: readonly { word: string; units: readonly string[] }[]
  /** First and last day of the year asked for, and the plans whose year it is. */
  year?: { from: Day; to: Day; plans: readonly string[] } | undefined
}

const isPostgres = ({ t }: Pick<Reader, 't'>): boolean => t.duties.id.columnType.startsWith('Pg')

/** Holds the word as it is written: no letter of it is a wildcard, as one of LIKE would be. */
const holds = (db: Pick<Reader, 't'>, text: SQL, word: string): SQL =>
  isPostgres(db) ? sql`strpos(lower(${text}), ${word}) > 0` : sql`instr(lower(${text}), ${word}) > 0`

const taskNote = (db: Pick<Reader, 't'>): SQL<string | null> =>
  isPostgres(db) ? sql`${db.t.tasks.draft}->>'note'` : sql`json_extract(${db.t.tasks.draft}, '$.note')`

const within = (column: Reader['t']['duties']['dueOn'], { from, to }: Days): SQL | undefined =>
  and(isNotNull(column), from ? gte(column, from) : undefined, to ? lte(column, to) : undefined)

/** Any of them; none of none. */
const any = (...parts: (SQL | undefined)[]): SQL => or(...parts) ?? sql`1 = 0`

const conditionsOf = (db: Reader, { marks, classes }: LedgerAsk) => {
  const d = db.t.duties
  const classLine = any(sql`${d.unit} like 'class:%'`, classes.length > 0 ? among(d.unit, classes) : undefined)
  /** `stateOn`: after the claim day silence makes it the unit's own. */
  const silent = and(
    ...[eq(d.state, 'unclaimed'), sql`${d.named} = true`, sql`${d.disclaimed} = false`, lt(d.claimBy, marks.today)],
  ) as SQL
  const silentAs = (state: LedgerState): SQL | undefined => {
    if (state === 'standing' || state === 'waiting') return and(silent, eq(d.round, state))
    return state === 'open' ? and(silent, ne(d.round, 'standing'), ne(d.round, 'waiting')) : undefined
  }
  const unclaimed = and(eq(d.state, 'unclaimed'), any(isNull(d.claimBy), not(silent)))
  const running = any(inArray(d.state, ['open', 'returned']), silentAs('open'))
  const byDay = and(running, isNotNull(d.dueOn), isNull(d.dueAt))
  const byHour = and(running, isNotNull(d.dueOn), isNotNull(d.dueAt))
  const reportedLate =
    marks.restDays.length === 0
      ? sql`${d.dueOn} < ${d.reportedOn}`
      : sql`case ${d.reportedOn} ${sql.join(
          marks.restDays.map(([day, upTo]) => sql.raw(`when '${day}' then "due_on" <= '${upTo}' `)),
        )} else ${d.dueOn} < ${d.reportedOn} end`
  const late = and(isNotNull(d.reportedOn), reportedLate) as SQL
  const review = and(eq(d.state, 'review'), isNotNull(d.dueOn))
  const lights: Record<Light, SQL> = {
    red: any(and(byDay, lte(d.dueOn, marks.lateUpTo)), and(byHour, lt(d.dueAt, marks.now))),
    yellow: any(
      and(byDay, gt(d.dueOn, marks.lateUpTo), lte(d.dueOn, marks.yellowUpTo)),
      and(byHour, gte(d.dueAt, marks.now)),
      and(review, late),
    ),
    green: any(
      and(byDay, gt(d.dueOn, marks.yellowUpTo)),
      and(review, any(isNull(d.reportedOn), not(sql`(${reportedLate})`))),
    ),
  }
  const stateIs = (state: LedgerState): SQL | undefined => {
    if (state === 'overdue') return lights.red
    if (state === 'undivided') return and(unclaimed, classLine)
    if (state === 'unclaimed') return and(unclaimed, not(classLine))
    return any(eq(d.state, state), silentAs(state))
  }
  return { classLine, lights, stateIs }
}

/** In the denominator once due, as `commands/rate.ts` has it. */
const counted: readonly DutyState[] = ['open', 'returned', 'review', 'done']

const ofSet = (db: Reader, ask: LedgerAsk, { classLine, stateIs }: ReturnType<typeof conditionsOf>) => {
  const { set, due = {}, year, marks } = ask
  const d = db.t.duties
  if (set === undefined) return undefined
  if (set === 'provisional') return sql`${d.provisional} = true`
  const judged = and(lte(d.owedOn, marks.today), within(d.owedOn, due), year && within(d.owedOn, year))
  const owed = and(eq(d.role, 'lead'), not(classLine), judged)
  if (set === 'due') return and(owed, any(...counted.map(stateIs)))
  return and(owed, eq(d.state, 'done'), set === 'late' ? sql`${d.late} = true` : sql`${d.late} = false`)
}

/** By due day; what has none belongs to the years of its plan. */
const ofYear = ({ t: { duties: d } }: Reader, { from, to, plans }: NonNullable<LedgerAsk['year']>) =>
  any(within(d.dueOn, { from, to }), plans.length > 0 ? and(isNull(d.dueOn), among(d.plan, plans)) : undefined)

const ofScope = (db: Reader, { units, parts }: NonNullable<LedgerAsk['scope']>): SQL => {
  const { t, office, q } = db
  const own = among(t.duties.unit, units)
  if (!parts) return own
  const led = q
    .select({ task: t.duties.task })
    .from(t.duties)
    .where(and(eq(t.duties.office, office), eq(t.duties.role, 'lead'), among(t.duties.unit, units)))
  return any(own, and(eq(t.duties.role, 'support'), inArray(t.duties.task, led)))
}

/** Its code, its text or its unit's name holds the word; the text of a 工作秘密 task is not searched. */
const saying = (db: Reader, { word, units }: LedgerAsk['words'][number]): SQL => {
  const { t, office, q } = db
  const code = sql`${t.plans.code} || '-' || ${t.tasks.number}`
  const tasks = q
    .select({ id: t.tasks.id })
    .from(t.tasks)
    .innerJoin(t.plans, and(eq(t.plans.office, office), eq(t.plans.id, t.tasks.plan)))
    .where(
      and(
        eq(t.tasks.office, office),
        any(holds(db, code, word), and(sql`${t.tasks.secret} = false`, holds(db, sql`${t.tasks.text}`, word))),
      ),
    )
  return any(inArray(t.duties.task, tasks), units.length > 0 ? among(t.duties.unit, units) : undefined)
}

/** Under that heading, at whatever depth. The heading over a 工作秘密 task is shown nowhere, so it is not found by it either. */
const ofTheme = (db: Reader, theme: string): SQL => {
  const { t, office, q } = db
  const tasks = q
    .select({ id: t.tasks.id })
    .from(t.tasks)
    .where(and(eq(t.tasks.office, office), sql`${t.tasks.secret} = false`, inArrayOf(t.tasks.section, theme)))
  return inArray(t.duties.task, tasks)
}

const meeting = (db: Reader, ask: LedgerAsk): SQL | undefined => {
  const d = db.t.duties
  const conditions = conditionsOf(db, ask)
  const { scope, units, plan, states, lights, due, year, closed, reported, round, theme, role, set, words, merged } =
    ask
  const judged = set !== undefined && set !== 'provisional'
  return and(
    eq(d.office, db.office),
    scope && ofScope(db, scope),
    units.length > 0 ? among(d.unit, units) : undefined,
    plan === undefined ? undefined : eq(d.plan, plan),
    states.length > 0 ? any(...states.map(conditions.stateIs)) : undefined,
    lights.length > 0 ? any(...lights.map((light) => conditions.lights[light])) : undefined,
    due && !judged ? within(d.dueOn, due) : undefined,
    year && !judged ? ofYear(db, year) : undefined,
    closed && within(d.closedOn, closed),
    reported && within(d.reportedOn, reported),
    round === undefined ? undefined : eq(d.round, round),
    theme === undefined ? undefined : ofTheme(db, theme),
    role && eq(d.role, role),
    ofSet(db, ask, conditions),
    ...words.map((word) => saying(db, word)),
    merged.length > 0 ? not(among(d.id, merged)) : undefined,
  )
}

const released = ({ t, office }: Reader) =>
  and(eq(t.plans.office, office), eq(t.plans.id, t.duties.plan), eq(t.plans.state, 'released'))

/** How many rows; none is read. */
export const countLedger = async (db: Reader, ask: LedgerAsk): Promise<number> => {
  const { q, t } = db
  const [row] = await q
    .select({ n: sql<number>`count(*)`.mapWith(Number) })
    .from(t.duties)
    .innerJoin(t.plans, released(db))
    .where(meeting(db, ask))
  return row?.n ?? 0
}

const orderOf = ({ t }: Reader, sort: LedgerSort): SQL[] => {
  const d = t.duties
  const inPlan = [asc(d.plan), asc(d.ord), asc(d.unit), asc(d.round), asc(d.id)]
  const byDue = sql`${d.dueOn} asc nulls last`
  if (sort === 'due') return [byDue, ...inPlan]
  if (sort === '-due') return [sql`${d.dueOn} desc nulls last`, ...inPlan]
  if (sort === 'code') return [asc(t.plans.code), asc(d.plan), asc(d.ord), byDue, asc(d.unit), asc(d.round), asc(d.id)]
  return [sql`coalesce(${t.units.ord}, 1000000)`, asc(d.unit), byDue, ...inPlan]
}

/** Ids of the rows in their order, each with its unit: a page of them, or up to `limit` from the first on. */
export const ledgerIds = (
  db: Reader,
  ask: LedgerAsk,
  { sort, offset, limit }: { sort: LedgerSort; offset: number; limit: number },
): Promise<{ id: string; unit: string }[]> => {
  const { q, t } = db
  const rows = q.select({ id: t.duties.id, unit: t.duties.unit }).from(t.duties).innerJoin(t.plans, released(db))
  const ordered =
    sort === 'unit' ? rows.leftJoin(t.units, and(eq(t.units.office, db.office), eq(t.units.id, t.duties.unit))) : rows
  return ordered
    .where(meeting(db, ask))
    .orderBy(...orderOf(db, sort))
    .limit(limit)
    .offset(offset) as unknown as Promise<{ id: string; unit: string }[]>
}

/** What the ledger shows of tasks beside what every card shows. */
export const ledgerTasks = (
  db: Reader,
  ids: readonly string[],
): Promise<{ id: string; section: string[]; note: string | null }[]> => {
  const { q, t, office } = db
  return q
    .select({ id: t.tasks.id, section: t.tasks.section, note: taskNote(db) })
    .from(t.tasks)
    .where(and(eq(t.tasks.office, office), among(t.tasks.id, ids))) as unknown as Promise<
    { id: string; section: string[]; note: string | null }[]
  >
}

/** Days on which the reports that wait for review came in. */
export const reviewDays = async (db: Reader): Promise<Day[]> => {
  const { q, t, office } = db
  const rows = await q
    .selectDistinct({ on: t.duties.reportedOn })
    .from(t.duties)
    .where(and(eq(t.duties.office, office), eq(t.duties.state, 'review'), isNotNull(t.duties.reportedOn)))
  return rows.flatMap(({ on }) => (on ? [on] : []))
}

/** Where the tasks of released plans stand, in the plans' order, and how many at each place; of secret ones nothing is said. */
export const ledgerSections = async (
  db: Reader,
  plans?: readonly string[],
): Promise<{ plan: string; section: string[]; tasks: number; ord: number }[]> => {
  const { q, t, office } = db
  const first = sql<number>`min(${t.tasks.ord})`.mapWith(Number)
  return q
    .select({
      plan: t.tasks.plan,
      section: t.tasks.section,
      tasks: sql<number>`count(*)`.mapWith(Number),
      ord: first,
    })
    .from(t.tasks)
    .innerJoin(t.plans, and(eq(t.plans.office, office), eq(t.plans.id, t.tasks.plan), eq(t.plans.state, 'released')))
    .where(and(eq(t.tasks.office, office), plans && among(t.tasks.plan, plans), sql`${t.tasks.secret} = false`))
    .groupBy(t.tasks.plan, t.tasks.section)
    .orderBy(asc(t.tasks.plan), first)
}

/** Which of the asker's rows there are to choose among: their units and plans. */
export const ledgerPlaces = async (db: Reader, ask: LedgerAsk): Promise<{ unit: string; plan: string }[]> => {
  const { q, t } = db
  return q
    .selectDistinct({ unit: t.duties.unit, plan: t.duties.plan })
    .from(t.duties)
    .innerJoin(t.plans, released(db))
    .where(meeting(db, ask))
}
