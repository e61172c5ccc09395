import { and, asc, desc, eq, gte, inArray, lt, lte, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../../src/model/deadline.ts'
import { among } from '../among.ts'
import { type Params, prepare } from '../prepare.ts'
import type { Tables } from '../schema.ts'
import type { Reader } from '../store.ts'

/** What "late" and "soon" mean at this moment. */
export interface Moment {
  today: Day
  now: Date
  /** The last due day that is late. */
  lateUpTo: Day
  /** The last due day that is soon. */
  yellowUpTo: Day
}

/** Of what is told one by one: things that happened, duties whose day may move. */
const NEWEST = 200
const SOONEST = 12

/** Due within the days. */
interface Window {
  from: Day
  to: Day
}

interface Narrowed {
  units: boolean
  plans: boolean
}

interface Scoped {
  units: string[]
  plans: string[]
}
type Due = Scoped & Window
type Values = Due & Moment
type Asked<V extends Scoped> = Omit<V, keyof Scoped> & {
  units?: readonly string[] | undefined
  plans?: readonly string[] | undefined
}

/** A question in its four shapes: of all, of some units, of some plans, of both. */
const shaped = <R, V extends Scoped>(made: (narrowed: Narrowed) => (db: Reader, values: V) => Promise<R>) => {
  const plain = made({ units: false, plans: false })
  const ofUnits = made({ units: true, plans: false })
  const ofPlans = made({ units: false, plans: true })
  const both = made({ units: true, plans: true })
  return (db: Reader, { units, plans, ...rest }: Asked<V>): Promise<R> => {
    const query = units ? (plans ? both : ofUnits) : plans ? ofPlans : plain
    return query(db, { ...rest, units: [...(units ?? [])], plans: [...(plans ?? [])] } as unknown as V)
  }
}

const named = (name: string, { units, plans }: Narrowed): string =>
  `${name}${units ? ' of units' : ''}${plans ? ' of plans' : ''}`

const released = (t: Tables, office: SQL<string>) =>
  and(eq(t.plans.office, office), eq(t.plans.id, t.duties.plan), eq(t.plans.state, 'released'))

const asked = ({ duties: d }: Tables, p: Params<Scoped>, { units, plans }: Narrowed) =>
  and(eq(d.office, p.office), units ? among(d.unit, p.units) : undefined, plans ? among(d.plan, p.plans) : undefined)

const within = ({ duties: d }: Tables, p: Params<Window>) => and(gte(d.dueOn, p.from), lte(d.dueOn, p.to))

const count = (where: SQL) => sql<number>`sum(case when ${where} then 1 else 0 end)`.mapWith(Number)
const all = () => sql<number>`count(*)`.mapWith(Number)

/** Owed by its unit: in work, sent back, or unclaimed and its own by silence, as `stateOn` has it. */
const owing = ({ duties: d }: Tables, today: SQL<string>) =>
  sql`(${d.state} in ('open', 'returned') or (${d.state} = 'unclaimed' and ${d.named} and not ${d.disclaimed} and ${d.claimBy} < ${today} and ${d.round} not in ('standing', 'waiting')))`

/** Past its day, or its moment for an hour clock, as `lightOf` has it. */
const past = ({ duties: d }: Tables, p: Params<Moment>) =>
  sql`(case when ${d.dueAt} is null then ${d.dueOn} <= ${p.lateUpTo} else ${d.dueAt} < ${p.now} end)`

/** Not past, and to be seen to: an hour clock always is. */
const soon = ({ duties: d }: Tables, p: Params<Moment>) =>
  sql`(case when ${d.dueAt} is null then ${d.dueOn} > ${p.lateUpTo} and ${d.dueOn} <= ${p.yellowUpTo} else ${d.dueAt} >= ${p.now} end)`

/** Duties of one unit in work, by their lights as far as the day alone tells; of those in review only how many. */
export const lightsByUnit = shaped<
  { unit: string; owing: number; red: number; yellow: number; review: number }[],
  Values
>((narrowed) =>
  prepare(named('lights by unit', narrowed), (q, t, p: Params<Values>) => {
    const d = t.duties
    const own = owing(t, p.today)
    return q
      .select({
        unit: d.unit,
        owing: count(own),
        red: count(sql`${own} and ${past(t, p)}`),
        yellow: count(sql`${own} and ${soon(t, p)}`),
        review: count(sql`${d.state} = 'review'`),
      })
      .from(d)
      .innerJoin(t.plans, released(t, p.office))
      .where(and(asked(t, p, narrowed), inArray(d.state, ['open', 'returned', 'review', 'unclaimed']), within(t, p)))
      .groupBy(d.unit)
  }),
)

/** What was reported after its day and waits for review: whether a workday lay in between the calendar knows. */
export const reviewsAfterDay = shaped<{ unit: string; dueOn: Day | null; reportedOn: Day | null; n: number }[], Due>(
  (narrowed) =>
    prepare(named('reviews after their day', narrowed), (q, t, p: Params<Due>) => {
      const d = t.duties
      return q
        .select({ unit: d.unit, dueOn: d.dueOn, reportedOn: d.reportedOn, n: all() })
        .from(d)
        .innerJoin(t.plans, released(t, p.office))
        .where(and(asked(t, p, narrowed), eq(d.state, 'review'), within(t, p), sql`${d.reportedOn} > ${d.dueOn}`))
        .groupBy(d.unit, d.dueOn, d.reportedOn)
    }),
)

interface ThemeValues extends Due, Moment {
  /** Lines of a class that nobody has divided are no unit's. */
  classes: string[]
}

type Sums = Record<'due' | 'done' | 'doneLate' | 'review' | 'reviewLate' | 'overdue', number>

/**
 * What the leads owed up to a day, by plan and section; the arithmetic is that of `tallies`. Each task is looked up
 * once, however many units and rounds it has.
 */
export const countsBySection = shaped<({ plan: string; section: string[]; ord: number } & Sums)[], ThemeValues>(
  (narrowed) =>
    prepare(named('counts by section', narrowed), (q, t, p: Params<ThemeValues>) => {
      const d = t.duties
      const own = owing(t, p.today)
      const due = sql`${d.owedOn} >= ${p.from} and ${d.owedOn} <= ${p.to}`
      const inTask = (where: SQL, name: string) => sql<number>`sum(case when ${where} then 1 else 0 end)`.as(name)
      const byTask = q
        .select({
          of: sql<string>`${d.task}`.as('of_task'),
          due: inTask(sql`${due} and (${own} or ${d.state} in ('review', 'done'))`, 'due_in'),
          done: inTask(sql`${due} and ${d.state} = 'done'`, 'done_in'),
          doneLate: inTask(sql`${due} and ${d.state} = 'done' and ${d.late}`, 'done_late_in'),
          review: inTask(sql`${due} and ${d.state} = 'review'`, 'review_in'),
          reviewLate: inTask(sql`${due} and ${d.state} = 'review' and ${d.late}`, 'review_late_in'),
          overdue: inTask(sql`${due} and ${own} and ${past(t, p)}`, 'overdue_in'),
        })
        .from(d)
        .innerJoin(t.plans, released(t, p.office))
        .where(
          and(
            asked(t, p, narrowed),
            eq(d.role, 'lead'),
            sql`${d.unit} not like 'class:%'`,
            sql`not (${among(d.unit, p.classes)})`,
          ),
        )
        .groupBy(d.task)
        .as('by_task')
      const sum = (name: keyof Sums) => sql<number>`sum(${byTask[name]})`.mapWith(Number)
      return q
        .select({
          plan: t.tasks.plan,
          section: t.tasks.section,
          ord: sql<number>`min(${t.tasks.ord})`.mapWith(Number),
          ...{ due: sum('due'), done: sum('done'), doneLate: sum('doneLate') },
          ...{ review: sum('review'), reviewLate: sum('reviewLate'), overdue: sum('overdue') },
        })
        .from(byTask)
        .innerJoin(t.tasks, and(eq(t.tasks.office, p.office), eq(t.tasks.id, byTask.of)))
        .groupBy(t.tasks.plan, t.tasks.section)
    }),
)

/** What falls due on each day: all that is owed, waits or was done, how much of it is still owed, late, and provisional. */
export const countsByDay = shaped<
  { day: Day | null; due: number; open: number; overdue: number; provisional: number }[],
  Values
>((narrowed) =>
  prepare(named('counts by day', narrowed), (q, t, p: Params<Values>) => {
    const d = t.duties
    const own = owing(t, p.today)
    return q
      .select({
        day: d.dueOn,
        due: all(),
        open: count(own),
        overdue: count(sql`${own} and ${past(t, p)}`),
        provisional: count(sql`${d.provisional} and ${own}`),
      })
      .from(d)
      .innerJoin(t.plans, released(t, p.office))
      .where(
        and(asked(t, p, narrowed), inArray(d.state, ['open', 'returned', 'review', 'done', 'unclaimed']), within(t, p)),
      )
      .groupBy(d.dueOn)
  }),
)

interface MovedValues extends Scoped {
  kinds: string[]
  from: Date
  to: Date
}
/** With the moment at which each of the six later days begins. */
interface WeekValues extends MovedValues, Record<`day${1 | 2 | 3 | 4 | 5 | 6}`, Date> {}

/** Facts of duties in a stretch of time. `||` keeps the planner at the index by time: the subject's own has all that ever was. */
const movedIn = (t: Tables, p: Params<MovedValues>, { units, plans }: Narrowed) =>
  and(
    eq(t.facts.office, p.office),
    gte(t.facts.at, p.from),
    lt(t.facts.at, p.to),
    sql`${t.facts.subject} || '' = 'duty'`,
    among(t.facts.kind, p.kinds),
    units ? among(t.duties.unit, p.units) : undefined,
    plans ? among(t.duties.plan, p.plans) : undefined,
  )

const dutyOf = (t: Tables, office: SQL<string>) => and(eq(t.duties.office, office), eq(t.duties.id, t.facts.id))

/** How often each thing happened to a unit's duties on each of seven days (0 is the first). */
export const movedByDay = shaped<{ day: number; unit: string; kind: string; n: number }[], WeekValues>((narrowed) =>
  prepare(named('moved by day', narrowed), (q, t, p: Params<WeekValues>) => {
    const at = t.facts.at
    const day = sql<number>`case when ${at} >= ${p.day6} then 6 when ${at} >= ${p.day5} then 5 when ${at} >= ${p.day4} then 4 when ${at} >= ${p.day3} then 3 when ${at} >= ${p.day2} then 2 when ${at} >= ${p.day1} then 1 else 0 end`
    const moved = q
      .select({
        day: day.as('moved_day'),
        unit: sql<string>`${t.duties.unit}`.as('moved_unit'),
        kind: sql<string>`${t.facts.kind}`.as('moved_kind'),
      })
      .from(t.facts)
      .innerJoin(t.duties, dutyOf(t, p.office))
      .innerJoin(t.plans, released(t, p.office))
      .where(movedIn(t, p, narrowed))
      .as('moved')
    return q
      .select({ day: moved.day, unit: moved.unit, kind: moved.kind, n: all() })
      .from(moved)
      .groupBy(moved.day, moved.unit, moved.kind)
  }),
)

/** The newest things that happened, newest first. */
export const movedNewest = shaped<
  { at: Date; kind: string; duty: string; unit: string; plan: string; number: string }[],
  MovedValues
>((narrowed) =>
  prepare(named('moved newest', narrowed), (q, t, p: Params<MovedValues>) =>
    q
      .select({
        at: t.facts.at,
        kind: t.facts.kind,
        duty: t.duties.id,
        unit: t.duties.unit,
        plan: t.plans.code,
        number: t.tasks.number,
      })
      .from(t.facts)
      .innerJoin(t.duties, dutyOf(t, p.office))
      .innerJoin(t.plans, released(t, p.office))
      .innerJoin(t.tasks, and(eq(t.tasks.office, p.office), eq(t.tasks.id, t.duties.task)))
      .where(movedIn(t, p, narrowed))
      .orderBy(desc(t.facts.at), desc(t.facts.id), desc(t.facts.seq))
      .limit(NEWEST),
  ),
)

const stillProvisional = (t: Tables, p: Params<Due>, narrowed: Narrowed) =>
  and(
    asked(t, p, narrowed),
    eq(t.duties.provisional, sql`true`),
    inArray(t.duties.state, ['open', 'returned', 'unclaimed']),
    within(t, p),
  )

/** How many duties that are owed are due on each day that may still move. */
export const provisionalByDay = shaped<{ day: Day | null; n: number }[], Due>((narrowed) =>
  prepare(named('provisional by day', narrowed), (q, t, p: Params<Due>) =>
    q
      .select({ day: t.duties.dueOn, n: all() })
      .from(t.duties)
      .innerJoin(t.plans, released(t, p.office))
      .where(stillProvisional(t, p, narrowed))
      .groupBy(t.duties.dueOn),
  ),
)

/** The soonest of them. */
export const provisionalSoonest = shaped<
  { id: string; dueOn: Day | null; unit: string; plan: string; number: string }[],
  Due
>((narrowed) =>
  prepare(named('provisional soonest', narrowed), (q, t, p: Params<Due>) =>
    q
      .select({
        id: t.duties.id,
        dueOn: t.duties.dueOn,
        unit: t.duties.unit,
        plan: t.plans.code,
        number: t.tasks.number,
      })
      .from(t.duties)
      .innerJoin(t.plans, released(t, p.office))
      .innerJoin(t.tasks, and(eq(t.tasks.office, p.office), eq(t.tasks.id, t.duties.task)))
      .where(stillProvisional(t, p, narrowed))
      .orderBy(asc(t.duties.dueOn), asc(t.duties.ord), asc(t.duties.unit))
      .limit(SOONEST),
  ),
)
