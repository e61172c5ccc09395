import type { Day } from '../model/deadline.ts'
import { BadInput } from '../model/problem.ts'
import { addDays, dayFrom, daysBetween } from './day.ts'

/** Days that an office gives in a file, read: a notice's own words, rows of a sheet, or JSON by year. */

/** `null`: the office says nothing of that day any more. */
export interface DayDraft {
  day: Day
  kind: 'off' | 'work' | null
}

export interface DayRow {
  line: number
  cells: readonly string[]
}

const FIRST_YEAR = 2004
const LAST_YEAR = 2099
const LONGEST = 31

const right =
  '应为“日期 休”或“日期 班”，例如：2027-02-20 班；2027年2月5日至11日 休；已经导入的要去掉，写“2027-02-20 取消”'

const wrong = (where: string, what: string): BadInput => new BadInput(`${where}：${what}。${right}`)

const kinds: readonly (readonly [RegExp, DayDraft['kind']])[] = [
  [/^(?:上班|补班|班|work)/i, 'work'],
  [/^(?:放假|调休|连休|休息|休|假|off)/i, 'off'],
  [/^(?:取消|照常)/, null],
]

const NUMBERS =
  /(?:(\d{4})\s?[年/.-]\s?)?(\d{1,2})\s?[月/.-]\s?(\d{1,2})日?(?!\d)|(?<=(?:至|到|[—–~～])\s?)(\d{1,2})日(?!\d)/y
const YEAR = /(\d{4})年(?!\s?\d)/y
/** （星期日）, （周五） stand behind a day, also between the ends of a range. */
const ASIDE = /[（(][^（）()]{0,8}[)）]/y
const RANGE = /\s?(?:至|到|—{1,2}|–|~|～|\s-\s)\s?/y

interface Token {
  end: number
}

const at = <T extends RegExpExecArray>(pattern: RegExp, text: string, index: number): T | null => {
  pattern.lastIndex = index
  return pattern.exec(text) as T | null
}

const skipAside = (text: string, index: number): number => index + (at(ASIDE, text, index)?.[0].length ?? 0)

interface Context {
  where: string
  /** The year that was named last: a notice names it once. */
  year: number
}

const dayAt = (text: string, index: number, context: Context, from?: Day): (Token & { day: Day }) | undefined => {
  const found = at(NUMBERS, text, index)
  if (!found) return undefined
  const [words, written, month, date, dateAlone] = found
  if (dateAlone && !from) return undefined
  const year = Number(written ?? from?.slice(0, 4) ?? context.year)
  if (!year) throw wrong(context.where, `“${words}”没有写是哪一年`)
  const day = dayFrom(year, Number(month ?? from?.slice(5, 7)), Number(date ?? dateAlone))
  if (!day) throw wrong(context.where, `没有“${words}”这一天`)
  if (year < FIRST_YEAR || year > LAST_YEAR)
    throw wrong(context.where, `“${words}”不在${FIRST_YEAR}年至${LAST_YEAR}年之间`)
  return { day, end: skipAside(text, index + words.length) }
}

/** A day, or the days of a range from its first to its last. */
const daysAt = (text: string, index: number, context: Context): (Token & { days: Day[] }) | undefined => {
  const first = dayAt(text, index, context)
  if (!first) return undefined
  const joined = at(RANGE, text, first.end)
  const last = joined && dayAt(text, first.end + joined[0].length, context, first.day)
  if (!last) return { days: [first.day], end: first.end }
  const length = daysBetween(first.day, last.day) + 1
  if (length < 1 || length > LONGEST)
    throw wrong(context.where, `“${text.slice(index, last.end)}”前后不对，或超过${LONGEST}天`)
  return { days: Array.from({ length }, (_, i) => addDays(first.day, i)), end: last.end }
}

