import type { RowShape } from './doc-shapes.ts'
import type { Item, Place, TableFrame } from './docx-items.ts'
import { tableItems } from './docx-items.ts'

/** A table that is being read: the cell where text goes now, and what each finished row says of its cells. */
export interface OpenTable {
  frame: TableFrame
  cell: Place
  shapes: (RowShape | undefined)[]
  /** Cells came since the last row ended. */
  rowOpen: boolean
}

const newCell = (): Place => ({
  items: [],
  inCell: true,
  paragraph: undefined,
  carried: '',
  drawing: 0,
})

export const newTable = (): OpenTable => ({
  frame: { rows: [], before: [], dropped: false, lifted: [] },
  cell: newCell(),
  shapes: [],
  rowOpen: false,
})

/** Puts the cell that was read into its row. */
export function endCell(table: OpenTable): void {
  const { frame } = table
  if (!table.rowOpen) {
    frame.rows.push([])
    frame.before.push(0)
  }
  table.rowOpen = true
  frame.rows.at(-1)?.push({ items: table.cell.items, span: 1, covered: false })
  table.cell = newCell()
}

/** Ends a row; one that was deleted goes. */
export function endRow(table: OpenTable, shape: RowShape | undefined, deleted: boolean): void {
  if (!table.rowOpen) return
  table.rowOpen = false
  if (deleted) {
    table.frame.rows.pop()
    table.frame.before.pop()
  } else table.shapes.push(shape)
}

/** The table as items, its cells in the columns that their edges make over all rows. */
export function endTable(table: OpenTable): Item[] {
  if (table.cell.items.length > 0) endCell(table)
  const { frame, shapes } = table
  const columns = columnsOf(shapes)
  frame.rows.forEach((cells, i) => {
    const shape = shapes[i]
    if (!shape) return
    const column = (n: number): number => columns.get(shape.edges[n] ?? 0) ?? 0
    frame.before[i] = column(0)
    const covered = coveredAcross(shape)
    cells.forEach((cell, n) => {
      const merged = shape.merged[n]
      if (!merged) return
      cell.span = Math.max(1, column(n + 1) - column(n))
      cell.covered = merged.down === GOES_ON || covered[n] === true
    })
  })
  return tableItems(frame)
}

/** fVertMerge without fVertRestart. */
const GOES_ON = 1
/** Edges drawn by hand miss each other by less (twentieths of a point); a column that holds a character is wider. */
const SAME_EDGE = 100

/** The column that begins at each edge. */
function columnsOf(shapes: (RowShape | undefined)[]): Map<number, number> {
  const columns = new Map<number, number>()
  const edges = new Set(shapes.flatMap((shape) => (shape ? shape.edges : [])))
  let column = -1
  let first = Number.NEGATIVE_INFINITY
  for (const edge of [...edges].sort((a, b) => a - b)) {
    if (edge - first > SAME_EDGE) {
      column++
      first = edge
    }
    columns.set(edge, column)
  }
  return columns
}

/**
 * Which cells a neighbour covers. Writers disagree which of the two flags begins a merged cell, so the first in a stretch
 * tells: each like it begins one.
 */
function coveredAcross({ merged }: RowShape): boolean[] {
  let begins = 0
  return merged.map(({ across }) => {
    if (across === 0 || begins === 0) begins = across
    return across !== begins
  })
}
