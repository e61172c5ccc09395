import { linesOf, rightOf, textOf } from './pdf-lines.ts'
import type { PdfPage, Run } from './pdf-page.ts'
import { connected, distinct, ends, merged, NEAR, regionsOf } from './pdf-rules.ts'

/** A ruled table on a page: where it stands, its column edges, the words of its cells; covered cells are empty. */
export interface GridTable {
  top: number
  bottom: number
  edges: number[]
  rows: string[][]
}

const MOST_LINES = 1500
const MOST_CELLS = 40_000

/** The ruled tables of a page, and the runs that stand in none. */
export function gridsOf(page: PdfPage): { tables: GridTable[]; rest: Run[] } {
  const across = merged(page.across)
  const down = merged(page.down)
  if (across.length > MOST_LINES || down.length > MOST_LINES) return { tables: [], rest: page.runs }
  const tables: GridTable[] = []
  let rest = page.runs
  for (const part of connected(across, down)) {
    const xs = distinct([...part.down.map((d) => d.at), ...ends(part.across)])
    const ys = distinct([...part.across.map((a) => a.at), ...ends(part.down)])
    if (xs.length < 3 || ys.length < 2 || xs.length * ys.length > MOST_CELLS) continue
    const [left, right, top, bottom] = [xs[0] ?? 0, xs.at(-1) ?? 0, ys[0] ?? 0, ys.at(-1) ?? 0]
    const within = (run: Run): boolean => {
      const y = run.y - 0.35 * run.size
      return y > top && y < bottom && run.x > left - NEAR && run.x < right
    }
    const inside = rest.filter(within)
    if (inside.length === 0) continue
    rest = rest.filter((run) => !within(run))
    tables.push({ top, bottom, edges: xs, rows: fill(regionsOf(xs, ys, part), xs, ys, inside) })
  }
  return { tables, rest }
}

function fill(regions: number[], xs: number[], ys: number[], runs: Run[]): string[][] {
  const columns = xs.length - 1
  const held = new Map<number, Run[]>()
  for (const run of runs) {
    const r = placeOf(ys, run.y - 0.35 * run.size)
    for (const piece of pieces(run, xs, r, columns, regions)) {
      const region = regions[r * columns + placeOf(xs, piece.x + Math.min(0.3 * piece.size, piece.width / 2))] ?? 0
      const list = held.get(region)
      if (list) list.push(piece)
      else held.set(region, [piece])
    }
  }
  const grid = Array.from({ length: ys.length - 1 }, () => Array.from({ length: columns }, () => ''))
  for (const [region, list] of held) {
    const line = grid[Math.floor(region / columns)]
    let right = region % columns
    while (right + 1 < columns && regions[region + right + 1 - (region % columns)] === region) right++
    if (line) line[region % columns] = cellText(list, xs[right + 1] ?? 0)
  }
  return grid
}

/** The interval that holds a value. */
function placeOf(values: number[], value: number): number {
  let low = 0
  let high = values.length - 2
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((values[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return low
}

/** A run that goes on over the edge of its cell, cut there; characters of one em and of half an em. */
function pieces(run: Run, xs: number[], row: number, columns: number, regions: number[]): Run[] {
  const end = run.x + run.width
  const cuts = xs.slice(1, -1).filter((x, i) => {
    const between = regions[row * columns + i] !== regions[row * columns + i + 1]
    return between && x > run.x + 0.6 * run.size && x < end - 0.6 * run.size
  })
  if (cuts.length === 0) return [run]
  const total = [...run.text].reduce((sum, c) => sum + (c < '\u0080' ? 0.5 : 1), 0)
  const out: Run[] = []
  let [text, x, at] = ['', run.x, run.x]
  for (const c of run.text) {
    const width = ((c < '\u0080' ? 0.5 : 1) / total) * run.width
    if (cuts[0] !== undefined && at + width / 2 > cuts[0]) {
      out.push({ ...run, text, x, width: at - x })
      cuts.shift()
      ;[text, x] = ['', at]
    }
    text += c
    at += width
  }
  out.push({ ...run, text, x, width: at - x })
  return out.filter((piece) => piece.text.trim() !== '')
}

/** The lines of a cell; between two of them a space where the first ended before the cell's edge. */
function cellText(runs: Run[], right: number): string {
  let text = ''
  let full = true
  for (const line of linesOf(runs)) {
    text += (full ? '' : ' ') + textOf(line)
    full = right - rightOf(line) < 2.2 * line.size
  }
  return text
}
