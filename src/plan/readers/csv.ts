import { headOf } from '../columns.ts'
import type { Row, Sheet } from '../sheet.ts'
import { MOST_COLUMNS, sheetOf, tooWide } from './blocks.ts'

/** So many records tell whether a text is a table: its head stands among them. */
const FIRST = 40

/**
 * A text as a table of separated values, where one of its first rows, divided by commas, semicolons or tabs, is the
 * head of a table of tasks; else undefined. Text whose tabs stand without quotes is left to the reader of plain text.
 * `line` is the line that a row begins on, from 1.
 */
export function readCsv(text: string, name = ''): Sheet | undefined {
  const start = text.slice(0, 20_000)
  for (const mark of [',', ';', '\t']) {
    if (mark === '\t' && !/(?:^|[\t\n])"/.test(start)) continue
    if (!isTable(recordsOf(start, mark, FIRST))) continue
    const rows = recordsOf(text, mark, Number.POSITIVE_INFINITY).filter((row) => !/^sep=.?$/.test(row.cells.join('')))
    return sheetOf(name, [{ kind: 'table', rows: rows.map(oneLine) }])
  }
  return undefined
}

/** A head of three columns or more, and under it as many fields in most records: commas of a sentence do not repeat so. */
function isTable(rows: Row[]): boolean {
  const at = rows.findIndex((row) => row.cells.length > 2 && headOf(row) !== undefined)
  const width = rows[at]?.cells.length ?? 0
  const below = at < 0 ? [] : rows.slice(at + 1)
  return at >= 0 && below.filter((row) => Math.abs(row.cells.length - width) <= 1).length >= below.length * 0.7
}

/** ="001" is how a program keeps Excel from reading a number. */
const oneLine = ({ line, cells }: Row): Row => ({
  line,
  cells: cells.map((c) =>
    c
      .replace(/^="(.*)"$/s, '$1')
      .replace(/\s+/g, ' ')
      .trim(),
  ),
})

/** The records of a text (RFC 4180); a quote that is not closed before a separator is a quote like any other. */
export function recordsOf(text: string, mark: string, most: number): Row[] {
  const rows: Row[] = []
  let row: Row = { line: 1, cells: [] }
  let line = 1
  let at = 0
  let closed = true
  while (at <= text.length && rows.length < most) {
    const quoted = closed && text[at] === '"' ? quotedField(text, at, mark) : undefined
    if (quoted === 'open') closed = false
    const field = typeof quoted === 'object' ? quoted : plainField(text, at, mark)
    row.cells.push(field.value)
    if (row.cells.length > MOST_COLUMNS && field.value.trim() !== '') throw tooWide(row.line)
    line += field.lines
    at = field.end
    if (text[at] === mark) {
      at++
      continue
    }
    if (row.cells.some((c) => c.trim() !== '')) rows.push(row)
    if (at >= text.length) break
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1
    line++
    row = { line, cells: [] }
  }
  return rows
}

interface Field {
  value: string
  end: number
  lines: number
}

/** A field in quotes; 'open' where no quote closes it up to the end, undefined where words stand behind the closing one. */
function quotedField(text: string, from: number, mark: string): Field | 'open' | undefined {
  let end = text.indexOf('"', from + 1)
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2)
  if (end < 0) return 'open'
  const next = text[end + 1]
  if (next !== undefined && next !== mark && next !== '\n' && next !== '\r') return undefined
  const value = text.slice(from + 1, end).replaceAll('""', '"')
  return { value, end: end + 1, lines: value.split('\n').length - 1 }
}

function plainField(text: string, from: number, mark: string): Field {
  let end = from
  while (end < text.length && text[end] !== mark && text[end] !== '\n' && text[end] !== '\r') end++
  return { value: text.slice(from, end), end, lines: 0 }
}
