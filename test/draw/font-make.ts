/** A font file of nothing but a `cmap` of one table, which is all that coverage reads. */

const u16 = (...values: number[]) => values.flatMap((n) => [(n >> 8) & 255, n & 255])
const u32 = (...values: number[]) => values.flatMap((n) => u16(n >>> 16, n & 0xffff))
const word = (text: string) => [...text].map((sign) => sign.charCodeAt(0))

type Range = [from: number, to: number]

export const format12 = (ranges: readonly Range[]): number[] => [
  ...u16(12, 0),
  ...u32(16 + 12 * ranges.length, 0, ranges.length),
  ...ranges.flatMap(([from, to]) => u32(from, to, 1)),
]

export const format4 = (ranges: readonly Range[]): number[] => {
  const all: Range[] = [...ranges, [0xffff, 0xffff]]
  const [ends, starts] = [all.map(([, to]) => to), all.map(([from]) => from)]
  return [...u16(4, 0, 0, all.length * 2, 0, 0, 0), ...u16(...ends, 0, ...starts)]
}

/** As one face, or as the first of a collection. */
export const fontOf = (table: readonly number[], collection = false): Uint8Array => {
  const face = collection ? 16 : 0
  const cmap = face + 12 + 16
  return new Uint8Array([
    ...(collection ? [...word('ttcf'), ...u32(0x10000, 1, face)] : []),
    ...u32(0x10000),
    ...u16(1, 0, 0, 0),
    ...[...word('cmap'), ...u32(0, cmap, 12 + table.length)],
    ...[...u16(0, 1, 3, 10), ...u32(12), ...table],
  ])
}
