import { MOST_COLUMNS, tooWide } from './blocks.ts'
import { dateWords, type Shown as Format, numberWords } from './xlsx-dates.ts'
import { type Attributes, attr, numeric, readXml } from './xml.ts'
import { huge, type Zip } from './zip.ts'

/** What all sheets of a workbook share. */
export interface Shared {
  strings: string[]
  styles: Format[]
  from1904: boolean
}

/** What a sheet shows, and what is hidden on it: numbers of rows and of columns, from 1, that hold something. */
export interface Shown {
  rows: SheetRow[]
  hiddenRows: number[]
  hiddenColumns: number[]
}

/** A row that holds something; `line` is its number in the sheet, from 1. */
export interface SheetRow {
  line: number
  cells: string[]
  /** Which cells one that is merged from the rows above covers; absent in a sheet where rows are not merged. */
  covered?: boolean[]
}

interface Range {
  top: number
  left: number
  bottom: number
  right: number
}

const truthy = (value: string | undefined): boolean => value === '1' || value === 'true'

/**
 * Reads a sheet's rows as text: values that formulas last had, dates as 2026年8月15日, cells under a merged one empty,
 * hidden rows left out, but told — unless a filter is on, which hides rows only from view.
 */
export function readSheet(zip: Zip, part: string, shared: Shared): Shown {
  const rows: (SheetRow & { hidden: boolean })[] = []
  const merged: Range[] = []
  const hidden = new Set<number>()
  let row: (typeof rows)[number] | undefined
  let last = 0
  let filtered = false
  let column = 0
  let cell: Attributes = {}
  let words = ''
  let reading = false
  let phonetic = false
  readXml(zip, part, {
    open(name, attributes) {
      if (name === 'row') {
        last = numeric(attributes, 'r', last + 1)
        row = { line: last, cells: [], hidden: truthy(attr(attributes, 'hidden')) }
        column = 0
      } else if (name === 'col' && truthy(attr(attributes, 'hidden'))) {
        const last = Math.min(MOST_COLUMNS, numeric(attributes, 'max', 0))
        for (let n = Math.max(1, numeric(attributes, 'min', 1)); n <= last; n++) hidden.add(n)
      } else if (name === 'c') {
        cell = attributes
        words = ''
        column = columnOf(attr(attributes, 'r') ?? '') || column + 1
      } else if (name === 'v' || name === 't') reading = true
      else if (name === 'rPh') phonetic = true
      else if (name === 'filterColumn') filtered = true
      else if (name === 'mergeCell') merged.push(rangeOf(attr(attributes, 'ref') ?? ''))
    },
    text(text) {
      if (reading && !phonetic) words += text
    },
    close(name) {
      if (name === 'v' || name === 't') reading = false
      else if (name === 'rPh') phonetic = false
      else if (name === 'c' && row && words !== '') {
        const value = wordsOf(cell, words, shared)
        if (value === '') return
        // One long string may be shared by every cell.
        zip.spend(value.length / 10)
        // Most rows of some sheets are empty to their very end.
        if (row.cells.length === 0) rows.push(row)
        if (column > MOST_COLUMNS) throw tooWide(row.line)
        while (row.cells.length < column) row.cells.push('')
        row.cells[column - 1] = value
      }
    },
  })
  rows.sort((a, b) => a.line - b.line)
  cover(rows, merged)
  const full = rows.filter((r) => r.cells.some((c) => c.trim() !== ''))
  return {
    rows: full.filter((r) => filtered || !r.hidden).map(({ hidden: _, ...row }) => row),
    hiddenRows: filtered ? [] : full.filter((r) => r.hidden).map((r) => r.line),
    hiddenColumns: [...hidden].filter((n) => full.some((r) => (r.cells[n - 1] ?? '').trim() !== '')),
  }
}

function wordsOf(cell: Attributes, words: string, { strings, styles, from1904 }: Shared): string {
  const type = attr(cell, 't') ?? 'n'
  if (type === 's') return strings[Number(words)] ?? ''
  if (type === 'b') return truthy(words) ? 'TRUE' : 'FALSE'
  const shown = styles[numeric(cell, 's', 0)] ?? 'number'
  if (type === 'd') {
    const at = new Date(/[zZ+]|T.*-/.test(words) ? words : `${words}${words.includes('T') ? '' : 'T00:00:00'}Z`)
    return Number.isNaN(at.getTime()) ? words : dateWords(at, shown === 'number' ? 'date' : shown, words.includes('T'))
  }
  if (type !== 'n') return unescaped(words)
  const value = Number(words)
  return Number.isFinite(value) ? numberWords(value, shown, from1904) : words
}

/** `_x000A_` is how a workbook writes a character that XML may not hold. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text

/** AB12 → 28; 0 where there is no letter. */
function columnOf(reference: string): number {
  let n = 0
  for (const c of reference.slice(0, 4)) {
    const letter = c.charCodeAt(0) - 64
    if (letter < 1 || letter > 26) break
    n = n * 26 + letter
  }
  return n
}

function rangeOf(reference: string): Range {
  const [from = '', to = from] = reference.split(':')
  const rowOf = (cell: string): number => Number(/\d+$/.exec(cell)?.[0] ?? 0)
  return { top: rowOf(from), left: columnOf(from), bottom: rowOf(to), right: columnOf(to) }
}

/** Empties what merged cells cover. Their areas never overlap in a sound sheet, so the work is bound by the sheet's size. */
function cover(rows: SheetRow[], merged: Range[]): void {
  const at = new Map(rows.map((row, i) => [row.line, i]))
  const lines = rows.map((row) => row.line)
  const widest = rows.reduce((most, row) => Math.max(most, row.cells.length), 0)
  if (merged.some(({ top, bottom }) => bottom > top)) for (const row of rows) row.covered = []
  let work = 0
  for (const { top, left, bottom, right } of merged) {
    for (let i = at.get(top) ?? after(lines, top); i < rows.length; i++) {
      const row = rows[i]
      if (!row || row.line > bottom) break
      if (++work > 20 * rows.length + 1_000_000) throw huge()
      for (let c = left; c <= Math.min(right, widest); c++) {
        if (c <= row.cells.length && (row.line !== top || c !== left)) row.cells[c - 1] = ''
        if (row.covered && row.line !== top) row.covered[c - 1] = true
      }
    }
  }
}

/** The first index whose line is at or after `line`, the lines in order. */
function after(lines: number[], line: number): number {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle] ?? 0) < line) low = middle + 1
    else high = middle
  }
  return low
}
