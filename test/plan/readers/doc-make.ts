import { ole } from './ole-make.ts'

/** Word 97 documents put together from the structures of [MS-DOC], small ones: each run has a page of its own. */

export const bytes16 = (...list: number[]): number[] => list.flatMap((n) => [n & 0xff, (n >> 8) & 0xff])
export const bytes32 = (...list: number[]): number[] =>
  list.flatMap((n) => [n & 0xff, (n >>> 8) & 0xff, (n >>> 16) & 0xff, (n >>> 24) & 0xff])
const utf16 = (text: string): number[] => [...text].flatMap((c) => bytes16(c.charCodeAt(0)))

/** A property modification: its code, then its operand. */
export const sprm = (code: number, ...operand: number[]): number[] => [...bytes16(code), ...operand]
export const inList = (use: number, level = 0): number[] => [...sprm(0x260a, level), ...sprm(0x460b, ...bytes16(use))]
export const hidden = sprm(0x083c, 1)
export const deleted = sprm(0x0800, 1)
export const inTable = (depth = 1): number[] => [...sprm(0x2416, 1), ...sprm(0x6649, ...bytes32(depth))]

/** Text with the properties of its characters. */
export type Words = [text: string, properties: number[]]
export interface Paragraph {
  /** The last character is its mark. */
  words: Words[]
  properties: number[]
  style: number
}
export const para = (text: string | Words[], properties: number[] = [], style = 0): Paragraph => ({
  words: typeof text === 'string' ? [[`${text}\r`, []]] : text,
  properties,
  style,
})

/** A cell at an edge: `across` and `down` as its flags have them. */
export interface CellAt {
  text: string
  edge: number
  across?: number
  down?: number
}
/** A row of cells that begin at their edges and end at the next one's, the last one at `end`. */
export const row = (end: number, cells: CellAt[], mark: number[] = []): Paragraph[] => {
  const edges = [...cells.map((c) => c.edge), end]
  const flags = cells.flatMap(({ across = 0, down = 0 }) => [
    ...bytes16(across | (down << 5)),
    ...Array<number>(18).fill(0),
  ])
  const definition = [cells.length, ...bytes16(...edges), ...flags]
  const properties = [
    ...inTable(),
    ...sprm(0x2417, 1),
    ...sprm(0xd608, ...bytes16(definition.length + 1), ...definition),
  ]
  return [...cells.map(({ text }) => para([[`${text}\u0007`, []]], inTable())), para([['\u0007', mark]], properties)]
}

export interface LevelOf {
  nfc: number
  text: string
  start?: number
  flags?: number
  restart?: number
  follow?: number
}
const level = ({ nfc, text, start = 1, flags = 0, restart = 0, follow = 0 }: LevelOf): number[] => {
  const words = text.replace(/%(\d)/g, (_, n: string) => String.fromCharCode(Number(n) - 1))
  return [
    ...bytes32(start),
    nfc,
    flags,
    ...Array<number>(9).fill(0),
    follow,
    ...bytes32(0, 0),
    ...[0, 0, restart, 0],
    ...bytes16(words.length),
    ...utf16(words),
  ]
}

export interface StyleOf {
  known: number
  base?: number
  kind?: number
  paragraph?: number[]
  characters?: number[]
}
const style = ({ known, base = 0xfff, kind = 1, paragraph = [], characters = [] }: StyleOf): number[] => {
  const set = (bytes: number[]) => [...bytes16(bytes.length), ...bytes, ...(bytes.length % 2 === 0 ? [] : [0])]
  const sets = kind === 1 ? [set([...bytes16(0), ...paragraph]), set(characters)] : [set(characters)]
  const fixed = bytes16(known, kind | (base << 4), sets.length, 0, 0)
  const std = [...fixed, ...bytes16(1), ...utf16('x'), ...bytes16(0), ...sets.flat()]
  return [...bytes16(std.length), ...std, ...(std.length % 2 === 0 ? [] : [0])]
}

export interface DocOf {
  paragraphs: Paragraph[]
  styles?: StyleOf[]
  lists?: LevelOf[][]
  /** Which list each use stands for, and what it overrides: a level's start, or all of it. */
  uses?: { list: number; overrides?: { at: number; start?: number; level?: LevelOf }[] }[]
  /** Text boxes and where in the body each hangs. */
  boxes?: { text: string; anchor: number }[]
  /** One byte a character (cp1252). */
  narrow?: boolean
  /** Prm of the first piece, and the grpprls that such ones name. */
  prm?: number
  changes?: number[][]
  data?: number[]
  flags?: number
  version?: number
  sections?: number[]
}

const PAGE = 512
const TEXT_AT = 2048

