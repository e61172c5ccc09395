import type { Day } from '../model/deadline.ts'
import { addDays, addMonths, dayFrom, endOf, monthEnd, startOfWeek, weekday } from './day.ts'
import { byFirst, DIGITS } from './found.ts'
import { festivalDay, festivalNames, statutoryDaysOff } from './holidays.ts'

/** Whose years and weeks the words are read in. */
export interface Frame {
  asOf: Day
  /** The document's year. */
  year: number
  /** The year that the sentence stated last. */
  carried?: number | undefined
}

export type Grain = 'day' | 'week' | 'part' | 'month' | 'quarter' | 'half' | 'year' | 'festival' | 'plan'

/** A stretch of time that the words name: where they end and the last day it holds. */
export interface Span {
  end: number
  last: Day
  grain: Grain
  /** The words name its end or a part of it (底, 末, 内, 上旬), which is how limits are put. */
  edged: boolean
  /** The year that the words state. */
  year?: number | undefined
}

/** `first`: the characters that its words may begin with. */
type Rule = {
  first: string
  pattern: RegExp
  read: (match: RegExpExecArray, frame: Frame) => Omit<Span, 'end'> | undefined
}

const yearWords =
  '(?:19|20)\\d\\d年?度(?=内|[底末])|(?:19|20)\\d\\d年|2\\d年(?=[底末]|\\d{1,2}月)|今年|本年度?|当年|明年|次年|来年|翌年|后年|去年|上1?年|前年'
const YEAR = '12今本当明次来翌后去上前'
const optionalYear = `(?:(${yearWords}))?(?:的)?`

const shifts: Readonly<Record<string, number>> = { 明: 1, 次: 1, 来: 1, 翌: 1, 后: 2, 去: -1, 上: -1, 前: -2 }

function statedYear(words: string | undefined, frame: Frame): number | undefined {
  if (!words) return undefined
  const written = /^(?:\d{4}|\d{2})/.exec(words)
  if (written) return Number(written[0]) + (written[0].length === 2 ? 2000 : 0)
  return frame.year + (shifts[words[0] ?? ''] ?? 0)
}

/** Without a year: the sentence's, else the document's; a month early in the year asked for late in it is the next one's. */
function yearOfMonth(words: string | undefined, month: number, frame: Frame): number {
  const stated = statedYear(words, frame)
  if (stated !== undefined) return stated
  if (frame.carried !== undefined) return frame.carried
  const late = Number(frame.asOf.slice(5, 7)) >= 11 && Number(frame.asOf.slice(0, 4)) === frame.year
  return frame.year + (late && month <= 2 ? 1 : 0)
}

const plainYear = (words: string | undefined, frame: Frame) => statedYear(words, frame) ?? frame.carried ?? frame.year

/** The last day of a part of a month: 初 and 上旬 the 10th, 中 and 中旬 the 20th, else its end. */
function partOfMonth(year: number, month: number, part: string): Day | undefined {
  if (month < 1 || month > 12) return undefined
  if (/初|^上旬/.test(part)) return dayFrom(year, month, 10)
  return /^上?中(?!下)/.test(part) ? dayFrom(year, month, 20) : monthEnd(year, month)
}

const monthPart = '(?:上中旬|中下旬|上旬|中旬|下旬|月?[底末初]|中(?=前|之前|，|。|$)|内(?!容|部|外))'
const before = '(?=前|之前|以前)'

function inMonth(frame: Frame, shift: number, rest: { date?: string | undefined; part?: string | undefined }) {
  const first = addMonths(`${frame.asOf.slice(0, 7)}-01`, shift)
  const [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5, 7))]
  const last = rest.date ? dayFrom(year, month, Number(rest.date)) : partOfMonth(year, month, rest.part ?? '')
  if (!last) return undefined
  const grain: Grain = rest.date ? 'day' : rest.part ? 'part' : 'month'
  return { last, grain, edged: Boolean(rest.part) }
}

const shiftOf = (word: string) => (/^[下次]/.test(word) ? 1 : /^上/.test(word) ? -1 : 0)

function yearPart(year: number, part: string): Omit<Span, 'end' | 'year'> {
  const last = /初/.test(part) ? monthEnd(year, 1) : /中/.test(part) ? monthEnd(year, 6) : monthEnd(year, 12)
  return { last, grain: part ? 'part' : 'year', edged: part !== '' }
}

const weekdays = '一二三四五六日'

