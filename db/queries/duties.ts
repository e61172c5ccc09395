import { and, asc, eq, gte, isNotNull, lte, type SQL, sql } from 'drizzle-orm'
import type { Day, Deadline } from '../../src/model/deadline.ts'
import type { Duty, DutyState } from '../../src/model/duty.ts'
import type { Window } from '../../src/model/intent.ts'
import { among } from '../among.ts'
import type { Reader } from '../store.ts'

/** A duty with what every card shows of its task. Only duties of released plans are ever seen. */
export interface DutyView extends Duty {
  version: number
  head: string
  number: string
  planCode: string
  text: string
  kind: 'demand' | 'check' | 'common'
  secret: boolean
  deadlines: Deadline[]
}

export interface DutyFilter {
  units?: readonly string[]
  tasks?: readonly string[]
  plans?: readonly string[]
  states?: readonly DutyState[]
  role?: 'lead' | 'support'
  /** By due day, both inclusive; either end may be open. */
  due?: { from?: Day; to?: Day }
  reported?: Window
  closed?: Window
}

const within = (column: SQL | Parameters<typeof gte>[0], window: { from?: Day; to?: Day }): SQL | undefined =>
  and(window.from ? gte(column, window.from) : undefined, window.to ? lte(column, window.to) : undefined)

const conditions = (db: Reader, f: DutyFilter): SQL | undefined => {
  const { t, office } = db
  return and(
    eq(t.duties.office, office),
    f.units && among(t.duties.unit, f.units),
    f.tasks && among(t.duties.task, f.tasks),
    f.plans && among(t.duties.plan, f.plans),
    f.states && among(t.duties.state, f.states),
    f.role && eq(t.duties.role, f.role),
    f.due && and(isNotNull(t.duties.dueOn), within(t.duties.dueOn, f.due)),
    f.reported && within(t.duties.reportedOn, f.reported),
    f.closed && within(t.duties.closedOn, f.closed),
  )
}

/** Duties that meet every part of the filter, soonest due first (those without a day last), then in the plan's order. */
export const findDuties = async (db: Reader, filter: DutyFilter): Promise<DutyView[]> => {
  const { q, t, office } = db
  if ([filter.units, filter.tasks, filter.plans, filter.states].some((list) => list?.length === 0)) return []
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
      version: d.version,
      head: d.head,
      number: t.tasks.number,
      text: t.tasks.text,
      kind: t.tasks.kind,
      secret: t.tasks.secret,
      deadlines: t.tasks.deadlines,
      planCode: t.plans.code,
    })
    .from(d)
    .innerJoin(t.tasks, and(eq(t.tasks.office, office), eq(t.tasks.id, d.task)))
    .innerJoin(t.plans, and(eq(t.plans.office, office), eq(t.plans.id, d.plan), eq(t.plans.state, 'released')))
    .where(conditions(db, filter))
    .orderBy(sql`${d.dueOn} asc nulls last`, asc(d.plan), asc(d.ord), asc(d.unit), asc(d.round))
}

/** Tasks with that printed number in the released plans (or in one of them); more than one where plans share numbers. */
export const findTasks = async (db: Reader, numbers: readonly string[], plan?: string) => {
  const { q, t, office } = db
  return numbers.length === 0
    ? []
    : q
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
          version: t.tasks.version,
        })
        .from(t.tasks)
        .innerJoin(
          t.plans,
          and(eq(t.plans.office, office), eq(t.plans.id, t.tasks.plan), eq(t.plans.state, 'released')),
        )
        .where(
          and(
            eq(t.tasks.office, office),
            among(t.tasks.number, numbers),
            plan === undefined ? undefined : eq(t.plans.code, plan),
          ),
        )
        .orderBy(asc(t.tasks.plan), asc(t.tasks.ord))
}

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
