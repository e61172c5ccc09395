import type { Day, Every } from '../model/deadline.ts'
import { addDays, daysBetween, endOf, isDay, startOf, startOfNext, startOfWeek } from './day.ts'

/** The names of rounds (期次) and the periods that they stand for. */

export interface Period {
  from: Day
  to: Day
}

const yearOf = (day: Day) => Number(day.slice(0, 4))
const monthOf = (day: Day) => Number(day.slice(5, 7))

/** ISO week: the year and number of the week's Thursday. */
function weekLabel(monday: Day): string {
  const thursday = addDays(monday, 3)
  const first = `${thursday.slice(0, 4)}-01-01`
  return `${thursday.slice(0, 4)}-W${String(Math.floor(daysBetween(first, thursday) / 7) + 1).padStart(2, '0')}`
}

/** The label of the period of that kind in which the day lies: 2017-08, 2017-Q3, 2017-H2, 2017, 2017-W33, 2017-08-25. */
export function labelOf(day: Day, every: Every): string {
  const year = day.slice(0, 4)
  switch (every) {
    case 'day':
      return day
    case 'week':
      return weekLabel(startOfWeek(day))
    case 'month':
      return day.slice(0, 7)
    case 'quarter':
      return `${year}-Q${Math.ceil(monthOf(day) / 3)}`
    case 'half-year':
      return `${year}-H${monthOf(day) <= 6 ? 1 : 2}`
    case 'year':
      return year
  }
}

/** First days of the periods of a kind that begin in the year. */
export function startsIn(year: number, every: Every): Day[] {
  const starts: Day[] = []
  const first = `${String(year).padStart(4, '0')}-01-01`
  let start = startOf(first, every)
  if (start < first) start = startOfNext(start, every)
  for (; yearOf(start) === year; start = startOfNext(start, every)) starts.push(start)
  return starts
}

const spanOf = (day: Day, every: Every): Period => ({ from: startOf(day, every), to: endOf(day, every) })

function weekSpan(year: string, week: number): Period | undefined {
  const from = addDays(startOfWeek(`${year}-01-04`), 7 * (week - 1))
  return weekLabel(from) === `${year}-W${String(week).padStart(2, '0')}` ? { from, to: addDays(from, 6) } : undefined
}

/**
 * The days that a round's label stands for; a day's label (a date, an occurrence with its time) stands for that day.
 * Undefined for `waiting`, `standing` and anything that is no label.
 */
export function periodOf(round: string): Period | undefined {
  if (isDay(round.slice(0, 10)) && (round.length === 10 || round[10] === 'T'))
    return { from: round.slice(0, 10), to: round.slice(0, 10) }
  const parts = /^(\d{4})(?:-(?:(\d{2})|Q([1-4])|H([12])|W(\d{2})))?$/.exec(round)
  if (!parts) return undefined
  const [, year = '', month, quarter, half, week] = parts
  if (month) return month >= '01' && month <= '12' ? spanOf(`${year}-${month}-01`, 'month') : undefined
  if (quarter) return spanOf(`${year}-${String(Number(quarter) * 3).padStart(2, '0')}-01`, 'quarter')
  if (half) return spanOf(`${year}-${half === '1' ? '01' : '07'}-01`, 'half-year')
  return week ? weekSpan(year, Number(week)) : spanOf(`${year}-01-01`, 'year')
}
