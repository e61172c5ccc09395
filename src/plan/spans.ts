import type { Column } from './columns.ts'
import { type Look, lookOf, suits } from './looks.ts'

const SAMPLE = 12
/** A head tells no more of its cells than this: a wide one is a head that lost its neighbours' names. */
const WIDER = -0.6

/**
 * Which head each column belongs to (its index), told by what stands below where heads lost the columns that they were
 * merged over: a head and four names over six cells a row. Undefined where heads and cells are as many.
 */
export function spansOf(heads: string[], kinds: Column[], rows: string[][]): number[] | undefined {
  const named = lastFilled(heads) + 1
  const widths = rows.map((cells) => lastFilled(cells) + 1)
  const width = Math.max(0, ...widths)
  if (heads.slice(0, named).includes('') || width <= named) return undefined
  const whole = rows.filter((cells, i) => widths[i] === width && cells.slice(0, width).every((c) => c !== ''))
  const looks = whole.slice(0, SAMPLE).map((cells) => cells.slice(0, width).map(lookOf))
  return looks.length === 0 ? undefined : spread(kinds.slice(0, named), looks, width)
}

const lastFilled = (cells: string[]): number => cells.reduce((last, c, i) => (c === '' ? last : i), -1)

/** Each head over one column or several, so that the cells fit best. */
function spread(kinds: Column[], looks: Look[][], width: number): number[] {
  const fits = kinds.map((kind) => Array.from({ length: width }, (_, c) => meanFit(kind, looks, c)))
  const best = kinds.map(() => Array<number>(width).fill(Number.NEGATIVE_INFINITY))
  const wide = kinds.map(() => Array<boolean>(width).fill(false))
  for (let c = 0; c < width; c++) {
    kinds.forEach((_, h) => {
      const own = fits[h]?.[c] ?? 0
      const next =
        (h === 0 ? (c === 0 ? 0 : Number.NEGATIVE_INFINITY) : (best[h - 1]?.[c - 1] ?? Number.NEGATIVE_INFINITY)) + own
      const same = (best[h]?.[c - 1] ?? Number.NEGATIVE_INFINITY) + own + WIDER
      const row = best[h]
      const marks = wide[h]
      if (row) row[c] = Math.max(next, same)
      if (marks) marks[c] = same > next
    })
  }
  const out = Array<number>(width).fill(0)
  let h = kinds.length - 1
  for (let c = width - 1; c >= 0; c--) {
    out[c] = h
    if (!wide[h]?.[c]) h--
  }
  return out
}

/** How well a column's cells fit a head; numbers may stand under what is to be done, before it. */
function meanFit(kind: Column, looks: Look[][], column: number): number {
  const found = looks.map((row) => row[column]).filter((l) => l !== undefined)
  const numbers = kind === 'text' || kind === 'theme'
  const sum = found.reduce((n, look) => n + (numbers && look.number ? 2 : suits(kind, look)), 0)
  return sum / Math.max(1, found.length)
}
