import { and, asc, eq, sql } from 'drizzle-orm'
import type { PlanDraft, TaskDraft } from '../../model/plan.ts'
import { carryOver, matchTasks } from '../../plan/difference.ts'
import type { Deps } from '../deps.ts'
import { READ_FIELDS } from './answer.ts'
import type { StoredPlan, StoredTask } from './read.ts'
import { taskId } from './rows.ts'

/** The tasks of a new version laid over those of the ledger. */

/** Why a fact of a task or duty was written: the plan was issued again. */
export const REASON = '方案修订'

/** What was read of each task: its draft without what answers made of it. */
export const readings = async (deps: Deps, { row, tasks }: StoredPlan): Promise<Map<string, TaskDraft>> => {
  const { t, office, q } = deps.store
  const facts = await q
    .select({ id: t.facts.id, kind: t.facts.kind, body: t.facts.body })
    .from(t.facts)
    .innerJoin(t.tasks, and(eq(t.tasks.office, office), eq(t.tasks.id, t.facts.id), eq(t.tasks.plan, row.id)))
    .where(and(eq(t.facts.office, office), eq(t.facts.subject, 'task'), sql`${t.facts.kind} in ('drafted', 'amended')`))
    .orderBy(asc(t.facts.id), asc(t.facts.seq))
  const read = new Map<string, Partial<TaskDraft>>()
  for (const { id, kind, body } of facts) {
    // Each version is read anew; an answer tells what stood there before it, the first of several the reading itself.
    const before = kind === 'drafted' || body.reason === REASON ? {} : (read.get(id) ?? {})
    const was = (body.reason === REASON ? body.read : body.was) as Partial<TaskDraft> | undefined
    const own = READ_FIELDS.filter((field) => was?.[field] !== undefined && before[field] === undefined)
    read.set(id, { ...before, ...Object.fromEntries(own.map((field) => [field, was?.[field]])) })
  }
  return new Map(tasks.map((task) => [task.id, { ...task.draft, ...read.get(task.id) }]))
}

/** Ids for tasks that are new: the number's own where it is free, so that an interrupted revision finds them again. */
const freshIds = (plan: string, taken: ReadonlySet<string>, numbers: readonly string[]): string[] => {
  const used = new Set(taken)
  return numbers.map((number) => {
    const own = taskId(plan, number)
    let id = own
    for (let n = 2; used.has(id); n++) id = `${own}~${n}`
    used.add(id)
    return id
  })
}

export interface Placed {
  id: string
  before: StoredTask | null
  after: TaskDraft
  read: TaskDraft
}

/** Each task of the new version with the one that it is, and those that it has no more. */
export const placeTasks = async (deps: Deps, stored: StoredPlan, next: PlanDraft) => {
  const held = stored.tasks.filter((task) => task.kind === 'demand' && !task.dropped)
  const read = await readings(deps, stored)
  const readOf = (task: StoredTask) => read.get(task.id) ?? task.draft
  const { pairs, added, dropped } = matchTasks(held.map(readOf), next.tasks)
  const at = new Map(pairs.map(([from, to]) => [to, held[from] as StoredTask]))
  const ids = freshIds(
    stored.row.id,
    new Set(stored.tasks.map(({ id }) => id)),
    added.map((i) => next.tasks[i]?.id ?? ''),
  )
  const placed = next.tasks.map((task, i): Placed => {
    const before = at.get(i)
    if (!before) return { id: ids[added.indexOf(i)] ?? '', before: null, after: task, read: task }
    return { id: before.id, before, after: carryOver(readOf(before), before.draft, task), read: task }
  })
  return { placed, dropped: dropped.map((i) => held[i] as StoredTask) }
}
