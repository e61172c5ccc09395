import { and, eq } from 'drizzle-orm'
import { among } from '../../../db/among.ts'
import type { Day } from '../../model/deadline.ts'
import type { PlanDraft } from '../../model/plan.ts'
import { roundsByTask } from '../../plan/duties.ts'
import { hangsOnWorkdays, type Moved, recomputed } from '../../plan/recompute.ts'
import type { Calendar } from '../../time/calendar.ts'
import { dayOf } from '../../time/day.ts'
import type { Round } from '../../time/schedule.ts'
import type { Deps } from '../deps.ts'
import { draftOf, readPlan, type StoredPlan, type StoredTask } from '../plan/read.ts'

/** What the calendar as it is now makes of the days of one plan. */

export type HeldDuty = Awaited<ReturnType<typeof heldDuties>>[number]

const heldDuties = async ({ store: { t, office, q } }: Deps, plan: string, tasks: readonly string[]) =>
  q
    .select()
    .from(t.duties)
    .where(and(eq(t.duties.office, office), eq(t.duties.plan, plan), among(t.duties.task, tasks)))

/** The office's own tasks of a year stand in a register that no file was read for: each is counted from its own day. */
const isRegister = ({ row }: StoredPlan): boolean => row.digest === ''

const givenOn = async (deps: Deps, tasks: readonly StoredTask[]): Promise<Map<string, Day>> => {
  const { t, office, q } = deps.store
  const ids = among(
    t.facts.id,
    tasks.map(({ id }) => id),
  )
  const facts = await q
    .select({ id: t.facts.id, at: t.facts.at })
    .from(t.facts)
    .where(and(eq(t.facts.office, office), eq(t.facts.subject, 'task'), eq(t.facts.seq, 1), ids))
  return new Map(facts.map(({ id, at }) => [id, dayOf(at, deps.zone)]))
}

type RoundsOf = (task: StoredTask) => Round[]

const roundsUnder = async (
  deps: Deps,
  stored: StoredPlan,
  tasks: readonly StoredTask[],
  calendar: Calendar,
): Promise<RoundsOf> => {
  const draft = draftOf(stored)
  const options = { calendar, zone: deps.zone, startOn: stored.row.startOn }
  const rounds = (of: PlanDraft) => roundsByTask(of, options)
  if (!isRegister(stored)) {
    const all = rounds(draft)
    return ({ number }) => all.get(number) ?? []
  }
  const given = await givenOn(deps, tasks)
  return (task) => {
    const document = { ...draft.document, issuedOn: given.get(task.id) ?? '' }
    return rounds({ ...draft, document, tasks: [task.draft] }).get(task.number) ?? []
  }
}

const byTask = (duties: readonly HeldDuty[]): Map<string, HeldDuty[]> => {
  const tasks = new Map<string, HeldDuty[]>()
  for (const duty of duties) {
    const known = tasks.get(duty.task)
    if (known) known.push(duty)
    else tasks.set(duty.task, [duty])
  }
  return tasks
}

export interface PlanMoves {
  /** The plan's version that they were counted from. */
  version: number
  moved: Moved<HeldDuty>[]
  /** Duties in review that would move. */
  inReview: number
}

/** Days of a released plan that the calendar moves; reads only. `provisional`: only those that were marked so. */
export const movesOfPlan = async (
  deps: Deps,
  plan: string,
  calendar: Calendar,
  provisional: boolean,
): Promise<PlanMoves> => {
  const stored = await readPlan(deps, plan)
  const { version } = stored.row
  const tasks = stored.tasks.filter(({ draft, dropped }) => !dropped && draft.deadlines.some(hangsOnWorkdays))
  if (tasks.length === 0) return { version, moved: [], inReview: 0 }
  const rounds = await roundsUnder(deps, stored, tasks, calendar)
  const duties = byTask(
    await heldDuties(
      deps,
      plan,
      tasks.map(({ id }) => id),
    ),
  )
  const all = tasks.map((task) =>
    recomputed(duties.get(task.id) ?? [], {
      ...{ deadlines: task.draft.deadlines, rounds: rounds(task) },
      ...{ calendar, zone: deps.zone, provisional },
    }),
  )
  return {
    version,
    moved: all.flatMap(({ moved }) => moved).sort((a, b) => (a.duty.id < b.duty.id ? -1 : 1)),
    inReview: all.reduce((n, { inReview }) => n + inReview.length, 0),
  }
}
