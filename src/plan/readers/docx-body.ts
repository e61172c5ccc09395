import { headOf } from '../columns.ts'
import { MOST_COLUMNS, tooWide } from './blocks.ts'
import { counter, levelOfStyle, type Numbering } from './docx-numbering.ts'
import { indents, type Styles } from './docx-styles.ts'
import { type Attributes, attr, isOn, numeric, readXml } from './xml.ts'
import type { Zip } from './zip.ts'

/** What a body holds, in its order. A cell that a merged one covers is empty. */
export type Item = { kind: 'paragraph'; text: string } | { kind: 'table'; rows: string[][] }

interface Paragraph {
  words: string[]
  style: string
  numId: string | undefined
  level: number | undefined
  indents: boolean | undefined
  /** Its mark was deleted by a tracked change: the next paragraph goes on with it. */
  joined: boolean
  boxes: Item[]
}

interface Cell {
  items: Item[]
  span: number
  covered: boolean
}

interface TableFrame {
  rows: Cell[][]
  before: number[]
  dropped: boolean
  /** Tables of tasks that stood inside a cell. */
  lifted: Item[]
}

/** What surrounds a paragraph: the body, a cell or a text box. */
interface Place {
  items: Item[]
  inCell: boolean
  paragraph: Paragraph | undefined
  carried: string
  drawing: number
}

/** Old properties, replaced and deleted content, and what is no text of the document. */
const SKIPPED = new Set(
  'del moveFrom Fallback rt delText instrText sectPr pPrChange rPrChange tcPrChange trPrChange tblPrChange tblPrExChange tblGridChange sectPrChange numberingChange txbxStyle'.split(
    ' ',
  ),
)
const PICTURES = new Set(['drawing', 'pict', 'object'])
const INDENT = '\u3000\u3000'

/** Reads the main part of a document. */
export function readBody(zip: Zip, part: string, numbering: Numbering, styles: Styles): Item[] {
  const count = counter(numbering)
  const places: Place[] = [place(false)]
  const tables: TableFrame[] = []
  const contents: boolean[] = []
  let skipping = 0
  let properties = 0
  let rowProperties = false
  let hidden = false
  let inText = false

  const here = (): Place => places.at(-1) as Place
  const row = (): Cell[] | undefined => tables.at(-1)?.rows.at(-1)
  const say = (text: string): void => {
    if (!hidden && here().drawing === 0) here().paragraph?.words.push(text)
  }

  const opens: Record<string, (attributes: Attributes) => void> = {
    p: () => {
      here().paragraph = {
        words: [],
        style: styles.normal,
        numId: undefined,
        level: undefined,
        indents: undefined,
        joined: false,
        boxes: [],
      }
      hidden = false
    },
    pPr: () => {
      properties++
    },
    r: () => {
      hidden = false
    },
    t: () => {
      inText = true
    },
    tab: () => properties === 0 && say('\t'),
    ptab: () => say('\t'),
    br: () => say('\n'),
    cr: () => say('\n'),
    noBreakHyphen: () => say('-'),
    vanish: (a) => {
      if (properties === 0) hidden = isOn(a)
    },
    rStyle: (a) => {
      if (properties === 0 && styles.of(attr(a, 'val') ?? '')?.hidden) hidden = true
    },
    pStyle: (a) => on((p) => (p.style = attr(a, 'val') ?? '')),
    numId: (a) => on((p) => (p.numId = attr(a, 'val') ?? '')),
    ilvl: (a) => on((p) => (p.level = numeric(a, 'val', 0))),
    ind: (a) => on((p) => (p.indents = indents(a) ?? p.indents)),
    sdt: () => contents.push(false),
    docPartGallery: (a) => {
      if (/table of contents/i.test(attr(a, 'val') ?? '') && contents.length) contents[contents.length - 1] = true
    },
    sdtContent: () => {
      if (contents.at(-1)) skipping = 1
    },
    txbxContent: () => places.push(place(false)),
    tbl: () => tables.push({ rows: [], before: [], dropped: false, lifted: [] }),
    tr: () => {
      const table = tables.at(-1)
      table?.rows.push([])
      table?.before.push(0)
      if (table) table.dropped = false
    },
    trPr: () => {
      rowProperties = true
    },
    hidden: (a) => rowProperties && isOn(a) && drop(),
    gridBefore: (a) => {
      const before = tables.at(-1)?.before
      if (before?.length) before[before.length - 1] = width(numeric(a, 'val', 0))
    },
    tc: () => {
      row()?.push({ items: [], span: 1, covered: false })
      places.push(place(true))
    },
    gridSpan: (a) => onCell((c) => (c.span = Math.max(1, width(numeric(a, 'val', 1))))),
    vMerge: (a) => onCell((c) => (c.covered = attr(a, 'val') !== 'restart')),
    hMerge: (a) => onCell((c) => (c.covered = attr(a, 'val') !== 'restart')),
  }
  const on = (change: (p: Paragraph) => void): void => {
    const { paragraph } = here()
    if (properties > 0 && paragraph) change(paragraph)
  }
  const onCell = (change: (c: Cell) => void): void => {
    const cell = row()?.at(-1)
    if (cell) change(cell)
  }
  const drop = (): void => {
    const table = tables.at(-1)
    if (table) table.dropped = true
  }

  const closes: Record<string, () => void> = {
    p: () => endParagraph(here(), styles, numbering, count),
    pPr: () => {
      properties--
    },
    t: () => {
      inText = false
    },
    trPr: () => {
      rowProperties = false
    },
    sdt: () => contents.pop(),
    txbxContent: () => {
      const box = places.pop()
      here().paragraph?.boxes.push(...(box?.items ?? []))
    },
    tc: () => {
      const cell = places.pop()
      onCell((c) => (c.items = cell?.items ?? []))
    },
    tr: () => {
      const table = tables.at(-1)
      if (!table?.dropped) return
      table.rows.pop()
      table.before.pop()
    },
    tbl: () => {
      const table = tables.pop()
      if (table) here().items.push(...tableItems(table))
    },
  }

  readXml(zip, part, {
    open(name, attributes) {
      if (skipping > 0) skipping++
      else if (SKIPPED.has(name)) {
        if (name === 'del' && rowProperties) drop()
        else if (name === 'del' || name === 'moveFrom') on((p) => (p.joined = true))
        skipping = 1
      } else if (PICTURES.has(name)) here().drawing++
      else opens[name]?.(attributes)
    },
    text(text) {
      if (inText && skipping === 0) say(text)
    },
    close(name) {
      if (skipping > 0) skipping--
      else if (PICTURES.has(name)) here().drawing--
      else closes[name]?.()
    },
  })
  return places[0]?.items ?? []
}

const place = (inCell: boolean): Place => ({ items: [], inCell, paragraph: undefined, carried: '', drawing: 0 })

function width(columns: number): number {
  if (columns > MOST_COLUMNS) throw tooWide(1)
  return columns
}

function endParagraph(place: Place, styles: Styles, numbering: Numbering, count: ReturnType<typeof counter>): void {
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
function tableItems(table: TableFrame): Item[] {
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
  return [{ kind: 'table', rows }, ...table.lifted]
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
