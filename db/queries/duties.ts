import { and, asc, desc, eq, gte, inArray, isNotNull, lt, lte, type SQL, sql } from 'drizzle-orm'
import type { Day, Deadline } from '../../src/model/deadline.ts'
import { type Duty, DutyState } from '../../src/model/duty.ts'
import type { Window } from '../../src/model/intent.ts'
import { among } from '../among.ts'
import { type Params, prepare } from '../prepare.ts'
import type { Tables } from '../schema.ts'
import type { Query, Reader } from '../store.ts'

interface DutyRow extends Duty {
  version: number
  head: string
  planCode: string
}

/** A duty with what every card shows of its task. Only duties of released plans are ever seen. */
export interface DutyView extends DutyRow {
  number: string
  text: string
  kind: 'demand' | 'check' | 'common'
  secret: boolean
  /** Proofs that a report must bring. */
  wanted: string[]
  deadlines: Deadline[]
}

export interface DutyFilter {
  ids?: readonly string[]
  units?: readonly string[]
  tasks?: readonly string[]
  plans?: readonly string[]
  states?: readonly DutyState[]
  role?: 'lead' | 'support'
  /** By due day, both inclusive; either end may be open. */
  due?: { from?: Day; to?: Day }
  reported?: Window
  closed?: Window
  /** Its unit has asked for something that is not answered. */
  asked?: true
  /** Its claim day is over by that day. */
  claimBefore?: Day
}

/** One value a part of the filter, by the name of its place in the query's text. */
const valuesOf = ({ ids, units, tasks, plans, role, due, reported, closed, asked, claimBefore }: DutyFilter) => ({
  ...(ids && { ids: [...ids] }),
  ...(units && (units.length === 1 ? { unit: String(units[0]) } : { units: [...units] })),
  ...(tasks && { tasks: [...tasks] }),
  ...(plans && { plans: [...plans] }),
  ...(role && { role }),
  ...(due && { due: true }),
  ...(due?.from !== undefined && { dueFrom: due.from }),
  ...(due?.to !== undefined && { dueTo: due.to }),
  ...(reported && { reportedFrom: reported.from, reportedTo: reported.to }),
  ...(closed && { closedFrom: closed.from, closedTo: closed.to }),
  ...(asked && { asked }),
  ...(claimBefore !== undefined && { claimBefore }),
})
type Values = Record<string, string | string[] | boolean>

type Place = (t: Tables['duties'], value: SQL<string>) => SQL | undefined

const places: Record<string, Place> = {
  ids: (d, value) => among(d.id, value),
  unit: (d, value) => sql`${d.unit} = ${value}`,
  units: (d, value) => among(d.unit, value),
  tasks: (d, value) => among(d.task, value),
  plans: (d, value) => among(d.plan, value),
  role: (d, value) => sql`${d.role} = ${value}`,
  due: (d) => isNotNull(d.dueOn),
  dueFrom: (d, value) => gte(d.dueOn, value),
  dueTo: (d, value) => lte(d.dueOn, value),
  reportedFrom: (d, value) => gte(d.reportedOn, value),
  reportedTo: (d, value) => lte(d.reportedOn, value),
  closedFrom: (d, value) => gte(d.closedOn, value),
  closedTo: (d, value) => lte(d.closedOn, value),
  asked: (d) => isNotNull(d.asked),
  claimBefore: (d, value) => lt(d.claimBy, value),
}
const order = Object.keys(places)

/** Each set of parts that is asked for is a query of its own, prepared at its first use: some twenty in all. */
const kept = new Map<string, (reader: Reader, values: Values) => Promise<DutyRow[]>>()

const inReleased = (t: Tables, office: SQL<string>) =>
  and(eq(t.plans.office, office), eq(t.plans.id, t.duties.plan), eq(t.plans.state, 'released'))

/** Which places of the filter are filled; states stand in the query's text, since they are few and known beforehand. */
interface Shape {
  parts: readonly string[]
  states: readonly DutyState[] | undefined
}

const shapeOf = (values: Values, { states }: DutyFilter): Shape => ({
  parts: order.filter((part) => part in values),
  states,
})

/** PostgreSQL cuts a statement's name at 63 bytes, so parts and states are numbers. */
const nameOf = (what: string, { parts, states }: Shape): string =>
  `${what} ${parts.map((part) => order.indexOf(part)).join()}${states ? `:${states.map((state) => DutyState.options.indexOf(state).toString(36)).join('')}` : ''}`

