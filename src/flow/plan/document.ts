import { and, eq } from 'drizzle-orm'
import { bulkInsert } from '../../../db/bulk.ts'
import type { Query, Write } from '../../../db/store.ts'
import type { DocumentLine } from '../../model/plan.ts'
import type { Deps } from '../deps.ts'
import { storable } from '../meant.ts'

/** The lines of the document that a plan was read from, of its last version alone. */

const MOST_LINES = 500
/** Of three bytes each it stays below what one row of D1 holds. */
const MOST_CHARACTERS = 250_000

interface Part {
  /** The number of its first line. */
  part: number
  lines: string[]
}

/** Lines by the handful, each handful named by its first line; where numbers leave a gap inside one, it has empty lines. */
const documentParts = (lines: readonly DocumentLine[]): Part[] => {
  const parts: Part[] = []
  let size = 0
  for (const { line, text } of lines) {
    let open = parts[parts.length - 1]
    size += text.length
    if (!open || line - open.part >= MOST_LINES || size > MOST_CHARACTERS) {
      open = { part: line, lines: [] }
      parts.push(open)
      size = text.length
    }
    while (open.part + open.lines.length < line) open.lines.push('')
    open.lines.push(storable(text))
  }
  return parts
}

/**
 * The document of a plan takes the place of the one before. Without lines (a corrected workbook has none) the one before
 * stays, under the new digest.
 */
export const documentWrites = (
  { store }: Pick<Deps, 'store'>,
  q: Query,
  { plan, digest, lines }: { plan: string; digest: string; lines: readonly DocumentLine[] },
): Write[] => {
  const { t, office } = store
  const own = and(eq(t.documents.office, office), eq(t.documents.plan, plan))
  if (lines.length === 0) return [q.update(t.documents).set({ digest }).where(own)]
  const rows = documentParts(lines).map((part) => ({ office, plan, digest, ...part }))
  return [q.delete(t.documents).where(own), ...bulkInsert(store, q, t.documents, rows)]
}
