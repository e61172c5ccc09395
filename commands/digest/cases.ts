import { type CaseRow, casesDueBy } from '../../db/queries/cases.ts'
import type { Block, Line } from '../../src/model/card.ts'
import type { Clock } from '../../src/model/clock.ts'
import { CASE_DAYS } from '../../src/time/remind.ts'
import { caseNumber, clockWords, isOver, momentWords, runningOf } from '../case-words.ts'
import { registerView, viewOf } from '../cases.ts'
import type { Context } from '../command.ts'
import { unitName } from '../present.ts'

/** Lines of cases in one digest. */
const SHOWN = 8

/** A case of which a clock ends within a few workdays, or has run out. */
export interface CaseDue {
  row: CaseRow
  /** The one that ends first. */
  clock: Clock
  over: boolean
}

/** Cases that a digest of today tells of, those that end soonest first. `units`: only theirs. */
export const casesNear = async (c: Context, units?: readonly string[]): Promise<CaseDue[]> => {
  if (units?.length === 0) return []
  const rows = await casesDueBy(c.db, c.calendar.addWorkdays(c.today, CASE_DAYS), units)
  return rows.flatMap((row) => {
    const [clock] = runningOf(viewOf(row, registerView(c)).clocks)
    return clock?.due ? [{ row, clock, over: isOver(c, clock.due) }] : []
  })
}

/** 依申请2026-3 财政决算 · 12月1日前答复申请人（还有3个工作日） */
const lineOf = (c: Context, { row, clock, over }: CaseDue, withUnit: boolean): Line => ({
  text: [`${caseNumber(row)} ${row.title}`, withUnit && row.unit ? unitName(c, row.unit) : '', clockWords(c, clock)]
    .filter(Boolean)
    .join(' · '),
  light: over ? 'red' : 'yellow',
})

const titleOf = (cases: readonly CaseDue[]): string => {
  const late = cases.filter(({ over }) => over).length
  return `办件${cases.length}件${late > 0 ? `，已超期${late}件` : ''}`
}

/** Title and lines, the latest first. */
export const casePart = (
  c: Context,
  cases: readonly CaseDue[],
  { withUnit, most = SHOWN }: { withUnit: boolean; most?: number },
): { title: string; lines: Line[] }[] => {
  if (cases.length === 0) return []
  const more = cases.length - most
  const lines = cases.slice(0, most).map((one) => lineOf(c, one, withUnit))
  return [
    { title: titleOf(cases), lines: [...lines, ...(more > 0 ? [{ text: `另有${more}件，在网页版“办件”里看` }] : [])] },
  ]
}

export const caseBlocks = (...asked: Parameters<typeof casePart>): Block[] =>
  casePart(...asked).map((part) => ({ kind: 'list', ...part }))

/** In a room that others read too, numbers and days alone: 办件 依申请2026-3（12月1日）. */
export const caseWordsShared = (c: Context, cases: readonly CaseDue[]): string =>
  cases.length === 0
    ? ''
    : `办件 ${cases.map(({ row, clock }) => `${caseNumber(row)}（${momentWords(c, clock.due ?? '')}）`).join('、')}`
