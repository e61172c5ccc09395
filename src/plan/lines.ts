import { brokenRowAt, type RawLine } from './broken-rows.ts'
import { headOf } from './columns.ts'
import { looseTables } from './loose-tables.ts'
import { markerOf } from './marker.ts'
import type { Block, Row, Sheet, Table } from './sheet.ts'

/** Text as lines and tables: lines with tabs, or with bars between cells, become rows; neighbouring rows one table. */
export function readLines(text: string, name = ''): Sheet {
  const blocks: Block[] = []
  const lines = text
    .split(/\r\n|[\n\r\f\u2028]/)
    .map((raw, index) => ({ line: index + 1, raw }))
    .filter(({ raw }) => !(raw.trim() === '' || isRule(raw) || BARS.test(raw)))
  let width = 0
  for (let i = 0; i < lines.length; ) {
    const broken = brokenRowAt(lines, i, width)
    if (broken) {
      tableAtEnd(blocks).rows.push(broken.row)
      i = broken.next
      continue
    }
    const { line, raw } = lines[i] as RawLine
    const cells = cellsOf(raw) ?? (blocks.at(-1)?.kind === 'table' ? shortRow(raw, width) : undefined)
    if (!cells) blocks.push({ kind: 'line', line, text: withoutBar(raw) })
    else {
      if (raw.includes('\t') && headOf({ line, cells })) width = cells.length
      tableAtEnd(blocks).rows.push({ line, cells })
    }
    i++
  }
  return { name, blocks: headingsInside(looseTables(blocks)) }
}

/** A numbered heading on a line of its own between rows of one table is a row of it. */
function headingsInside(blocks: Block[]): Block[] {
  const out: Block[] = []
  blocks.forEach((block, i) => {
    const last = out.at(-1)
    if (last?.kind !== 'table') out.push(block)
    else if (block.kind === 'table') for (const row of block.rows) last.rows.push(row)
    else if (PAGE_NUMBER.test(block.text) && blocks[i + 1]?.kind === 'table') return
    else if (isHeading(block.text) && headsTable(blocks, i + 1))
      last.rows.push({ line: block.line, cells: [block.text.trim()] })
    else if (isBetween(last, blocks, i)) {
      // A sentence between the rows is none of their cells: it stands before the table, which goes on.
      if (/[。：:]$/.test(block.text.trim())) out.splice(-1, 0, block)
      else goOn(last, block.text)
    } else out.push(block)
  })
  return out
}

/** What stands over a table that goes on with the one before (续表). */
export const CONTINUED = /^[\s（(]*(?:续上?表|接上表|上接|转下页)[\d一二三四五六七八九十\s]*[）)：:\s]*$/

/** Whether the lines from one on stand between a row and the row with the next number: a last cell that broke, or 续表. */
function isBetween(table: Table, blocks: Block[], from: number): boolean {
  const next = blocks.slice(from, from + 4).find((block) => block.kind === 'table')
  const last = numberIn(table.rows.at(-1))
  return next !== undefined && last > 0 && numberIn(next.rows[0]) === last + 1
}

const numberIn = (row: Row | undefined): number => Number(/^\d{1,5}$/.exec(row?.cells[0] ?? '')?.[0] ?? 0)

function goOn(table: Table, text: string): void {
  const cells = table.rows.at(-1)?.cells
  if (cells && !CONTINUED.test(text)) cells.push(`${cells.pop()}\n${text.trim()}`)
}

const PAGE_NUMBER = /^\s*[—–-]+\s*\d{1,4}\s*[—–-]+\s*$|^\s*第\s*\d{1,4}\s*页.{0,10}$/

/** Whether a table follows, maybe below further headings. */
function headsTable(blocks: Block[], from: number): boolean {
  for (let i = from; i < from + 3; i++) {
    const block = blocks[i]
    if (block?.kind !== 'line') return block?.kind === 'table'
    if (!isHeading(block.text)) return false
  }
  return false
}

const isHeading = (text: string): boolean =>
  text.trim().length <= 45 && (markerOf(text)?.rank ?? 9) <= 2 && !/[。；]/.test(text)

/** A line of dashes and bars, as drawn tables have between their rows. */
const isRule = (raw: string): boolean => /^[\s|:+=─━┼├┤-]{3,}$/.test(raw) && /[-─━=]/.test(raw)

/** What is left of a table on a web page: bars alone, or one behind each cell. */
const BARS = /^[\s|]+$/

function withoutBar(raw: string): string {
  const line = raw.trimEnd()
  return line.endsWith(' |') ? line.slice(0, -2) : raw
}

function cellsOf(raw: string): Row['cells'] | undefined {
  return cut(raw)?.map((c) => c.replace(/<br *\/?>/gi, ' ').trim())
}

/** A numbered row of two cells below a head between tabs: what is empty behind them was cut off. */
const shortRow = (raw: string, width: number): Row['cells'] | undefined =>
  width > 2 && /^\s*\d{1,5}\s*\t\s*\S/.test(raw) ? raw.split('\t').map((c) => c.trim()) : undefined

function cut(raw: string): string[] | undefined {
  if (count(raw, '\t') >= 2) return raw.split('\t')
  const bar = raw.includes('│') ? '│' : raw.includes('｜') ? '｜' : '|'
  if (count(raw, bar) < 2) return undefined
  const cells = raw.replaceAll('**', '').split(bar)
  if (raw.trimStart().startsWith(bar)) cells.shift()
  if (raw.trimEnd().endsWith(bar)) cells.pop()
  return cells
}

function count(text: string, c: string): number {
  let n = 0
  for (let i = text.indexOf(c); i >= 0 && n < 2; i = text.indexOf(c, i + 1)) n++
  return n
}

function tableAtEnd(blocks: Block[]): Table {
  const last = blocks.at(-1)
  if (last?.kind === 'table') return last
  const table: Table = { kind: 'table', rows: [] }
  blocks.push(table)
  return table
}
