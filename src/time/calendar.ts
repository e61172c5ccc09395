import type { Day } from '../model/deadline.ts'

/** Workdays of one office: 法定节假日 and 调休, the office's own days laid over them. */
export interface Calendar {
  isWorkday(day: Day): boolean
  /** The n-th workday after `day` (n ≥ 1), `day` itself not counted. */
  addWorkdays(day: Day, n: number): Day
  /** Workdays from the day after `from` up to and including `to`; negative when `to` is earlier. */
  workdaysBetween(from: Day, to: Day): number
  /** That year's holiday notice is not out yet: weekends and statutory days off only. */
  provisional(year: number): boolean
}
