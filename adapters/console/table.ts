import { clean } from '../escape.ts'
import { figureColumns, type TableBlock } from '../table.ts'

/** Signs that a terminal draws two columns wide: Chinese characters, their punctuation, full-width forms, pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

const widthOf = (text: string): number => [...text].reduce((sum, sign) => sum + (WIDE.test(sign) ? 2 : 1), 0)

/** A table under its heads, columns as wide as their widest cell, figures to the right; a sign of Chinese counts two. */
export const aligned = (table: TableBlock): string[] => {
  const { columns, rows } = table
  const lines = [columns, ...rows].map((cells) => cells.map((cell) => clean(cell).replaceAll('\n', ' ')))
  const widths = columns.map((_, i) => Math.max(...lines.map((cells) => widthOf(cells[i] ?? ''))))
  const right = figureColumns(table)
  return lines.map((cells) =>
    widths
      .map((width, i) => {
        const cell = cells[i] ?? ''
        const space = ' '.repeat(width - widthOf(cell))
        return right[i] ? space + cell : cell + space
      })
      .join('  ')
      .trimEnd(),
  )
}
