import { and, asc, eq } from 'drizzle-orm'
import type { DocumentLine } from '../../src/model/plan.ts'
import type { Reader } from '../store.ts'

/** The lines of the document that a plan was read from, by their numbers; none where they were not kept. */
export const documentLinesOf = async ({ q, t, office }: Reader, plan: string): Promise<DocumentLine[]> => {
  const parts = await q
    .select({ part: t.documents.part, lines: t.documents.lines })
    .from(t.documents)
    .where(and(eq(t.documents.office, office), eq(t.documents.plan, plan)))
    .orderBy(asc(t.documents.part))
  return parts
    .flatMap(({ part, lines }) => lines.map((text, i) => ({ line: part + i, text })))
    .filter(({ text }) => text !== '')
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
