import type { Column } from './columns.ts'
import { isTime, isUnits, type Look, lookOf, suits } from './looks.ts'

/** What a row loses that has no cell in a column: what merged cells cover is often missing, a text never. */
const MISSING: Record<Column, number> = {
  number: -1.5,
  theme: -0.1,
  text: -12,
  lead: -0.8,
  support: -0.4,
  time: -0.8,
  note: -0.1,
  other: -0.3,
}
/** In a row of its own an empty cell is still there: what is missing is merged, and a lead is oftener than its helpers. */
const MERGED: Record<Column, number> = { ...MISSING, lead: -0.4, support: -0.8 }
const UNLIKELY = Number.NEGATIVE_INFINITY

/** The columns of a row's cells, in their order, where cells are missing; and how well they fit. An empty cell fits anywhere. */
export function alignRow(looks: Look[], columns: Column[]): { at: number[]; score: number } {
  const width = columns.length
  // best[i][c]: the first i cells stand in the first c columns.
  const best = Array.from({ length: looks.length + 1 }, () => Array<number>(width + 1).fill(UNLIKELY))
  const set = (i: number, c: number, score: number) => {
    const row = best[i]
    if (row && score > (row[c] ?? UNLIKELY)) row[c] = score
  }
  set(0, 0, 0)
  for (let c = 0; c < width; c++) {
    const kind = columns[c] ?? 'other'
    // What is left of the cells has room in the columns that are left.
    for (let i = Math.max(0, c + looks.length - width); i <= looks.length; i++) {
      const score = best[i]?.[c] ?? UNLIKELY
      if (score === UNLIKELY) continue
      set(i, c + 1, score + MERGED[kind])
      const look = looks[i]
      if (look) set(i + 1, c + 1, score + suits(kind, look))
    }
  }
  const at: number[] = []
  let i = looks.length
  for (let c = width; c > 0 && i > 0; c--) {
    const look = looks[i - 1] as Look
    const kind = columns[c - 1] ?? 'other'
    if ((best[i - 1]?.[c - 1] ?? UNLIKELY) + suits(kind, look) === best[i]?.[c]) {
      at.unshift(c - 1)
      i--
    }
  }
  return { at: i === 0 ? at : [], score: i === 0 ? (best[looks.length]?.[width] ?? UNLIKELY) : UNLIKELY }
}

/** How well a row's cells, of these looks, fit where they stand; those without a look are blank. */
export const scoreOf = (cells: string[], looks: Look[], columns: Column[]): number =>
  columns.reduce((sum, kind, c) => {
    const look = looks[c]
    return sum + ((cells[c] ?? '') === '' ? MERGED[kind] : look ? suits(kind, look) : 0)
  }, 0)

/** A cell of a stream: the row that it belongs to, from 0, and its column. */
export interface Placed {
  row: number
  column: number
}

/** What it costs to leave out the columns from one up to another: lost[from][to]. */
function lostBetween(columns: Column[]): number[][] {
  return Array.from({ length: columns.length + 1 }, (_, from) => {
    const lost = [0]
    for (let to = 1; to <= columns.length; to++)
      lost[to] = (lost[to - 1] ?? 0) + (to > from ? MISSING[columns[to - 1] ?? 'other'] : 0)
    return lost
  })
}

/**
 * Cells of a whole table one after the other, in rows and columns again: each goes on in its row, further right, begins
 * the next row, or is one more paragraph of the cell before. Ends where the words fit no more.
 */
export function alignStream(cells: string[], columns: Column[]): Placed[] {
  const width = columns.length
  const lost = lostBetween(columns)
  const skipped = (from: number, to: number): number => lost[from]?.[to] ?? 0
  // Of each cell in each column: the column of the cell before it, doubled, and 1 more where it begins a row.
  const steps = new Int16Array(cells.length * width)
  let before: number[] = []
  let end = { score: 0, at: -1, column: -1 }
  for (const [i, cell] of cells.entries()) {
    const look = lookOf(cell)
    const open = !/[。；;.]$/.test(cells[i - 1]?.trim() ?? '')
    const scores: number[] = []
    for (const [c, kind] of columns.entries()) {
      const own = suits(kind, look)
      const first = skipped(0, c)
      let best = i === 0 ? first + own : UNLIKELY
      let from = -1
      let turns = true
      for (let b = 0; i > 0 && b < width; b++) {
        const score = before[b] ?? UNLIKELY
        if (score === UNLIKELY) continue
        const turn = score + skipped(b + 1, width) + first + own
        if (turn > best) [best, from, turns] = [turn, b, true]
        const on = b < c ? score + skipped(b + 1, c) + own : b === c ? score + goOn(kind, look, open) : UNLIKELY
        if (on > best) [best, from, turns] = [on, b, false]
      }
      steps[i * width + c] = from * 2 + (turns ? 1 : 0)
      scores.push(best)
    }
    before = scores
    for (const [c, score] of scores.entries()) {
      const whole = score + skipped(c + 1, width)
      if (whole > end.score) end = { score: whole, at: i, column: c }
    }
  }
  const out: Placed[] = []
  let { at, column } = end
  let row = 0
  for (; at >= 0; at--) {
    const step = steps[at * width + column] ?? 0
    out.push({ row, column })
    if (step & 1) row--
    column = step >> 1
  }
  const first = out.at(-1)?.row ?? 0
  return out.reverse().map((p) => ({ ...p, row: p.row - first }))
}

/** One more paragraph of the same cell. */
function goOn(kind: Column, look: Look, open: boolean): number {
  if (kind === 'lead' || kind === 'support') return isUnits(look) ? 2 : -6
  if (kind === 'text') return look.number || isUnits(look) || isTime(look) ? -8 : open ? 1.2 : -1.5
  return kind === 'note' ? 0.1 : -6
}
