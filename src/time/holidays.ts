import chineseDays from 'chinese-days'
import notices from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import type { Day } from '../model/deadline.ts'
import { addDays, dayFrom } from './day.ts'

/** Festivals whose day an office counts to and from. */
export type Festival =
  | '元旦'
  | '除夕'
  | '春节'
  | '元宵'
  | '妇女节'
  | '清明'
  | '劳动节'
  | '儿童节'
  | '端午'
  | '建党节'
  | '建军节'
  | '教师节'
  | '中秋'
  | '重阳'
  | '国庆'

const names: Readonly<Record<string, Festival>> = {
  元旦: '元旦',
  元旦节: '元旦',
  新年: '元旦',
  除夕: '除夕',
  春节: '春节',
  农历新年: '春节',
  元宵: '元宵',
  元宵节: '元宵',
  清明: '清明',
  清明节: '清明',
  妇女节: '妇女节',
  三八: '妇女节',
  三八妇女节: '妇女节',
  劳动节: '劳动节',
  五一: '劳动节',
  五一节: '劳动节',
  五一劳动节: '劳动节',
  儿童节: '儿童节',
  六一: '儿童节',
  六一儿童节: '儿童节',
  七一: '建党节',
  建党节: '建党节',
  八一: '建军节',
  建军节: '建军节',
  八一建军节: '建军节',
  教师节: '教师节',
  端午: '端午',
  端午节: '端午',
  中秋: '中秋',
  中秋节: '中秋',
  重阳: '重阳',
  重阳节: '重阳',
  国庆: '国庆',
  国庆节: '国庆',
  十一: '国庆',
}

const fixed: Partial<Record<Festival, readonly [number, number]>> = {
  元旦: [1, 1],
  妇女节: [3, 8],
  劳动节: [5, 1],
  儿童节: [6, 1],
  建党节: [7, 1],
  建军节: [8, 1],
  教师节: [9, 10],
  国庆: [10, 1],
}
const lunar: Partial<Record<Festival, readonly [number, number]>> = {
  春节: [1, 1],
  元宵: [1, 15],
  端午: [5, 5],
  中秋: [8, 15],
  重阳: [9, 9],
}

const newYears = new Map<number, Day>([[2004, '2004-01-22']])

function lunarYearLength(year: number): number {
  const leap = chineseDays.getYearLeapMonth(year)
  let days = leap.leapMonth ? leap.days : 0
  for (let month = 1; month <= 12; month++) days += chineseDays.monthDays(year, month)
  return days
}

// Counted up from a known New Year: the package's own conversion reads the machine's zone and is a day off west of Greenwich.
function lunarNewYear(year: number): Day {
  const known = newYears.get(year)
  if (known) return known
  const day = addDays(lunarNewYear(year - 1), lunarYearLength(year - 1))
  newYears.set(year, day)
  return day
}

function fromLunar(year: number, month: number, date: number): Day {
  const leap = chineseDays.getYearLeapMonth(year)
  let days = date - 1
  for (let past = 1; past < month; past++) {
    days += chineseDays.monthDays(year, past)
    if (past === leap.leapMonth) days += leap.days
  }
  return addDays(lunarNewYear(year), days)
}

/** 清明 by the usual formula for the 21st century (right for every year from 2000 to 2099). */
function tombSweeping(year: number): Day | undefined {
  const inCentury = year - 2000
  return dayFrom(year, 4, Math.floor(inCentury * 0.2422 + 4.81) - Math.floor(inCentury / 4))
}

/** Every name by which a festival is called, longest first. */
export const festivalNames: readonly string[] = Object.keys(names).sort((a, b) => b.length - a.length)

/** The canonical name of a festival (国庆节, “十一” → 国庆), or nothing. */
const festivalOf = (name: string): Festival | undefined => (Object.hasOwn(names, name) ? names[name] : undefined)

/** The day of a festival in a solar year; nothing for other names and for years before 2004 or after 2099. */
export function festivalDay(name: string, year: number): Day | undefined {
  const festival = festivalOf(name)
  if (!festival || !Number.isInteger(year) || year < 2004 || year > 2099) return undefined
  if (festival === '清明') return tombSweeping(year)
  if (festival === '除夕') return addDays(lunarNewYear(year), -1)
  const date = fixed[festival]
  if (date) return dayFrom(year, ...date)
  const lunarDate = lunar[festival]
  return lunarDate && fromLunar(year, ...lunarDate)
}

function run(start: Day | undefined, length: number): Day[] {
  return start ? Array.from({ length }, (_, index) => addDays(start, index)) : []
}

/** The statutory days off of a year (全国年节及纪念日放假办法, as amended from 2025 on) with what they are for, without 调休. */
function statutory(year: number): [Day, Festival][] {
  const since2025 = year >= 2025
  const spring = festivalDay('春节', year)
  const rest: [Festival, Day | undefined, number][] = [
    ['元旦', dayFrom(year, 1, 1), 1],
    ['春节', spring && since2025 ? addDays(spring, -1) : spring, since2025 ? 4 : 3],
    ['清明', festivalDay('清明', year), 1],
    ['劳动节', dayFrom(year, 5, 1), since2025 ? 2 : 1],
    ['端午', festivalDay('端午', year), 1],
    ['中秋', festivalDay('中秋', year), 1],
    ['国庆', dayFrom(year, 10, 1), 3],
  ]
  return rest.flatMap(([festival, start, length]) => run(start, length).map((day): [Day, Festival] => [day, festival]))
}

export const statutoryDaysOff = (year: number): Day[] => statutory(year).map(([day]) => day)

/** 清明 is 清明节 where it is spoken of as days off; 元旦 and 劳动节 are what they are. */
const inFull = (name: string): string => (/^(?:清明|端午|中秋|国庆)$/.test(name) ? `${name}节` : name)

/** The festival for which the law gives that day off (春节, 国庆节), or nothing. */
export const statutoryFestival = (day: Day): string | undefined => {
  const found = statutory(Number(day.slice(0, 4))).find(([off]) => off === day)
  return found && inFull(found[1])
}

/** The days that published holiday notices name: days off, and weekend days that are worked for them. */
export interface Notices {
  off: ReadonlySet<Day>
  work: ReadonlySet<Day>
  /** What the days off are for, where the notice says it. */
  names?: ReadonlyMap<Day, string>
}

// The tables themselves: the package's functions read days by the machine's zone and err west of Greenwich.
/** The notices that this program came with. */
export const published: Notices = {
  off: new Set(Object.keys(notices.holidays)),
  work: new Set(Object.keys(notices.workdays)),
  names: new Map(Object.entries(notices.holidays).map(([day, said]) => [day, inFull(said.split(',')[1] ?? '')])),
}

/** Every year's holiday notice names its National Day: only where it is named is the notice there. */
export const nationalDay = (year: number): Day => `${year}-10-01`

/** What the notices say of a day: off, work, or nothing (an ordinary day of its week). */
export function announced({ off, work }: Notices, day: Day): 'off' | 'work' | undefined {
  if (work.has(day)) return 'work'
  return off.has(day) ? 'off' : undefined
}
