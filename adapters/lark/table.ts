import { clip } from '../escape.ts'
import { notShown } from '../fit.ts'
import { figureColumns, type TableBlock, tableLines } from '../table.ts'
import { div, dressed, grey, type LarkElement, plain, type TableElement } from './elements.ts'
import { escapePlain } from './escape.ts'

/** Rows of one page, at most ten; a table of fewer shows them all at once. */
const PAGE = 10
/** Nobody turns more than ten pages in a chat. */
const MOST_ROWS = 100
/** The platform shows no column beyond. */
const MOST_COLUMNS = 50
const MOST_SIGNS = 300

const columnsOf = (table: TableBlock): TableElement['columns'] => {
  const right = figureColumns(table)
  return table.columns.map((head, i) => ({
    name: `c${i + 1}`,
    display_name: plain(head).content,
    data_type: 'text',
    width: 'auto',
    horizontal_align: right[i] ? 'right' : 'left',
  }))
}

const rowOf = (cells: readonly string[]): Record<string, string> =>
  Object.fromEntries(cells.map((cell, i) => [`c${i + 1}`, clip(escapePlain(cell), MOST_SIGNS)]))

/** A table with cells of plain text, which know no markup; as lines where the platform would not show all its columns. */
export const tableElements = (block: TableBlock): LarkElement[] => {
  if (block.columns.length === 0 || block.rows.length === 0) return []
  if (block.columns.length > MOST_COLUMNS) return div(tableLines(block).join('\n'))
  const rows = block.rows.slice(0, MOST_ROWS)
  const hidden = block.rows.length - rows.length
  return [
    {
      tag: 'table',
      page_size: Math.min(PAGE, rows.length),
      row_height: 'low',
      header_style: { background_style: 'grey', bold: true },
      columns: columnsOf(block),
      rows: rows.map((row) => rowOf(row.slice(0, block.columns.length))),
    },
    ...(hidden > 0 ? dressed(notShown(hidden), grey) : []),
  ]
}

/** The same as lines, for a card that has as many tables as it may. */
export const tableText = (block: TableBlock): LarkElement[] => div(tableLines(block).join('\n'))
