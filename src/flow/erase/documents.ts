import { eq } from 'drizzle-orm'
import type { Deps } from '../deps.ts'

/** Shorter words are said by many. */
const LEAST_QUOTED = 6

/** As a stored value would hold what the person reported or said of a score: papers and rows of scores quote it. */
export const quotable = (words: unknown): string[] =>
  typeof words === 'string'
    ? words.length >= LEAST_QUOTED
      ? [JSON.stringify(words).slice(1, -1)]
      : []
    : typeof words === 'object' && words !== null
      ? Object.values(words).flatMap(quotable)
      : []

/**
 * Documents that name the person or quote what they said are the office's, not the person's: they are counted, and looked at
 * by somebody.
 */
export const documentsNaming = async (
  { store: { q, t, office } }: Deps,
  speaks: (value: unknown) => boolean,
  said: readonly string[],
) => {
  const quotes = (value: unknown): boolean => {
    const text = JSON.stringify(value)
    return said.some((words) => text.includes(words))
  }
  const tables = [
    ['方案', t.plans],
    ['任务', t.tasks],
    ['方案原文', t.documents],
    ['文书', t.papers],
    ['考核', t.assessments],
    ['考核得分', t.scores],
  ] as const
  const left: string[] = []
  for (const [name, table] of tables) {
    const rows: unknown[] = await q
      .select()
      .from(table as typeof t.plans)
      .where(eq(table.office, office))
    const may = table === t.papers || table === t.scores
    const found = rows.filter((row) => speaks(row) || (may && quotes(row))).length
    if (found > 0) left.push(`${name}${found}份`)
  }
  return left
}