/** Days stand before what they are; where a row says that once only, it may stand before them. */
const readRow = (text: string, context: Context): DayDraft[] => {
  const drafts: DayDraft[] = []
  const said = new Set<DayDraft['kind']>()
  let open: Day[] = []
  const close = (kind: DayDraft['kind']) => {
    drafts.push(...open.map((day) => ({ day, kind })))
    open = []
  }
  for (let index = 0; index < text.length; ) {
    const days = daysAt(text, index, context)
    const year = days ? null : at(YEAR, text, index)
    const rest = text.slice(index, index + 4)
    const kind = days || year ? undefined : kinds.find(([words]) => words.test(rest))
    if (days) {
      open.push(...days.days)
      context.year = Number(days.days[0]?.slice(0, 4))
    }
    if (year) context.year = Number(year[1])
    if (kind) {
      said.add(kind[1])
      close(kind[1])
    }
    index = days?.end ?? index + (year?.[0].length ?? (kind ? (kind[0].exec(rest)?.[0].length ?? 1) : 1))
  }
  const [only] = [...said]
  if (open.length === 0) return drafts
  if (said.size !== 1 || only === undefined) throw wrong(context.where, `“${open[0]}”没有写休还是班`)
  close(only)
  return drafts
}

/** One draft a day, in order; the same said twice is once. @throws BadInput where a day is said to be both */
const settled = (drafts: readonly (DayDraft & { where: string })[]): DayDraft[] => {
  const days = new Map<Day, DayDraft & { where: string }>()
  for (const draft of drafts) {
    const known = days.get(draft.day)
    if (known && known.kind !== draft.kind)
      throw wrong(
        draft.where,
        `${draft.day} ${known.where === draft.where ? '又写休又写班' : `与${known.where}说的不一样`}，请只留一处`,
      )
    days.set(draft.day, draft)
  }
  if (days.size === 0) throw new BadInput(`文件里没有日期。${right}`)
  return [...days.values()].map(({ day, kind }) => ({ day, kind })).sort((a, b) => (a.day < b.day ? -1 : 1))
}

/**
 * Rows of a sheet or lines of a text: days with 休 or 班 behind them, a range as 2027-02-05至2027-02-11, a notice's own
 * sentences. Rows that name no day are passed over. @throws BadInput that names the row and says what would be right
 */
export const readDayRows = (rows: readonly DayRow[]): DayDraft[] => {
  const context: Context = { where: '', year: 0 }
  return settled(
    rows.flatMap(({ line, cells }) => {
      context.where = `第${line}行`
      const { where } = context
      return readRow(cells.join(' '), context).map((draft) => ({ ...draft, where }))
    }),
  )
}

const names = { off: 'off', work: 'work', none: null } as const

const yearly = (year: string, value: unknown): (DayDraft & { where: string })[] => {
  const where = `${year}年`
  const said = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : undefined
  if (!said || !/^\d{4}$/.test(year)) throw badJson(`“${year}”下面`)
  return said.flatMap(([name, list]) => {
    if (!Object.hasOwn(names, name) || !Array.isArray(list)) throw badJson(`${where}的“${name}”`)
    return list.flatMap((text) => {
      const context = { where: `${where}的“${name}”里“${String(text)}”`, year: 0 }
      const days = typeof text === 'string' ? daysAt(text, 0, context) : undefined
      if (!days || days.end < String(text).length || days.days.some((day) => !day.startsWith(year)))
        throw badJson(context.where)
      return days.days.map((day) => ({ day, kind: names[name as keyof typeof names], where }))
    })
  })
}

const badJson = (where: string): BadInput =>
  new BadInput(`${where}不对：应写成 {"2027":{"off":["2027-02-05"],"work":["2027-02-20"]}}，要去掉的写在 "none" 里`)

/** `{"2027":{"off":["2027-01-01",…],"work":[…],"none":[…]}}` as parsed from a file. @throws BadInput */
export const readDaysJson = (value: unknown): DayDraft[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badJson('文件')
  return settled(Object.entries(value).flatMap(([year, own]) => yearly(year, own)))
}
