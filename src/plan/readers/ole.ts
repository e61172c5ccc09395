import { broken } from './zip.ts'

/** A stream of an OLE compound file ([MS-CFB]): its name and its first bytes. */
export interface OleStream {
  name: string
  start: Uint8Array
}

const END = 0xfffffffe
const HIGHEST = 0xfffffffa

/**
 * The streams of an OLE compound file (Word 97, Excel 97, a locked docx). Throws BadInput where a chain of sectors runs
 * in a circle or out of the file: readers behind it may then follow chains without counting.
 */
export function oleStreams(bytes: Uint8Array): OleStream[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 1536) throw broken()
  const shift = view.getUint16(30, true)
  if (shift !== 9 && shift !== 12) throw broken()
  const size = 1 << shift
  const most = Math.ceil(bytes.length / size)
  const offset = (sector: number): number => {
    const at = (sector + 1) * size
    if (sector > HIGHEST || at >= bytes.length) throw broken()
    return at
  }
  const table = allocation(view, offset, size, most)
  const chain = (first: number): number[] => {
    const sectors: number[] = []
    for (let s = first; s < HIGHEST; s = table[s] ?? END) {
      if (sectors.length > most) throw broken()
      offset(s)
      sectors.push(s)
    }
    return sectors
  }
  const smallTable = chain(view.getUint32(60, true))
  const streams: OleStream[] = []
  let small: number[] = []
  for (const sector of chain(view.getUint32(48, true))) {
    for (let at = offset(sector); at < offset(sector) + size && at + 128 <= bytes.length; at += 128) {
      const kind = bytes[at + 66]
      if (kind !== 2 && kind !== 5) continue
      const length = Math.max(0, Math.min(64, view.getUint16(at + 64, true)) - 2)
      const name = new TextDecoder('utf-16le').decode(bytes.subarray(at, at + length))
      const [first, bytesHeld] = [view.getUint32(at + 116, true), view.getUint32(at + 120, true)]
      if (kind === 5) small = chain(first)
      else if (bytesHeld >= 4096) {
        const [head] = chain(first)
        streams.push({
          name,
          start: head === undefined ? new Uint8Array() : bytes.subarray(offset(head), offset(head) + size),
        })
      } else streams.push({ name, start: new Uint8Array() })
    }
  }
  checkSmall(view, smallTable.map(offset), size, small.length)
  return streams
}

/** The sector behind each sector. */
function allocation(view: DataView, offset: (sector: number) => number, size: number, most: number): Uint32Array {
  const sectors: number[] = []
  for (let i = 0; i < 109; i++) sectors.push(view.getUint32(76 + 4 * i, true))
  let more = view.getUint32(68, true)
  for (let seen = 0; more < HIGHEST; seen++) {
    if (seen > most) throw broken()
    const at = offset(more)
    if (at + size > view.byteLength) throw broken()
    for (let i = 0; i < size / 4 - 1; i++) sectors.push(view.getUint32(at + 4 * i, true))
    more = view.getUint32(at + size - 4, true)
  }
  const own = sectors.filter((s) => s < HIGHEST)
  if (own.length > most) throw broken()
  const table = new Uint32Array((own.length * size) / 4).fill(END)
  own.forEach((sector, n) => {
    const at = offset(sector)
    for (let i = 0; i < size / 4 && at + 4 * i + 4 <= view.byteLength; i++)
      table[(n * size) / 4 + i] = view.getUint32(at + 4 * i, true)
  })
  return table
}

/** Chains of small sectors have no two ways into one sector, unless the file is made to run in a circle. */
function checkSmall(view: DataView, tables: number[], size: number, sectors: number): void {
  const entered = new Set<number>()
  const most = (sectors * size) / 64
  tables.forEach((at) => {
    for (let i = 0; i < size / 4 && at + 4 * i + 4 <= view.byteLength; i++) {
      const next = view.getUint32(at + 4 * i, true)
      if (next >= HIGHEST) continue
      if (next > most || entered.has(next)) throw broken()
      entered.add(next)
    }
  })
}
