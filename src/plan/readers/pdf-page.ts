import { BadInput } from '../../model/problem.ts'
import { rulesOf } from './pdf-drawing.ts'
import { type Matrix, times } from './pdf-matrix.ts'
import type { PdfFile, PdfPageProxy } from './pdf-open.ts'
import { plainHan } from './radicals.ts'

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

const MOST_CHARACTERS = 200_000

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

type Words = Awaited<ReturnType<PdfPageProxy['getTextContent']>>
type Item = Extract<Words['items'][number], { str: string }>

/** The words of a page as they are read, so that a page without end is left at its limit. */
async function* wordsOf(page: PdfPageProxy): AsyncGenerator<{ item: Item; vertical: boolean }> {
  const reader: ReadableStreamDefaultReader<Words> = page.streamTextContent().getReader()
  let characters = 0
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      for (const item of next.value.items) {
        if (!('str' in item)) continue
        characters += item.str.length + 1
        if (characters > MOST_CHARACTERS)
          throw new BadInput('PDF 文件一页的文字太多，不像公文：请只导出工作方案的页再导入')
        if (item.str.trim() !== '') yield { item, vertical: next.value.styles[item.fontName]?.vertical === true }
      }
    }
  } finally {
    await reader.cancel(new Error('read')).catch(() => undefined)
  }
}

async function placedRuns(page: PdfPageProxy, base: Matrix): Promise<DirectedRun[]> {
  const runs: DirectedRun[] = []
  for await (const { item, vertical } of wordsOf(page)) {
    if (vertical) continue
    const [a, b, c, d, e, f] = times(base, item.transform as Matrix)
    const angle = Math.atan2(b, a) / (Math.PI / 2)
    const turn = Math.abs(angle - Math.round(angle)) < 0.03 ? (Math.round(angle) + 4) % 4 : -1
    runs.push({ x: e, y: f, width: item.width, size: Math.hypot(c, d) || 10, text: unspaced(plainHan(item.str)), turn })
  }
  return runs
}

const HAN = '\\p{Script=Han}，。；：、（）《》〈〉“”〔〕'
const BESIDE_FIGURES = new RegExp(
  `(?<=[${HAN}]) (?=[0-9A-Za-z])|(?<=[${HAN}] ?[0-9A-Za-z.%-]{1,20}) (?=[${HAN}])`,
  'gu',
)
const WIDE = /^\p{Script=Han}(?: \p{Script=Han}){2,}$/u

/** Words without the blanks that only a layout puts there: between characters and figures, in a heading spaced wide. */
const unspaced = (text: string): string =>
  !text.includes(' ') ? text : WIDE.test(text) ? text.replaceAll(' ', '') : text.replace(BESIDE_FIGURES, '')

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
    for (const dx of [-1, 0, 1])
      for (const dy of [-1, 0, 1]) if (seen.has(`${x + dx} ${y + dy} ${run.text}`)) return false
    seen.add(`${x} ${y} ${run.text}`)
    return true
  })
}
