import type { Moment } from '../../../model/clock.ts'
import { dayIn } from '../../../model/clock.ts'
import type { Light } from '../../../model/duty.ts'
import type { RegisterContext } from '../../../register/register.ts'
import { dayNumber, daysBetween, weekday } from '../../../time/day.ts'

type Now = Pick<RegisterContext, 'calendar' | 'today' | 'now'>

/** A clock of days is yellow from so many workdays before its end on, one of hours from so many minutes. */
const YELLOW_DAYS = 3
const YELLOW_MINUTES = 120

const minutes = (moment: Moment): number =>
  dayNumber(dayIn(moment)) * 1440 + Number(moment.slice(11, 13)) * 60 + Number(moment.slice(14, 16))

const stretch = (from: Moment, to: Moment): string => {
  const long = minutes(to) - minutes(from)
  const hours = Math.floor(long / 60)
  return [hours > 0 && `${hours}小时`, (long % 60 > 0 || hours === 0) && `${long % 60}分钟`].filter(Boolean).join('')
}

const hoursLeft = (due: Moment, { now }: Now): { left: string; light: Light } => {
  if (now > due) return { left: `超时${stretch(due, now)}`, light: 'red' }
  return { left: `还有${stretch(now, due)}`, light: minutes(due) - minutes(now) <= YELLOW_MINUTES ? 'yellow' : 'green' }
}

const daysLeft = (due: Moment, { calendar, today }: Now): { left: string; light: Light } => {
  if (today > due) return { left: `逾期${daysBetween(due, today)}天`, light: 'red' }
  const n = calendar.workdaysBetween(today, due)
  const light = n <= YELLOW_DAYS ? 'yellow' : 'green'
  if (today === due) return { left: '今天到期', light }
  return { left: n > 0 ? `还有${n}个工作日` : `还有${daysBetween(today, due)}天（休息日）`, light }
}

/** How long a clock has still to run, in words with its light; nothing where it does not run. */
export const leftOf = (due: Moment | null, now: Now): { left: string; light: Light | null } =>
  due === null ? { left: '', light: null } : due.length > 10 ? hoursLeft(due, now) : daysLeft(due, now)

/** 2026-12-01（周二）, 2026-12-01（周二）08:30 */
export const momentTold = (moment: Moment | null | undefined): string =>
  moment ? `${dayIn(moment)}（周${'一二三四五六日'[weekday(dayIn(moment)) - 1]}）${moment.slice(11)}` : ''

export const clockStateWords = { running: '计时中', paused: '停止计算', ended: '已办', lapsed: '不再计算' } as const
