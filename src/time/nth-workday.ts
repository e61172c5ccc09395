import type { Day } from '../model/deadline.ts'
import type { Calendar } from './calendar.ts'
import { addDays } from './day.ts'

/** The n-th workday (n ≥ 1) from `first` on, `first` itself counted. */
export const nthWorkday = (first: Day, n: number, calendar: Calendar): Day =>
  calendar.addWorkdays(addDays(first, -1), n)
