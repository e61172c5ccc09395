import type { Day } from '../model/deadline.ts'
import { BadInput } from '../model/problem.ts'
import type { SuccessionDraft } from './roster-draft.ts'

/** The cells of a roster's row that say who took a unit's work over (承接单位、起始日、依据). */
export interface SuccessionCells {
  heirs: string[]
  since: string
  reason: string
}

const DAY = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?$/

/** A day as a clerk writes it (2019-03-01, 2019/3/1, 2019年3月1日); undefined where it is none. */
const dayIn = (cell: string): Day | undefined => {
  const [, year = '', month = '', date = ''] = DAY.exec(cell.trim()) ?? []
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const at = new Date(`${day}T00:00:00Z`)
  return year !== '' && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : undefined
}

/** What the cells come to; nothing where no heir is named. @throws BadInput with the row, where the day is none */
export const successionIn = (
  old: string,
  { heirs, since, reason }: SuccessionCells,
  row: string,
): SuccessionDraft[] => {
  if (heirs.length === 0) return []
  const from = dayIn(since)
  if (from === undefined)
    throw new BadInput(`${row}：“${old}”写了承接单位，起始日应是日期，例如 2019-03-01，而不是“${since}”`)
  return [{ old, heirs, from, reason }]
}
