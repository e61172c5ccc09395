import { looseTables } from './loose-tables.ts'
import { markerOf } from './marker.ts'
import type { Block, Row, Sheet, Table } from './sheet.ts'

/** Text as lines and tables: lines with tabs, or with bars between cells, become rows; neighbouring rows one table. */
export function readLines(text: string, name = ''): Sheet {
  const blocks: Block[] = []
  const lines = text.split(/\r\n|[\n\r\f\u2028]/)
  lines.forEach((raw, index) => {
    const line = index + 1
    if (raw.trim() === '' || isRule(raw) || BARS.test(raw)) return
    const cells = cellsOf(raw)
    if (!cells) blocks.push({ kind: 'line', line, text: withoutBar(raw) })
    else tableAtEnd(blocks).rows.push({ line, cells })
  })
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
    else out.push(block)
  })
  return out
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
