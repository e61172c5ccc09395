import { BadInput } from '../../model/problem.ts'
import type { PdfFile } from './pdf-open.ts'

/** Words in one direction on one baseline, in points from the page's upper left corner. */
export interface Run {
  x: number
  /** Of the baseline. */
  y: number
  width: number
  size: number
  text: string
}

/** A straight ruled line, `from` before `to`; at `at` on the other axis. */
export interface Rule {
  at: number
  from: number
  to: number
}

export interface PdfPage {
  width: number
  height: number
  runs: Run[]
  across: Rule[]
  down: Rule[]
}

type Matrix = [number, number, number, number, number, number]
type Proxy = Awaited<ReturnType<PdfFile['getPage']>>

const MOST_CHARACTERS = 200_000
const MOST_RULES = 20_000
const THIN = 3

/** What a page shows: its words and its ruled lines, turned upright; words that run another way are left out. */
export async function readPage(file: PdfFile, number: number): Promise<PdfPage> {
  const page = await file.getPage(number)
  const view = page.getViewport({ scale: 1 })
  const base = view.transform as Matrix
  const { runs, turn } = upright(await placedRuns(page, base))
  const rules = runs.length > 0 ? await rulesOf(page, base) : []
  page.cleanup()
  const [width, height] = turn % 2 === 0 ? [view.width, view.height] : [view.height, view.width]
  const turned = (x: number, y: number): [number, number] => turnPoint(x, y, turn, view.width, view.height)
  const across: Rule[] = []
  const down: Rule[] = []
  for (const [x1, y1, x2, y2] of rules) {
    const [ax, ay] = turned(x1, y1)
    const [bx, by] = turned(x2, y2)
    if (Math.abs(ay - by) <= 1) across.push({ at: (ay + by) / 2, from: Math.min(ax, bx), to: Math.max(ax, bx) })
    else if (Math.abs(ax - bx) <= 1) down.push({ at: (ax + bx) / 2, from: Math.min(ay, by), to: Math.max(ay, by) })
  }
  const placed = runs.map((run) => {
    const [x, y] = turned(run.x, run.y)
    return { x, y, width: run.width, size: run.size, text: run.text }
  })
  return { width, height, runs: withoutDoubles(placed), across, down }
}

interface DirectedRun extends Run {
  /** Quarter turns clockwise of the writing direction; -1 where it is slanted. */
  turn: number
}

async function placedRuns(page: Proxy, base: Matrix): Promise<DirectedRun[]> {
  const content = await page.getTextContent()
  const runs: DirectedRun[] = []
  let characters = 0
  for (const item of content.items) {
    if (!('str' in item) || item.str.trim() === '') continue
    characters += item.str.length
    if (characters > MOST_CHARACTERS) throw new BadInput('PDF 文件一页的文字太多，不像公文：请只导出工作方案的页再导入')
    if (content.styles[item.fontName]?.vertical) continue
    const [a, b, c, d, e, f] = times(base, item.transform as Matrix)
    const angle = Math.atan2(b, a) / (Math.PI / 2)
    const turn = Math.abs(angle - Math.round(angle)) < 0.03 ? (Math.round(angle) + 4) % 4 : -1
    runs.push({ x: e, y: f, width: item.width, size: Math.hypot(c, d) || 10, text: item.str, turn })
  }
  return runs
}

/** The runs in the direction that most of the page's words have. */
function upright(runs: DirectedRun[]): { runs: DirectedRun[]; turn: number } {
  const counts = [0, 0, 0, 0]
  for (const run of runs) if (run.turn >= 0) counts[run.turn] = (counts[run.turn] ?? 0) + run.text.length
  const turn = counts.indexOf(Math.max(...counts))
  return { runs: runs.filter((r) => r.turn === turn), turn }
}

function turnPoint(x: number, y: number, turn: number, width: number, height: number): [number, number] {
  if (turn === 1) return [y, width - x]
  if (turn === 2) return [width - x, height - y]
  if (turn === 3) return [height - y, x]
  return [x, y]
}

/** Bold print is often the same words twice, a hair apart. */
function withoutDoubles(runs: Run[]): Run[] {
  const seen = new Set<string>()
  return runs.filter((run) => {
    const [x, y] = [Math.round(run.x / 2), Math.round(run.y / 2)]
    for (const dx of [-1, 0, 1]) for (const dy of [-1, 0, 1]) if (seen.has(`${x + dx} ${y + dy} ${run.text}`)) return false
    seen.add(`${x} ${y} ${run.text}`)
    return true
  })
}

