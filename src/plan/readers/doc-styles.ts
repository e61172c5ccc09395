import { type DocFile, PARTS } from './doc-file.ts'
import { lookOf } from './doc-looks.ts'
import { blankShape, indentsOf, layOver, numberingOf } from './doc-shapes.ts'
import { u16 } from './doc-sprms.ts'
import { inherited, type Style, type Styles } from './docx-styles.ts'

/** Kinds of styles, and the numbers that Word's own nine styles of a table of contents have (`sti`). */
const PARAGRAPH = 1
const CHARACTER = 2
const CONTENTS = { first: 19, last: 27 }
const NO_STYLE = 0xfff

/** Reads the style sheet ([MS-DOC] 2.9.271, STSH). A style's id is its place in it; Normal is the first. */
export function readDocStyles(file: DocFile): Styles {
  const sheet = file.part(PARTS.styles)
  const styles = new Map<string, Style>()
  const count = u16(sheet, 2)
  const base = u16(sheet, 4)
  let at = 2 + u16(sheet, 0)
  for (let i = 0; i < count && at + 2 <= sheet.length; i++) {
    const length = u16(sheet, at)
    if (length > 0) styles.set(String(i), styleOf(file, sheet.subarray(at + 2, at + 2 + length), base))
    at += 2 + length + (length & 1)
  }
  return inherited(styles, '0')
}

function styleOf(file: DocFile, bytes: Uint8Array, base: number): Style {
  const known = u16(bytes, 0) & 0xfff
  const kind = u16(bytes, 2) & 0xf
  const parent = u16(bytes, 2) >> 4
  const sets = updates(bytes, base, u16(bytes, 4) & 0xf)
  const shape = blankShape(0)
  const own = kind === PARAGRAPH ? sets[0]?.subarray(2) : undefined
  if (own) layOver(file, shape, own)
  const look = lookOf(file, sets[kind === CHARACTER ? 0 : 1] ?? new Uint8Array())
  return {
    name: known >= CONTENTS.first && known <= CONTENTS.last ? `toc ${known - CONTENTS.first + 1}` : nameOf(bytes, base),
    basedOn: parent === NO_STYLE ? '' : String(parent),
    numId: numberingOf(shape) ?? '',
    level: shape.level,
    indents: indentsOf(shape),
    hidden: look.hidden === undefined ? undefined : (look.hidden & 1) === 1,
  }
}

/** The name stands behind the fixed part, its length in front, a zero behind. */
const nameOf = (bytes: Uint8Array, base: number): string =>
  new TextDecoder('utf-16le').decode(bytes.subarray(base + 2, base + 2 + 2 * u16(bytes, base)))

/** The sets of properties behind the name, each at an even place with its length in front. */
function updates(bytes: Uint8Array, base: number, count: number): Uint8Array[] {
  const sets: Uint8Array[] = []
  let at = base + 2 + 2 * u16(bytes, base) + 2
  for (let i = 0; i < count && at + 2 <= bytes.length; i++) {
    const length = u16(bytes, at)
    sets.push(bytes.subarray(at + 2, at + 2 + length))
    at += 2 + length + (length & 1)
  }
  return sets
}
