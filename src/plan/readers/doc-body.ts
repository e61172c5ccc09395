import { boxesOf } from './doc-boxes.ts'
import { type DocFile, PARTS } from './doc-file.ts'
import { DELETED, hiddenMarks, hideByStyle } from './doc-marks.ts'
import { type Piece, placeOf, readPieces } from './doc-pieces.ts'
import { paragraphProperties, runsOf } from './doc-runs.ts'
import { blankShape, indentsOf, layOver, numberingOf, type Shape } from './doc-shapes.ts'
import { shownText } from './doc-shown.ts'
import { u32 } from './doc-sprms.ts'
import { endCell, endRow, endTable, newTable, type OpenTable } from './doc-tables.ts'
import { endParagraph, type Item, type Place } from './docx-items.ts'
import { counter, type Numbering } from './docx-numbering.ts'
import type { Styles } from './docx-styles.ts'

const PARAGRAPH_MARK = 0x0d
const CELL_MARK = 0x07
const SECTION_MARK = 0x0c
const DRAWING = 0x08
/** What a paragraph costs, in bytes of properties. */
const PARAGRAPH_COST = 200

/** Reads the body of a document, its text boxes behind the paragraph they hang on, those that hang nowhere at the end. */
export function readDocBody(file: DocFile, numbering: Numbering, styles: Styles): Item[] {
  const { text, pieces } = readPieces(file)
  const body = { from: 0, to: Math.min(file.bodyEnd, text.length) }
  const boxes = boxesOf(file).filter((box) => box.to <= text.length)
  const marks = hiddenMarks(file, text, pieces, styles, [body, ...boxes])
  const shapeOf = shapesOf(file, pieces)
  const sections = sectionMarks(file)
  const count = counter(numbering)
  const hung = new Map(boxes.map((box) => [box.anchor ?? -1 - box.from, box]))

  /** The items of a stretch of whole paragraphs. */
  function story(from: number, to: number): Item[] {
    const root: Place = { items: [], inCell: false, paragraph: undefined, carried: '', drawing: 0 }
    const open: OpenTable[] = []
    const here = (): Place => open.at(-1)?.cell ?? root
    let start = from
    for (let cp = from; cp < to; cp++) {
      const c = text.charCodeAt(cp)
      const ends = c === PARAGRAPH_MARK || c === CELL_MARK || (c === SECTION_MARK && sections.has(cp))
      if (!ends && cp < to - 1) continue
      file.spend(PARAGRAPH_COST)
      const shape = shapeOf(cp)
      const depth = shape.inTable || shape.depth > 0 ? Math.max(1, shape.depth) : 0
      while (open.length > depth) {
        const inner = open.pop()
        if (inner) here().items.push(...endTable(inner))
      }
      while (open.length < depth) open.push(newTable())
      const table = open.at(-1)
      if (table && shape.endsRow) endRow(table, shape.row, ((marks[cp] ?? 0) & DELETED) !== 0)
      else {
        paragraph(start, ends ? cp : cp + 1, shape, here())
        if (table && (c === CELL_MARK || shape.endsCell)) endCell(table)
      }
      start = cp + 1
    }
    for (let inner = open.pop(); inner; inner = open.pop()) here().items.push(...endTable(inner))
    return root.items
  }

  function paragraph(from: number, to: number, shape: Shape, place: Place): void {
    if (styles.of(String(shape.style))?.hidden) hideByStyle(marks, from, to)
    place.paragraph = {
      words: [shownText(text, marks, from, to)],
      style: String(shape.style),
      numId: numberingOf(shape),
      level: shape.level,
      indents: indentsOf(shape),
      joined: text.charCodeAt(to) === PARAGRAPH_MARK && ((marks[to] ?? 0) & DELETED) !== 0,
      boxes: boxesWithin(from, to),
    }
    endParagraph(place, styles, numbering, count)
  }

  function boxesWithin(from: number, to: number): Item[] {
    const items: Item[] = []
    for (let at = from; hung.size > 0 && at < to; at++) {
      if (text.charCodeAt(at) !== DRAWING) continue
      const box = hung.get(at)
      hung.delete(at)
      if (box) items.push(...story(box.from, box.to))
    }
    return items
  }

  const items = story(body.from, body.to)
  return [...items, ...[...hung.values()].flatMap((box) => story(box.from, box.to))]
}

/** What the properties say of the paragraph whose mark stands at a position. */
function shapesOf(file: DocFile, pieces: Piece[]): (mark: number) => Shape {
  const runAt = runsOf(file, PARTS.paragraphPages, 13)
  return (mark) => {
    const place = placeOf(pieces, mark)
    const run = place && runAt(place.fc)
    if (!run || run.at === 0) return blankShape(0)
    const { style, grpprl } = paragraphProperties(file.main, run.at)
    const shape = blankShape(style)
    layOver(file, shape, grpprl)
    layOver(file, shape, place.piece.changes)
    return shape
  }
}

/** Where sections end: their mark is the same character as a page break, but ends a paragraph ([MS-DOC] 2.8.26, PlcfSed). */
function sectionMarks(file: DocFile): Set<number> {
  const table = file.part(PARTS.sections)
  const marks = new Set<number>()
  for (let i = 1; i <= Math.floor((table.length - 4) / 16); i++) marks.add(u32(table, 4 * i) - 1)
  return marks
}
