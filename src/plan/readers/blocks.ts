import { BadInput } from '../../model/problem.ts'
import { headOf } from '../columns.ts'
import { CONTINUED, readLines } from '../lines.ts'
import { markerOf } from '../marker.ts'
import type { Block, Row, Sheet, Table } from '../sheet.ts'

/** No table of an office is wider; what is has slipped, or is made to do harm. */
export const MOST_COLUMNS = 256

export const tooWide = (line: number): BadInput =>
  new BadInput(`第${line}行超过${MOST_COLUMNS}列，不像任务表：请删去多余的列后再导入`)

/** A paragraph as lines, or as rows where its words stand between tabs or bars; all of them bear the one number. */
export function paragraphBlocks(text: string, line: number): Block[] {
  const words = text.replace(/^[\t \u3000]*\t/, '\u3000\u3000')
  if (words.trim() === '') return []
  if (!/[\n\t|│｜\u2028]/.test(words)) return [{ kind: 'line', line, text: words }]
  return readLines(words).blocks.map((block) =>
    block.kind === 'line' ? { ...block, line } : { ...block, rows: block.rows.map(({ cells }) => ({ line, cells })) },
  )
}

/**
 * Blocks of a reader that knows its tables, as a sheet: heads of two rows made one, captions over a table and notes
 * under it as lines of their own, a table that a page or a heading parted put together again.
 */
export function sheetOf(name: string, blocks: Block[]): Sheet {
  const parted = blocks.flatMap((block) => (block.kind === 'line' ? [block] : partTable(foldHeads(filled(block)))))
  const out: Block[] = []
  parted.forEach((block, i) => {
    const last = out.at(-1)
    const next = parted[i + 1]
    if (last?.kind !== 'table') out.push(block)
    else if (block.kind === 'table') {
      if (!goesOn(last, block)) out.push(block)
      else for (const row of block.rows) last.rows.push(row)
    } else if (next?.kind === 'table' && goesOn(last, next)) {
      if (isHeading(block.text)) last.rows.push({ line: block.line, cells: [block.text.trim()] })
      else if (!CONTINUED.test(block.text)) out.push(block)
    } else out.push(block)
  })
  return { name, blocks: out }
}

/** The rule of `readLines` for a numbered heading between the rows of one table. */
const isHeading = (text: string): boolean =>
  text.trim().length <= 45 && (markerOf(text)?.rank ?? 9) <= 2 && !/[。；]/.test(text)

const filled = (table: Table): Table => ({
  ...table,
  rows: table.rows.filter((row) => {
    if (row.cells.length > MOST_COLUMNS) throw tooWide(row.line)
    return row.cells.some((c) => c.trim() !== '')
  }),
})

/** A table goes on with the one above where both have a head, or it has none and as many columns. */
const goesOn = (above: Table, below: Table): boolean =>
  above.sheet === below.sheet && (hasHead(below) ? hasHead(above) : widthOf(above) === widthOf(below))

const hasHead = (table: Table): boolean => table.rows.slice(0, 3).some((row) => headOf(row) !== undefined)

const widthOf = (table: Table): number => table.rows.reduce((most, row) => Math.max(most, row.cells.length), 0)

const UNDER = /^[（(【[]?(?:牵头|主办|主责|责任|承办|落实|实施|配合|协办|协同|协助|参与|完成|起止|开始|启动)/

/** Heads of two rows (责任单位 over 牵头 and 配合) as one: each column takes the lower word, or the upper one where it has none. */
function foldHeads(table: Table): Table {
  const rows: Row[] = []
  for (const row of table.rows) {
    const above = rows.at(-1)
    const folded = above && foldHead(above, row)
    if (folded) rows[rows.length - 1] = folded
    else rows.push(row)
  }
  return { ...table, rows }
}

function foldHead(above: Row, below: Row): Row | undefined {
  const lower = below.cells.filter((c) => c.trim() !== '')
  if (lower.length < 2 || lower.some((c) => c.length > 12) || !lower.some((c) => UNDER.test(c.trim()))) return undefined
  const upper = above.cells.filter((c) => c.trim() !== '')
  if (upper.length < 2 || upper.some((c) => c.length > 16) || headOf(below)) return undefined
  let over = ''
  const cells: string[] = []
  for (let i = 0; i < Math.max(above.cells.length, below.cells.length); i++) {
    const [own = '', under = ''] = [above.cells[i]?.trim(), below.cells[i]?.trim()]
    if (own !== '') over = own
    const whole = /(?:单位|部门|时间|时限|期限)$/.test(under) || under.length > 4
    cells.push(under === '' ? own : whole ? under : under + over)
  }
  const head = { line: above.line, cells }
  return headOf(head) ? head : undefined
}

/** A table with what stands over its head and under its last row as lines. */
function partTable(table: Table): Block[] {
  const first = table.rows.findIndex((row) => headOf(row) !== undefined)
  if (first < 0) return [table]
  let end = table.rows.length
  while (end > first + 1 && isNote(table.rows[end - 1])) end--
  const lines = (rows: Row[]): Block[] =>
    rows.flatMap((row) =>
      row.cells.flatMap((cell) =>
        cell.trim() === '' ? [] : [{ kind: 'line' as const, line: row.line, text: cell.trim() }],
      ),
    )
  return [
    ...lines(table.rows.slice(0, first)),
    { ...table, rows: table.rows.slice(first, end) },
    ...lines(table.rows.slice(end)),
  ]
}

function isNote(row: Row | undefined): boolean {
  const [only, ...more] = row?.cells.filter((c) => c.trim() !== '') ?? []
  return (
    only !== undefined &&
    more.length === 0 &&
    /^[（(]?(?:注|备\s*注|附注|说\s*明|填表|制表|联系人)\s*[:：\d]/.test(only.trim())
  )
}
