import type { CaseRow } from '../db/queries/cases.ts'
import type { Clock, Moment } from '../src/model/clock.ts'
import { registers } from '../src/register/index.ts'
import { numberOf } from '../src/register/register.ts'
import { atOffice, momentOf } from '../src/time/day.ts'
import type { Context } from './command.ts'
import { dayWords } from './present.ts'

/** How a case is spoken of, wherever it is: never by what its `secret` holds. */

/** 舆情2026-3 */
export const caseNumber = (row: Pick<CaseRow, 'kind' | 'year' | 'ord'>): string => numberOf(registers[row.kind], row)

/** 3小时, 3小时20分钟, 20分钟. */
const hoursWords = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return `${hours > 0 ? `${hours}小时` : ''}${rest > 0 || hours === 0 ? `${rest}分钟` : ''}`
}

/** 还有3个工作日, 今天到期, 逾期2个工作日; of hours: 还有3小时20分钟, 已超过20分钟. */
export const leftWords = (c: Context, due: Moment): string => {
  if (due.length > 10) {
    const left = Math.floor((atOffice(due.slice(0, 10), due.slice(11), c.zone).getTime() - c.now.getTime()) / 60_000)
    if (left === 0) return '时限已到'
    return left > 0 ? `还有${hoursWords(left)}` : `已超过${hoursWords(-left)}`
  }
  if (due === c.today) return '今天到期'
  if (due > c.today) return `还有${c.calendar.workdaysBetween(c.today, due)}个工作日`
  const late = c.calendar.workdaysBetween(due, c.today)
  return late > 0 ? `逾期${late}个工作日` : '下一工作日起逾期'
}

/** 12月1日, 8月21日13:30. */
export const momentWords = (c: Context, moment: Moment): string =>
  `${dayWords(moment.slice(0, 10), c.today)}${moment.slice(11)}`

export const isOver = (c: Context, due: Moment): boolean =>
  due.length > 10 ? due < momentOf(c.now, c.zone) : c.calendar.workdaysBetween(due, c.today) > 0 && due < c.today

/** 12月1日前答复申请人（还有3个工作日）, with a mark where the day may still move. */
export const clockWords = (c: Context, { title, due, provisional }: Clock): string =>
  due === null
    ? ''
    : `${momentWords(c, due)}前${title}（${leftWords(c, due)}${provisional ? '，放假安排公布后可能变动' : ''}）`

/** Those that run, in the order in which they end. */
export const runningOf = (clocks: readonly Clock[]): Clock[] =>
  clocks
    .filter(({ state, due }) => state === 'running' && due !== null)
    .sort((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1))

/** Where a clock's limit stands. */
export const basisOf = ({ steps }: Clock): string => {
  const { law, article } = steps.find(({ span }) => span !== undefined)?.basis ?? { law: '', article: '' }
  return [law, article].filter(Boolean).join(' ')
}
