import type { Day } from '../model/deadline.ts'
import { dayFrom } from './day.ts'

const LINK = /https?:\/\/\S+/g
const SAID = /(?<![\d.\-/])(?:(\d{4})年)?(\d{1,2})月(?:份?(?:(\d{1,2})[日号])?)/g
const WRITTEN = /(?<![\d.\-/])((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?![\d.\-/])/g

/** The first day or month of a text that no calendar has, in its own words: 2月30日, 13月. Linear in the text's length. */
export const noSuchDay = (text: string, today: Day): string | undefined => {
  const words = text.replace(LINK, ' ')
  const exists = (year: string | undefined, month: string | undefined, day: string | undefined): boolean =>
    dayFrom(Number(year ?? today.slice(0, 4)), Number(month), Number(day ?? 1)) !== undefined
  for (const [said, year, month, day] of words.matchAll(SAID)) if (!exists(year, month, day)) return said
  for (const [said, year, , month, day] of words.matchAll(WRITTEN)) if (!exists(year, month, day)) return said
  return undefined
}
