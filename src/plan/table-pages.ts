import { alignRow, scoreOf } from './align.ts'
import { type Column, columnsOf, headOf, meaningOf, weightOf } from './columns.ts'
import { lookOf } from './looks.ts'
import { markerOf } from './marker.ts'
import { NUMBER } from './row-heads.ts'
import type { Row, Table } from './sheet.ts'
import { spansOf } from './spans.ts'
import { squeeze } from './words.ts'

/** The rows between one head and the next: a page, where the head is repeated on each. */
export interface Page {
  columns: Column[]
  rows: Row[]
}

interface OpenPage extends Page {
  heads: string[]
}

/** A table in its pages; rows before the first head are left out, and a table without a head has none. */
export function pagesOf(table: Table): Page[] {
  const pages: OpenPage[] = []
  let head: string[] | undefined
  for (const row of table.rows) {
    const columns = headOf(row)
    const page = pages.at(-1)
    const lower = head && page?.rows.length === 0 ? lowerHead(head, row) : undefined
    if (lower && page) {
      page.columns = lower.columns
      page.heads = lower.heads
      head = undefined
    } else if (columns) {
      head = row.cells.map((c) => squeeze(c))
      pages.push({ columns, rows: [], heads: head })
    } else page?.rows.push(row)
  }
  return pages.filter((p) => p.rows.length > 0).map((page) => inPlace(withSpans(page)))
}

/** A page whose columns are told by their cells, too, where a head stands over several or over none. */
function withSpans({ heads, columns, rows }: OpenPage): Page {
  const cells = rows.map((row) => row.cells.map((c) => squeeze(c)))
  const own = spansOf(heads, columns, cells) ?? heads.map((head, i) => (head === '' ? headLeft(heads, i) : i))
  const width = Math.max(own.length, ...cells.map((row) => row.length))
  const kinds = Array.from({ length: width }, (_, c) => columns[own[c] ?? -1] ?? 'other')
  const numbers = kinds.map((_, c) => isNumbers(cells, c))
  const shares = (c: number) => own.filter((h) => h === own[c]).length > 1
  const out = kinds.map((kind, c): Column => {
    const free = !kinds.includes('number') && (shares(c) || c === 0) && (kind === 'text' || kind === 'theme')
    if (free && numbers[c] && numbers.indexOf(true) === c) return 'number'
    const later = own.some((h, i) => h === own[c] && i > c && !numbers[i] && cells.some((row) => (row[i] ?? '') !== ''))
    return kind === 'text' && later ? 'theme' : kind
  })
  return { columns: unknownText(heads, own, longerText(heads, own, out, cells), cells), rows }
}

const headLeft = (heads: string[], at: number): number => {
  for (let i = at; i >= 0; i--) if (heads[i] !== '') return i
  return at
}

const isNumbers = (rows: string[][], column: number): boolean => {
  const filled = rows.map((row) => row[column] ?? '').filter((c) => c !== '')
  return filled.length > 1 && filled.filter((c) => NUMBER.test(c)).length >= filled.length * 0.9
}

/** Of 改革举措 beside 主要内容 the longer says what is to be done, the shorter names it. */
function longerText(heads: string[], own: number[], columns: Column[], rows: string[][]): Column[] {
  const at = columns.indexOf('text')
  const weight = weightOf(heads[own[at] ?? -1] ?? '')
  if (at < 0 || weight < 6) return columns
  const length = (c: number) => rows.reduce((n, row) => n + (row[c]?.length ?? 0), 0)
  const other = columns.findIndex(
    (kind, c) => kind === 'theme' && weightOf(heads[own[c] ?? -1] ?? '') === weight - 1 && length(c) > 2 * length(at),
  )
  if (other < 0) return columns
  return columns.map((kind, c) => (c === other ? 'text' : c === at ? 'theme' : kind))
}

/** A head of unknown words right of the text whose cells are sentences, and longer, says it in the text's place. */
function unknownText(heads: string[], own: number[], columns: Column[], rows: string[][]): Column[] {
  const at = columns.indexOf('text')
  const head = heads[own[at + 1] ?? -1] ?? ''
  if (at < 0 || columns[at + 1] !== 'other' || head === '' || meaningOf(head) !== 'text') return columns
  const most = columns.length - 1
  const both = rows.filter((row) => row.length >= most && row.slice(0, most).every((c) => c !== ''))
  const length = (c: number) => both.reduce((n, row) => n + (row[c]?.length ?? 0), 0)
  if (length(at + 1) < 10 * both.length || length(at + 1) < 1.5 * length(at)) return columns
  return columns.map((kind, c) => (c === at ? 'theme' : c === at + 1 ? 'text' : kind))
}

/** How much better cells must fit elsewhere before they are moved. */
const SURELY = 4

/** Rows that lost the cells which a merged one covers, put back into their columns. */
function inPlace(page: Page): Page {
  const { columns } = page
  const rows = page.rows.map((row): Row => {
    const last = row.cells.reduce((n, c, i) => (c.trim() === '' ? n : i), -1)
    const cells = row.cells.slice(0, last + 1)
    const alone = cells.length === 1 && markerOf(cells[0] ?? '')?.rank !== 3
    if (cells.length === 0 || cells.length >= columns.length || alone || row.cells.length > columns.length) return row
    const looks = cells.map(lookOf)
    const { at, score } = alignRow(looks, columns)
    if (at.length === 0 || score < scoreOf(row.cells, looks, columns) + SURELY) return row
    const moved = (i: number): number => at.indexOf(i)
    return {
      line: row.line,
      cells: columns.map((_, c) => cells[moved(c)] ?? ''),
      ...(row.lines ? { lines: columns.map((_, c) => row.lines?.[moved(c)] ?? row.line) } : {}),
    }
  })
  return { columns, rows }
}

/** Lower heads that lost the cells before them stand below the one head for units; its place, or -1 where they stand in their own. */
function slipped(head: string[], own: string[], filled: string[]): number {
  const spare = head.length - head.filter((h) => h !== '').length
  if (filled.length < 2 || spare !== filled.length - 1 || own[0] === '' || head.at(-1) !== '') return -1
  const roles = filled.every((c) => ['lead', 'support'].includes(meaningOf(c)))
  return roles ? head.findIndex((h) => meaningOf(h) === 'lead') : -1
}

/** The columns where a second row of heads parts those above it (责任单位 into 牵头单位 and 配合单位). */
function lowerHead(head: string[], row: Row): { columns: Column[]; heads: string[] } | undefined {
  const own = row.cells.map((c) => squeeze(c))
  const filled = own.filter((c) => c !== '')
  if (filled.length === 0 || filled.length === head.length) return undefined
  const under = slipped(head, own, filled)
  const cells = under < 0 ? own : [...Array<string>(under).fill(''), ...filled]
  const over =
    under < 0 ? head : [...head.slice(0, under + 1), ...filled.slice(1).map(() => ''), ...head.slice(under + 1)]
  if (
    filled.some(
      (c) => c.length > 10 || !/(?:单位|部门|科室|人|领导|时限|时间|日期|目标|任务|措施|内容|牵头|配合|责任)$/.test(c),
    )
  )
    return undefined
  if (filled.every((c) => meaningOf(c) === 'text')) return undefined
  const length = Math.max(over.length, cells.length)
  const heads = Array.from({ length }, (_, i) => cells[i] || over[i] || '').slice(0, head.length)
  const columns = columnsOf(heads)
  return columns && { columns, heads }
}
