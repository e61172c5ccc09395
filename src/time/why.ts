import type { Day } from '../model/deadline.ts'
import { addDays, weekday } from './day.ts'
import { announced, type Notices, nationalDay, statutoryFestival } from './holidays.ts'

/** What the days of an office are made of. */
interface Days {
  isWorkday(day: Day): boolean
  /** What the office itself has said of the day. */
  ownOn(day: Day): 'off' | 'work' | undefined
  notices: Notices
}

const isWeekend = (day: Day): boolean => weekday(day) > 5

/** The festival in the same run of days off, the nearest first: days off before and after it are made from weekends. */
const festivalNear = (day: Day, { isWorkday }: Days): string | undefined => {
  let [before, after] = [day, day]
  while (!isWorkday(before) || !isWorkday(after)) {
    const found = statutoryFestival(before) ?? statutoryFestival(after)
    if (found) return found
    if (!isWorkday(before)) before = addDays(before, -1)
    if (!isWorkday(after)) after = addDays(after, 1)
  }
  return undefined
}

const whyOff = (day: Day, days: Days): string => {
  const { notices, ownOn } = days
  const said = announced(notices, day)
  if (said === 'off') return notices.names?.get(day) ?? festivalNear(day, days) ?? '节假日'
  const festival = statutoryFestival(day)
  if (festival) return festival
  const own = ownOn(day) === 'off'
  // An office that enters a year's notice itself has its festivals among its own days.
  const entered = own && !notices.off.has(nationalDay(Number(day.slice(0, 4)))) ? festivalNear(day, days) : undefined
  return entered ?? (own && !(isWeekend(day) && said === undefined) ? '本单位休息日' : '周末')
}

/** Why a day is no workday, or why a weekend day or a day off is one; nothing for an ordinary workday. */
export const whyOf = (day: Day, days: Days): string | undefined => {
  if (!days.isWorkday(day)) return whyOff(day, days)
  if (announced(days.notices, day) === 'work') return '调休上班'
  return days.ownOn(day) === 'work' ? '本单位上班' : undefined
}
