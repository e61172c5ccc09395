import { headOf } from './columns.ts'
import { NUMBER } from './row-heads.ts'
import type { Row } from './sheet.ts'
import { squeeze } from './words.ts'

/** Lines that one row of a table may be broken over. */
const MOST_LINES = 16

/** A line of a text as it stands, with its number from 1. */
export interface RawLine {
  line: number
  raw: string
}

/**
 * The row that begins at a line where its cells hold line breaks of their own, as a copy from Word or Excel gives them:
 * a numbered row between tabs that ends too soon, and the lines below it that fill it up to the `width` of its head
 * exactly. `next` is the line after it. Undefined where nothing is broken.
 */
export function brokenRowAt(lines: RawLine[], from: number, width: number): { row: Row; next: number } | undefined {
  const first = lines[from]?.raw ?? ''
  let filled = tabsIn(first, width) + 1
  if (filled < 2 || filled >= width || !isNumbered(first) || first.endsWith('\t')) return undefined
  for (let i = from + 1; i < Math.min(lines.length, from + MOST_LINES); i++) {
    const raw = lines[i]?.raw ?? ''
    const tabs = tabsIn(raw, width)
    if (tabs > 0 && isNumbered(raw)) return undefined
    filled += tabs
    if (filled > width) return undefined
    if (filled === width) return headOf(rowOf(raw)) ? undefined : { row: joined(lines.slice(from, i + 1)), next: i + 1 }
  }
  return undefined
}

/** The tabs of a line, counted up to `most`. */
function tabsIn(raw: string, most: number): number {
  let n = 0
  for (let i = raw.indexOf('\t'); i >= 0 && n < most; i = raw.indexOf('\t', i + 1)) n++
  return n
}

const isNumbered = (raw: string): boolean => NUMBER.test(squeeze(raw.slice(0, Math.max(0, raw.indexOf('\t')))))

const rowOf = (raw: string): Row => ({ line: 0, cells: raw.split('\t') })

function joined(lines: RawLine[]): Row {
  const cells: string[] = []
  const at: number[] = []
  for (const { line, raw } of lines) {
    const [goesOn = '', ...more] = raw.split('\t')
    if (cells.length > 0) cells.push(`${cells.pop()}\n${goesOn}`)
    else more.unshift(goesOn)
    for (const cell of more) {
      cells.push(cell)
      at.push(line)
    }
  }
  return { line: lines[0]?.line ?? 0, cells: cells.map((c) => unquoted(c).trim()), lines: at }
}

/** Excel puts a cell with line breaks between quotation marks when it is copied. */
const unquoted = (cell: string): string =>
  cell.length > 1 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
