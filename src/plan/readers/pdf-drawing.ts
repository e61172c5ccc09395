import { apply, type Matrix, times } from './pdf-matrix.ts'
import type { PdfPageProxy } from './pdf-open.ts'

const MOST_RULES = 20_000
const THIN = 3

/** A straight line from one point to another. */
export type Segment = [x1: number, y1: number, x2: number, y2: number]

/** Lines that are drawn, the edges of drawn boxes, and boxes filled so thin that they are lines. */
export async function rulesOf(page: PdfPageProxy, base: Matrix): Promise<Segment[]> {
  const { getResolvedPDFJS } = await import('unpdf')
  const { OPS } = await getResolvedPDFJS()
  const list = await page.getOperatorList()
  const stroking = new Set([
    OPS.stroke,
    OPS.closeStroke,
    OPS.fillStroke,
    OPS.eoFillStroke,
    OPS.closeFillStroke,
    OPS.closeEOFillStroke,
  ])
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
    for (let i = 1; i < ring.length; i++)
      out.push([...(ring[i - 1] as [number, number]), ...(ring[i] as [number, number])])
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
