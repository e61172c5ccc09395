import { remedies, remedyWords } from '../model/disclosure.ts'
import type { GridCell, PaperBlock } from '../model/paper.ts'
import type { Figures } from './figures.ts'
import { blocks2014, type Row2014 } from './form2014.ts'
import { column4Words, columns3, columns4, columnWords, NOTE3, type Row3, table2, table3 } from './form2021.ts'

type Grid = Extract<PaperBlock, { kind: 'grid' }>

/** Of the 2021 form's tables and the 2014 form's, each a grid with merged cells; `cells` names the cell behind a place. */
export interface FormGrid extends Grid {
  /** The cell's name by row and place in it; absent: a head. */
  cells: ReadonlyMap<string, string>
}

const EMPTY = '待填'

/** A grid under construction: rows of heads and of cells named. */
type Piece = GridCell | { cell: string; across?: number }

const gridOf = (
  figures: Figures,
  { widths, heads, rows }: { widths: number[]; heads: number; rows: Piece[][] },
): FormGrid => {
  const cells = new Map<string, string>()
  const filled = rows.map((row, at) =>
    row.map((piece, i): GridCell => {
      if (!('cell' in piece)) return piece
      cells.set(`${at}.${i}`, piece.cell)
      const value = figures.get(piece.cell)?.value
      return { text: value == null ? EMPTY : String(value), ...(piece.across && { across: piece.across }) }
    }),
  )
  return { kind: 'grid', widths, heads, rows: filled, cells }
}

const head = (text: string, more: Partial<GridCell> = {}): GridCell => ({ text, head: true, ...more })

/** 二、主动公开政府信息情况. */
export const grid2 = (figures: Figures): FormGrid =>
  gridOf(figures, {
    widths: [34, 22, 22, 22],
    heads: 0,
    rows: table2.flatMap(({ title, columns, rows }) => {
      const across = columns.length === 1 ? 3 : 1
      return [
        [head(title, { across: 4 })],
        [head('信息内容'), ...columns.map(({ words }) => head(words, { across }))],
        ...rows.map((row): Piece[] => [
          { text: row.words },
          ...columns.map((column) => ({ cell: `t2.${row.id}.${column.id}`, across })),
        ]),
      ]
    }),
  })

/** The heads of a row that no row above it has drawn yet; those of several rows go down over them. */
const rowHeads = ({ heads }: Row3, at: number): GridCell[] => {
  const before = table3[at - 1]?.heads ?? []
  return heads.flatMap((text, depth) => {
    if (depth < heads.length - 1 && before[depth] === text) return []
    const down = table3.slice(at).filter((row) => row.heads[depth] === text && row.heads.length > depth + 1).length
    const last = depth === heads.length - 1
    return [{ text, left: true, ...(last ? { across: 3 - depth } : { down }) }]
  })
}

/** 三、收到和处理政府信息公开申请情况. */
export const grid3 = (figures: Figures): FormGrid =>
  gridOf(figures, {
    widths: [10, 12, 32, 7, 7, 7, 7, 7, 7, 7],
    heads: 3,
    rows: [
      [head(NOTE3, { across: 3, down: 3 }), head('申请人情况', { across: 7 })],
      [
        head(columnWords.natural, { down: 2 }),
        head('法人或其他组织', { across: 5 }),
        head(columnWords.total, { down: 2 }),
      ],
      columns3.slice(1, -1).map((column) => head(columnWords[column])),
      ...table3.map((row, at) => [
        ...rowHeads(row, at),
        ...columns3.map((column) => ({ cell: `t3.${row.id}.${column}` })),
      ]),
    ],
  })

/** 四、政府信息公开行政复议、行政诉讼情况. */
export const grid4 = (figures: Figures): FormGrid =>
  gridOf(figures, {
    widths: Array.from({ length: 15 }, () => 1),
    heads: 3,
    rows: [
      [head(remedyWords.review, { across: 5 }), head('行政诉讼', { across: 10 })],
      [
        ...columns4.map((column) => head(column4Words[column], { down: 2 })),
        head(remedyWords.direct, { across: 5 }),
        head(remedyWords['after-review'], { across: 5 }),
      ],
      [...columns4, ...columns4].map((column) => head(column4Words[column])),
      remedies.flatMap((remedy) => columns4.map((column) => ({ cell: `t4.${remedy}.${column}` }))),
    ],
  })

/** 政府信息公开情况统计表: each row with its unit; further in, further from the margin. */
export const grid2014 = (rows: readonly Row2014[], figures: Figures): FormGrid =>
  gridOf(figures, {
    widths: [70, 14, 16],
    heads: 1,
    rows: [
      [head('统计指标'), head('单位'), head('统计数')],
      ...rows.flatMap(({ cell, words, unit, level }): Piece[][] => [
        ...(blocks2014[cell] ? [[head(blocks2014[cell], { left: true }), head(''), head('')]] : []),
        [{ text: `${'　'.repeat(level)}${words}`, left: true }, { text: unit }, { cell }],
      ]),
    ],
  })
