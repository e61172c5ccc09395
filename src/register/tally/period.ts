import type { Day } from '../../model/deadline.ts'
import { BadInput } from '../../model/problem.ts'
import { addDays } from '../../time/day.ts'
import { periodOf } from '../../time/schedule.ts'
import { periodWords } from './words.ts'

/** Nobody keeps figures of before there were government websites; a year is no typing error of another. */
const EARLIEST = '2000'

/** The month before the one in which that day lies, `YYYY-MM`: the latest that can be told. */
export const lastMonth = (today: Day): string => addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7)

/** The first day on which a period is over. */
const overOn = (period: string): Day => {
  const last = periodOf(period)?.to
  return last === undefined ? '' : addDays(last, 1)
}

const dayInWords = (day: Day): string => `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`

/** A month, or a year of which only the whole is known; over by that day. @throws BadInput with what would be right */
export const checkPeriod = (period: string, today: Day): void => {
  const months = /^(\d{4})-(?:Q([1-4])|H([12]))$/.exec(period)
  if (months) {
    const [, year, quarter, half] = months
    const first = quarter ? Number(quarter) * 3 - 2 : Number(half) * 6 - 5
    throw new BadInput(
      `报数按月，或按全年：请分${year}年${first}月至${first + (quarter ? 2 : 5)}月一个月一个月地报，例如“${first}月报数：网站12条”`,
    )
  }
  if (!/^\d{4}(?:-(?:0[1-9]|1[0-2]))?$/.test(period) || period < EARLIEST)
    throw new BadInput(`“${period}”不是报数的月份：应写成 2017-07 这样的月份，或 2017 这样的年份`)
  if (today < overOn(period))
    throw new BadInput(
      `${periodWords(period)}还没有过完，${dayInWords(overOn(period))}起才能报；现在可以报到${periodWords(lastMonth(today))}`,
    )
}
