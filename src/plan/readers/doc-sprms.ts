/** Bytes of an operand by the top three bits of its code; 0 = it says its length itself. */
const SIZES = [1, 1, 2, 4, 2, 2, 0, 3]
/** Its length takes two bytes and counts one of them. */
const TABLE_DEFINITION = 0xd608
/** 255 tells that its length is in what it holds. */
const TAB_CHANGES = 0xc615

/** Calls `take` for each property modification of a grpprl ([MS-DOC] 2.6): its code, the first four bytes of its operand as a number, all of it. */
export function eachSprm(
  bytes: Uint8Array,
  take: (code: number, value: number, operand: () => Uint8Array) => void,
): void {
  let at = 0
  while (at + 3 <= bytes.length) {
    const code = u16(bytes, at)
    const fixed = SIZES[code >> 13] ?? 1
    const [from, size] = fixed > 0 ? [at + 2, fixed] : counted(bytes, code, at + 2)
    if (from + size > bytes.length) return
    take(code, littleEndian(bytes, from, Math.min(4, size)), () => bytes.subarray(from, from + size))
    at = from + size
  }
}

function counted(bytes: Uint8Array, code: number, at: number): [from: number, size: number] {
  if (code === TABLE_DEFINITION) return [at + 2, Math.max(0, u16(bytes, at) - 1)]
  const size = bytes[at] ?? 0
  if (code !== TAB_CHANGES || size < 255) return [at + 1, size]
  const removed = 4 * (bytes[at + 1] ?? 0)
  return [at + 1, removed + 2 + 3 * (bytes[at + 2 + removed] ?? 0)]
}

/** A number of two bytes; what lies outside counts as 0. */
export const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)

export const i16 = (bytes: Uint8Array, at: number): number => (u16(bytes, at) << 16) >> 16

export const u32 = (bytes: Uint8Array, at: number): number => littleEndian(bytes, at, 4)

function littleEndian(bytes: Uint8Array, at: number, size: number): number {
  let value = 0
  for (let i = size - 1; i >= 0; i--) value = value * 256 + (bytes[at + i] ?? 0)
  return value
}
