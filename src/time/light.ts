import type { Day } from '../model/deadline.ts'
import type { DutyState, Light } from '../model/duty.ts'
import type { Calendar } from './calendar.ts'
import { addDays } from './day.ts'

/** What a light is judged by. */
export interface Lit {
  state: DutyState
  dueOn: Day | null
  /** ISO instant of an hour clock. */
  dueAt?: string | null
  /** Day of the last report, where there is one. */
  reportedOn?: Day | null
}

/** `days`: workdays left until the due day, or (negative) workdays late; 0 where there is no day. */
export interface LightOf {
  light: Light | null
  reason: string
  days: number
}

export interface LightOptions {
  /** Yellow from so many workdays before the due day. */
  yellowWithin?: number
  /** ISO instant for hour clocks; without it they are judged by their day. */
  now?: string
}

const YELLOW_WITHIN = 3

const unlit: Partial<Record<DutyState, string>> = {
  unclaimed: '待认领',
  asleep: '配合事项，牵头单位未收集',
  waiting: '等待触发',
  standing: '持续推进，无到期日',
  done: '已办结',
  suspended: '中止',
  waived: '免予办理',
  unconfirmed: '待核实',
}

/** Late from the first workday after the due day on; a rest day in between does not count. */
export const overdueOn = (dueOn: Day, today: Day, calendar: Calendar): boolean =>
  today > dueOn && calendar.workdaysBetween(dueOn, today) >= 1

/** The last due day that is late: all up to it are, none after it. */
export const lateUpTo = (today: Day, calendar: Calendar): Day => {
  let worked = today
  while (!calendar.isWorkday(worked)) worked = addDays(worked, -1)
  return addDays(worked, -1)
}

/** The last due day that is yellow by its nearness: those after `lateUpTo` and up to it are, those after it green. */
export const yellowUpTo = (today: Day, calendar: Calendar, within = YELLOW_WITHIN): Day =>
  addDays(calendar.addWorkdays(today, within + 1), -1)

function inReview(duty: Lit, dueOn: Day, calendar: Calendar): LightOf {
  const late = duty.reportedOn ? Math.max(0, calendar.workdaysBetween(dueOn, duty.reportedOn)) : 0
  if (late > 0) return { light: 'yellow', reason: `已报送待审核，逾期${late}个工作日报送`, days: -late }
  return { light: 'green', reason: '已报送待审核', days: 0 }
}

function byInstant(dueAt: string, now: string): LightOf {
  const minutes = Math.floor((Date.parse(dueAt) - Date.parse(now)) / 60_000)
  if (minutes < 0) return { light: 'red', reason: '已超过时限', days: 0 }
  const left = minutes >= 60 ? `${Math.floor(minutes / 60)}小时` : `${minutes}分钟`
  return { light: 'yellow', reason: `距时限还有${left}`, days: 0 }
}

function byDay(dueOn: Day, today: Day, calendar: Calendar, yellowWithin: number): LightOf {
  if (overdueOn(dueOn, today, calendar)) {
    const late = calendar.workdaysBetween(dueOn, today)
    return { light: 'red', reason: `逾期${late}个工作日`, days: -late }
  }
  if (today > dueOn) return { light: 'yellow', reason: '已到期，下一工作日起逾期', days: 0 }
  const left = calendar.workdaysBetween(today, dueOn)
  const reason = today === dueOn ? '今日到期' : `距到期还有${left}个工作日`
  return { light: left <= yellowWithin ? 'yellow' : 'green', reason, days: left }
}

/** The light of a duty today (a day of the office's zone), with its reason; null where it has none. Never red in review. */
export function lightOf(duty: Lit, today: Day, calendar: Calendar, options: LightOptions = {}): LightOf {
  const none = unlit[duty.state]
  if (none) return { light: null, reason: none, days: 0 }
  if (!duty.dueOn) return { light: null, reason: '无到期日', days: 0 }
  if (duty.state === 'review') return inReview(duty, duty.dueOn, calendar)
  if (duty.dueAt && options.now) return byInstant(duty.dueAt, options.now)
  if (duty.dueAt && today > duty.dueOn) return { light: 'red', reason: '已超过时限', days: 0 }
  return byDay(duty.dueOn, today, calendar, options.yellowWithin ?? YELLOW_WITHIN)
}
