import type { Day } from '../model/deadline.ts'
import type { Calendar } from './calendar.ts'
import { addDays, weekday } from './day.ts'
import { type Festival, festivalDay } from './holidays.ts'

/** Days off in a row that are more than a weekend, with what they are for. */
export interface DaysOff {
  from: Day
  to: Day
  festivals: Festival[]
}

const holidays: readonly Festival[] = ['元旦', '春节', '清明', '劳动节', '端午', '中秋', '国庆']

/** What a year's calendar says besides its plain weeks: the days off, and the weekend days that are worked. */
export function daysOff(year: number, calendar: Calendar): { off: DaysOff[]; work: Day[] } {
  const named = new Map(holidays.map((festival) => [festivalDay(festival, year), festival]))
  const off: DaysOff[] = []
  const work: Day[] = []
  let run: DaysOff | undefined
  let special = false
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
    const weekend = weekday(day) > 5
    if (calendar.isWorkday(day)) {
      if (weekend) work.push(day)
      if (run && special) off.push(run)
      run = undefined
      special = false
      continue
    }
    const festival = named.get(day)
    run = { from: run?.from ?? day, to: day, festivals: [...(run?.festivals ?? []), ...(festival ? [festival] : [])] }
    special ||= !weekend || festival !== undefined
  }
  if (run && special) off.push(run)
  return { off, work }
}
