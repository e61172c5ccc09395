import type { Day } from '../model/deadline.ts'
import { dayFrom, monthEnd, monthLength, startOfNext } from '../time/day.ts'
import { numberOf } from './numbers.ts'

/** A time that a text names: its first and last day, and the period it is, where it is one. */
export interface Time {
  start: number
  end: number
  from: Day
  to: Day
  /** `2017-07`, `2017-Q2`, `2017-H1`, `2017`; several where the text counts them (6、7月). */
  periods: string[]
  /** A day, not a stretch. */
  day: boolean
  /** 前, 以内, 之前: up to it. */
  before: boolean
}

export type Span = Pick<Time, 'from' | 'to'> & Partial<Pick<Time, 'periods' | 'day' | 'before'>>

/** How a time is written, and what it makes of a match; patterns are global and shared, each run sets `lastIndex`. */
export type Rule = [
  needs: RegExp,
  pattern: RegExp,
  read: (match: RegExpExecArray, asOf: Day) => Span | 'no such day' | undefined,
]

export const yearOf = (day: Day): number => Number(day.slice(0, 4))
export const monthOf = (day: Day): number => Number(day.slice(5, 7))
const two = (n: number): string => String(n).padStart(2, '0')
export const month = (year: number, m: number): Span | undefined => {
  const from = dayFrom(year, m, 1)
  return from === undefined ? undefined : { from, to: monthEnd(year, m), periods: [`${year}-${two(m)}`] }
}
export const quarter = (year: number, q: number): Span | undefined => {
  const from = dayFrom(year, q * 3 - 2, 1)
  return from !== undefined && q >= 1 && q <= 4
    ? { from, to: monthEnd(year, q * 3), periods: [`${year}-Q${q}`] }
    : undefined
}
export const half = (year: number, h: number): Span => ({
  from: `${year}-${h === 1 ? '01-01' : '07-01'}`,
  to: `${year}-${h === 1 ? '06-30' : '12-31'}`,
  periods: [`${year}-H${h}`],
})
export const wholeYear = (year: number): Span => ({
  from: `${year}-01-01`,
  to: `${year}-12-31`,
  periods: [String(year)],
})
export const one = (day: Day | undefined): Span | undefined => (day ? { from: day, to: day, day: true } : undefined)
/** A day written out; one that the calendar does not have is no time at all, not its month (2月30日). */
export const written = (day: Day | undefined): Span | 'no such day' => one(day) ?? 'no such day'

/** The year that a person means: named, this, last, next; a two-digit year is of this century. */
export function yearIn(words: string | undefined, asOf: Day): number {
  const now = yearOf(asOf)
  if (!words) return now
  if (/去年|上年/.test(words)) return now - 1
  if (/前年/.test(words)) return now - 2
  if (/明年|来年|次年/.test(words)) return now + 1
  const digits = /\d+/.exec(words)?.[0]
  if (!digits) return now
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits)
}

const WEEKDAYS = '一二三四五六日'

/** 1 for Monday to 7 for Sunday; 周末 is Sunday. */
export const weekdayIn = (char: string): number =>
  char === '天' || char === '末' ? 7 : /\d/.test(char) ? Number(char) : WEEKDAYS.indexOf(char) + 1

export function monthsBetween(year: number, first: number, last: number): Span | undefined {
  const [a, b] = [month(year, first), month(year, last)]
  if (!a || !b || first > last) return undefined
  const periods = Array.from({ length: last - first + 1 }, (_, i) => `${year}-${two(first + i)}`)
  return { from: a.from, to: b.to, periods }
}

/** 上旬, 中旬, 下旬, 初, 中, 底 of a month. */
export function partOf(year: number, m: number, part: string): Span | undefined {
  if (m < 1 || m > 12) return undefined
  const [from, to] = /上旬|初/.test(part) ? [1, 10] : /中/.test(part) ? [11, 20] : [21, monthLength(year, m)]
  const [a, b] = [dayFrom(year, m, from), dayFrom(year, m, to)]
  return a && b ? { from: a, to: b } : undefined
}

export function monthWord(word: string, asOf: Day): { year: number; m: number } {
  const shift = /下下/.test(word) ? 2 : /下|次/.test(word) ? 1 : /上上/.test(word) ? -2 : /上/.test(word) ? -1 : 0
  const day = startOfNext(asOf, 'month', shift)
  return { year: yearOf(day), m: monthOf(day) }
}

/** Days of a stretch such as 7天, 两周, 半个月, 一个月. */
export function lengthIn(count: string, unit: string): number {
  const n = count === '半' ? 0.5 : numberOf(count)
  const each = /周|星期|礼拜/.test(unit) ? 7 : /月/.test(unit) ? 30 : /年/.test(unit) ? 365 : 1
  return Math.round(n * each)
}

/** The period a report means: a month or quarter that has not come yet is last year's. */
export function pastPeriod(period: string, asOf: Day, named: boolean): string {
  const year = yearOf(asOf)
  if (named || !period.startsWith(`${year}-`)) return period
  const part = period.slice(5)
  const starts = part.startsWith('Q') ? Number(part[1]) * 3 - 2 : part === 'H2' ? 7 : part === 'H1' ? 1 : Number(part)
  return starts > monthOf(asOf) ? `${year - 1}-${part}` : period
}
