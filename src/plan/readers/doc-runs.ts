import type { DocFile } from './doc-file.ts'
import { u16, u32 } from './doc-sprms.ts'
import { broken } from './zip.ts'

/** Bytes of text with one set of properties; `at` is where these begin in the main stream, 0 = there are none. */
export interface Run {
  to: number
  at: number
}

const PAGE = 512

/**
 * Finds the properties of a byte of text through a PlcBte and the formatted disk pages it names ([MS-DOC] 2.8.5, 2.9.33,
 * 2.9.175). `entry` is how many bytes a page spends on each run, 1 for characters and 13 for paragraphs. Throws BadInput
 * where a page lies outside the file.
 */
export function runsOf(file: DocFile, part: number, entry: 1 | 13): (fc: number) => Run {
  const table = file.part(part)
  const pages = Math.max(0, Math.floor((table.length - 4) / 8))
  return (fc) => {
    const page = lastUpTo(table, 0, pages, fc)
    const none = { to: fc + 1, at: 0 }
    if (page < 0) return { ...none, to: pages === 0 ? file.main.length : u32(table, 0) }
    const start = (u32(table, 4 * (pages + 1) + 4 * page) & 0x3fffff) * PAGE
    if (start + PAGE > file.main.length) throw broken()
    const count = Math.min(file.main[start + PAGE - 1] ?? 0, Math.floor((PAGE - 5) / (4 + entry)))
    const run = lastUpTo(file.main, start, count, fc)
    const to = u32(file.main, start + 4 * (run + 1))
    if (run < 0 || to <= fc) return none
    const offset = 2 * (file.main[start + 4 * (count + 1) + entry * run] ?? 0)
    return { to, at: offset === 0 ? 0 : start + offset }
  }
}

/** The last of `count` numbers of four bytes, in rising order, that is not above `limit`; -1 where all are. */
function lastUpTo(bytes: Uint8Array, start: number, count: number, limit: number): number {
  let low = -1
  let high = count - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (u32(bytes, start + 4 * middle) <= limit) low = middle
    else high = middle - 1
  }
  return low
}

/** The grpprl of a character run. */
export const characterProperties = (main: Uint8Array, at: number): Uint8Array =>
  main.subarray(at + 1, Math.min(at + 1 + (main[at] ?? 0), pageEnd(at)))

/** The style and the grpprl of a paragraph run. */
export function paragraphProperties(main: Uint8Array, at: number): { style: number; grpprl: Uint8Array } {
  const half = main[at] ?? 0
  const from = half === 0 ? at + 2 : at + 1
  const length = half === 0 ? 2 * (main[at + 1] ?? 0) : 2 * half - 1
  return {
    style: u16(main, from),
    grpprl: main.subarray(from + 2, Math.max(from + 2, Math.min(from + length, pageEnd(at)))),
  }
}

const pageEnd = (at: number): number => (Math.floor(at / PAGE) + 1) * PAGE - 1
