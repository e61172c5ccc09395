import type { Day } from '../model/deadline.ts'
import { daysBetween } from '../time/day.ts'
import { normal } from './text.ts'
import { findTimes } from './times.ts'

/** Further ahead than that a day without its year is meant as last year's: 12月30日, said in January. */
const HALF_A_YEAR = 183

/** The first day that a text names as that of something that happened. One that has not come yet stays what was said. */
export const dayHappened = (text: string, today: Day): Day | undefined => {
  const words = normal(text)
  const time = findTimes(words, today).times.find(({ day, from, to }) => day || from === to)
  if (!time) return undefined
  const named = /\d{4}|今年|明|后/.test(words.slice(time.start, time.end))
  return daysBetween(today, time.to) > HALF_A_YEAR && !named
    ? `${Number(time.to.slice(0, 4)) - 1}${time.to.slice(4)}`
    : time.to
}
