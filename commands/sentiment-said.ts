import type { Moment } from '../src/model/clock.ts'
import { addDays, dayFrom } from '../src/time/day.ts'
import { LINK } from './case-said.ts'
import type { Context } from './command.ts'

/** What a message says of an incident beside what is meant by it: read from its own words, never guessed. */
export interface IncidentSaid {
  /** `year`: where it was said. */
  number?: { ord: number; year?: number }
  level?: 'gravest' | 'grave' | 'other'
  at?: Moment
  links: string[]
  hours?: number
  /** What is left of the words. */
  rest: string
}

const NUMBER = /舆情\s*(?:第|编号|#)?\s*(?:(20\d\d)-)?(\d{1,4})\s*号?|(?:第)?(\d{1,4})\s*号(?:的)?舆情/
const LEVEL =
  /(?:等级|级别|属于?|为|[\s,，。;；:：])\s*(特别重大|重大|其他|一般)(?:(?:突发)?(?:事件)?(?:的)?舆情|突发事件|级别?)?(?=$|[\s,，。;；、!！])/
const DAY = '(今天|今日|今早|今晚|昨天|昨日|昨晚|前天|(?:(20\\d\\d)[-年/.])?(\\d{1,2})[-月/.](\\d{1,2})[日号]?)'
const TIME = '(凌晨|早上|上午|中午|下午|晚上|晚)?\\s*(\\d{1,2})(?:[:：](\\d{2})|[点时](半|(\\d{1,2})分?)?)'
const AT = new RegExp(`${DAY}?\\s*${TIME}(?!\\d)(?:分)?(?:左右|许)?(?:监测)?(?:发现)?`)
const HOURS = /(\d{1,3})\s*(?:个)?小时(?:之?内|以内)?(?:反馈|回复|答复|报)?/

const DAYS_BACK: readonly (readonly [RegExp, number])[] = [
  [/^今/, 0],
  [/^昨/, -1],
  [/^前/, -2],
]

const dayOf = ([, said = '', year, month, date]: RegExpExecArray, { today }: Context): string | undefined => {
  if (said === '') return today
  const back = DAYS_BACK.find(([word]) => word.test(said))
  return back ? addDays(today, back[1]) : dayFrom(Number(year ?? today.slice(0, 4)), Number(month), Number(date))
}

const isAfternoon = (part: string, day: string): boolean => /下午|晚/.test(`${part}${/晚$/.test(day) ? '晚' : ''}`)

const momentOf = (found: RegExpExecArray, c: Context): Moment | undefined => {
  const [, said = '', , , , part = '', hour, minute, half, minutes] = found
  const day = dayOf(found, c)
  const h = Number(hour) + (isAfternoon(part, said) && Number(hour) < 12 ? 12 : 0)
  const m = Number(minute ?? minutes ?? (half === '半' ? 30 : 0))
  if (!day || h > 23 || m > 59) return undefined
  return `${day}T${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`
}

const levels = { 特别重大: 'gravest', 重大: 'grave', 其他: 'other', 一般: 'other' } as const

const BEGINNING =
  /^(?:@\S+\s+)?(?:请)?(?:舆情(?:登记|上报|报告|录入|新增)|(?:登记|新增|录入|上报|发现)(?:一[条起件个])?(?:新)?(?:的)?舆情|舆情)[\s:：,，]*/

/** Reads number, level, moment, links and hours; a time that no clock has is left in the rest. */
export const incidentSaid = (c: Context, text: string): IncidentSaid => {
  const links = text.match(LINK) ?? []
  let rest = text.normalize('NFC').replace(LINK, ' ').trim()
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const found = pattern.exec(rest)
    if (!found) return undefined
    rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`
    return found
  }
  const hours = take(HOURS)
  const number = take(NUMBER)
  const level = take(LEVEL)
  const at = take(AT)
  const moment = at && momentOf(at, c)
  const word = level?.[1] as keyof typeof levels | undefined
  return {
    links,
    ...(number && {
      number: { ord: Number(number[2] ?? number[3]), ...(number[1] && { year: Number(number[1]) }) },
    }),
    ...(word && { level: levels[word] }),
    ...(moment && { at: moment }),
    ...(hours && { hours: Number(hours[1]) }),
    rest: rest
      .replace(BEGINNING, '')
      .replace(/\s+/g, ' ')
      .replace(/^[\s,，。;；:：、]+|[\s,，;；:：、]+$/g, ''),
  }
}
