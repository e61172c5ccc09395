import { Inflate } from 'fflate'
import { BadInput } from '../../model/problem.ts'

/** The files inside a zip, opened one by one; what has been inflated counts against one limit for the whole package. */
export interface Zip {
  names: string[]
  has(name: string): boolean
  /** Bytes of an entry in pieces, in their order; an entry that is not there gives none. Throws BadInput where it is broken or too large. */
  each(name: string, take: (piece: Uint8Array) => void): void
  /** Counts what a reader takes out of it, an element or ten characters one; throws BadInput where it is too much. */
  spend(cost: number): void
}

interface Entry {
  name: string
  method: number
  encrypted: boolean
  size: number
  inflated: number
  crc: number
  at: number
}

const MOST_ENTRIES = 10_000
const MOST_INFLATED = 40_000_000
/** A ledger of 10,000 rows takes half of it; reading so much takes about a second. */
const MOST_SPENT = 1_200_000
/** Text of offices shrinks to a tenth or a thirtieth; what shrinks far more is made to do harm. */
const MOST_RATIO = 200
const RATIO_COUNTS_FROM = 10_000_000
const PIECE = 32_768

const BROKEN = '文件已损坏，打不开：请在 Word、Excel 或 WPS 里重新另存后再导入'
export const LOCKED = '文件有密码，请去掉密码后再导入'
const HUGE = '文件里的内容太大，不像工作方案：请只留方案本身，或另存为纯文本后再导入'

export const broken = (): BadInput => new BadInput(BROKEN)
export const huge = (): BadInput => new BadInput(HUGE)

/** Opens a zip by its central directory. Throws BadInput where it is broken, locked, or a bomb by what it declares. */
export function openZip(bytes: Uint8Array): Zip {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = new Map(directory(view, bytes).map((entry) => [entry.name, entry]))
  let inflated = 0
  const each: Zip['each'] = (name, take) => {
    const entry = entries.get(name)
    if (!entry) return
    if (entry.encrypted) throw new BadInput(LOCKED)
    if (entry.inflated > MOST_INFLATED || suspicious(entry.inflated, entry.size)) throw huge()
    let own = 0
    let crc = -1
    const count = (piece: Uint8Array): void => {
      own += piece.length
      inflated += piece.length
      if (inflated > MOST_INFLATED || suspicious(own, entry.size)) throw huge()
      crc = checksum(crc, piece)
      take(piece)
    }
    inflate(dataOf(view, bytes, entry), entry.method, count)
    if (~crc >>> 0 !== entry.crc) throw broken()
  }
  let spent = 0
  const spend = (cost: number): void => {
    spent += cost
    if (spent > MOST_SPENT) throw huge()
  }
  return { names: [...entries.keys()], has: (name) => entries.has(name), each, spend }
}

const suspicious = (inflated: number, size: number): boolean =>
  inflated > RATIO_COUNTS_FROM && inflated > MOST_RATIO * Math.max(1, size)

const CRC = Int32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1
  return c
})

function checksum(crc: number, piece: Uint8Array): number {
  let c = crc
  for (let i = 0; i < piece.length; i++) c = (CRC[(c ^ (piece[i] as number)) & 255] as number) ^ (c >>> 8)
  return c
}

function inflate(data: Uint8Array, method: number, take: (piece: Uint8Array) => void): void {
  if (method === 0) {
    take(data)
    return
  }
  if (method !== 8) throw broken()
  let ended = false
  const stream = new Inflate((piece, last) => {
    ended ||= last
    if (piece.length > 0) take(piece)
  })
  try {
    for (let at = 0; at < data.length; at += PIECE)
      stream.push(data.subarray(at, at + PIECE), at + PIECE >= data.length)
  } catch (error) {
    throw error instanceof BadInput ? error : broken()
  }
  if (!ended) throw broken()
}

/** The entries of the central directory. Of a 64-bit archive none is read: no office file needs one. */
function directory(view: DataView, bytes: Uint8Array): Entry[] {
  const end = endRecord(view)
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count > MOST_ENTRIES) throw huge()
  const entries: Entry[] = []
  const decoder = new TextDecoder()
  for (let i = 0; i < count; i++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) throw broken()
    const length = view.getUint16(at + 28, true)
    entries.push({
      name: decoder.decode(bytes.subarray(at + 46, at + 46 + length)).replaceAll('\\', '/'),
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      crc: view.getUint32(at + 16, true),
      size: view.getUint32(at + 20, true),
      inflated: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    })
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/** Where the record at the end begins: 22 bytes before it, or more where the archive bears a comment. */
function endRecord(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 65_557)
  for (let at = view.byteLength - 22; at >= lowest; at--) if (view.getUint32(at, true) === 0x06054b50) return at
  throw broken()
}

function dataOf(view: DataView, bytes: Uint8Array, entry: Entry): Uint8Array {
  const { at, size } = entry
  if (at + 30 > view.byteLength || view.getUint32(at, true) !== 0x04034b50) throw broken()
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  if (from + size > bytes.length) throw broken()
  return bytes.subarray(from, from + size)
}
