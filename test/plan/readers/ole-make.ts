const SECTOR = 512
const SMALL = 64
const END = 0xfffffffe
const FREE = 0xffffffff

const padded = (bytes: Uint8Array, size: number): Uint8Array => {
  const out = new Uint8Array(Math.ceil(bytes.length / size) * size)
  out.set(bytes)
  return out
}

const joined = (parts: Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

const numbers = (list: number[]): Uint8Array => {
  const out = new Uint8Array(4 * list.length)
  const view = new DataView(out.buffer)
  list.forEach((n, i) => {
    view.setUint32(4 * i, n, true)
  })
  return out
}

/** A chain of `count` sectors one behind the other from `first`. */
const run = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (i === count - 1 ? END : first + i + 1))

/** An OLE compound file ([MS-CFB], version 3) of streams, those under 4096 bytes in small sectors; up to some 13 MB. */
export function ole(streams: Record<string, Uint8Array>): Uint8Array {
  const all = Object.entries(streams)
  const small: Uint8Array[] = []
  const smallTable: number[] = []
  const firsts = new Map<string, number>()
  for (const [name, bytes] of all.filter(([, bytes]) => bytes.length < 4096)) {
    const piece = padded(bytes, SMALL)
    firsts.set(name, piece.length === 0 ? END : smallTable.length)
    smallTable.push(...run(smallTable.length, piece.length / SMALL))
    small.push(piece)
  }
  const sectors: Uint8Array[] = []
  const table: number[] = []
  const put = (bytes: Uint8Array): number => {
    if (bytes.length === 0) return END
    const first = table.length
    const piece = padded(bytes, SECTOR)
    for (const next of run(first, piece.length / SECTOR)) table.push(next)
    sectors.push(piece)
    return first
  }
  for (const [name, bytes] of all) if (bytes.length >= 4096) firsts.set(name, put(bytes))
  const smallBytes = joined(small)
  const smallFirst = put(smallBytes)
  const smallTableFirst = put(numbers(smallTable))
  const entries = directory(all, firsts, smallFirst, smallBytes.length)
  const directoryFirst = put(joined(entries))
  const own = Math.ceil(table.length / (SECTOR / 4 - 1)) + 1
  const tableFirst = table.length
  for (let i = 0; i < own; i++) table.push(0xfffffffd)
  const full = new Uint8Array(own * SECTOR).fill(0xff)
  full.set(numbers(table))

  const head = new Uint8Array(SECTOR)
  head.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  const view = new DataView(head.buffer)
  view.setUint16(26, 3, true)
  view.setUint16(28, 0xfffe, true)
  view.setUint16(30, 9, true)
  view.setUint16(32, 6, true)
  view.setUint32(44, own, true)
  view.setUint32(48, directoryFirst, true)
  view.setUint32(56, 4096, true)
  view.setUint32(60, smallTableFirst, true)
  view.setUint32(64, Math.ceil(smallTable.length / 128), true)
  view.setUint32(68, END, true)
  for (let i = 0; i < 109; i++) view.setUint32(76 + 4 * i, i < own ? tableFirst + i : FREE, true)
  return joined([head, ...sectors, full])
}

/** The root, what lies in it, and behind it what lies in a storage (named `storage/stream`). */
function directory(
  all: [name: string, bytes: Uint8Array][],
  firsts: Map<string, number>,
  smallFirst: number,
  smallHeld: number,
): Uint8Array[] {
  const inner = all.filter(([name]) => name.includes('/'))
  const outer = all.filter(([name]) => !name.includes('/'))
  const storages = inner.length === 0 ? 0 : 1
  const chained = (list: typeof all, from: number): Uint8Array[] =>
    list.map(([name, bytes], i) => {
      const own = name.slice(name.indexOf('/') + 1)
      return entry(own, 2, firsts.get(name) ?? END, bytes.length, i + 1 < list.length ? from + i + 1 : FREE)
    })
  const storage = entry(inner[0]?.[0].split('/')[0] ?? '', 1, 0, 0, 2 + inner.length, 2)
  return [
    entry('Root Entry', 5, smallFirst, smallHeld, FREE, 1),
    ...(storages === 0 ? [] : [storage, ...chained(inner, 2)]),
    ...chained(outer, 1 + storages + inner.length),
  ]
}

/** An entry of the directory; those of one storage hang on each other to the right. */
function entry(name: string, kind: number, first: number, held: number, next: number, child = FREE): Uint8Array {
  const out = new Uint8Array(128)
  const view = new DataView(out.buffer)
  for (const [i, c] of [...name].entries()) view.setUint16(2 * i, c.charCodeAt(0), true)
  view.setUint16(64, 2 * name.length + 2, true)
  out[66] = kind
  out[67] = 1
  view.setUint32(68, FREE, true)
  view.setUint32(72, next, true)
  view.setUint32(76, child, true)
  view.setUint32(116, first, true)
  view.setUint32(120, held, true)
  return out
}
