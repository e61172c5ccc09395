import { and, count, eq, sql } from 'drizzle-orm'
import type { Reader } from '../store.ts'

/** How many shares as lead each plan has. */
export const planCounts = ({ q, t, office }: Reader) =>
  q
    .select({ plan: t.duties.plan, n: count() })
    .from(t.duties)
    .where(and(eq(t.duties.office, office), eq(t.duties.role, 'lead')))
    .groupBy(t.duties.plan)

/** How many tasks of its own each plan has, leaving out those that its last version has no more. */
export const taskCounts = ({ q, t, office }: Reader) =>
  q
    .select({ plan: t.tasks.plan, n: count() })
    .from(t.tasks)
    .innerJoin(
      t.facts,
      and(
        eq(t.facts.office, office),
        eq(t.facts.subject, 'task'),
        eq(t.facts.id, t.tasks.id),
        eq(t.facts.seq, t.tasks.version),
      ),
    )
    .where(and(eq(t.tasks.office, office), eq(t.tasks.kind, 'demand'), sql`${t.facts.kind} <> 'dropped'`))
    .groupBy(t.tasks.plan)

/** A plan's duties, those alike counted: what tells the light of each. */
export const dutiesByTask = ({ q, t, office }: Reader, plan: string) => {
  const { task, unit, role, state, dueOn, dueAt, reportedOn } = t.duties
  return q
    .select({ task, unit, role, state, dueOn, dueAt, reportedOn, n: count() })
    .from(t.duties)
    .where(and(eq(t.duties.office, office), eq(t.duties.plan, plan)))
    .groupBy(task, unit, role, state, dueOn, dueAt, reportedOn)
}

/** Ids of tasks whose text goes to no screen (工作秘密 / 内部), of the plan or of all. */
export const secretTasks = async ({ q, t, office }: Reader, plan?: string): Promise<Set<string>> => {
  const found = await q
    .select({ id: t.tasks.id })
    .from(t.tasks)
    .where(
      and(
        eq(t.tasks.office, office),
        plan === undefined ? undefined : eq(t.tasks.plan, plan),
        eq(t.tasks.secret, true),
      ),
    )
  return new Set(found.map(({ id }) => id))
}
