import type { Day } from '../../model/deadline.ts'
import type { Calendar } from '../../time/calendar.ts'
import { startOf } from '../../time/day.ts'
import { nthWorkday } from '../../time/nth-workday.ts'
import { lastMonth } from './period.ts'

/**
 * The month whose figures are asked for today, once: on the office's workday of the month after (null: it asks for none),
 * or the first day after it on which anything was told. `since`: the last day that was told, '' for none.
 */
export const monthAsked = (
  today: Day,
  since: Day | '',
  workday: number | null,
  calendar: Calendar,
): string | undefined => {
  if (workday === null) return undefined
  const day = nthWorkday(startOf(today, 'month'), workday, calendar)
  return today >= day && since < day ? lastMonth(today) : undefined
}
