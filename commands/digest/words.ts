import { isList, type Told } from '../../src/model/recipe.ts'
import { addDays, startOfWeek } from '../../src/time/day.ts'
import type { Context } from '../command.ts'
import { dayWords } from '../present.ts'

/** What a digest calls its lists and whom it is for. */

/** 8月21日—8月27日. */
const weekWords = ({ today }: Context): string => {
  const monday = startOfWeek(today)
  return `${dayWords(monday, today)}—${dayWords(addDays(monday, 6), today)}`
}

const monthWords = ({ today }: Context): string => `${Number(today.slice(5, 7))}月`

/** 市财政局本周任务（8月21日—8月27日）. */
export const unitsTitle = (c: Context, name: string, told: Told): string => {
  if (told.week) return `${name}本周${told.month ? `和${monthWords(c)}` : ''}任务（${weekWords(c)}）`
  return told.month ? `${name}本月任务（${monthWords(c)}）` : `${name}任务提醒（${dayWords(c.today, c.today)}）`
}

/** 市财政局逾期任务（8月21日）: what is late alone is no list of the week. */
export const lateTitle = (c: Context, name: string): string => `${name}逾期任务（${dayWords(c.today, c.today)}）`

/** 本周督办工作（8月21日—8月27日）. */
export const officeTitle = (c: Context, told: Told): string => {
  if (told.week) return `本周督办工作（${weekWords(c)}）`
  return told.month ? `本月督办工作（${monthWords(c)}）` : `今日督办工作（${dayWords(c.today, c.today)}）`
}

/** The words by which a list is asked for whole. */
export const askedBy = (told: Told): string =>
  isList(told) ? (told.month ? '本月任务' : '本周任务') : '还有哪些没完成'
