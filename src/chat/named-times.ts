import { dayFrom, startOfNext } from '../time/day.ts'
import { NUMBER, numberOf } from './numbers.ts'
import {
  half,
  month,
  monthOf,
  monthsBetween,
  monthWord,
  partOf,
  quarter,
  type Rule,
  wholeYear,
  written,
  yearIn,
  yearOf,
} from './spans.ts'

const YEAR = '((?:19|20)?\\d\\d年|今年|去年|上年|明年|来年|本年|前年|当年)?(?:的|度)?'
const DATE = '(?:日|号|[ \\t]*(?=前|之前|以前))'
const RANGE = '(?:到|至|~|-|—)'
const MONTH = '(下下个?月|下个?月|次月|上上个?月|上个?月|本月|这个?月|当月)'

/** Dates, months, quarters, years that a text names outright, the most particular first. */
export const NAMED_TIMES: readonly Rule[] = [
  [
    /\d[-./年]\d/,
    /((?:19|20)\d\d)[-./年](\d{1,2})[-./月](\d{1,2})[日号]?(?!\d)/g,
    ([, y, m, d]) => written(dayFrom(Number(y), Number(m), Number(d))),
  ],
  [
    /月/,
    new RegExp(`${YEAR}(${NUMBER})月(${NUMBER})${DATE}?${RANGE}(?:(${NUMBER})月)?(${NUMBER})(?:日|号)`, 'g'),
    ([, y, m, d, m2, d2], asOf) => {
      const year = yearIn(y, asOf)
      const from = dayFrom(year, numberOf(m ?? ''), numberOf(d ?? ''))
      const to = dayFrom(year, numberOf(m2 ?? m ?? ''), numberOf(d2 ?? ''))
      return from && to && from <= to ? { from, to } : undefined
    },
  ],
  [
    /月/,
    new RegExp(
      `${YEAR}(\\d{1,2}|十[一二]?|[一二三四五六七八九])月(\\d{1,2}|[一二三四五六七八九十]{1,3})(?:日|号|(?=前|之前|以前|$|[,。;!?吧吗行]|可以))`,
      'g',
    ),
    ([, y, m, d], asOf) => written(dayFrom(yearIn(y, asOf), numberOf(m ?? ''), numberOf(d ?? ''))),
  ],
  [
    /月/,
    new RegExp(`${MONTH}(?:的)?(${NUMBER})(?:日|号)`, 'g'),
    ([, word, d], asOf) => {
      const { year, m } = monthWord(word ?? '', asOf)
      return written(dayFrom(year, m, numberOf(d ?? '')))
    },
  ],
  [
    /月/,
    new RegExp(
      `${YEAR}(\\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(上旬|中旬|下旬|月?初|月?底|末(?![位尾])|中(?=前|之前|到期|要))`,
      'g',
    ),
    ([, y, m, part], asOf) => partOf(yearIn(y, asOf), numberOf(m ?? ''), part ?? ''),
  ],
  [
    /月/,
    new RegExp(`${MONTH}(上旬|中旬|下旬|初|底|末(?![位尾])|中(?=前|之前|到期|要))`, 'g'),
    ([, word, part], asOf) => {
      const { year, m } = monthWord(word ?? '', asOf)
      return partOf(year, m, part ?? '')
    },
  ],
  [
    /月/,
    new RegExp(
      `${YEAR}(\\d{1,2}|十[一二]?|[一二三四五六七八九])(?:月份?)?${RANGE}(\\d{1,2}|十[一二]?|[一二三四五六七八九])月份?`,
      'g',
    ),
    ([, y, a, b], asOf) => monthsBetween(yearIn(y, asOf), numberOf(a ?? ''), numberOf(b ?? '')),
  ],
  [
    /月/,
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
    /月/,
    new RegExp(`${YEAR}(\\d{1,2}|十[一二]?|[一二三四五六七八九])月份?`, 'g'),
    ([, y, m], asOf) => month(yearIn(y, asOf), numberOf(m ?? '')),
  ],
  [
    /月/,
    new RegExp(MONTH, 'g'),
    ([word], asOf) => {
      const { year, m } = monthWord(word, asOf)
      return month(year, m)
    },
  ],
  [
    /季/,
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
  [/[Qq]/, new RegExp(`${YEAR}[Qq]([1-4])(?!\\d)`, 'g'), ([, y, q], asOf) => quarter(yearIn(y, asOf), Number(q))],
  [
    /季/,
    /(下个?|上个?|本|这个?|当)季度?(末|底)?(?![节])/g,
    ([, word, end], asOf) => {
      const day = startOfNext(asOf, 'quarter', /下/.test(word ?? '') ? 1 : /上/.test(word ?? '') ? -1 : 0)
      const span = quarter(yearOf(day), Math.ceil(monthOf(day) / 3))
      return span && end ? { from: span.to, to: span.to } : span
    },
  ],
  [/半年/, new RegExp(`${YEAR}(上|下)半年`, 'g'), ([, y, h], asOf) => half(yearIn(y, asOf), h === '上' ? 1 : 2)],
  [
    /年/,
    /(今年|去年|明年|本年|(?:19|20)\d\d年)?年?(?:底|末)/g,
    ([all, y], asOf) => {
      if (!/年/.test(all)) return undefined
      const to = `${yearIn(y, asOf)}-12-31`
      return { from: to, to }
    },
  ],
  [
    /年/,
    /(今年|本年度?|去年|上一?年度?|明年|(?:19|20)\d\d年度?|(?<!\d)[12]\d年(?=[度的全决预总])|全年)(以来|至今)?/g,
    ([, y, since], asOf) => {
      const span = wholeYear(yearIn(y, asOf))
      return since ? { from: span.from, to: asOf } : span
    },
  ],
]
