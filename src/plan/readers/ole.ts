import { broken } from './zip.ts'

/** A stream of an OLE compound file ([MS-CFB]): its name, and its bytes when asked for. */
export interface OleStream {
  name: string
  /** Throws BadInput where its sectors lead out of the file. */
  read(): Uint8Array
}

const END = 0xfffffffe
const HIGHEST = 0xfffffffa
/** Streams below it stand in sectors of 64 bytes, within the stream of the root. */
const SMALL = 4096
const ROOT = 5

/**
 * The streams of an OLE compound file (Word 97, Excel 97, a locked docx), those of documents embedded in it left out.
 * Throws BadInput where its tables run in a circle or out of the file.
 */
export function oleStreams(bytes: Uint8Array): OleStream[] {
  const view = viewOf(bytes)
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
  const chain = (first: number, sectors: number): Uint8Array => {
    const places: number[] = []
    for (let s = first; s < HIGHEST && places.length < sectors; s = table[s] ?? END) {
      if (places.length > most) throw broken()
      places.push(offset(s))
    }
    return gathered(bytes, places, size)
  }
  const whole = (first: number): Uint8Array => chain(first, Number.POSITIVE_INFINITY)
  const entries = directory(whole(view.getUint32(48, true)))
  const root = entries.find((entry) => entry.kind === ROOT)
  const read = ({ first, held }: Entry): Uint8Array =>
    held >= SMALL || !root
      ? chain(first, Math.ceil(held / size)).subarray(0, held)
      : smallStream(whole(root.first), whole(view.getUint32(60, true)), first, held)
  const inner = embedded(entries)
  return entries
    .filter((entry, i) => entry.kind === 2 && !inner.has(i))
    .map((entry) => ({ name: entry.name, read: () => read(entry) }))
}

/** A stream by its name, in which case does not count. */
export const streamNamed = (streams: OleStream[], name: string): OleStream | undefined =>
  streams.find((stream) => stream.name.toLowerCase() === name.toLowerCase())

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

interface Entry {
  name: string
  kind: number
  left: number
  right: number
  child: number
  first: number
  held: number
}

function directory(bytes: Uint8Array): Entry[] {
  const view = viewOf(bytes)
  const entries: Entry[] = []
  for (let at = 0; at + 128 <= bytes.length; at += 128) {
    const length = Math.max(0, Math.min(64, view.getUint16(at + 64, true)) - 2)
    const u32 = (from: number): number => view.getUint32(at + from, true)
    entries.push({
      name: new TextDecoder('utf-16le').decode(bytes.subarray(at, at + length)),
      kind: bytes[at + 66] ?? 0,
      left: u32(68),
      right: u32(72),
      child: u32(76),
      first: u32(116),
      held: u32(120),
    })
  }
  return entries
}

/** The entries inside storages: an embedded document has streams of the same names. */
function embedded(entries: Entry[]): Set<number> {
  const inner = new Set<number>()
  const waiting = entries.flatMap((entry) => (entry.kind === 1 ? [entry.child] : []))
  for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
    const entry = entries[i]
    if (!entry || inner.has(i)) continue
    inner.add(i)
    waiting.push(entry.left, entry.right, entry.child)
  }
  return inner
}

/** A stream of small sectors, which lie in the root's stream and have a table of their own. */
function smallStream(within: Uint8Array, table: Uint8Array, first: number, held: number): Uint8Array {
  const next = viewOf(table)
  const places: number[] = []
  for (let s = first; s < HIGHEST && places.length * 64 < held; ) {
    if (s * 64 >= within.length) throw broken()
    places.push(s * 64)
    s = s * 4 + 4 <= table.length ? next.getUint32(s * 4, true) : END
  }
  return gathered(within, places, 64).subarray(0, held)
}

function gathered(bytes: Uint8Array, places: number[], size: number): Uint8Array {
  const out = new Uint8Array(places.length * size)
  let end = 0
  for (const at of places) {
    const piece = bytes.subarray(at, at + size)
    out.set(piece, end)
    end += piece.length
  }
  return out.subarray(0, end)
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
