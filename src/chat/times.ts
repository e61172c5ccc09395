import type { Day } from '../model/deadline.ts'
import { addDays, dayFrom, endOf, monthEnd, monthLength, startOfNext, startOfWeek } from '../time/day.ts'
import { NUMBER, numberOf } from './numbers.ts'
import { MARK, mask } from './text.ts'

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

type Span = Pick<Time, 'from' | 'to'> & Partial<Pick<Time, 'periods' | 'day' | 'before'>>
type Rule = [pattern: RegExp, read: (match: RegExpExecArray, asOf: Day) => Span | undefined]

const yearOf = (day: Day): number => Number(day.slice(0, 4))
const monthOf = (day: Day): number => Number(day.slice(5, 7))
const two = (n: number): string => String(n).padStart(2, '0')
const month = (year: number, m: number): Span | undefined => {
  const from = dayFrom(year, m, 1)
  return from === undefined ? undefined : { from, to: monthEnd(year, m), periods: [`${year}-${two(m)}`] }
}
const quarter = (year: number, q: number): Span | undefined => {
  const from = dayFrom(year, q * 3 - 2, 1)
  return from !== undefined && q >= 1 && q <= 4
    ? { from, to: monthEnd(year, q * 3), periods: [`${year}-Q${q}`] }
    : undefined
}
const half = (year: number, h: number): Span => ({
  from: `${year}-${h === 1 ? '01-01' : '07-01'}`,
  to: `${year}-${h === 1 ? '06-30' : '12-31'}`,
  periods: [`${year}-H${h}`],
})
const wholeYear = (year: number): Span => ({ from: `${year}-01-01`, to: `${year}-12-31`, periods: [String(year)] })
const one = (day: Day | undefined): Span | undefined => (day ? { from: day, to: day, day: true } : undefined)

/** The year that a person means: named, this, last, next; a two-digit year is of this century. */
function yearIn(words: string | undefined, asOf: Day): number {
  const now = yearOf(asOf)
  if (!words) return now
  if (/去年|上年/.test(words)) return now - 1
  if (/前年/.test(words)) return now - 2
  if (/明年|来年|次年/.test(words)) return now + 1
  const digits = /\d+/.exec(words)?.[0]
  if (!digits) return now
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits)
}

const YEAR = '((?:19|20)?\\d\\d年|今年|去年|上年|明年|来年|本年|前年|当年)?(?:的|度)?'
const DATE = '(?:日|号|[ \\t]*(?=前|之前|以前))'
const UP_TO = '(之前|以前|前|以内|之内|内)?'
const WEEKDAYS = '一二三四五六日'
const RANGE = '(?:到|至|~|-|—)'

const weekdayIn = (char: string): number =>
  char === '天' || char === '末' ? 7 : /\d/.test(char) ? Number(char) : WEEKDAYS.indexOf(char) + 1

function monthsBetween(year: number, first: number, last: number): Span | undefined {
  const [a, b] = [month(year, first), month(year, last)]
  if (!a || !b || first > last) return undefined
  const periods = Array.from({ length: last - first + 1 }, (_, i) => `${year}-${two(first + i)}`)
  return { from: a.from, to: b.to, periods }
}

/** 上旬, 中旬, 下旬, 初, 中, 底 of a month. */
function partOf(year: number, m: number, part: string): Span | undefined {
  if (m < 1 || m > 12) return undefined
  const [from, to] = /上旬|初/.test(part) ? [1, 10] : /中/.test(part) ? [11, 20] : [21, monthLength(year, m)]
  const [a, b] = [dayFrom(year, m, from), dayFrom(year, m, to)]
  return a && b ? { from: a, to: b } : undefined
}

function monthWord(word: string, asOf: Day): { year: number; m: number } {
  const shift = /下下/.test(word) ? 2 : /下|次/.test(word) ? 1 : /上上/.test(word) ? -2 : /上/.test(word) ? -1 : 0
  const day = startOfNext(asOf, 'month', shift)
  return { year: yearOf(day), m: monthOf(day) }
}

