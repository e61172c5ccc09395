import type { Block } from '../src/model/card.ts'

/** A table where there are none: a line a row, its first cell and what the other columns say of it: 市财政局：应完成 5，已办结 2. */
export const tableLines = ({ columns, rows }: Pick<Extract<Block, { kind: 'table' }>, 'columns' | 'rows'>): string[] =>
  rows.map(([first = '', ...cells]) => {
    const said = cells.flatMap((cell, i) => (cell === '' ? [] : [`${columns[i + 1] ?? ''} ${cell}`.trim()]))
    return [first, said.join('，')].filter(Boolean).join('：')
  })
