import type { Day, Every } from '../model/deadline.ts'
import type { Step } from '../model/recipe.ts'
import type { Settings } from '../model/settings.ts'
import type { Rhythm } from '../model/subscription.ts'
import { type Calendar, workdaysBefore } from './calendar.ts'
import { addDays, atOffice, dayOf, monthLength, startOf, startOfWeek, timeOf, weekday } from './day.ts'

/**
 * When somebody is told of something: pure of days, rule and calendar. `since` is the last day whose pushes were planned
 * ('' for none): what fell on a day in between was missed and is told today.
 */

/** Is the day the first workday of its week or month? */
const opens = (day: Day, period: Every, calendar: Calendar): boolean => {
  for (let before = startOf(day, period); before < day; before = addDays(before, 1))
    if (calendar.isWorkday(before)) return false
  return calendar.isWorkday(day)
}

/** A list moves forward: it comes on the first workday of its period, or on the next one that was not missed. */
export const isListDay = (day: Day, period: Every, since: Day | '', calendar: Calendar): boolean =>
  opens(day, period, calendar) || (since !== '' && since < startOf(day, period) && calendar.isWorkday(day))

/** The list day of the last week before this one that had a workday. */
export const lastListDay = (today: Day, calendar: Calendar): Day => {
  for (let monday = addDays(startOfWeek(today), -7); ; monday = addDays(monday, -7))
    for (let i = 0; i < 7; i++) if (calendar.isWorkday(addDays(monday, i))) return addDays(monday, i)
}

/** The day after which nothing has been told: the last planned one, or the workday before where there is none. */
export const toldUpTo = (today: Day, since: Day | '', calendar: Calendar): Day =>
  since !== '' && since < today ? since : workdaysBefore(today, 1, calendar)

/** The last due day that is reminded of today: every day up to the next workday. */
export const reminderHorizon = (today: Day, calendar: Calendar): Day => calendar.addWorkdays(today, 1)

/**
 * A reminder moves back: it comes on the last workday before the due day (2017-10-07 → 2017-09-30, a make-up workday), and
 * once more on the due day where that is a workday.
 */
export const isReminded = (dueOn: Day, today: Day, since: Day | '', calendar: Calendar): boolean => {
  if (dueOn < today || !calendar.isWorkday(today)) return false
  if (dueOn === today) return true
  const before = workdaysBefore(dueOn, 1, calendar)
  return before <= today && before > toldUpTo(today, since, calendar)
}

const workdaysLate = (dueOn: Day, day: Day, calendar: Calendar): number =>
  day > dueOn ? calendar.workdaysBetween(dueOn, day) : 0

/** The step of the ladder that an overdue duty has come to since it was last told of; nothing where it stands where it stood. */
export const ladderStep = (
  dueOn: Day,
  today: Day,
  since: Day | '',
  ladder: Settings['ladder'],
  calendar: Calendar,
): Step | undefined => {
  const reached = (day: Day) => ladder.filter((n) => workdaysLate(dueOn, day, calendar) >= n).length
  const now = calendar.isWorkday(today) ? reached(today) : 0
  return now > reached(toldUpTo(today, since, calendar)) ? (now as Step) : undefined
}

/** The earliest due day that can come to a new step today. */
export const ladderHorizon = (today: Day, since: Day | '', ladder: Settings['ladder'], calendar: Calendar): Day =>
  workdaysBefore(toldUpTo(today, since, calendar), ladder[2], calendar)

/** A case stands in the lists when so many workdays or fewer are left of it. */
export const CASE_DAYS = 5

/**
 * Whether a case that ends on that day brings a list about: when it comes to its last days, on the last workday before its
 * end and on the day. Between them its line stands in what is sent anyway.
 */
export const isCaseReminded = (dueOn: Day, today: Day, since: Day | '', calendar: Calendar): boolean => {
  if (isReminded(dueOn, today, since, calendar)) return true
  if (dueOn < today || !calendar.isWorkday(today)) return false
  return (
    dueOn <= calendar.addWorkdays(today, CASE_DAYS) &&
    dueOn > calendar.addWorkdays(toldUpTo(today, since, calendar), CASE_DAYS)
  )
}

/** Minutes before the end of an hour clock at which it is told, day and night. */
const CLOCK_STEPS = [0, 60, 240] as const

/** Minutes before its end that an hour clock was last due to be told; nothing before the first and an hour after the end. */
export const clockStep = (dueAt: Date, now: Date): (typeof CLOCK_STEPS)[number] | undefined => {
  const left = (dueAt.getTime() - now.getTime()) / 60_000
  return left < -60 ? undefined : CLOCK_STEPS.find((step) => left <= step)
}

/** May digests be planned now: on a workday, from the hour of lists on, in office hours? */
export const isDigestTime = (now: Date, { digestAt, hours }: Settings, calendar: Calendar, zone: string): boolean => {
  const time = timeOf(now, zone)
  return calendar.isWorkday(dayOf(now, zone)) && time >= digestAt && time < hours.to
}

/** The first moment from `now` on at which the tick may speak: in office hours, on a workday. */
export const nextOpening = (now: Date, hours: Settings['hours'], calendar: Calendar, zone: string): Date => {
  const [today, time] = [dayOf(now, zone), timeOf(now, zone)]
  if (calendar.isWorkday(today) && time < hours.to) return time >= hours.from ? now : atOffice(today, hours.from, zone)
  return atOffice(calendar.addWorkdays(today, 1), hours.from, zone)
}

const isNominal = ({ every, on }: Rhythm, day: Day): boolean => {
  switch (every) {
    case 'day':
    case 'workday':
      return true
    case 'week':
      return weekday(day) === (on ?? 1)
    case 'month': {
      const last = monthLength(Number(day.slice(0, 4)), Number(day.slice(5, 7)))
      return Number(day.slice(8)) === Math.min(on ?? 1, last)
    }
  }
}

/**
 * The day of its rhythm for which a subscription comes on a workday: that day, or the last of the rest days before it, which
 * it makes up for. undefined where it does not come then.
 */
export const nominalDay = (rhythm: Rhythm, day: Day, calendar: Calendar): Day | undefined => {
  if (!calendar.isWorkday(day)) return undefined
  for (let at = day; ; at = addDays(at, -1)) {
    if (isNominal(rhythm, at)) return at
    if (calendar.isWorkday(addDays(at, -1))) return undefined
  }
}

/** Does a subscription come on that day? One that falls on rest days comes on the workday after them, once. */
export const firesOn = (rhythm: Rhythm, day: Day, calendar: Calendar): boolean =>
  nominalDay(rhythm, day, calendar) !== undefined

/** The next moment after `now` at which a subscription comes. */
export const nextFiring = (rhythm: Rhythm, now: Date, calendar: Calendar, zone: string): Date => {
  for (let day = dayOf(now, zone); ; day = addDays(day, 1)) {
    const moment = atOffice(day, rhythm.at, zone)
    if (moment > now && firesOn(rhythm, day, calendar)) return moment
  }
}