/** Days of a stretch such as 7天, 两周, 半个月, 一个月. */
function lengthIn(count: string, unit: string): number {
  const n = count === '半' ? 0.5 : numberOf(count)
  const each = /周|星期|礼拜/.test(unit) ? 7 : /月/.test(unit) ? 30 : /年/.test(unit) ? 365 : 1
  return Math.round(n * each)
}

const MONTH = '(下下个?月|下个?月|次月|上上个?月|上个?月|本月|这个?月|当月)'

/** Most particular first; every pattern is global and shared, so each run sets `lastIndex` itself. */
const RULES: readonly Rule[] = [
  [
    /((?:19|20)\d\d)[-./年](\d{1,2})[-./月](\d{1,2})[日号]?(?!\d)/g,
    ([, y, m, d]) => one(dayFrom(Number(y), Number(m), Number(d))),
  ],
  [
    new RegExp(`${YEAR}(${NUMBER})月(${NUMBER})${DATE}?${RANGE}(?:(${NUMBER})月)?(${NUMBER})(?:日|号)`, 'g'),
    ([, y, m, d, m2, d2], asOf) => {
      const year = yearIn(y, asOf)
      const from = dayFrom(year, numberOf(m ?? ''), numberOf(d ?? ''))
      const to = dayFrom(year, numberOf(m2 ?? m ?? ''), numberOf(d2 ?? ''))
      return from && to && from <= to ? { from, to } : undefined
    },
  ],
  [
    new RegExp(
      `${YEAR}(\\d{1,2}|十[一二]?|[一二三四五六七八九])月(\\d{1,2}|[一二三四五六七八九十]{1,3})(?:日|号|(?=前|之前|以前))`,
      'g',
    ),
    ([, y, m, d], asOf) => one(dayFrom(yearIn(y, asOf), numberOf(m ?? ''), numberOf(d ?? ''))),
  ],
  [
    new RegExp(`${MONTH}(?:的)?(${NUMBER})(?:日|号)`, 'g'),
    ([, word, d], asOf) => {
      const { year, m } = monthWord(word ?? '', asOf)
      return one(dayFrom(year, m, numberOf(d ?? '')))
    },
  ],
  [
    new RegExp(
      `${YEAR}(\\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(上旬|中旬|下旬|月?初|月?底|末|中(?=前|之前|到期|要))`,
      'g',
    ),
    ([, y, m, part], asOf) => partOf(yearIn(y, asOf), numberOf(m ?? ''), part ?? ''),
  ],
  [
    new RegExp(`${MONTH}(上旬|中旬|下旬|初|底|末|中(?=前|之前|到期|要))`, 'g'),
    ([, word, part], asOf) => {
      const { year, m } = monthWord(word ?? '', asOf)
      return partOf(year, m, part ?? '')
    },
  ],
  [
    new RegExp(
      `${YEAR}(\\d{1,2}|十[一二]?|[一二三四五六七八九])(?:月份?)?${RANGE}(\\d{1,2}|十[一二]?|[一二三四五六七八九])月份?`,
      'g',
    ),
    ([, y, a, b], asOf) => monthsBetween(yearIn(y, asOf), numberOf(a ?? ''), numberOf(b ?? '')),
  ],
  [
    new RegExp(`${YEAR}((?:\\d{1,2}(?:月份?)?[、,和及]){1,11})(\\d{1,2})月份?`, 'g'),
    ([, y, list, last], asOf) => {
      const year = yearIn(y, asOf)
      const numbers = [...(list ?? '').matchAll(/\d+/g)].map(([n]) => Number(n)).concat(Number(last))
      if (numbers.some((n) => n < 1 || n > 12)) return undefined
      const spans = numbers.map((n) => month(year, n)).filter((s) => s !== undefined)
      return {
        from: spans[0]?.from ?? asOf,
        to: spans.at(-1)?.to ?? asOf,
        periods: spans.flatMap((s) => s.periods ?? []),
      }
    },
  ],
  [
    new RegExp(`${YEAR}(\\d{1,2}|十[一二]?|[一二三四五六七八九])月份?`, 'g'),
    ([, y, m], asOf) => month(yearIn(y, asOf), numberOf(m ?? '')),
  ],
  [
    new RegExp(MONTH, 'g'),
    ([word], asOf) => {
      const { year, m } = monthWord(word, asOf)
      return month(year, m)
    },
  ],
  [
    new RegExp(`${YEAR}(?:第)?([一二三四1234])(?:[、和及到至-]第?([一二三四1234]))?(?:个)?季度`, 'g'),
    ([, y, a, b], asOf) => {
      const year = yearIn(y, asOf)
      const [first, last] = [numberOf(a ?? ''), numberOf(b ?? a ?? '')]
      const spans = [quarter(year, first), quarter(year, last)]
      const [x, z] = spans
      if (!x || !z || first > last) return undefined
      const periods = Array.from({ length: last - first + 1 }, (_, i) => `${year}-Q${first + i}`)
      return { from: x.from, to: z.to, periods }
    },
  ],
  [new RegExp(`${YEAR}[Qq]([1-4])(?!\\d)`, 'g'), ([, y, q], asOf) => quarter(yearIn(y, asOf), Number(q))],
  [
    /(下个?|上个?|本|这个?|当)季度?(末|底)?(?![节])/g,
    ([, word, end], asOf) => {
      const day = startOfNext(asOf, 'quarter', /下/.test(word ?? '') ? 1 : /上/.test(word ?? '') ? -1 : 0)
      const span = quarter(yearOf(day), Math.ceil(monthOf(day) / 3))
      return span && end ? { from: span.to, to: span.to } : span
    },
  ],
  [new RegExp(`${YEAR}(上|下)半年`, 'g'), ([, y, h], asOf) => half(yearIn(y, asOf), h === '上' ? 1 : 2)],
  [
    /(今年|去年|明年|本年|(?:19|20)\d\d年)?年?(?:底|末)/g,
    ([all, y], asOf) => {
      if (!/年/.test(all)) return undefined
      const to = `${yearIn(y, asOf)}-12-31`
      return { from: to, to }
    },
  ],
  [
    /(今年|本年度?|去年|上一?年度?|明年|(?:19|20)\d\d年度?|全年)(以来|至今)?/g,
    ([, y, since], asOf) => {
      const span = wholeYear(yearIn(y, asOf))
      return since ? { from: span.from, to: asOf } : span
    },
  ],
  [/(?:月底|月末)/g, (_, asOf) => ({ from: endOf(asOf, 'month'), to: endOf(asOf, 'month'), day: true })],
  [
    /(大?后天|大?前天|今天|今日|今儿|今晚|当天|当日|明天|明日|明早|昨天|昨日|昨晚)/g,
    ([word], asOf) => {
      const far = word.startsWith('大') ? 1 : 0
      const shift = /后/.test(word)
        ? 2 + far
        : /前/.test(word)
          ? -2 - far
          : /明/.test(word)
            ? 1
            : /昨/.test(word)
              ? -1
              : 0
      return one(addDays(asOf, shift))
    },
  ],
  [
    /(下下|下个?|上上|上个?|本|这个?)?(?:周|星期|礼拜)([一二三四五六日天末])(?![次个项年])/g,
    ([, word, day], asOf) => {
      const shift = { 下下: 2, 下: 1, 上: -1, 上上: -2 }[(word ?? '').replace('个', '')] ?? 0
      const found = addDays(startOfWeek(asOf), shift * 7 + weekdayIn(day ?? '') - 1)
      return one(word === undefined && found < asOf ? addDays(found, 7) : found)
    },
  ],
  [
    /(下下个?|下个?|上上个?|上个?|本|这个?|当)(?:周|星期|礼拜)(?:内)?/g,
    ([, word], asOf) => {
      const shift = { 下下: 2, 下: 1, 上: -1, 上上: -2 }[(word ?? '').replace('个', '')] ?? 0
      const from = addDays(startOfWeek(asOf), shift * 7)
      return { from, to: addDays(from, 6) }
    },
  ],
  [
    new RegExp(
      `(过去|前|近期|最近|近|未来|今后|接下来|往后|后面|后)(的)?(${NUMBER}|半)个?(天|日|周|星期|礼拜|月)(?:内|之内|以内)?`,
      'g',
    ),
    ([, word, , n, unit], asOf) => {
      const days = lengthIn(n ?? '', unit ?? '')
      if (!Number.isFinite(days)) return undefined
      return /过去|^前/.test(word ?? '')
        ? { from: addDays(asOf, -days), to: asOf }
        : { from: asOf, to: addDays(asOf, days) }
    },
  ],
  [
    new RegExp(`(${NUMBER}|半)个?(天|日|周|星期|礼拜|月)(?:内|之内|以内)`, 'g'),
    ([, n, unit], asOf) => {
      const days = lengthIn(n ?? '', unit ?? '')
      return Number.isFinite(days) ? { from: asOf, to: addDays(asOf, days) } : undefined
    },
  ],
  [
    /(国庆|元旦|五一|劳动节|七一|八一)节?(?=前|之前|以前)/g,
    ([, word], asOf) => {
      const [m, d] = { 国庆: [9, 30], 元旦: [12, 31], 七一: [6, 30], 八一: [7, 31] }[word ?? ''] ?? [4, 30]
      const day = dayFrom(yearOf(asOf), m ?? 1, d ?? 1)
      return one(day && day < asOf ? dayFrom(yearOf(asOf) + 1, m ?? 1, d ?? 1) : day)
    },
  ],
]

