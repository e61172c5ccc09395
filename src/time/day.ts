import type { Day, Every } from '../model/deadline.ts'

/** Civil-day arithmetic on `YYYY-MM-DD` texts: whole numbers only, no clock, no zone but where one is given. */

const pad = (n: number, width: number) => String(n).padStart(width, '0')
const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

const yearOf = (day: Day) => Number(day.slice(0, 4))
const monthOf = (day: Day) => Number(day.slice(5, 7))
const dateOf = (day: Day) => Number(day.slice(8, 10))

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** Days of a month of the Gregorian calendar, `month` 1–12. */
export function monthLength(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Days since 1970-01-01, negative before. */
export function dayNumber(day: Day): number {
  const year = yearOf(day)
  const month = monthOf(day)
  const past = year - 1
  const leapDays = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400)
  const inYear = (daysBeforeMonth[month - 1] ?? 0) + (month > 2 && isLeap(year) ? 1 : 0) + dateOf(day)
  return past * 365 + leapDays + inYear - 719163
}

/** The day that lies `number` days after 1970-01-01 (Howard Hinnant's civil_from_days). */
export function dayFromNumber(number: number): Day {
  const shifted = number + 719468
  const era = Math.floor(shifted / 146097)
  const ofEra = shifted - era * 146097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * ofYear + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return writeDay(year, month, ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1)
}

const writeDay = (year: number, month: number, date: number): Day => `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`

/** The day of these numbers, or nothing where the calendar has no such day. */
export function dayFrom(year: number, month: number, date: number): Day | undefined {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && date >= 1)) return undefined
  return date <= monthLength(year, month) ? writeDay(year, month, date) : undefined
}

/** Whether the text is a day that exists, as `YYYY-MM-DD`. */
export function isDay(text: string): text is Day {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dayFrom(yearOf(text), monthOf(text), dateOf(text)) === text
}

/** The last day of a month, `month` 1–12. */
export const monthEnd = (year: number, month: number): Day => writeDay(year, month, monthLength(year, month))

/** `count` days later, earlier where negative. */
export const addDays = (day: Day, count: number): Day => dayFromNumber(dayNumber(day) + count)

/** `count` months later; a date the month does not have becomes its last (01-31 + 1 → 02-28). */
export function addMonths(day: Day, count: number): Day {
  const months = yearOf(day) * 12 + monthOf(day) - 1 + count
  const year = Math.floor(months / 12)
  const month = months - year * 12 + 1
  return writeDay(year, month, Math.min(dateOf(day), monthLength(year, month)))
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => dayNumber(to) - dayNumber(from)

/** 1 for Monday to 7 for Sunday. */
export function weekday(day: Day): number {
  const sinceMonday = (dayNumber(day) + 3) % 7
  return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1
}

/** The Monday of the day's week. */
export const startOfWeek = (day: Day): Day => addDays(day, 1 - weekday(day))

const monthsOf = { month: 1, quarter: 3, 'half-year': 6, year: 12 } as const

/** The first day of the period that the day lies in. */
export function startOf(day: Day, period: Every): Day {
  if (period === 'day') return day
  if (period === 'week') return startOfWeek(day)
  const length = monthsOf[period]
  return writeDay(yearOf(day), monthOf(day) - ((monthOf(day) - 1) % length), 1)
}

/** The first day of the period `count` periods after the day's own (0 is its own). */
export function startOfNext(day: Day, period: Every, count = 1): Day {
  const start = startOf(day, period)
  if (period === 'day') return addDays(start, count)
  if (period === 'week') return addDays(start, 7 * count)
  return addMonths(start, monthsOf[period] * count)
}

/** The last day of the period that the day lies in. */
export const endOf = (day: Day, period: Every): Day => addDays(startOfNext(day, period), -1)

export { atOffice, dayOf, momentOf, timeOf } from './zone.ts'
