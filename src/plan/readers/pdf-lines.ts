import type { Run } from './pdf-page.ts'

/** Runs that stand on one baseline, from left to right. */
export interface VisualLine {
  y: number
  size: number
  runs: Run[]
}

/** Runs put on their lines from the top down. */
export function linesOf(runs: Run[]): VisualLine[] {
  const sorted = [...runs].sort((a, b) => a.y - b.y || a.x - b.x)
  const lines: VisualLine[] = []
  for (const run of sorted) {
    const last = lines.at(-1)
    if (last && run.y - last.y <= 0.45 * Math.min(run.size, last.size)) {
      last.runs.push(run)
      if (run.size > last.size) last.size = run.size
    } else lines.push({ y: run.y, size: run.size, runs: [run] })
  }
  for (const line of lines) line.runs.sort((a, b) => a.x - b.x)
  return lines
}

/** Printers part figures from characters by a hair that is no blank; a number at the head of a line keeps its own. */
const besideFigures = (before: string, after: string): boolean =>
  (/\p{Script=Han}$/u.test(before) && /^[0-9A-Za-z]/.test(after)) ||
  (/[^0-9][0-9]{1,9}$/.test(before) && /^\p{Script=Han}/u.test(after))

/** The words of a line; a gap that layout made is one space. */
export function textOf(line: VisualLine): string {
  let text = ''
  let end = Number.NEGATIVE_INFINITY
  for (const run of line.runs) {
    if (text !== '' && run.x - end > (besideFigures(text, run.text) ? 0.6 : 0.3) * run.size) text += ' '
    text += run.text
    end = run.x + run.width
  }
  return text.trim()
}

export const leftOf = (line: VisualLine): number => line.runs[0]?.x ?? 0
export const rightOf = (line: VisualLine): number => line.runs.reduce((most, r) => Math.max(most, r.x + r.width), 0)
