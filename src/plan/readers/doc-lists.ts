import { type DocFile, PARTS } from './doc-file.ts'
import { i16, u16, u32 } from './doc-sprms.ts'
import type { Level, Numbering, Use } from './docx-numbering.ts'

/** The formats of numbers by their code ([MS-OSHARED] 2.2.1.3), by the names that docx has for them. */
const FORMATS = (
  'decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText hex chicago ' +
  'ideographDigital japaneseCounting aiueo iroha decimalFullWidth decimalHalfWidth japaneseLegal ' +
  'japaneseDigitalTenThousand decimalEnclosedCircle decimalFullWidth2 aiueoFullWidth irohaFullWidth decimalZero ' +
  'bullet ganada chosung decimalEnclosedFullstop decimalEnclosedParen decimalEnclosedCircleChinese ' +
  'ideographEnclosedCircle ideographTraditional ideographZodiac ideographZodiacTraditional taiwaneseCounting ' +
  'ideographLegalTraditional taiwaneseCountingThousand taiwaneseDigital chineseCounting chineseLegalSimplified ' +
  'chineseCountingThousand ideographDigital'
).split(' ')
const NO_NUMBER = 0xff
const SUFFIXES = ['tab', 'space', 'nothing']
const NO_STYLE = 0xfff
const LIST_BYTES = 28
const USE_BYTES = 16
/** Words around a number are few; what Word itself would not write is cut. */
const LONGEST_TEXT = 255

/** Reads lists and their uses ([MS-DOC] 2.9.192 PlfLst, 2.9.191 PlfLfo) as the numbering that docx has too. */
export function readLists(file: DocFile): Numbering {
  return { lists: listsOf(file), uses: usesOf(file), byStyle: new Map() }
}

function listsOf(file: DocFile): Numbering['lists'] {
  const lists: Numbering['lists'] = new Map()
  const heads = file.part(PARTS.lists)
  const bytes = file.partOn(PARTS.lists)
  const count = Math.min(u16(heads, 0), Math.floor((heads.length - 2) / LIST_BYTES))
  let at = 2 + LIST_BYTES * count
  for (let i = 0; i < count; i++) {
    const head = 2 + LIST_BYTES * i
    const levels = new Map<number, Level>()
    const simple = ((heads[head + 26] ?? 0) & 1) === 1
    for (let n = 0; n < (simple ? 1 : 9) && at < bytes.length; n++) {
      const style = i16(heads, head + 8 + 2 * n)
      const { level, end } = readLevel(bytes, at, style === NO_STYLE ? '' : String(style))
      levels.set(n, level)
      at = end
    }
    lists.set(String(u32(heads, head)), { levels, linkedTo: '' })
  }
  return lists
}

function usesOf(file: DocFile): Numbering['uses'] {
  const uses: Numbering['uses'] = new Map()
  const bytes = file.part(PARTS.listUses)
  const count = Math.min(u32(bytes, 0), Math.floor((bytes.length - 4) / USE_BYTES))
  let at = 4 + USE_BYTES * count
  for (let i = 0; i < count; i++) {
    const head = 4 + USE_BYTES * i
    const use: Use = { list: String(u32(bytes, head)), starts: new Map(), levels: new Map() }
    uses.set(String(i + 1), use)
    at += 4
    for (let n = bytes[head + 12] ?? 0; n > 0 && at + 8 <= bytes.length; n--) at = readOverride(bytes, at, use)
  }
  return uses
}

/** What a use says otherwise of one level (LFOLVL): its start, or the whole level; gives where the next one begins. */
function readOverride(bytes: Uint8Array, at: number, use: Use): number {
  const flags = bytes[at + 4] ?? 0
  const n = Math.min(8, flags & 0xf)
  const [starts, formats] = [(flags & 0x10) !== 0, (flags & 0x20) !== 0]
  if (!formats) {
    if (starts) use.starts.set(n, u32(bytes, at))
    return at + 8
  }
  const { level, end } = readLevel(bytes, at + 8, '')
  use.levels.set(n, level)
  if (starts) use.starts.set(n, level.start)
  return end
}

/** A level ([MS-DOC] 2.9.151, LVL) and where the next one begins. */
function readLevel(bytes: Uint8Array, at: number, style: string): { level: Level; end: number } {
  const flags = bytes[at + 5] ?? 0
  const format = bytes[at + 4] ?? 0
  const text = at + 28 + (bytes[at + 24] ?? 0) + (bytes[at + 25] ?? 0)
  const length = u16(bytes, text)
  let words = ''
  for (let i = 0; i < Math.min(length, LONGEST_TEXT); i++) {
    const c = u16(bytes, text + 2 + 2 * i)
    // A character below 9 stands for the number of that level.
    words += c < 9 ? `%${c + 1}` : String.fromCharCode(c)
  }
  const level: Level = {
    start: u32(bytes, at),
    format: format === NO_NUMBER ? 'none' : (FORMATS[format] ?? 'decimal'),
    text: words,
    legal: (flags & 0x04) !== 0,
    suffix: SUFFIXES[bytes[at + 15] ?? 0] ?? 'tab',
    restart: (flags & 0x08) !== 0 ? (bytes[at + 26] ?? 0) : undefined,
    style,
  }
  return { level, end: text + 2 + 2 * length }
}
