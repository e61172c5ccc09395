import type { DocFile } from './doc-file.ts'
import { eachSprm, i16, u16 } from './doc-sprms.ts'
import { broken } from './zip.ts'

/** What the properties of a paragraph say that matters to text; undefined where they do not speak of it. */
export interface Shape {
  style: number
  list: number | undefined
  level: number | undefined
  /** How far the first line moves in: in characters, and in twentieths of a point. */
  indentChars: number | undefined
  indent: number | undefined
  inTable: boolean
  /** How many tables it stands in; 0 where it does not say. */
  depth: number
  /** The paragraph is no text, but the end of a row. */
  endsRow: boolean
  /** Its mark ends a cell, where that mark is not a cell's own. */
  endsCell: boolean
  row: RowShape | undefined
}

/** The edges of a row's cells from left to right, in twentieths of a point, and how each cell is merged. */
export interface RowShape {
  edges: number[]
  merged: { across: number; down: number }[]
}

export const blankShape = (style: number): Shape => ({
  style,
  list: undefined,
  level: undefined,
  indentChars: undefined,
  indent: undefined,
  inTable: false,
  depth: 0,
  endsRow: false,
  endsCell: false,
  row: undefined,
})

/** What a modification changes, by its code ([MS-DOC] 2.6.2, 2.6.3). */
type Change = (shape: Shape, value: number, operand: () => Uint8Array) => void

/** sprmPHugePapx and sprmPTableProps: the properties stand in the stream Data. */
const ELSEWHERE = new Set([0x6645, 0x6646, 0x646b])
/** Word nests tables a few deep. */
const DEEPEST = 30

const CHANGES = new Map<number, Change>([
  [0x4600, (shape, value) => (shape.style = value)], // sprmPIstd
  [0x260a, (shape, value) => (shape.level = Math.min(8, value))], // sprmPIlvl
  [0x460b, (shape, value) => (shape.list = listOf(value))], // sprmPIlfo
  [0x4457, (shape, value) => (shape.indentChars = signed(value))], // sprmPDxcLeft1
  [0x8411, (shape, value) => (shape.indent = signed(value))], // sprmPDxaLeft180
  [0x8460, (shape, value) => (shape.indent = signed(value))], // sprmPDxaLeft1
  [0x2416, (shape, value) => (shape.inTable = value !== 0)], // sprmPFInTable
  [0x2417, (shape, value) => (shape.endsRow = value !== 0)], // sprmPFTtp
  [0x244c, (shape, value) => (shape.endsRow = value !== 0)], // sprmPFInnerTtp
  [0x244b, (shape, value) => (shape.endsCell = value !== 0)], // sprmPFInnerTableCell
  [0x6649, (shape, value) => (shape.depth = depthOf(value))], // sprmPItap
  [0x664a, (shape, value) => (shape.depth = depthOf(shape.depth + (value | 0)))], // sprmPDtap
  [0xd608, (shape, _, operand) => (shape.row = definition(operand()))], // sprmTDefTable
  [0x5624, (shape, value) => mergeAcross(shape.row, value & 0xff, value >> 8)], // sprmTMerge
  [0xd62b, (shape, value) => mergeDown(shape.row, value & 0xff, (value >> 8) & 0xff)], // sprmTVertMerge
])

const signed = (value: number): number => (value << 16) >> 16

/** From 0xF802 on it is the same list counted backwards: the paragraph keeps an indent of its own; 0xF801 is none. */
const listOf = (value: number): number => (value > 0xf801 ? 0x10000 - value : value === 0xf801 ? 0 : value)

function depthOf(value: number): number {
  const depth = value | 0
  if (depth > DEEPEST) throw broken()
  return Math.max(0, depth)
}

/** Lays a grpprl over a shape, with what it refers to in the stream Data. */
export function layOver(file: DocFile, shape: Shape, grpprl: Uint8Array, nested = false): void {
  file.spend(grpprl.length)
  eachSprm(grpprl, (code, value, operand) => {
    if (!ELSEWHERE.has(code)) CHANGES.get(code)?.(shape, value, operand)
    else if (!nested && value + 2 <= file.data.length)
      layOver(file, shape, file.data.subarray(value + 2, value + 2 + u16(file.data, value)), true)
  })
}

/** sprmTDefTable ([MS-DOC] 2.9.321): the edges, then the flags of each cell, left out where they are all zero. */
function definition(bytes: Uint8Array): RowShape {
  const count = bytes[0] ?? 0
  const row: RowShape = { edges: [], merged: [] }
  for (let i = 0; i <= count; i++) row.edges.push(i16(bytes, 1 + 2 * i))
  for (let i = 0; i < count; i++) {
    const flags = u16(bytes, 1 + 2 * (count + 1) + 20 * i)
    row.merged.push({ across: flags & 3, down: (flags >> 5) & 3 })
  }
  return row
}

function mergeAcross(row: RowShape | undefined, first: number, end: number): void {
  for (let i = first; row && i < Math.min(end, row.merged.length); i++) {
    const cell = row.merged[i]
    if (cell) cell.across = i === first ? 1 : 2
  }
}

function mergeDown(row: RowShape | undefined, at: number, how: number): void {
  const cell = row?.merged[at]
  if (cell) cell.down = how & 3
}

/** The list of a paragraph or style as the numbering knows it; undefined where it names none. */
export const numberingOf = ({ list }: Shape): string | undefined => (list === undefined ? undefined : String(list))

/** Whether the first line moves in; a number of characters goes before a distance. */
export const indentsOf = ({ indentChars, indent }: Shape): boolean | undefined =>
  indentChars === undefined && indent === undefined ? undefined : (indentChars || indent || 0) > 0
