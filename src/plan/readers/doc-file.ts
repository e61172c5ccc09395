import { BadInput } from '../../model/problem.ts'
import { type OleStream, streamNamed } from './ole.ts'
import { broken, huge, LOCKED } from './zip.ts'

/** The streams of a Word 97–2003 document, found through its File Information Block ([MS-DOC] 2.5). */
export interface DocFile {
  /** The stream WordDocument: text and pages of properties; offsets into it are called `fc`. */
  main: Uint8Array
  /** The stream Data: properties too long for a page. */
  data: Uint8Array
  /** Characters (UTF-16) before the body ends, and where the text boxes' begin and end; positions are called `cp`. */
  bodyEnd: number
  boxes: { from: number; to: number }
  /** A structure of the table stream by the index of its pair in FibRgFcLcb97; empty where the file has none. */
  part(index: number): Uint8Array
  /** The same to the end of the table stream, for what goes on behind its structure. */
  partOn(index: number): Uint8Array
  /** Counts the work done, a byte of properties one; throws BadInput where it is more than any document takes. */
  spend(cost: number): void
}

/** Where FibRgFcLcb97 names each structure. */
export const PARTS = {
  styles: 1,
  sections: 6,
  characterPages: 12,
  paragraphPages: 13,
  pieces: 33,
  anchors: 40,
  boxes: 56,
  lists: 73,
  listUses: 74,
} as const

const WORD_97 = 0xa5ec
const WORD_6 = 0xa5dc
/** `nFib` of Word 95. */
const LAST_OLD = 105
const ENCRYPTED = 0x0100
const SECOND_TABLE = 0x0200
const COUNTS = 64
const PAIRS = 154
const MOST_SPENT = 60_000_000

/** Opens the document among the streams of a compound file. Throws BadInput where it is locked, older or broken. */
export function openDoc(streams: OleStream[]): DocFile {
  const stream = (name: string): Uint8Array | undefined => streamNamed(streams, name)?.read()
  const main = stream('WordDocument') ?? new Uint8Array()
  if (main.length < 12) throw broken()
  const view = new DataView(main.buffer, main.byteOffset, main.byteLength)
  const [ident, version, flags] = [view.getUint16(0, true), view.getUint16(2, true), view.getUint16(10, true)]
  if ((flags & ENCRYPTED) !== 0) throw new BadInput(LOCKED)
  if (ident === WORD_6 || (ident === WORD_97 && version > 0 && version <= LAST_OLD)) throw new BadInput(OLD)
  const names = (flags & SECOND_TABLE) !== 0 ? ['1Table', '0Table'] : ['0Table', '1Table']
  const table = stream(names[0] ?? '') ?? stream(names[1] ?? '')
  if (ident !== WORD_97 || !table || main.length < 898) throw broken()

  const count = (index: number): number => view.getUint32(COUNTS + 4 * index, true)
  const pair = (index: number): [from: number, length: number] => {
    const [from, length] = [view.getUint32(PAIRS + 8 * index, true), view.getUint32(PAIRS + 8 * index + 4, true)]
    if (length > 0 && from + length > table.length) throw broken()
    return [from, length]
  }
  const bodyEnd = count(3)
  const boxesFrom = [3, 4, 5, 7, 8].reduce((sum, index) => sum + count(index), 0)
  let spent = 0
  return {
    main,
    data: stream('Data') ?? new Uint8Array(),
    bodyEnd,
    boxes: { from: boxesFrom, to: boxesFrom + count(9) },
    part(index) {
      const [from, length] = pair(index)
      return table.subarray(from, from + length)
    },
    partOn(index) {
      const [from, length] = pair(index)
      return length === 0 ? new Uint8Array() : table.subarray(from)
    },
    spend(cost) {
      spent += cost
      if (spent > MOST_SPENT) throw huge()
    },
  }
}

const OLD = '这是 Word 6.0/95 的旧文件：请在 Word 或 WPS 里另存为 docx 再导入'
