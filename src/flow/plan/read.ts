import { and, asc, eq } from 'drizzle-orm'
import { CommonDemand, type PlanDraft, type TaskDraft } from '../../model/plan.ts'
import { BadInput } from '../../model/problem.ts'
import type { Deps } from '../deps.ts'

/** A plan's row, its tasks, and what the office has settled, as the store holds them. */

export interface StoredTask {
  id: string
  number: string
  ord: number
  kind: 'demand' | 'check' | 'common'
  draft: TaskDraft
  version: number
  head: string
  /** A later version of the plan has it no more; what was reported on it stays in the ledger. */
  dropped: boolean
}

export const readPlan = async (deps: Deps, plan: string) => {
  const { t, office, q } = deps.store
  const [row] = await q
    .select()
    .from(t.plans)
    .where(and(eq(t.plans.office, office), eq(t.plans.id, plan)))
  if (!row) throw new BadInput('没有这份方案：请先 import，再用 plan list 查看简称')
  const last = and(
    eq(t.facts.office, office),
    eq(t.facts.subject, 'task'),
    eq(t.facts.id, t.tasks.id),
    eq(t.facts.seq, t.tasks.version),
  )
  const rows = await q
    .select({
      id: t.tasks.id,
      number: t.tasks.number,
      ord: t.tasks.ord,
      kind: t.tasks.kind,
      draft: t.tasks.draft,
      version: t.tasks.version,
      head: t.tasks.head,
      last: t.facts.kind,
    })
    .from(t.tasks)
    .leftJoin(t.facts, last)
    .where(and(eq(t.tasks.office, office), eq(t.tasks.plan, plan)))
    .orderBy(asc(t.tasks.ord), asc(t.tasks.id))
  const tasks = rows.map(({ last, ...task }): StoredTask => ({ ...task, dropped: last === 'dropped' }))
  return { row, tasks }
}
export type StoredPlan = Awaited<ReturnType<typeof readPlan>>

/** The plan as it now stands: what the office settled, not what was read. */
export const draftOf = ({ row, tasks }: StoredPlan): PlanDraft => ({
  document: row.document,
  tasks: tasks.filter((task) => task.kind === 'demand' && !task.dropped).map((task) => task.draft),
  common: row.common.map((one) => CommonDemand.parse(one)),
  questions: row.questions,
})

export interface Settlement {
  /** Digests of the keys of questions that were answered. */
  settled: string[]
  /** Names that are units of their own, although the roster's rules read them as another. */
  apart: string[]
}

/** What was answered about the plan since its draft was last read. */
export const settlementOf = async (deps: Deps, plan: string): Promise<Settlement> => {
  const { t, office, q } = deps.store
  const facts = await q
    .select({ kind: t.facts.kind, body: t.facts.body })
    .from(t.facts)
    .where(and(eq(t.facts.office, office), eq(t.facts.subject, 'plan'), eq(t.facts.id, plan)))
    .orderBy(asc(t.facts.seq))
  const since = facts.map(({ kind }) => kind).lastIndexOf('drafted')
  const listOf = (key: 'settled' | 'apart') =>
    facts.slice(Math.max(0, since)).flatMap(({ body }) => (Array.isArray(body[key]) ? body[key].map(String) : []))
  return { settled: listOf('settled'), apart: listOf('apart') }
}