const ANY = /[天日周月年季旬号底末期礼今明昨庆旦拜Qq\d]/
const BEFORE = new RegExp(`^(?:的|份)?(?!前[一二三四五六七八九十几\\dÑ])${UP_TO}`)

/** Adds 前, and what it makes of a stretch without a start. */
function limited(span: Span, text: string, end: number, asOf: Day): { span: Span; end: number } {
  const [all, before] = BEFORE.exec(text.slice(end, end + 4)) ?? []
  const point = !span.day && span.from === span.to
  if (!before && !point) return { span, end }
  const inside = before !== undefined && /内/.test(before) && !span.day && !point
  const from = inside ? span.from : span.to >= asOf ? asOf : `${span.to.slice(0, 4)}-01-01`
  return {
    span: { ...span, from, before: before !== undefined },
    end: before ? end + (all?.length ?? 0) : end,
  }
}

/** Finds the times of a text; the masked text has a mark in their place. */
export function findTimes(text: string, asOf: Day): { times: Time[]; masked: string } {
  const times: Time[] = []
  if (!ANY.test(text)) return { times, masked: text }
  let masked = text
  for (const [pattern, read] of RULES) {
    pattern.lastIndex = 0
    for (let match = pattern.exec(masked); match; match = pattern.exec(masked)) {
      const span = read(match, asOf)
      if (!span) continue
      const stop = match.index + match[0].length
      const { span: full, end } = limited(span, masked, stop, asOf)
      times.push({
        start: match.index,
        end,
        from: full.from,
        to: full.to,
        periods: full.periods ?? [],
        day: full.day ?? false,
        before: full.before ?? false,
      })
      masked = mask(masked, match.index, end, MARK.time)
    }
  }
  return {
    times: join(
      times.sort((a, b) => a.start - b.start),
      text,
    ),
    masked,
  }
}

/** 8月1日到15日 stands as one rule; 周一到周三, 8月到10月底 are two times with 到 between them. */
function join(times: Time[], text: string): Time[] {
  const out: Time[] = []
  for (const time of times) {
    const last = out.at(-1)
    const lagging = last?.day && time.day && time.to < last.from && addDays(time.to, 7) > last.from
    const later = lagging ? addDays(time.to, 7) : time.to
    if (last && /^\s*(?:到|至|~|-)\s*$/.test(text.slice(last.end, time.start)) && last.from <= later) {
      out[out.length - 1] = { ...last, to: later, end: time.end, periods: [], day: false, before: time.before }
    } else out.push(time)
  }
  return out
}

/** The period a report means: a month or quarter that has not come yet is last year's. */
export function pastPeriod(period: string, asOf: Day, named: boolean): string {
  const year = yearOf(asOf)
  if (named || !period.startsWith(`${year}-`)) return period
  const part = period.slice(5)
  const starts = part.startsWith('Q') ? Number(part[1]) * 3 - 2 : part === 'H2' ? 7 : part === 'H1' ? 1 : Number(part)
  return starts > monthOf(asOf) ? `${year - 1}-${part}` : period
}