type Segment = [x1: number, y1: number, x2: number, y2: number]

/** Lines that are drawn, the edges of drawn boxes, and boxes filled so thin that they are lines. */
async function rulesOf(page: Proxy, base: Matrix): Promise<Segment[]> {
  const { getResolvedPDFJS } = await import('unpdf')
  const { OPS } = await getResolvedPDFJS()
  const list = await page.getOperatorList()
  const stroking = new Set([OPS.stroke, OPS.closeStroke, OPS.fillStroke, OPS.eoFillStroke, OPS.closeFillStroke, OPS.closeEOFillStroke])
  const filling = new Set([OPS.fill, OPS.eoFill])
  const out: Segment[] = []
  const saved: Matrix[] = []
  let matrix = base
  for (let i = 0; i < list.fnArray.length && out.length < MOST_RULES; i++) {
    const [op, args] = [list.fnArray[i], list.argsArray[i]]
    if (op === OPS.save) saved.push(matrix)
    else if (op === OPS.restore) matrix = saved.pop() ?? base
    else if (op === OPS.transform) matrix = times(matrix, args as Matrix)
    else if (op === OPS.paintFormXObjectBegin) {
      saved.push(matrix)
      if (args?.[0]) matrix = times(matrix, Array.from(args[0] as ArrayLike<number>) as Matrix)
    } else if (op === OPS.paintFormXObjectEnd) matrix = saved.pop() ?? base
    else if (op === OPS.constructPath) {
      const path = args?.[1]?.[0] as ArrayLike<number> | undefined
      if (!path) continue
      if (stroking.has(args[0])) edges(path, matrix, out)
      else if (filling.has(args[0])) thinBoxes(path, matrix, out)
    }
  }
  // So many are a drawing, not a table.
  return out.length < MOST_RULES ? out : []
}

/** The closed outlines of a path, as points; curves end one. Codes as PDF.js draws: move, line, curve, quadratic, close. */
function outlines(path: ArrayLike<number>, matrix: Matrix): { points: [number, number][]; closed: boolean }[] {
  const out: { points: [number, number][]; closed: boolean }[] = []
  let points: [number, number][] = []
  const end = (closed: boolean): void => {
    if (points.length > 1) out.push({ points, closed })
    points = []
  }
  for (let i = 0; i < path.length; ) {
    const code = path[i++]
    if (code === 0 || code === 1) {
      if (code === 0) end(false)
      points.push(apply(matrix, path[i] ?? 0, path[i + 1] ?? 0))
      i += 2
    } else if (code === 4) end(true)
    else {
      points = []
      i += code === 2 ? 6 : 4
    }
  }
  end(false)
  return out
}

function edges(path: ArrayLike<number>, matrix: Matrix, out: Segment[]): void {
  for (const { points, closed } of outlines(path, matrix)) {
    const ring = closed && points[0] ? [...points, points[0]] : points
    for (let i = 1; i < ring.length; i++) out.push([...(ring[i - 1] as [number, number]), ...(ring[i] as [number, number])])
  }
}

function thinBoxes(path: ArrayLike<number>, matrix: Matrix, out: Segment[]): void {
  for (const { points } of outlines(path, matrix)) {
    if (points.length > 5) continue
    const xs = points.map((p) => p[0])
    const ys = points.map((p) => p[1])
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
    const [width, height] = [right - left, bottom - top]
    if (height <= THIN && width > height) out.push([left, (top + bottom) / 2, right, (top + bottom) / 2])
    else if (width <= THIN && height > width) out.push([(left + right) / 2, top, (left + right) / 2, bottom])
  }
}

const times = (m: Matrix, t: Matrix): Matrix => [
  m[0] * t[0] + m[2] * t[1],
  m[1] * t[0] + m[3] * t[1],
  m[0] * t[2] + m[2] * t[3],
  m[1] * t[2] + m[3] * t[3],
  m[0] * t[4] + m[2] * t[5] + m[4],
  m[1] * t[4] + m[3] * t[5] + m[5],
]
const apply = (m: Matrix, x: number, y: number): [number, number] => [
  m[0] * x + m[2] * y + m[4],
  m[1] * x + m[3] * y + m[5],
]
