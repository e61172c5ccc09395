import { headOf } from '../columns.ts'
import { markerOf } from '../marker.ts'
import type { VisualLine } from './pdf-lines.ts'

/** A table whose columns are parted by gaps alone. */
export interface GapTable {
  top: number
  bottom: number
  edges: number[]
  rows: string[][]
}

interface Piece {
  from: number
  to: number
  text: string
}
interface Cut {
  line: VisualLine
  pieces: Piece[]
}
type Band = [from: number, to: number]

/** Tables without ruled lines among a page's lines, known by a row of heads, and the lines that stand in none. */
export function gapTablesOf(lines: VisualLine[]): { tables: GapTable[]; rest: VisualLine[] } {
  const cuts = lines.map((line) => ({ line, pieces: piecesOf(line) }))
  const tables: GapTable[] = []
  const rest: VisualLine[] = []
  for (let i = 0; i < cuts.length; ) {
    const head = cuts[i] as Cut
    const end = isHead(head) ? endOf(cuts, i) : i
    const bands = end > i + 1 ? bandsOf(cuts.slice(i, end)) : []
    if (bands.length !== head.pieces.length || end <= i + 1) {
      rest.push(head.line)
      i++
      continue
    }
    const inside = cuts.slice(i, end)
    const numbered = headOf({ line: 0, cells: head.pieces.map((p) => p.text) })?.indexOf('number') ?? -1
    const rows = groupsOf(inside.slice(1), bands, numbered).map((group) => rowOf(group, bands))
    tables.push({
      top: head.line.y - head.line.size,
      bottom: inside.at(-1)?.line.y ?? head.line.y,
      edges: head.pieces.map((p) => p.from),
      rows: [head.pieces.map((p) => p.text), ...rows],
    })
    i = end
  }
  return { tables, rest }
}

function piecesOf(line: VisualLine): Piece[] {
  const out: Piece[] = []
  for (const run of line.runs) {
    const last = out.at(-1)
    const to = run.x + run.width
    if (last && run.x - last.to < 0.8 * run.size) {
      last.text += run.text
      last.to = Math.max(last.to, to)
    } else out.push({ from: run.x, to, text: run.text.trim() })
  }
  return out
}

const isHead = ({ pieces }: Cut): boolean =>
  pieces.length >= 3 && headOf({ line: 0, cells: pieces.map((p) => p.text) }) !== undefined

/** Where the rows below a head end: at a line that runs through several columns, or after a wide gap. */
function endOf(cuts: Cut[], start: number): number {
  const heads = (cuts[start] as Cut).pieces.map((p) => (p.from + p.to) / 2)
  let end = start + 1
  for (; end < cuts.length; end++) {
    const { line, pieces } = cuts[end] as Cut
    const before = (cuts[end - 1] as Cut).line
    const through = pieces.some((p) => heads.filter((x) => x > p.from && x < p.to).length > 1)
    const heading = pieces.length === 1 && (markerOf(pieces[0]?.text ?? '')?.rank ?? 9) <= 2
    if ((through && !heading) || line.y - before.y > 5 * line.size) break
  }
  return end
}

/** The columns: what the pieces of all lines cover, headings over the whole width left out. */
function bandsOf(cuts: Cut[]): Band[] {
  const heads = cuts[0]?.pieces.length ?? 0
  const all = cuts.flatMap((c) =>
    c.pieces.length === 1 && heads > 1 && markerOf(c.pieces[0]?.text ?? '') ? [] : c.pieces,
  )
  const bands: Band[] = []
  for (const piece of all.sort((a, b) => a.from - b.from)) {
    const last = bands.at(-1)
    if (last && piece.from < last[1] + 1) last[1] = Math.max(last[1], piece.to)
    else bands.push([piece.from, piece.to])
  }
  return bands
}

/** The lines of each row: by the numbers in its column, above them or beside; else by wider gaps between rows. */
function groupsOf(cuts: Cut[], bands: Band[], numbered: number): Cut[][] {
  const band = bands[numbered]
  const isNumber = (c: Cut): boolean => band !== undefined && c.pieces.some((p) => p.from < band[1] && p.to > band[0])
  const numbers = cuts.filter(isNumber)
  const [first] = cuts
  if (first && numbers.length > 0 && !isNumber(first) && !fromTop(cuts, bands, isNumber))
    return byNearest(cuts, numbers)
  const gaps = cuts.slice(1).map((c, i) => c.line.y - (cuts[i] as Cut).line.y)
  const usual = Math.min(...gaps)
  const groups: Cut[][] = []
  cuts.forEach((cut, i) => {
    const starts = numbers.length > 0 ? isNumber(cut) : (gaps[i - 1] ?? 0) > usual * 1.25 || cut.pieces.length > 2
    if (i === 0 || starts) groups.push([cut])
    else groups.at(-1)?.push(cut)
  })
  return groups
}

/** Whether rows begin at the lines of their numbers: what stands below them goes on with a cell that began there. */
function fromTop(cuts: Cut[], bands: Band[], isNumber: (c: Cut) => boolean): boolean {
  let begun: Set<number> | undefined
  let [below, going] = [0, 0]
  for (const cut of cuts) {
    const columns = cut.pieces.map((p) => columnOf(p, bands))
    if (isNumber(cut)) begun = new Set(columns)
    else if (begun) {
      below += columns.length
      going += columns.filter((c) => begun?.has(c)).length
    }
  }
  return going >= below * 0.9
}

function byNearest(cuts: Cut[], numbers: Cut[]): Cut[][] {
  const groups = numbers.map((): Cut[] => [])
  let at = 0
  for (const cut of cuts) {
    const far = (i: number): number => Math.abs((numbers[i]?.line.y ?? Number.POSITIVE_INFINITY) - cut.line.y)
    while (at + 1 < numbers.length && far(at + 1) <= far(at)) at++
    groups[at]?.push(cut)
  }
  return groups
}

const columnOf = (piece: Piece, bands: Band[]): number =>
  Math.max(
    0,
    bands.findIndex((b) => piece.from < b[1] && piece.to > b[0]),
  )

function rowOf(group: Cut[], bands: Band[]): string[] {
  const cells = bands.map(() => '')
  const full = bands.map(() => true)
  for (const { line, pieces } of group) {
    for (const piece of pieces) {
      const c = Math.max(
        0,
        bands.findIndex((b) => piece.from < b[1] && piece.to > b[0]),
      )
      cells[c] += (full[c] ? '' : ' ') + piece.text
      full[c] = (bands[c]?.[1] ?? 0) - piece.to < 2.2 * line.size
    }
  }
  return cells
}
