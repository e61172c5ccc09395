import { numberOf } from './numbers.ts'

/** How often, and at what time, as far as it was said. `on`: weekday 1–7 or day of the month (31 is its last). */
export interface Said {
  every?: 'day' | 'workday' | 'week' | 'month'
  on?: number
  at?: string
}

const TIME =
  /(?:(凌晨|早上?|上午|中午|下午|傍晚|晚上?|夜里)[ ,]?)?(?:(\d{1,2}):(\d{2})|(?<!周|星期|礼拜)(\d{1,2}|[零一二两三四五六七八九十]{1,3})(?:点|时(?![间候限段期]))(半|一刻|三刻|([\d零一二三四五六七八九十]{1,3})分?)?)/g

const QUARTERS: Record<string, number> = { 半: 30, 一刻: 15, 三刻: 45 }

/** Of a twelve-hour clock the hour of the day: 下午3 → 15, 中午1 → 13, 晚上12 → 0. */
const hourOf = (hour: number, part: string): number => {
  if (/晚|夜/.test(part) && hour === 12) return 0
  const later = /下午|傍晚|晚|夜/.test(part) || (part === '中午' && hour < 3)
  return later && hour < 12 ? hour + 12 : hour % 24
}

/** Times of day in a text: 下午3点 → 15:00, 8点半 → 08:30, 9:15 → 09:15. */
const timesIn = (text: string): string[] => {
  const times = [...text.matchAll(TIME)].flatMap(([, part = '', colon, minutes, spoken, past = '', number]) => {
    const hour = colon ? Number(colon) : spoken === '零' ? 0 : numberOf(spoken ?? '')
    const minute = minutes ? Number(minutes) : (QUARTERS[past] ?? (number ? numberOf(number) : 0))
    if (!(hour <= 24 && minute < 60)) return []
    return [`${String(hourOf(hour, part)).padStart(2, '0')}:${String(minute).padStart(2, '0')}`]
  })
  return [...new Set(times)]
}

const WEEK = '(?:周|星期|礼拜)'
const WEEKDAY = '[一二三四五六日天末1-7]'
const LED_WEEK = new RegExp(`(?:每(?:一)?(?:个)?|逢)${WEEK}(?:的)?(?:${WEEK}?(${WEEKDAY})(?!个))?`)
const BARE_WEEKDAY = new RegExp(`${WEEK}(${WEEKDAY})(?!个)`)
const SEVERAL_WEEKDAYS = new RegExp(
  `${WEEK}${WEEKDAY}(?:[、,和及至到~-]${WEEK}?[一二三四五六日天](?!点|时|刻)|[一二三四五六日天]{2})`,
)
const MONTH =
  /(?:每(?:个)?月)?(?:的|月(?=[初底末]))?(?:([\d一二三四五六七八九十]{1,3})[号日]|(初|第一(?:天|个工作日))|(底|末|最后一天))?/
const SEVERAL_DATES = /[\d一二三四五六七八九十]{1,3}[号日][、,和及][\d一二三四五六七八九十]{1,3}[号日]/

/** 周一至周五: the workdays. */
const WORKDAYS = new RegExp(`${WEEK}一(?:至|到|~|-)${WEEK}?五`)

/** 每周一三五, 9点和17点, 每天两次: more than one push has. */
export const isSeveral = (text: string): boolean =>
  (SEVERAL_WEEKDAYS.test(text) && !WORKDAYS.test(text)) ||
  /[两二三四五2-5]次/.test(text) ||
  SEVERAL_DATES.test(text) ||
  timesIn(text).length > 1

/** 每两周, 每季度, 每月最后一个工作日: rhythms that no push has. */
const UNKNOWN =
  /每(?:隔)?(?:[两二三四五六2-6]|半)(?:个)?(?:天|日|周|星期|礼拜|月)|隔(?:周|天|日|月)|双周|每(?:个)?季度?|每(?:半)?年|倒数|最后一个(?:工作日|周|星期)|第[二三四五](?:个)?(?:工作日|周|星期)|第一个(?:周|星期|礼拜)/

const weekOf = (text: string, bare: boolean): Said | undefined => {
  const week = LED_WEEK.exec(text) ?? (bare ? BARE_WEEKDAY.exec(text) : null)
  if (!week) return undefined
  const [, day] = week
  if (!day || SEVERAL_WEEKDAYS.test(text)) return { every: 'week' }
  return { every: 'week', on: /[日天末]/.test(day) ? 7 : numberOf(day) }
}

const monthOf = (text: string, bare: boolean): Said | undefined => {
  const at = text.search(/每(?:个)?月/)
  const day = bare && at < 0 ? /(?:[\d一二三四五六七八九十]{1,3}[号日]|月[初底末])/.exec(text) : null
  if (at < 0 && !day) return undefined
  const [, date, first, last] = MONTH.exec(text.slice(at < 0 ? day?.index : at)) ?? []
  if (SEVERAL_DATES.test(text)) return { every: 'month' }
  const on = date ? numberOf(date) : first ? 1 : last ? 31 : undefined
  return on && on >= 1 && on <= 31 ? { every: 'month', on } : { every: 'month' }
}

const oftenOf = (text: string, bare: boolean): Said => {
  if (UNKNOWN.test(text)) return {}
  if (/(?<![\d一二三四五六七八九十两几]个?)工作日/.test(text) && !/月(?:的)?第一个/.test(text))
    return { every: 'workday' }
  if (/每(?:个)?上班日?/.test(text) || WORKDAYS.test(text)) return { every: 'workday' }
  const known = weekOf(text, bare) ?? monthOf(text, bare)
  if (known) return known
  if (/周报/.test(text)) return { every: 'week' }
  if (/月报/.test(text)) return { every: 'month' }
  return /每(?:一)?(?:个)?(?:天|日|早|晚|上午|下午|中午)|日报/.test(text) ? { every: 'day' } : {}
}

/**
 * The rhythm that a text says: 每周一早上9点 → every week on 1 at 09:00. What it does not say, and what is said more than
 * once, is absent. `bare`: 周二, 25号 are a weekday, a date also without 每 (改到周二).
 */
export const rhythmIn = (text: string, bare = false): Said => {
  const [at, another] = timesIn(text)
  return { ...oftenOf(text, bare), ...(at && !another && { at }) }
}
