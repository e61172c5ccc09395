import { type DocFile, PARTS } from './doc-file.ts'
import { u16, u32 } from './doc-sprms.ts'
import { broken } from './zip.ts'

/** Text that lies in one stretch of the file: from `from` to `to` (cp), at byte `at`, `width` bytes a character. */
export interface Piece {
  from: number
  to: number
  at: number
  width: 1 | 2
  /** Modifications that a quick save laid over all of it, a grpprl. */
  changes: Uint8Array
}

const NONE = new Uint8Array()
const NARROW = 0x40000000

/** Reads the piece table ([MS-DOC] 2.9.38, Clx): the text of the whole document and where in the file each piece of it is. */
export function readPieces(file: DocFile): { text: string; pieces: Piece[] } {
  const { changes, table } = parted(file.part(PARTS.pieces))
  const count = Math.floor((table.length - 4) / 12)
  if (count < 1) throw broken()
  const wide = new TextDecoder('utf-16le', { fatal: false, ignoreBOM: true })
  const texts: string[] = []
  const pieces: Piece[] = []
  let end = 0
  for (let i = 0; i < count; i++) {
    const [from, to] = [u32(table, 4 * i), u32(table, 4 * i + 4)]
    const described = 4 * (count + 1) + 8 * i
    const fc = u32(table, described + 2)
    const width = (fc & NARROW) !== 0 ? 1 : 2
    const at = width === 1 ? (fc & ~NARROW) >>> 1 : fc
    const stop = at + (to - from) * width
    // Two pieces share no bytes, so no text is longer than the file.
    if (from !== end || to < from || stop > file.main.length || to > file.main.length) throw broken()
    end = to
    const prm = u16(table, described + 6)
    pieces.push({ from, to, at, width, changes: (prm & 1) === 1 ? (changes[prm >> 1] ?? NONE) : single(prm) })
    const bytes = file.main.subarray(at, stop)
    texts.push(width === 1 ? narrowText(bytes) : wide.decode(bytes))
  }
  return { text: texts.join(''), pieces }
}

const LATIN = new TextDecoder('latin1')
/** 0x80 to 0x9f in cp1252; some decoders of that name leave these bytes as they are. */
const MARKS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

const narrowText = (bytes: Uint8Array): string =>
  LATIN.decode(bytes).replace(/[\u0080-\u009f]/g, (c) => MARKS[c.charCodeAt(0) - 0x80] ?? c)

/** The grpprls in front of the table of pieces, and that table. */
function parted(clx: Uint8Array): { changes: Uint8Array[]; table: Uint8Array } {
  const changes: Uint8Array[] = []
  let at = 0
  while (clx[at] === 1) {
    const length = u16(clx, at + 1)
    changes.push(clx.subarray(at + 3, at + 3 + length))
    at += 3 + length
  }
  if (clx[at] !== 2) throw broken()
  const length = u32(clx, at + 1)
  if (at + 5 + length > clx.length) throw broken()
  return { changes, table: clx.subarray(at + 5, at + 5 + length) }
}

/** The codes of the modifications that matter here, by their short form ([MS-DOC] 2.9.215, Prm0). */
const SHORT: Record<number, number> = { 12: 0x260a, 24: 0x2416, 25: 0x2417, 65: 0x0800, 92: 0x083c }

function single(prm: number): Uint8Array {
  const code = SHORT[(prm >> 1) & 0x7f]
  return code === undefined ? NONE : Uint8Array.of(code & 0xff, code >> 8, prm >> 8)
}

/** The piece that holds a character, and the byte where it stands. Linear in the logarithm of the pieces. */
export function placeOf(pieces: Piece[], cp: number): { piece: Piece; fc: number } | undefined {
  let low = 0
  let high = pieces.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((pieces[middle]?.from ?? 0) <= cp) low = middle
    else high = middle - 1
  }
  const piece = pieces[low]
  return piece && cp >= piece.from && cp < piece.to
    ? { piece, fc: piece.at + (cp - piece.from) * piece.width }
    : undefined
}
