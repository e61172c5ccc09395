import type { Day, DeadlineOf } from '../model/deadline.ts'
import type { Calendar } from './calendar.ts'
import { addDays, atOffice, dayNumber, dayOf, isDay, timeOf } from './day.ts'
import { touchesProvisional } from './due.ts'

type Clock = DeadlineOf<'relative'>

const publicationOfPlan =
  /^(?:自|从)?(?:本(?:通知|方案|要点|意见|计划|文件|办法|细则|规定|工作方案|实施方案|工作要点|分工方案|任务分工)|通知)(?:正式)?(?:印发|公布|发布|下发|下达|施行|实施)(?:之日)?(?:起|后)?$/
const bareIssue = /^(?:自|从)?(?:(?:印发|下发|下达|发文)(?:之日)?|(?:公布|发布)之日)(?:起|后)?$/

/** Whether the event is that this very plan comes out (本通知公布、印发之日), so that its day is known. */
export const isPlanItself = (event: string): boolean => publicationOfPlan.test(event) || bareIssue.test(event)

const pad = (n: number) => String(n).padStart(2, '0')

/** The instant as the office's clock shows it, with the zone's offset: `2017-08-25T19:30:00+08:00`. */
function officeInstant(instant: Date, zone: string): string {
  const day = dayOf(instant, zone)
  const time = timeOf(instant, zone)
  const wall = dayNumber(day) * 1440 + Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  const offset = wall - Math.floor(instant.getTime() / 60_000)
  const sign = offset < 0 ? '-' : '+'
  const size = Math.abs(offset)
  return `${day}T${time}:${pad(instant.getUTCSeconds())}${sign}${pad(Math.floor(size / 60))}:${pad(size % 60)}`
}

/** The last day of a clock of days or workdays; the day it starts on is not counted. */
export function dayOfClock(clock: Clock, start: Day, calendar: Calendar): { dueOn: Day; provisional: boolean } {
  if (clock.unit === 'workday') {
    const dueOn = calendar.addWorkdays(start, clock.n)
    return { dueOn, provisional: touchesProvisional(start, dueOn, calendar) }
  }
  return { dueOn: addDays(start, clock.unit === 'hour' ? Math.ceil(clock.n / 24) : clock.n), provisional: false }
}

/**
 * The round that a recorded occurrence opens: `occurred` is a day, or an ISO instant for clocks of hours (a day counts
 * from its midnight there). Its label is that day, or that day and minute, of the office's zone.
 */
export function openEventRound(
  clock: Clock,
  occurred: Day | string,
  calendar: Calendar,
  zone: string,
): { round: string; dueOn: Day; dueAt: string | null; provisional: boolean } {
  const instant = isDay(occurred) ? atOffice(occurred, '00:00', zone) : new Date(occurred)
  if (Number.isNaN(instant.getTime())) throw new RangeError(`not a day or an instant: ${occurred}`)
  const day = dayOf(instant, zone)
  if (clock.unit !== 'hour') return { round: day, dueAt: null, ...dayOfClock(clock, day, calendar) }
  const due = new Date(instant.getTime() + clock.n * 3_600_000)
  const round = `${day}T${timeOf(instant, zone)}`
  return { round, dueOn: dayOf(due, zone), dueAt: officeInstant(due, zone), provisional: false }
}

/**
 * Whether an event comes again and again (每次会议后, 文件公开后, 突发事件), so that each occurrence opens a round; a named
 * act of one body (国家意见印发) happens once.
 */
export const isRepeating = (event: string): boolean =>
  !/国家|国务院|省|市|州|县|上级|中央|规划|意见|方案|《/.test(event) || /每|凡|各类|事件|突发|舆情/.test(event)
