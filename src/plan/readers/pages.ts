import type { Block, Sheet } from '../sheet.ts'
import { type Area, areasOf, type Gutter, holds } from './pdf-columns.ts'
import { withoutFeet } from './pdf-feet.ts'
import { gapTablesOf } from './pdf-gaps.ts'
import { type GridTable, gridsOf } from './pdf-grid.ts'
import { leftOf, linesOf, textOf, type VisualLine } from './pdf-lines.ts'
import type { PdfPage, Run } from './pdf-page.ts'
import { goesOn, joinRows, type PageTable, withoutEmpty } from './pdf-tables.ts'

type Item = { top: number; line: VisualLine } | { top: number; table: PageTable }

/**
 * Printed pages as a sheet: one line a printed line, an indent as full-width spaces, ruled tables and those parted by
 * gaps as tables, over page breaks too; page numbers and running heads left out. Lines and rows are numbered in order.
 */
export function sheetOfPages(pages: PdfPage[], name = ''): Sheet {
  const blocks: Block[] = []
  let line = 0
  let open: PageTable | undefined
  const close = (): void => {
    if (open) blocks.push({ kind: 'table', rows: withoutEmpty(open.rows).map((cells) => ({ line: ++line, cells })) })
    open = undefined
  }
  for (const items of partsOf(withoutFeet(pages))) {
    const left = leftMargin(items.flatMap((item) => ('line' in item ? [item.line] : [])))
    items.forEach((item, i) => {
      if ('line' in item) {
        close()
        blocks.push({ kind: 'line', line: ++line, text: indented(item.line, left) })
      } else if (open && i === 0 && goesOn(open, item.table))
        open = { ...item.table, rows: joinRows(open.rows, item.table.rows) }
      else {
        close()
        open = item.table
      }
    })
  }
  close()
  return { name, blocks }
}

/** What stands on each page, or in each column of one, from the top down. */
function partsOf(pages: PdfPage[]): Item[][] {
  let gutter: Gutter | undefined
  return pages.flatMap((page) => {
    const { tables, rest } = gridsOf(page)
    const found = areasOf(rest, page.width, gutter)
    gutter = found.gutter ?? gutter
    return found.areas.map((area) => itemsOf(area, tables, rest))
  })
}

function itemsOf(area: Area, tables: GridTable[], runs: Run[]): Item[] {
  const gaps = gapTablesOf(linesOf(runs.filter((run) => holds(area, run.x, run.y))))
  const ruled = tables.filter((table) => holds(area, table.edges[0] ?? 0, table.top))
  const items: Item[] = [
    ...[...ruled, ...gaps.tables].map(({ top, edges, rows }) => ({ top, table: { edges, rows } })),
    ...gaps.rest.map((visual) => ({ top: visual.y - visual.size, line: visual })),
  ]
  return items.sort((a, b) => a.top - b.top)
}

/** The left edge of the text of a page or column: where its long lines begin. */
function leftMargin(lines: VisualLine[]): number {
  const long = lines.filter((l) => textOf(l).length > 10)
  return (long.length > 0 ? long : lines).reduce((least, l) => Math.min(least, leftOf(l)), Number.POSITIVE_INFINITY)
}

function indented(line: VisualLine, left: number): string {
  const indent = Math.round((leftOf(line) - left) / line.size)
  return '\u3000'.repeat(Math.max(0, Math.min(2, indent))) + textOf(line)
}
