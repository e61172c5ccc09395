import {
  AlignmentType,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import type { GridCell, PaperBlock } from '../model/paper.ts'
import { fonts, LINE_WIDTH, type Look, size } from './look.ts'
import { clean } from './text.ts'

type TableBlock = Extract<PaperBlock, { kind: 'table' }>
type GridBlock = Extract<PaperBlock, { kind: 'grid' }>

/** Shares of the line as twentieths of a point that add up to it. */
const widthsOf = (shares: readonly number[]): number[] => {
  const all = shares.reduce((a, b) => a + b, 0)
  const ends = shares.map((_, i) => Math.round((LINE_WIDTH * shares.slice(0, i + 1).reduce((a, b) => a + b, 0)) / all))
  return ends.map((end, i) => end - (ends[i - 1] ?? 0))
}

interface CellLook {
  width: number
  type: number
  pitch: number
  head?: boolean
  left?: boolean
  across?: number
  down?: number
}

const cellOf = (text: string, { width, type, pitch, head, left, across = 1, down = 1 }: CellLook): TableCell =>
  new TableCell({
    ...{ width: { size: width, type: WidthType.DXA }, verticalAlign: VerticalAlignTable.CENTER },
    ...{ ...(across > 1 && { columnSpan: across }), ...(down > 1 && { rowSpan: down }) },
    children: clean(text)
      .split('\n')
      .map(
        (line) =>
          new Paragraph({
            alignment: left ? AlignmentType.LEFT : AlignmentType.CENTER,
            spacing: { line: pitch, lineRule: LineRuleType.AT_LEAST, before: 0, after: 0 },
            children: [new TextRun({ text: line, size: type, ...(head && { font: fonts.first }) })],
          }),
      ),
  })

const margins = { left: 70, right: 70, top: 20, bottom: 20 }

const framed = (rows: TableRow[], columnWidths: number[]): Table =>
  new Table({
    ...{ rows, columnWidths, margins, alignment: AlignmentType.CENTER },
    width: { size: LINE_WIDTH, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
  })

/** Distance of lines where many columns or rows need small type, and rows that do not. */
const DENSE = 300
const FEW = 12

/** A table as wide as the line: its head stands on each page again, and no row is broken by one. */
export const tableOf = ({ title, columns, rows }: TableBlock, look: Look): (Paragraph | Table)[] => {
  const widths = widthsOf(columns.map(({ width }) => width))
  const many = columns.length > 5 || rows.length > FEW
  const type = { type: many ? size.fifth : look.table, pitch: many ? DENSE : look.tablePitch }
  const head = new TableRow({
    ...{ tableHeader: true, cantSplit: true },
    children: columns.map((column, i) => cellOf(column.title, { ...type, width: widths[i] ?? 0, head: true })),
  })
  const body = rows.map(
    (cells) =>
      new TableRow({
        cantSplit: true,
        children: columns.map(({ align }, i) =>
          cellOf(cells[i] ?? '', { ...type, width: widths[i] ?? 0, left: align === 'left' }),
        ),
      }),
  )
  return [...titleOf(title, look), framed([head, ...body], widths)]
}

/** Over a table, on the same page as its first row. */
const titleOf = (title: string | undefined, look: Look): Paragraph[] =>
  title === undefined
    ? []
    : [
        new Paragraph({
          ...{ alignment: AlignmentType.CENTER, keepNext: true, spacing: { before: 160, after: 80 } },
          children: [new TextRun({ text: clean(title), font: fonts.first, size: look.table + 2 })],
        }),
      ]

/** In which column each cell of a row begins, with what cells of the rows above still take. `taken`: rows left, by column. */
const placed = (cells: readonly GridCell[], taken: number[]): number[] => {
  let column = 0
  const starts = cells.map(({ across = 1, down = 1 }) => {
    while ((taken[column] ?? 0) > 0) column++
    const start = column
    for (; column < start + across; column++) taken[column] = down
    return start
  })
  taken.forEach((rows, i) => {
    taken[i] = Math.max(0, rows - 1)
  })
  return starts
}

/** A form with merged cells, as wide as the line; of many columns in small type. */
export const gridOf = ({ title, widths: shares, heads, rows }: GridBlock, look: Look): (Paragraph | Table)[] => {
  const widths = widthsOf(shares)
  const type = { type: shares.length > 5 ? size.fifth : look.table, pitch: shares.length > 5 ? DENSE : look.tablePitch }
  const taken: number[] = shares.map(() => 0)
  const body = rows.map((cells, at) => {
    const starts = placed(cells, taken)
    return new TableRow({
      ...{ tableHeader: at < heads, cantSplit: true },
      children: cells.map(({ text, across = 1, down = 1, head, left }, i) => {
        const start = starts[i] ?? 0
        const width = widths.slice(start, start + across).reduce((sum, one) => sum + one, 0)
        return cellOf(text, { ...type, width, across, down, ...(head && { head }), ...(left && { left }) })
      }),
    })
  })
  return [...titleOf(title, look), framed(body, widths)]
}

/** A form to fill in by hand: what is asked, and room for it. */
export const formOf = (fields: readonly string[], look: Look): Table => {
  const widths = widthsOf([3, 7])
  const type = { type: look.table, pitch: look.pitch }
  return framed(
    fields.map(
      (field) =>
        new TableRow({
          cantSplit: true,
          children: [field, ''].map((text, i) => cellOf(text, { ...type, width: widths[i] ?? 0, head: i === 0 })),
        }),
    ),
    widths,
  )
}