function inWeek(frame: Frame, word: string, name: string): Omit<Span, 'end'> {
  const monday = addDays(startOfWeek(frame.asOf), 7 * shiftOf(word))
  const index = weekdays.indexOf(name === '天' ? '日' : name)
  if (index < 0 || name === '') return { last: addDays(monday, 6), grain: 'week', edged: name !== '' }
  const passed = word === '' && index + 1 < weekday(frame.asOf)
  return { last: addDays(monday, index + (passed ? 7 : 0)), grain: 'day', edged: false }
}

function beforeFestival(name: string, words: string | undefined, frame: Frame): Omit<Span, 'end'> | undefined {
  const stated = statedYear(words, frame)
  if (stated !== undefined) return eveOf(festivalDay(name, stated), stated)
  const year = Number(frame.asOf.slice(0, 4))
  const next = [year, year + 1].map((one) => festivalDay(name, one)).find((day) => day && day > frame.asOf)
  return eveOf(next)
}

const eveOf = (day: Day | undefined, year?: number): Omit<Span, 'end'> | undefined =>
  day === undefined ? undefined : { last: addDays(day, -1), grain: 'festival', edged: true, year }

function nextRest(frame: Frame): Day | undefined {
  const year = Number(frame.asOf.slice(0, 4))
  return [...statutoryDaysOff(year), ...statutoryDaysOff(year + 1)].filter((day) => day > frame.asOf).sort()[0]
}

const planOrdinal = '一二三四五六七八'

