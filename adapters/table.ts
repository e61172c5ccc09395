import type { Block } from '../src/model/card.ts'

export type TableBlock = Extract<Block, { kind: 'table' }>

/** A table where there are none: a line a row, its first cell and what the other columns say of it: 市财政局：应完成 5，已办结 2. */
export const tableLines = ({ columns, rows }: Pick<TableBlock, 'columns' | 'rows'>): string[] =>
  rows.map(([first = '', ...cells]) => {
    const said = cells.flatMap((cell, i) => (cell === '' ? [] : [`${columns[i + 1] ?? ''} ${cell}`.trim()]))
    return [first, said.join('，')].filter(Boolean).join('：')
  })

/** 12, 40.0%, 50.0%（1/2）, or nothing: what is read down the column. */
const isFigure = (cell: string) => /^(?:|—|\d[\d.%]*(?:（\d+\/\d+）)?)$/.test(cell)

/** Which columns hold nothing but figures, and so stand to the right; the first names the rows. */
export const figureColumns = ({ columns, rows }: TableBlock): boolean[] =>
  columns.map((_, i) => i > 0 && rows.every((cells) => isFigure(cells[i] ?? '')))
