import type { Day } from '../model/deadline.ts'
import { normal } from './text.ts'
import { findTimes } from './times.ts'

/** The first day that a text names: what has happened, so that one without its year that is still to come is last year's. */
export const dayHappened = (text: string, today: Day): Day | undefined => {
  const words = normal(text)
  const time = findTimes(words, today).times.find(({ day, from, to }) => day || from === to)
  if (!time) return undefined
  const named = /\d{4}|今年|明|后/.test(words.slice(time.start, time.end))
  return time.to > today && !named ? `${Number(time.to.slice(0, 4)) - 1}${time.to.slice(4)}` : time.to
}
