import type { Day, DeadlineOf, Within } from '../model/deadline.ts'
import type { Calendar } from './calendar.ts'
import { addDays, addMonths, endOf, monthEnd, monthLength, startOfNext } from './day.ts'
import type { Period } from './rounds.ts'

/** The day a rule without a day of its own comes to: end of the next month, of the period, or the n-th of the next month. */
export type DefaultEnd = 'next-month-end' | 'period-end' | { day: number }

type Rule = DeadlineOf<'recurring'>

const earlier = (a: Day, b: Day): Day => (a < b ? a : b)
const lastOfMonth = (day: Day): Day => endOf(day, 'month')

/** N-th day, workday, week or month after `before` (the eve of the stretch that is counted). */
function countOn(before: Day, { n, unit }: Within, calendar: Calendar): Day {
  if (unit === 'workday') return calendar.addWorkdays(before, n)
  if (unit === 'month') return lastOfMonth(addMonths(addDays(before, 1), n - 1))
  return addDays(before, unit === 'week' ? 7 * n : n)
}

function withinDue(within: Within, period: Period, every: Rule['every'], calendar: Calendar): Day {
  if (within.of === 'period-start') return earlier(countOn(addDays(period.from, -1), within, calendar), period.to)
  const due = countOn(period.to, within, calendar)
  // 每月后30日内 is the next month's last day where that month is shorter.
  return within.unit === 'day' && every === 'month' && within.n <= 31 ? earlier(due, nextMonthEnd(period)) : due
}

const nextMonthEnd = (period: Period): Day => lastOfMonth(addDays(period.to, 1))

function nextMonthDay(period: Period, day: number): Day {
  const start = startOfNext(period.to, 'month')
  const length = monthLength(Number(start.slice(0, 4)), Number(start.slice(5, 7)))
  return addDays(start, Math.min(day, length) - 1)
}

function yearlyDue(by: string, year: string): Day {
  const end = monthEnd(Number(year), Number(by.slice(0, 2)))
  return earlier(`${year}-${by}`, end)
}

/** The day a recurring rule comes to in one of its periods. `end` is for rules of a month and longer; weeks and days end with themselves. */
export function dueIn(period: Period, rule: Rule, end: DefaultEnd, calendar: Calendar): Day {
  if (rule.within) return withinDue(rule.within, period, rule.every, calendar)
  if (rule.by && rule.every === 'year') return yearlyDue(rule.by, period.from.slice(0, 4))
  if (end === 'period-end' || rule.every === 'week' || rule.every === 'day') return period.to
  return end === 'next-month-end' ? nextMonthEnd(period) : nextMonthDay(period, end.day)
}

/** Whether a workday count from `from` to `to` touched a year whose holiday notice is not out. */
export function touchesProvisional(from: Day, to: Day, calendar: Calendar): boolean {
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) {
    if (calendar.provisional(year)) return true
  }
  return false
}
