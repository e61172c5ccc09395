import type { Case, CaseEvent } from '../../model/case.ts'
import { dayIn } from '../../model/clock.ts'
import type { Day } from '../../model/deadline.ts'
import { BadInput } from '../../model/problem.ts'
import { type Given, lastOf, type RegisterContext } from '../register.ts'
import { receivedOn } from './law.ts'

/** What ends the handling of an application, one way or the other. */
const ENDS = ['answered', 'answered-2007', 'supplement-lapsed', 'fee-lapsed', 'voided'] as const

/** The event by which it was answered or given up; undefined while it is handled. */
export const endOf = (it: Case): CaseEvent | undefined => lastOf(it, ...ENDS)
export const isHandled = (it: Case): boolean => endOf(it) === undefined

/** The last of `asking` that none of `answering` has followed. */
export const openOf = (it: Case, asking: string, ...answering: string[]): CaseEvent | undefined => {
  const last = lastOf(it, asking, ...answering)
  return last?.kind === asking ? last : undefined
}

/** 2026年3月2日 */
export const dayText = (day: Day): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

export const dayGiven = (given: Given, c: RegisterContext): Day => dayIn(String(given.at ?? c.today))

/**
 * The day of a deed, which may be neither before the receipt nor before what it follows, nor still to come.
 * @throws BadInput with the article
 */
export const dayAfter = (
  it: Case,
  given: Given,
  c: RegisterContext,
  { what, article, follows }: { what: string; article: string; follows?: CaseEvent | undefined },
): Day => {
  const day = dayGiven(given, c)
  const received = receivedOn(it)
  if (day > c.today)
    throw new BadInput(
      `${dayText(day)}还没有到：${what}按实际发生之日登记（${article}），不晚于今天${dayText(c.today)}`,
    )
  if (day < received)
    throw new BadInput(
      `${dayText(day)}早于收到申请之日${dayText(received)}：${what}在收到申请以后（${article}），应填${dayText(received)}或以后的日期`,
    )
  if (follows && day < dayIn(follows.at))
    throw new BadInput(
      `${dayText(day)}早于前一步的${dayText(dayIn(follows.at))}：${what}在它以后（${article}），请核对日期`,
    )
  return day
}
