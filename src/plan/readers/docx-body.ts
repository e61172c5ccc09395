import { MOST_COLUMNS, tooWide } from './blocks.ts'
import {
  type Cell,
  endParagraph,
  type Item,
  type Paragraph,
  type Place,
  type TableFrame,
  tableItems,
} from './docx-items.ts'
import { counter, type Numbering } from './docx-numbering.ts'
import { circledBy, symbol } from './docx-signs.ts'
import { indents, type Styles } from './docx-styles.ts'
import { type Attributes, attr, isOn, numeric, readXml } from './xml.ts'
import type { Zip } from './zip.ts'

/** Old properties, replaced and deleted content, and what is no text of the document. */
const SKIPPED = new Set(
  'del moveFrom Fallback rt delText sectPr pPrChange rPrChange tcPrChange trPrChange tblPrChange tblPrExChange tblGridChange sectPrChange numberingChange txbxStyle'.split(
    ' ',
  ),
)
/** What a paragraph costs beside reading its elements. */
const PARAGRAPH = 2
/** The code of a field that matters here is short. */
const MOST_CODE = 200
const PICTURES = new Set(['drawing', 'pict', 'object'])

/** What a body is read with: its lists and styles, and what a part embedded in it holds, by its id. */
export interface Surroundings {
  numbering: Numbering
  styles: Styles
  chunk(id: string): Item[]
}

/** Reads the main part of a document. */
export function readBody(zip: Zip, part: string, { numbering, styles, chunk }: Surroundings): Item[] {
  const count = counter(numbering)
  const places: Place[] = [place(false)]
  const tables: TableFrame[] = []
  const contents: boolean[] = []
  let skipping = 0
  let properties = 0
  let rowProperties = false
  let hidden = false
  let inText = false
  let inCode = false
  let code = ''

  const here = (): Place => places.at(-1) as Place
  const row = (): Cell[] | undefined => tables.at(-1)?.rows.at(-1)
  const say = (text: string): void => {
    if (!hidden && here().drawing === 0) here().paragraph?.words.push(text)
  }

  const opens: Record<string, (attributes: Attributes) => void> = {
    p: () => {
      zip.spend(PARAGRAPH)
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
    sym: (a) => say(symbol(attr(a, 'font') ?? '', attr(a, 'char') ?? '')),
    instrText: () => {
      inCode = true
    },
    fldChar: (a) => {
      if (attr(a, 'fldCharType') === 'end') say(circledBy(code))
      code = ''
    },
    altChunk: (a) => here().items.push(...chunk(attr(a, 'id') ?? '')),
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
    instrText: () => {
      inCode = false
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
      if (skipping > 0) return
      if (inText) say(text)
      else if (inCode) code = (code + text).slice(0, MOST_CODE)
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
