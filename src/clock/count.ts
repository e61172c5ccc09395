import { type Basis, type DayRun, type DayType, dayIn, type Moment, type Span } from '../model/clock.ts'
import type { Day } from '../model/deadline.ts'
import type { Calendar } from '../time/calendar.ts'
import { addDays, addMonths } from '../time/day.ts'
import { civilOn, type Periods } from './rules/periods.ts'

/** A span counted, so that whoever checks it can count after. */
export interface Counted {
  /** The first day that counts; of hours, the minute from which they run. */
  counts: Moment
  due: Moment
  skipped: DayRun[]
  worked: DayRun[]
  /** The last day before it was moved off a day of rest. */
  movedFrom?: Day
  provisional: boolean
  counting: Basis[]
}

/** The days after `after` up to `to` that the calendar has something to say of, in runs of the same word. */
const runs = (after: Day, to: Day, calendar: Calendar): Pick<Counted, 'skipped' | 'worked'> => {
  const found = { skipped: [] as DayRun[], worked: [] as DayRun[] }
  for (let day = addDays(after, 1); day <= to; day = addDays(day, 1)) {
    const why = calendar.why(day)
    if (why === undefined) continue
    const list = calendar.isWorkday(day) ? found.worked : found.skipped
    const last = list[list.length - 1]
    if (last?.why === why && addDays(last.to, 1) === day) last.to = day
    else list.push({ from: day, to: day, why })
  }
  return found
}

const provisionalIn = (from: Day, to: Day, calendar: Calendar): boolean => {
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++)
    if (calendar.provisional(year)) return true
  return false
}

const pad = (n: number) => String(n).padStart(2, '0')

/** Hours later by the office's clocks. A day without a minute begins at 00:00. */
const addHours = (from: Moment, hours: number): Moment => {
  const minutes = Number(from.slice(11, 13)) * 60 + Number(from.slice(14, 16)) + hours * 60
  return `${addDays(dayIn(from), Math.floor(minutes / 1440))}T${pad(Math.floor((minutes % 1440) / 60))}:${pad(minutes % 60)}`
}

const countWorkdays = (from: Day, n: number, calendar: Calendar, by: Periods): Counted => {
  const due = calendar.addWorkdays(from, n)
  return {
    ...{ counts: calendar.addWorkdays(from, 1), due, ...runs(from, due, calendar) },
    ...{ provisional: provisionalIn(addDays(from, 1), due, calendar), counting: [by.day] },
  }
}

type End = Pick<Counted, 'due' | 'skipped' | 'worked' | 'provisional' | 'movedFrom' | 'counting'>

/** The end of a limit in days or months whose last day may be one of rest: then it is the next workday. */
const endOn = (last: Day, type: DayType, calendar: Calendar, by: Periods): End => {
  const due = calendar.isWorkday(last) ? last : calendar.addWorkdays(last, 1)
  const counting = type === 'month' ? [by.day, by.month] : [by.day]
  const end = { due, ...runs(addDays(last, -1), due, calendar), provisional: provisionalIn(last, due, calendar) }
  return due === last ? { ...end, counting } : { ...end, movedFrom: last, counting: [...counting, by.moved] }
}

const countDays = (from: Day, { n, type }: Span, calendar: Calendar, by: Periods): Counted => ({
  counts: addDays(from, 1),
  ...endOn(type === 'month' ? addMonths(from, n) : addDays(from, n), type, calendar, by),
})

/**
 * Counts a span from the moment it begins: the first day does not count (民法典第二百零一条), hours run from the minute and
 * are never moved, months end on the same date or the month's last (第二百零二条), and a limit in days or months that
 * ends on a day of rest ends on the next workday (第二百零三条). Where another law has its own way it wins (第二百零四条):
 * `by` names it. No days at all end on the day itself.
 */
export const count = (from: Moment, span: Span, calendar: Calendar, by: Periods = civilOn(dayIn(from))): Counted => {
  const none = { skipped: [], worked: [], provisional: false }
  if (span.type === 'hour')
    return { ...none, counts: addHours(from, 0), due: addHours(from, span.n), counting: [by.hour] }
  const day = dayIn(from)
  if (span.n === 0) return { ...none, counts: day, due: day, counting: [] }
  return span.type === 'workday' ? countWorkdays(day, span.n, calendar, by) : countDays(day, span, calendar, by)
}
