import type { PdfPage, Rule, Run } from './pdf-page.ts'
import { type Attributes, attr, numeric, readXml } from './xml.ts'
import type { Zip } from './zip.ts'

/** Points in a millimetre, the unit of OFD. */
const POINTS = 72 / 25.4
const MOST_RULES = 20_000
const THIN = 3
/** What placing an object costs beside reading its elements; pages may be named many times. */
const PLACED = 6

type Matrix = [number, number, number, number, number, number]
const UPRIGHT: Matrix = [1, 0, 0, 1, 0, 0]

/** Where an object stands: the corner of its boundary, and what turns its own coordinates. */
interface Placed {
  x: number
  y: number
  matrix: Matrix
  size: number
  stroke: boolean
  fill: boolean
}

/** Reads a page's own content: text objects as runs, straight lines of paths as rules, in points from the upper left corner. */
export function readOfdPage(zip: Zip, part: string, box: [width: number, height: number]): PdfPage {
  const page: PdfPage = { width: box[0] * POINTS, height: box[1] * POINTS, runs: [], across: [], down: [] }
  let placed: Placed | undefined
  let code: Attributes | undefined
  let words = ''
  let collects: 'text' | 'path' | 'box' | undefined
  readXml(zip, part, {
    open(name, attributes) {
      if (name === 'TextObject' || name === 'PathObject') {
        zip.spend(PLACED)
        placed = placeOf(attributes)
      } else if (name === 'TextCode') [code, collects, words] = [attributes, 'text', '']
      else if (name === 'AbbreviatedData') [collects, words] = ['path', '']
      else if (name === 'PhysicalBox') [collects, words] = ['box', '']
    },
    text(text) {
      if (collects) words += text
    },
    close(name) {
      if (name === 'TextCode' && placed && code) page.runs.push(...runsOf(placed, code, words))
      else if (name === 'AbbreviatedData' && placed) addRules(page, placed, words)
      else if (name === 'PhysicalBox') {
        const [, , width = 0, height = 0] = numbersOf(words)
        if (width > 0 && height > 0) [page.width, page.height] = [width * POINTS, height * POINTS]
      } else if (name === 'TextObject' || name === 'PathObject') placed = undefined
      else return
      collects = undefined
    },
  })
  // So many lines are a drawing, not a table.
  return page.across.length + page.down.length > MOST_RULES ? { ...page, across: [], down: [] } : page
}

/** The numbers of a list such as `0 0 210 297`. */
export const numbersOf = (text: string): number[] =>
  text
    .trim()
    .split(/[\s,]+/)
    .map(Number)
    .filter((n) => Number.isFinite(n))

function placeOf(attributes: Attributes): Placed | undefined {
  if (attr(attributes, 'Visible') === 'false') return undefined
  const [x = 0, y = 0] = numbersOf(attr(attributes, 'Boundary') ?? '')
  const ctm = numbersOf(attr(attributes, 'CTM') ?? '')
  return {
    x,
    y,
    matrix: ctm.length === 6 ? (ctm as Matrix) : UPRIGHT,
    size: numeric(attributes, 'Size', 4),
    stroke: attr(attributes, 'Stroke') !== 'false',
    fill: attr(attributes, 'Fill') === 'true',
  }
}

/** A point of an object on the page, in points. */
const onPage = ({ x, y, matrix: [a, b, c, d, e, f] }: Placed, px: number, py: number): [number, number] => [
  (x + a * px + c * py + e) * POINTS,
  (y + b * px + d * py + f) * POINTS,
]

