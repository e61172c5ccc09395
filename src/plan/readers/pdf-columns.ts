import { leftOf, linesOf, rightOf, type VisualLine } from './pdf-lines.ts'
import type { Run } from './pdf-page.ts'

/** A part of a page that is read as one, from the top down; the parts of a page are in reading order. */
export interface Area {
  left: number
  right: number
  top: number
  bottom: number
}

/** Where two columns part, as the interval that no word enters. */
export type Gutter = [from: number, to: number]

const WHOLE: Area = {
  left: Number.NEGATIVE_INFINITY,
  right: Number.POSITIVE_INFINITY,
  top: Number.NEGATIVE_INFINITY,
  bottom: Number.POSITIVE_INFINITY,
}
const FEWEST = 5
const MOST_STRIPS = 4000

/**
 * The areas of a page: one, or where its words stand in two columns, the left before the right, parted by the lines that
 * run over both (a title). `before` is the gutter of the page before, by which a page with few lines is told.
 */
export function areasOf(runs: Run[], width: number, before?: Gutter): { areas: Area[]; gutter?: Gutter } {
  const strips = linesOf(runs).flatMap(stripsOf)
  if (strips.length > MOST_STRIPS) return { areas: [WHOLE] }
  const gutter = gutterOf(strips, width)
  if (!gutter || !(isColumns(strips, gutter) || (before && isSame(gutter, before)))) return { areas: [WHOLE] }
  const bands = bandsOf(strips, gutter)
  return bands.some((b) => b.parted) ? { areas: bands.flatMap((b) => cutAt(b, gutter)), gutter } : { areas: [WHOLE] }
}

/** The pieces of a line between its wide gaps. */
function stripsOf(line: VisualLine): VisualLine[] {
  const out: VisualLine[] = []
  for (const run of line.runs) {
    const last = out.at(-1)
    if (last && run.x - rightOf(last) < 0.8 * run.size) last.runs.push(run)
    else out.push({ y: line.y, size: line.size, runs: [run] })
  }
  return out
}

/** The widest interval about the middle of the page that the fewest of its lines run over, a sixth of them at most. */
function gutterOf(strips: VisualLine[], width: number): Gutter | undefined {
  const [low, high] = [Math.round(width * 0.35), Math.round(width * 0.65)]
  const over = new Array<number>(Math.max(0, high - low)).fill(0)
  for (const strip of strips) {
    const [from, to] = [Math.floor(leftOf(strip)) - low, Math.ceil(rightOf(strip)) - low]
    for (let x = Math.max(0, from); x < Math.min(over.length, to); x++) over[x] = (over[x] ?? 0) + 1
  }
  const fewest = Math.min(...over)
  if (fewest > strips.length / 6) return undefined
  let best: Gutter | undefined
  for (let x = 0; x < over.length; x++) {
    const start = x
    while (x < over.length && over[x] === fewest) x++
    if (x - start > (best ? best[1] - best[0] : 7)) best = [low + start, low + x]
  }
  return best
}

const isLeft = (strip: VisualLine, [from]: Gutter): boolean => rightOf(strip) <= from + 1
const isRight = (strip: VisualLine, [, to]: Gutter): boolean => leftOf(strip) >= to - 1

/** Whether lines on both sides fill their column, as text does and words below each other in a table do not. */
function isColumns(strips: VisualLine[], gutter: Gutter): boolean {
  return [strips.filter((s) => isLeft(s, gutter)), strips.filter((s) => isRight(s, gutter))].every((side) => {
    const left = Math.min(...side.map(leftOf))
    const right = Math.max(...side.map(rightOf))
    const full = side.filter((s) => rightOf(s) - leftOf(s) > 0.8 * (right - left) && right - left > 8 * s.size)
    return side.length >= FEWEST && full.length >= side.length * 0.4
  })
}

const isSame = (a: Gutter, b: Gutter): boolean => a[0] < b[1] && b[0] < a[1]

interface Band {
  top: number
  bottom: number
  parted: boolean
}

/** The page from the top down: stretches in two columns, and those of lines that run over both or stand alone. */
function bandsOf(strips: VisualLine[], gutter: Gutter): Band[] {
  const bands: (Band & { sides: Set<string>; lines: number })[] = []
  for (const strip of strips) {
    const side = isLeft(strip, gutter) ? 'left' : isRight(strip, gutter) ? 'right' : 'over'
    const last = bands.at(-1)
    const [top, bottom] = [strip.y - strip.size, strip.y]
    if (last && last.sides.has('over') === (side === 'over')) {
      last.bottom = Math.max(last.bottom, bottom)
      last.sides.add(side)
      last.lines++
    } else bands.push({ top, bottom, parted: false, sides: new Set([side]), lines: 1 })
  }
  for (const band of bands) band.parted = band.sides.size === 2 && band.lines > 3
  // Each band reaches down to the next one, the first and the last to the edges of the page.
  return bands.map(({ top, parted }, i) => ({
    top: i === 0 ? WHOLE.top : top,
    bottom: bands[i + 1]?.top ?? WHOLE.bottom,
    parted,
  }))
}

function cutAt({ top, bottom, parted }: Band, [from, to]: Gutter): Area[] {
  const middle = (from + to) / 2
  const whole = { ...WHOLE, top, bottom }
  return parted
    ? [
        { ...whole, right: middle },
        { ...whole, left: middle },
      ]
    : [whole]
}

/** Whether a point lies in an area. */
export const holds = ({ left, right, top, bottom }: Area, x: number, y: number): boolean =>
  x >= left && x < right && y > top && y <= bottom
