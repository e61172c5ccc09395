import { and, asc, eq } from 'drizzle-orm'
import type { Reader } from '../store.ts'

/** Lines of a plan's document, both ends in it, counted from 1. */
export interface Span {
  from: number
  to: number
}

/** The digest of the text that a plan was read from; undefined for no plan. */
export const digestOfPlan = async ({ q, t, office }: Reader, plan: string): Promise<string | undefined> =>
  (
    await q
      .select({ digest: t.plans.digest })
      .from(t.plans)
      .where(and(eq(t.plans.office, office), eq(t.plans.id, plan)))
  )[0]?.digest

/** The lines of a plan's document as it was read, all or some; none where they were not kept. */
export const documentLines = async (
  { q, t, office }: Reader,
  plan: { id: string; digest: string },
  around?: Span,
): Promise<string[]> => {
  const d = t.documents
  const parts = await q
    .select({ lines: d.lines })
    .from(d)
    .where(and(eq(d.office, office), eq(d.plan, plan.id), eq(d.digest, plan.digest)))
    .orderBy(asc(d.part))
  const lines = parts.flatMap((part) => part.lines)
  return around ? lines.slice(Math.max(0, around.from - 1), around.to) : lines
}

/** Has the plan a task whose text goes to no screen (工作秘密 / 内部)? Then its document is shown nowhere beside a task. */
export const hasSecretTask = async ({ q, t, office }: Reader, plan: string): Promise<boolean> => {
  const found = await q
    .select({ id: t.tasks.id })
    .from(t.tasks)
    .where(and(eq(t.tasks.office, office), eq(t.tasks.plan, plan), eq(t.tasks.secret, true)))
    .limit(1)
  return found.length > 0
}
