import { BadInput } from '../model/problem.ts'
import type { Sheet } from './sheet.ts'

/** At GB/T 9704's 22 lines of 28 characters more than six thousand pages: no plan is so long. */
const MOST_CHARACTERS = 4_000_000
const MOST_LINES = 50_000
const MOST_TASKS = 50_000
/** Of one line or cell, thirty such pages; a paragraph that is put together from lines ends there too. */
export const LONGEST_LINE = 20_000

const HINT = '不像工作方案：请只留方案本身再导入'
const tooLong = (): BadInput => new BadInput(`文字超过${MOST_CHARACTERS / 10_000}万字，${HINT}`)
const tooMany = (): BadInput => new BadInput(`超过${MOST_LINES / 10_000}万行，${HINT}`)

/** Throws BadInput where a document gives more tasks than any plan. */
export function refuseEndlessTasks(tasks: number): void {
  if (tasks > MOST_TASKS) throw new BadInput(`超过${MOST_TASKS / 10_000}万项任务，${HINT}`)
}

/** Throws BadInput where a text is longer than any plan; told before it is parted into lines. */
export function refuseEndless(text: string): void {
  if (text.length > MOST_CHARACTERS) throw tooLong()
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) if (++lines > MOST_LINES) throw tooMany()
}

/** The same of lines and tables, whichever reader gave them; of a line or cell that is longer than any, its line. */
export function refuseEndlessSheet(sheet: Sheet): void {
  let characters = 0
  let lines = 0
  const count = (words: string, line: number): void => {
    characters += words.length
    if (characters > MOST_CHARACTERS) throw tooLong()
    if (words.length > LONGEST_LINE) throw new BadInput(`第${line}行一段超过${LONGEST_LINE / 10_000}万字，${HINT}`)
  }
  for (const block of sheet.blocks) {
    lines += block.kind === 'line' ? 1 : block.rows.length
    if (lines > MOST_LINES) throw tooMany()
    if (block.kind === 'line') count(block.text, block.line)
    else for (const row of block.rows) for (const cell of row.cells) count(cell, row.line)
  }
}
