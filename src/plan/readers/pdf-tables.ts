/** A table of one page, with its column edges in points. */
export interface PageTable {
  edges: number[]
  rows: string[][]
}

/** Whether a table at the head of a page goes on with the one at the end of the page before: the same columns. */
export const goesOn = (before: PageTable, next: PageTable): boolean =>
  before.edges.length === next.edges.length &&
  before.edges.every((x, i) => Math.abs(x - (before.edges[0] ?? 0) - ((next.edges[i] ?? 0) - (next.edges[0] ?? 0))) < 8)

/** The rows of a table and of its part on the next page: without the heads repeated, a row that the page cut whole again. */
export function joinRows(before: string[][], next: string[][]): string[][] {
  const heads = headsRepeated(before, next)
  const [first, ...others] = next.slice(heads)
  const last = before.at(-1)
  if (!first || !last || !isRest(first, before.slice(heads))) return [...before, ...next.slice(heads)]
  const whole = last.map((cell, c) => cell + (first[c] ?? ''))
  return [...before.slice(0, -1), whole, ...others]
}

function headsRepeated(before: string[][], next: string[][]): number {
  let n = 0
  while (n < 3 && before[n] && next[n] && same(before[n] as string[], next[n] as string[])) n++
  return n
}

const bare = (cell: string): string => cell.replace(/\s+/g, '')
const same = (a: string[], b: string[]): boolean => a.every((cell, i) => bare(cell) === bare(b[i] ?? ''))

/** A row without a number in a table whose rows all have one is the rest of the row above; a heading over all columns is none. */
function isRest(first: string[], rows: string[][]): boolean {
  const numbered = rows.filter((row) => /^\d{1,3}$/.test(bare(row[0] ?? '')))
  const others = rows.filter((row) => !numbered.includes(row) && filled(row) > 1 && row[0] === '')
  return first[0] === '' && numbered.length > 0 && others.length === 0
}

const filled = (row: string[]): number => row.filter((cell) => cell !== '').length

/** Rows without the columns that hold nothing anywhere. */
export function withoutEmpty(rows: string[][]): string[][] {
  const used = rows[0]?.map((_, c) => rows.some((row) => row[c] !== '')) ?? []
  return rows.map((row) => row.filter((_, c) => used[c])).filter((row) => row.some((cell) => cell !== ''))
}
