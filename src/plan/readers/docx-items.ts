import { headOf } from '../columns.ts'
import type { Block } from '../sheet.ts'
import { MOST_COLUMNS, paragraphBlocks, tooWide } from './blocks.ts'
import { type counter, levelOfStyle, type Numbering } from './docx-numbering.ts'
import type { Styles } from './docx-styles.ts'

/** What a body holds, in its order. A cell that a merged one covers is empty. */
export type Item = { kind: 'paragraph'; text: string } | { kind: 'table'; rows: string[][]; covered: boolean[][] }

export interface Paragraph {
  words: string[]
  style: string
  numId: string | undefined
  level: number | undefined
  indents: boolean | undefined
  /** Its mark was deleted by a tracked change: the next paragraph goes on with it. */
  joined: boolean
  boxes: Item[]
}

export interface Cell {
  items: Item[]
  span: number
  covered: boolean
}

export interface TableFrame {
  rows: Cell[][]
  before: number[]
  dropped: boolean
  /** Tables of tasks that stood inside a cell. */
  lifted: Item[]
}

/** What surrounds a paragraph: the body, a cell or a text box. */
export interface Place {
  items: Item[]
  inCell: boolean
  paragraph: Paragraph | undefined
  carried: string
  drawing: number
}

const INDENT = '\u3000\u3000'

/** Puts a paragraph with its number and indent into its place, its text boxes behind it. */
export function endParagraph(
  place: Place,
  styles: Styles,
  numbering: Numbering,
  count: ReturnType<typeof counter>,
): void {
  const { paragraph } = place
  place.paragraph = undefined
  if (!paragraph) return
  const style = styles.of(paragraph.style)
  if (/^toc \d/i.test(style?.name ?? '')) return
  const numId = paragraph.numId ?? style?.numId ?? ''
  const level =
    paragraph.level ??
    (paragraph.numId === undefined ? (style?.level ?? levelOfStyle(numbering, numId, paragraph.style)) : 0)
  const words = paragraph.words.join('')
  const label = numId === '' || numId === '0' || paragraph.joined ? '' : count(numId, level)
  const text = place.carried + words
  place.carried = paragraph.joined ? text : ''
  if (!paragraph.joined) {
    const blank = text.trim() === ''
    const indent = (paragraph.indents ?? style?.indents) && !/^\s/.test(text) ? INDENT : ''
    const shown = blank ? (place.inCell ? label : '') : indent + label + text
    place.items.push({ kind: 'paragraph', text: shown })
  }
  place.items.push(...paragraph.boxes)
}

/** A table of one column is a frame around its paragraphs; any other is one, with the tables of tasks inside it behind. */
export function tableItems(table: TableFrame): Item[] {
  if (table.rows.every((cells) => cells.length <= 1)) return table.rows.flatMap((cells) => cells[0]?.items ?? [])
  const rows = table.rows.map((cells, i) => {
    const out: string[] = Array.from({ length: table.before[i] ?? 0 }, () => '')
    for (const cell of cells) {
      out.push(cell.covered ? '' : cellText(cell, table.lifted))
      for (let n = 1; n < cell.span; n++) out.push('')
      if (out.length > MOST_COLUMNS) throw tooWide(i + 1)
    }
    return out
  })
  const covered = table.rows.map((cells, i) => [
    ...Array<boolean>(table.before[i] ?? 0).fill(false),
    ...cells.flatMap((cell) => Array<boolean>(cell.span).fill(cell.covered)),
  ])
  return [{ kind: 'table', rows, covered }, ...table.lifted]
}

/** The paragraphs of a cell with a space between them; offices stacked in a cell are told by it later. */
function cellText(cell: Cell, lifted: Item[]): string {
  const parts: string[] = []
  for (const item of cell.items) {
    if (item.kind === 'paragraph') parts.push(item.text)
    else if (item.rows.some((cells) => headOf({ line: 0, cells }) !== undefined)) lifted.push(item)
    else parts.push(...item.rows.flat())
  }
  return parts
    .map((part) => part.replace(/[\t\n]/g, ' ').trim())
    .filter((part) => part !== '')
    .join(' ')
}

/** Items as blocks with their lines; each paragraph and each row counts as one. */
export function numberLines(items: Item[]): Block[] {
  let line = 0
  return items.flatMap((item): Block[] =>
    item.kind === 'paragraph'
      ? paragraphBlocks(item.text, ++line)
      : [
          {
            kind: 'table',
            rows: item.rows.map((cells, i) => ({ line: ++line, cells, covered: item.covered[i] ?? [] })),
          },
        ],
  )
}