const meeting = (t: Tables, p: Params<Record<string, string>>, { parts, states }: Shape) =>
  and(
    eq(t.duties.office, p.office),
    states && inArray(t.duties.state, [...states]),
    ...parts.map((part) => places[part]?.(t.duties, p[part] as SQL<string>)),
  )

const dutiesBy = (shape: Shape) => {
  const name = nameOf('duties', shape)
  const known = kept.get(name)
  if (known) return known
  const made = prepare(name, (q, t, p: Params<Record<string, string>>) => {
    const d = t.duties
    return q
      .select({
        id: d.id,
        plan: d.plan,
        task: d.task,
        ord: d.ord,
        unit: d.unit,
        role: d.role,
        demand: d.demand,
        round: d.round,
        dueOn: d.dueOn,
        dueAt: d.dueAt,
        provisional: d.provisional,
        state: d.state,
        claimBy: d.claimBy,
        named: d.named,
        disclaimed: d.disclaimed,
        times: d.times,
        approved: d.approved,
        reportedOn: d.reportedOn,
        closedOn: d.closedOn,
        setDueOn: d.setDueOn,
        owedOn: d.owedOn,
        late: d.late,
        acceptedOn: d.acceptedOn,
        asked: d.asked,
        firstDueOn: d.firstDueOn,
        before: d.before,
        clearedOn: d.clearedOn,
        proofs: d.proofs,
        parts: d.parts,
        archivedOn: d.archivedOn,
        version: d.version,
        head: d.head,
        planCode: t.plans.code,
      })
      .from(d)
      .innerJoin(t.plans, inReleased(t, p.office))
      .where(meeting(t, p, shape))
      .orderBy(sql`${d.dueOn} asc nulls last`, asc(d.plan), asc(d.ord), asc(d.unit), asc(d.round))
  }) as unknown as (reader: Reader, values: Values) => Promise<DutyRow[]>
  kept.set(name, made)
  return made
}

const counting = new Map<string, (reader: Reader, values: Values) => Promise<{ n: number }[]>>()

/** How many duties meet every part of the filter; none is read. */
export const countDuties = async (db: Reader, filter: DutyFilter): Promise<number> => {
  const values: Values = valuesOf(filter)
  const shape = shapeOf(values, filter)
  const name = nameOf('count of duties', shape)
  const query =
    counting.get(name) ??
    (prepare(name, (q, t, p: Params<Record<string, string>>) =>
      q
        .select({ n: sql<number>`count(*)`.mapWith(Number) })
        .from(t.duties)
        .innerJoin(t.plans, inReleased(t, p.office))
        .where(meeting(t, p, shape)),
    ) as unknown as (reader: Reader, values: Values) => Promise<{ n: number }[]>)
  counting.set(name, query)
  return (await query(db, values))[0]?.n ?? 0
}

const tasksShown = prepare('tasks shown', (q, t, p: Params<{ ids: string[] }>) =>
  q
    .select({
      id: t.tasks.id,
      number: t.tasks.number,
      text: t.tasks.text,
      kind: t.tasks.kind,
      secret: t.tasks.secret,
      wanted: t.tasks.proofs,
      deadlines: t.tasks.deadlines,
    })
    .from(t.tasks)
    .where(and(eq(t.tasks.office, p.office), among(t.tasks.id, p.ids))),
)

/** Duties that meet every part of the filter, soonest due first (those without a day last), then in the plan's order. */
export const findDuties = async (db: Reader, filter: DutyFilter): Promise<DutyView[]> => {
  if ([filter.ids, filter.units, filter.tasks, filter.plans, filter.states].some((list) => list?.length === 0))
    return []
  const values: Values = valuesOf(filter)
  const rows = await dutiesBy(shapeOf(values, filter))(db, values)
  if (rows.length === 0) return []
  // A task's words are read once, however many units and rounds it has.
  const shown = await tasksShown(db, { ids: [...new Set(rows.map(({ task }) => task))] })
  const tasks = new Map(shown.map(({ id, ...words }) => [id, words]))
  return rows.flatMap((row) => {
    const words = tasks.get(row.task)
    return words ? [Object.assign(row, words)] : []
  })
}

const tasksWhere = (q: Pick<Query, 'select'>, t: Tables, office: SQL<string>, where: SQL | undefined) =>
  q
    .select({
      id: t.tasks.id,
      plan: t.tasks.plan,
      planCode: t.plans.code,
      number: t.tasks.number,
      ord: t.tasks.ord,
      kind: t.tasks.kind,
      text: t.tasks.text,
      section: t.tasks.section,
      deadlines: t.tasks.deadlines,
      draft: t.tasks.draft,
      secret: t.tasks.secret,
      proofs: t.tasks.proofs,
      follows: t.tasks.follows,
      version: t.tasks.version,
      head: t.tasks.head,
    })
    .from(t.tasks)
    .innerJoin(t.plans, and(eq(t.plans.office, office), eq(t.plans.id, t.tasks.plan), eq(t.plans.state, 'released')))
    .where(and(eq(t.tasks.office, office), where))
    .orderBy(asc(t.tasks.plan), asc(t.tasks.ord))

