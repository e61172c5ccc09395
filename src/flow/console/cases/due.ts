import { isOver, leftWords } from '../../../../commands/case-words.ts'
import type { Context } from '../../../../commands/command.ts'
import { dayIn, type Moment } from '../../../model/clock.ts'
import type { Light } from '../../../model/duty.ts'
import { atOffice, weekday } from '../../../time/day.ts'

/** A clock of days is yellow from so many workdays before its end on, one of hours from so many minutes. */
const YELLOW_DAYS = 3
const YELLOW_MS = 2 * 3_600_000

const isNear = (c: Context, due: Moment): boolean =>
  due.length > 10
    ? atOffice(dayIn(due), due.slice(11), c.zone).getTime() - c.now.getTime() <= YELLOW_MS
    : c.calendar.workdaysBetween(c.today, due) <= YELLOW_DAYS

/** How long a clock has still to run, in words with its light; nothing where it does not run. */
export const leftOf = (c: Context, due: Moment | null): { left: string; light: Light | null } =>
  due === null
    ? { left: '', light: null }
    : { left: leftWords(c, due), light: isOver(c, due) ? 'red' : isNear(c, due) ? 'yellow' : 'green' }

/** 2026-12-01（周二）, 2026-12-01（周二）08:30 */
export const momentTold = (moment: Moment | null | undefined): string =>
  moment ? `${dayIn(moment)}（周${'一二三四五六日'[weekday(dayIn(moment)) - 1]}）${moment.slice(11)}` : ''

export { doesWords, spanTold } from '../../../clock/words.ts'

export const clockStateWords = { running: '计时中', paused: '停止计算', ended: '已办', lapsed: '不再计算' } as const