/** A text code's characters, cut where a gap parts them; what is written upright or slanted is left out. */
function runsOf(placed: Placed, code: Attributes, words: string): Run[] {
  const [a, b] = placed.matrix
  if (Math.abs(b) > Math.abs(a) * 0.05 || words.trim() === '') return []
  const chars = [...words.replace(/[\r\n]/g, '')]
  const size = placed.size
  const deltas = deltasOf(attr(code, 'DeltaX') ?? '', chars.length)
  const y = numeric(code, 'Y', 0)
  const runs: Run[] = []
  let x = numeric(code, 'X', 0)
  let from = x
  let text = ''
  chars.forEach((c, i) => {
    const natural = (c < '\u0080' ? 0.5 : 1) * size
    const step = deltas[i] ?? natural
    text += c
    const last = i === chars.length - 1
    const end = x + (last ? natural : Math.min(step, natural))
    if (last || step > natural + 0.8 * size) {
      const [left, baseline] = onPage(placed, from, y)
      const [right] = onPage(placed, end, y)
      const height = size * Math.hypot(placed.matrix[2], placed.matrix[3]) * POINTS
      if (text.trim() !== '')
        runs.push({ x: left, y: baseline, width: Math.max(0, right - left), size: height || 10, text })
      text = ''
      from = x + step
    }
    x += step
  })
  return runs
}

/** `g 3 5.2 4` → 5.2 5.2 5.2 4: the way from each character to the next. */
function deltasOf(text: string, most: number): number[] {
  const out: number[] = []
  const parts = text.trim().split(/\s+/)
  for (let i = 0; i < parts.length && out.length < most; i++) {
    if (parts[i] !== 'g') {
      const n = Number(parts[i])
      if (parts[i] !== '' && Number.isFinite(n)) out.push(n)
      continue
    }
    const [times, step] = [Number(parts[i + 1]), Number(parts[i + 2])]
    for (let n = 0; n < times && out.length < most; n++) out.push(step)
    i += 2
  }
  return out
}

type Point = [number, number]

function addRules(page: PdfPage, placed: Placed, path: string): void {
  for (const points of outlines(placed, path)) {
    if (placed.fill && addThinBox(page, points)) continue
    if (!placed.stroke) continue
    for (let i = 1; i < points.length; i++) addRule(page, points[i - 1] as Point, points[i] as Point)
  }
}

/** The straight outlines of a path (M, L, C of GB/T 33190, 9.1); a curve parts one. */
function outlines(placed: Placed, path: string): Point[][] {
  const out: Point[][] = []
  let points: Point[] = []
  const tokens = path.trim().split(/[\s,]+/)
  for (let i = 0; i < tokens.length && out.length <= MOST_RULES; i++) {
    const token = tokens[i]
    if (token === 'M' || token === 'S' || token === 'L') {
      if (token !== 'L') {
        out.push(points)
        points = []
      }
      points.push(onPage(placed, Number(tokens[i + 1]), Number(tokens[i + 2])))
      i += 2
    } else if (token === 'C' && points[0]) points.push(points[0])
    else if (token === 'Q' || token === 'B' || token === 'A') {
      out.push(points)
      points = []
      i += { Q: 4, B: 6, A: 7 }[token]
    }
  }
  return [...out, points].filter((p) => p.length > 1)
}

function addRule(page: PdfPage, [x1, y1]: Point, [x2, y2]: Point): void {
  const rule = (at: number, p: number, q: number): Rule => ({ at, from: Math.min(p, q), to: Math.max(p, q) })
  if (Math.abs(y1 - y2) <= 1 && Math.abs(x1 - x2) > 1) page.across.push(rule((y1 + y2) / 2, x1, x2))
  else if (Math.abs(x1 - x2) <= 1 && Math.abs(y1 - y2) > 1) page.down.push(rule((x1 + x2) / 2, y1, y2))
}

/** A box filled so thin that it is a line. */
function addThinBox(page: PdfPage, points: Point[]): boolean {
  if (points.length > 6) return false
  const xs = points.map((p) => p[0])
  const ys = points.map((p) => p[1])
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  if (bottom - top <= THIN && right - left > THIN)
    addRule(page, [left, (top + bottom) / 2], [right, (top + bottom) / 2])
  else if (right - left <= THIN && bottom - top > THIN)
    addRule(page, [(left + right) / 2, top], [(left + right) / 2, bottom])
  else return false
  return true
}
