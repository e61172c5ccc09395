import { looseTables } from './loose-tables.ts'
import { markerOf } from './marker.ts'
import type { Block, Row, Sheet, Table } from './sheet.ts'

/** Text as lines and tables: lines with tabs, or with bars between cells, become rows; neighbouring rows one table. */
export function readLines(text: string, name = ''): Sheet {
  const blocks: Block[] = []
  const lines = text.split(/\r\n|[\n\r\f\u2028]/)
  lines.forEach((raw, index) => {
    const line = index + 1
    if (raw.trim() === '' || isRule(raw)) return
    const cells = cellsOf(raw)
    if (!cells) blocks.push({ kind: 'line', line, text: raw })
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
    else if (blocks[i + 1]?.kind === 'table' && isHeading(block.text))
      last.rows.push({ line: block.line, cells: [block.text.trim()] })
    else out.push(block)
  })
  return out
}

const isHeading = (text: string): boolean =>
  text.trim().length <= 45 && (markerOf(text)?.rank ?? 9) <= 2 && !/[。；]/.test(text)

/** A line of dashes and bars, as drawn tables have between their rows. */
const isRule = (raw: string): boolean => /^[\s|:+=─━┼├┤-]{3,}$/.test(raw) && /[-─━=]/.test(raw)

function cellsOf(raw: string): Row['cells'] | undefined {
  return cut(raw)?.map((c) => c.replace(/<br *\/?>/gi, ' ').trim())
}

function cut(raw: string): string[] | undefined {
  if (count(raw, '\t') >= 2) return raw.split('\t')
  const bar = raw.includes('│') ? '│' : raw.includes('｜') ? '｜' : '|'
  if (count(raw, bar) < 2) return undefined
  const cells = raw.split(bar)
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