/** The streams of a document. */
export function docStreams(doc: DocOf): Record<string, Uint8Array> {
  const { paragraphs, boxes = [], narrow = false } = doc
  const body = paragraphs.flatMap((p) => p.words.map(([text]) => text)).join('')
  const text = body + boxes.map((box) => `${box.text}\r`).join('')
  const width = narrow ? 1 : 2
  const fc = (cp: number): number => TEXT_AT + cp * width
  const pages: number[][] = []
  const characters: number[][] = []
  const shapes: number[][] = []
  let cp = 0
  for (const { words, properties, style: istd } of paragraphs) {
    const from = cp
    for (const [said, look] of words) {
      const page = [...bytes32(fc(cp), fc(cp + said.length)), look.length === 0 ? 0 : 10]
      characters.push([fc(cp), pages.length])
      pages.push(pageOf(page, 20, [look.length, ...look]))
      cp += said.length
    }
    const whole = [...bytes16(istd), ...properties]
    const half = whole.length % 2 === 0 ? [0, whole.length / 2] : [(whole.length + 1) / 2]
    shapes.push([fc(from), pages.length])
    pages.push(pageOf([...bytes32(fc(from), fc(cp)), 15], 30, [...half, ...whole]))
  }
  const firstPage = Math.ceil(fc(text.length) / PAGE)
  const main = new Uint8Array((firstPage + pages.length) * PAGE)
  main.set(narrow ? [...text].map((c) => c.charCodeAt(0)) : utf16(text), TEXT_AT)
  pages.forEach((page, i) => {
    main.set(page, (firstPage + i) * PAGE)
  })

  const table: number[] = []
  const view = new DataView(main.buffer)
  const add = (index: number, bytes: number[], more: number[] = []): void => {
    view.setUint32(154 + 8 * index, table.length, true)
    view.setUint32(154 + 8 * index + 4, bytes.length, true)
    table.push(...bytes, ...more)
  }
  const plc = (runs: number[][], end: number): number[] =>
    runs.length === 0
      ? []
      : [...bytes32(...runs.map(([at = 0]) => at), end), ...bytes32(...runs.map(([, page = 0]) => firstPage + page))]
  view.setUint16(0, 0xa5ec, true)
  view.setUint16(2, doc.version ?? 0xc1, true)
  view.setUint16(10, 0x0200 | (doc.flags ?? 0), true)
  view.setUint32(64 + 12, body.length, true)
  view.setUint32(64 + 36, text.length - body.length, true)
  add(12, plc(characters, fc(cp)))
  add(13, plc(shapes, fc(cp)))
  const at = narrow ? (0x40000000 | (2 * TEXT_AT)) >>> 0 : TEXT_AT
  const pieces = [...bytes32(0, text.length), ...bytes16(0), ...bytes32(at), ...bytes16(doc.prm ?? 0)]
  const changes = (doc.changes ?? []).flatMap((c) => [1, ...bytes16(c.length), ...c])
  add(33, [...changes, 2, ...bytes32(pieces.length), ...pieces])
  const { styles = [], lists = [], uses = [], sections = [] } = doc
  if (styles.length > 0)
    add(1, [...bytes16(18), ...bytes16(styles.length, 10), ...Array<number>(14).fill(0), ...styles.flatMap(style)])
  if (sections.length > 0) add(6, [...bytes32(0, ...sections), ...Array<number>(12 * sections.length).fill(0)])
  const heads = lists.flatMap((levels, i) => [
    ...bytes32(i + 100, 0),
    ...Array(9).fill(bytes16(0xfff)).flat(),
    levels.length === 1 ? 1 : 0,
    0,
  ])
  const nine = (levels: LevelOf[]): LevelOf[] =>
    levels.length === 1 ? levels : Array.from({ length: 9 }, (_, i) => levels[i] ?? { nfc: 255, text: '' })
  add(73, [...bytes16(lists.length), ...heads], lists.flatMap(nine).flatMap(level))
  const useHeads = uses.flatMap(({ list, overrides = [] }) => [
    ...bytes32(list + 100, 0, 0),
    ...[overrides.length, 0, 0, 0],
  ])
  const useData = uses.flatMap(({ overrides = [] }) => [
    ...bytes32(0xffffffff),
    ...overrides.flatMap((o) => [
      ...bytes32(o.start ?? 0, o.at | (o.start === undefined ? 0 : 0x10) | (o.level ? 0x20 : 0)),
      ...(o.level ? level(o.level) : []),
    ]),
  ])
  add(74, [...bytes32(uses.length), ...useHeads, ...useData])
  if (boxes.length > 0) {
    const none = (n: number) => Array<number>(n).fill(0)
    add(40, [
      ...bytes32(...boxes.map((b) => b.anchor), body.length),
      ...boxes.flatMap((_, i) => [...bytes32(900 + i), ...none(22)]),
    ])
    const ends = boxes.map((_, i) => boxes.slice(0, i + 1).reduce((sum, b) => sum + b.text.length + 1, 0))
    add(56, [...bytes32(0, ...ends), ...boxes.flatMap((_, i) => [...none(14), ...bytes32(900 + i), ...none(4)])])
  }
  return { WordDocument: main, '1Table': Uint8Array.from(table), Data: Uint8Array.from(doc.data ?? []) }
}

/** A formatted disk page of one run. */
function pageOf(start: number[], at: number, properties: number[]): number[] {
  const page = Array<number>(PAGE).fill(0)
  page.splice(0, start.length, ...start)
  page.splice(at, properties.length, ...properties)
  page[PAGE - 1] = 1
  return page.slice(0, PAGE)
}

export const doc = (parts: DocOf): Uint8Array => ole(docStreams(parts))