const rules: readonly Rule[] = [
  {
    first: '12',
    pattern: /((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)日?/y,
    read: (m) => dated(dayFrom(Number(m[1]), Number(m[3]), Number(m[4])), Number(m[1])),
  },
  {
    first: '12',
    pattern: new RegExp(`((?:19|20)\\d\\d)[-/.](\\d{1,2})(?:月|(?=底|前|$|，))(${monthPart})?(?!\\d)`, 'y'),
    read: (m) => month(Number(m[1]), Number(m[2]), m[3] ?? '', Number(m[1])),
  },
  {
    first: `${YEAR}的${DIGITS}`,
    pattern: new RegExp(`${optionalYear}(\\d{1,2})月份?(\\d{1,2})[日号]`, 'y'),
    read: (m, frame) => {
      const year = yearOfMonth(m[1], Number(m[2]), frame)
      return dated(dayFrom(year, Number(m[2]), Number(m[3])), statedYear(m[1], frame))
    },
  },
  {
    first: `${YEAR}的${DIGITS}`,
    pattern: new RegExp(`${optionalYear}(\\d{1,2})月份?(${monthPart})?`, 'y'),
    read: (m, frame) => {
      const year = yearOfMonth(m[1], Number(m[2]), frame)
      return month(year, Number(m[2]), m[3] ?? '', statedYear(m[1], frame))
    },
  },
  {
    first: `${YEAR}的${DIGITS}第首末`,
    pattern: new RegExp(`${optionalYear}(?:第?(\\d)季度?|(首|末)季度?)([末底初]|内(?!容|部))?`, 'y'),
    read: (m, frame) => {
      const quarter = m[2] ? Number(m[2]) : m[3] === '首' ? 1 : 4
      if (quarter < 1 || quarter > 4) return undefined
      const year = plainYear(m[1], frame)
      const last = m[4] === '初' ? dayFrom(year, quarter * 3 - 2, 10) : monthEnd(year, quarter * 3)
      if (!last) return undefined
      return { last, grain: m[4] ? 'part' : 'quarter', edged: Boolean(m[4]), year: statedYear(m[1], frame) }
    },
  },
  {
    first: `${YEAR}的上下`,
    pattern: new RegExp(`${optionalYear}(上|下)半年([底末]|内(?!容|部))?`, 'y'),
    read: (m, frame) => ({
      last: monthEnd(plainYear(m[1], frame), m[2] === '上' ? 6 : 12),
      grain: 'half',
      edged: Boolean(m[3]),
      year: statedYear(m[1], frame),
    }),
  },
  {
    first: YEAR,
    pattern: new RegExp(
      `(${yearWords})(年?[底末终初](?!期)|年?度?内(?!容|部)|年?中(?=前|，|。|、|[和及与]年|$|完成|开展|组织|进行|对))`,
      'y',
    ),
    read: (m, frame) => {
      const year = statedYear(m[1], frame)
      return year === undefined ? undefined : { ...yearPart(year, m[2] ?? ''), year }
    },
  },
  {
    first: '年',
    pattern:
      /(?<![\d半近几多青少老中同学整每成壮百千全周十一二三四五六七八九两去])年(?:[底末终初](?!期)|度?内(?!容|部)|中(?=前|，|。|、|[和及与]年|$|完成|开展|组织|进行|对|督|评|检))/y,
    read: (m, frame) => yearPart(frame.carried ?? frame.year, m[0].slice(1)),
  },
  {
    first: '本当这下次上',
    pattern: new RegExp(`(本|当|这个?|下个?|次|上1?个?)月(?:份)?(?:(\\d{1,2})[日号]|(${monthPart}))?`, 'y'),
    read: (m, frame) => inMonth(frame, shiftOf(m[1] ?? ''), { date: m[2], part: m[3] }),
  },
  {
    first: '月',
    pattern: /(?<![\d本当这下次上个每各逐按岁正腊])月(?:[底末初]|中旬|上旬|下旬)/y,
    read: (m, frame) => inMonth(frame, 0, { part: m[0].slice(1) }),
  },
  {
    first: '本当下上季',
    pattern: /(本|当|下1?个?|上1?个?)季度?([末底内])?|(?<![\d每按逐分四换当旺淡])季度?([末底])/y,
    read: (m, frame) => {
      const inside = addMonths(`${frame.asOf.slice(0, 7)}-01`, 3 * shiftOf(m[1] ?? ''))
      return { last: endOf(inside, 'quarter'), grain: 'quarter', edged: Boolean(m[2] ?? m[3]) }
    },
  },
  {
    first: '本这当下上',
    pattern: /(本|这|当|下|上)(?:1?个)?(?:周|星期|礼拜)([一二三四五六日天]|[末内底])?/y,
    read: (m, frame) => inWeek(frame, m[1] ?? '', m[2] ?? ''),
  },
  {
    first: '周星礼',
    pattern: /(?<![每个第\d上下本一（])(?:周|星期|礼拜)([一二三四五六日天]|末)(?=前|之前|以前|下班|上午|下午|中午|\d)/y,
    read: (m, frame) => inWeek(frame, '', m[1] ?? ''),
  },
  {
    first: `${YEAR}“"${festivalNames.map((name) => name[0]).join('')}`,
    pattern: new RegExp(
      `(?:(${yearWords})?[“"]?(${festivalNames.join('|')})[”"]?节?(?:假期|小长假|黄金周|佳节|双节|两节)?(?:到来)?)(?=前(?!后)|之前|以前|前夕|节前|、)`,
      'y',
    ),
    read: (m, frame) => beforeFestival(m[2] ?? '', m[1], frame),
  },
  {
    first: '节',
    pattern: /(?<=^|[，。；：、（于在各])节(?=前(?!后)|日前)/y,
    read: (_, frame) => eveOf(nextRest(frame)),
  },
  {
    first: '“"‘十',
    pattern: new RegExp(
      `[“"‘]?十([${planOrdinal}]?)五[”"’]?(?:规划)?(?:时期|期间|期)?(期?末期?|期?底|结束(?=前)|期内|内|(?<=期间|时期))(?!规划)`,
      'y',
    ),
    read: (m) => {
      const year = 2005 + 5 * (planOrdinal.indexOf(m[1] ?? '') + 1)
      return { last: monthEnd(year, 12), grain: 'plan', edged: m[2] !== '', year }
    },
  },
  {
    first: '今',
    pattern: /今冬明春/y,
    read: (_, frame) => ({ last: monthEnd(frame.year + 1, 3), grain: 'quarter', edged: false }),
  },
  {
    first: '规',
    pattern: /规划期末/y,
    read: (_, frame) => ({ last: monthEnd(Math.ceil(frame.year / 5) * 5, 12), grain: 'plan', edged: true }),
  },
  {
    first: YEAR,
    pattern: new RegExp(`(${yearWords})(?:度(?!${before}))?`, 'y'),
    read: (m, frame) => {
      const year = statedYear(m[1], frame)
      return year === undefined ? undefined : { ...yearPart(year, ''), year }
    },
  },
]

const rulesAt = byFirst(rules.map((rule) => [rule.first, rule]))

const dated = (last: Day | undefined, year?: number): Omit<Span, 'end'> | undefined =>
  last === undefined ? undefined : { last, grain: 'day', edged: false, year }

function month(year: number, number: number, part: string, stated?: number): Omit<Span, 'end'> | undefined {
  const last = partOfMonth(year, number, part)
  return last === undefined ? undefined : { last, grain: part ? 'part' : 'month', edged: part !== '', year: stated }
}

/** The stretch of time named at that very index of the plain text, by the first rule that reads it. */
export function spanAt(text: string, index: number, frame: Frame): Span | undefined {
  for (const { pattern, read } of rulesAt(text[index] ?? '')) {
    pattern.lastIndex = index
    const match = pattern.exec(text)
    const span = match && read(match, frame)
    if (span) return { ...span, end: pattern.lastIndex }
  }
  return undefined
}