const tasksNumbered = prepare('tasks numbered', (q, t, p: Params<{ numbers: string[] }>) =>
  tasksWhere(q, t, p.office, among(t.tasks.number, p.numbers)),
)
const tasksOfPlan = prepare('tasks of a plan', (q, t, p: Params<{ numbers: string[]; plan: string }>) =>
  tasksWhere(q, t, p.office, and(among(t.tasks.number, p.numbers), eq(t.plans.code, p.plan))),
)

/** Tasks with that printed number in the released plans (or in one of them); more than one where plans share numbers. */
export const findTasks = async (db: Reader, numbers: readonly string[], plan?: string) => {
  const values = { numbers: [...numbers] }
  if (numbers.length === 0) return []
  return plan === undefined ? tasksNumbered(db, values) : tasksOfPlan(db, { ...values, plan })
}

const tasksSaying = prepare('tasks saying', (q, t, p: Params<{ like: string }>) =>
  tasksWhere(q, t, p.office, sql`lower(${t.tasks.text}) like ${p.like} escape '!'`),
)

/** Tasks of released plans whose text holds the words, in the plans' order. */
export const findTasksSaying = (db: Reader, words: string) =>
  tasksSaying(db, { like: `%${words.toLowerCase().replace(/[!%_]/g, '!$&')}%` })

const allTasks = prepare('all tasks', (q, t, p) => tasksWhere(q, t, p.office, undefined))

/** All tasks of released plans, in the plans' order. */
export const readTasks = (db: Reader) => allTasks(db)

export type TaskView = Awaited<ReturnType<typeof findTasks>>[number]

/** The facts of one subject, oldest first. */
export const factsOf = async (db: Reader, subject: string, ids: readonly string[]) => {
  const { q, t, office } = db
  return ids.length === 0
    ? []
    : q
        .select()
        .from(t.facts)
        .where(and(eq(t.facts.office, office), eq(t.facts.subject, subject), among(t.facts.id, ids)))
        .orderBy(asc(t.facts.at), asc(t.facts.id), asc(t.facts.seq))
}

const under = prepare('numbers under', (q, t, p: Params<{ from: string; to: string }>) =>
  q
    .select({ number: t.tasks.number })
    .from(t.tasks)
    .innerJoin(t.plans, and(eq(t.plans.office, p.office), eq(t.plans.id, t.tasks.plan), eq(t.plans.state, 'released')))
    .where(and(eq(t.tasks.office, p.office), gte(t.tasks.number, p.from), lt(t.tasks.number, p.to)))
    .orderBy(asc(t.tasks.ord))
    .limit(6),
)

/** Up to six numbers of released plans that begin with the one given and a hyphen: 12-1, 12-2 for 12. */
export const numbersUnder = async (db: Reader, number: string): Promise<string[]> =>
  (await under(db, { from: `${number}-`, to: `${number}.` })).map((row) => row.number)

/** The last place taken among a plan's tasks; 0 for none. */
export const lastOrd = async ({ q, t, office }: Reader, plan: string): Promise<number> => {
  const [row] = await q
    .select({ ord: t.tasks.ord })
    .from(t.tasks)
    .where(and(eq(t.tasks.office, office), eq(t.tasks.plan, plan)))
    .orderBy(desc(t.tasks.ord))
    .limit(1)
  return row?.ord ?? 0
}

const clocks = prepare('clocks running', (q, t, p: Params<{ from: Date; to: Date }>) =>
  q
    .select({ id: t.duties.id, unit: t.duties.unit, dueAt: t.duties.dueAt })
    .from(t.duties)
    .innerJoin(t.plans, inReleased(t, p.office))
    .where(
      and(
        eq(t.duties.office, p.office),
        gte(t.duties.dueAt, p.from),
        lte(t.duties.dueAt, p.to),
        sql`${t.duties.state} in ('open', 'returned')`,
      ),
    ),
)

/** Hour clocks of duties still owed that end within the window, both ends in it. */
export const clocksRunning = async (db: Reader, window: { from: Date; to: Date }) =>
  (await clocks(db, window)).flatMap((row) => (row.dueAt ? [{ ...row, dueAt: row.dueAt }] : []))
