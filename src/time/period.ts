import type { Every, Within } from '../model/deadline.ts'
import type { Found } from './found.ts'

export type Rule = { every: Every; within?: Within; by?: string; times?: number }
const everyOf: Readonly<Record<string, Every>> = {
  日: 'day',
  天: 'day',
  工: 'day',
  周: 'week',
  星: 'week',
  礼: 'week',
  月: 'month',
  个: 'month',
  季: 'quarter',
  半: 'half-year',
  学: 'half-year',
  年: 'year',
}
/** The period that a word for it (月度, 季, 学期) begins with. */
export const period = (words: string): Every | undefined => everyOf[words[0] ?? '']

/** A recurring deadline over those words. */
export const entry = (start: number, end: number, rule: Rule): Found => ({
  start,
  end,
  deadline: { kind: 'recurring', ...rule },
})

/** 前 or 内 at the end of a window's words. */
export const put = '(?:之内|以内|内(?!容|部)|之前|以前|前(?!后|期))'
/** An amount of time, 3—5 read as 5: groups 1 and 2 the numbers, 3 the unit. */
export const count = '(\\d{1,3})(?:[-至到]{1,2}(\\d{1,3}))?个?(工作日|日|天|号|周|星期|月)'
const units: Readonly<Record<string, Within['unit']>> = {
  工作日: 'workday',
  日: 'day',
  号: 'day',
  天: 'day',
  自然日: 'day',
  周: 'week',
  星期: 'week',
  月: 'month',
}

/** The n-th day, workday, week or month of a period; nothing for words that name none. */
export const within = (n: number, word: string, of: Within['of']): Within | undefined => {
  const unitName = units[word]
  return unitName && n > 0 ? { n, unit: unitName, of } : undefined
}
