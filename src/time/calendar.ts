import type { Day } from '../model/deadline.ts'
import { addDays, dayFromNumber, dayNumber, monthLength, weekday } from './day.ts'
import { type Notices, nationalDay, published, statutoryDaysOff } from './holidays.ts'
import { whyOf } from './why.ts'

export { festivalDay, type Notices, published } from './holidays.ts'

/** Workdays of one office: 法定节假日 and 调休, the office's own days laid over them. */
export interface Calendar {
  isWorkday(day: Day): boolean
  /** The n-th workday after `day` (n ≥ 1), `day` itself not counted. */
  addWorkdays(day: Day, n: number): Day
  /** Workdays from the day after `from` up to and including `to`; negative when `to` is earlier. */
  workdaysBetween(from: Day, to: Day): number
  /** Why a day is no workday (国庆节, 周末, 本单位休息日), or why a weekend day is one (调休上班); nothing for an ordinary workday. */
  why(day: Day): string | undefined
  /** That year's holiday notice is not out yet: weekends and statutory days off only. */
  provisional(year: number): boolean
}

/** A day of the office's own, laid over the national ones. */
export interface OwnDay {
  day: Day
  kind: 'off' | 'work'
}

/** One year: its first day's number, and how many workdays lie before each of its days. */
interface YearCount {
  first: number
  before: Uint16Array
}

const nationalYears = new WeakMap<Notices, Map<number, Uint8Array>>()

function nationalYear(notices: Notices, year: number): Uint8Array {
  const years = nationalYears.get(notices) ?? new Map<number, Uint8Array>()
  nationalYears.set(notices, years)
  const known = years.get(year)
  if (known) return known
  const ordinary = notices.off.has(nationalDay(year)) ? weekdaysOf(year) : provisionalYear(year)
  const made = asNamed(ordinary, notices, year)
  years.set(year, made)
  return made
}

const firstOf = (year: number): Day => `${String(year).padStart(4, '0')}-01-01`

function weekdaysOf(year: number): Uint8Array {
  const start = weekday(firstOf(year))
  const length = 337 + monthLength(year, 2)
  return Uint8Array.from({ length }, (_, index) => ((start - 1 + index) % 7 < 5 ? 1 : 0))
}

/** The days that are named laid over the others; the next year's notice may name last days too (2018-12-31 off for 元旦). */
function asNamed(ordinary: Uint8Array, { off, work }: Notices, year: number): Uint8Array {
  const first = firstOf(year)
  const named = ordinary.slice()
  const lay = (days: Iterable<Day>, worked: 0 | 1) => {
    for (const day of days) if (day.startsWith(first.slice(0, 5))) named[dayNumber(day) - dayNumber(first)] = worked
  }
  lay(off, 0)
  // Where both name a day it is worked.
  lay(work, 1)
  return named
}

function provisionalYear(year: number): Uint8Array {
  const work = weekdaysOf(year)
  const first = dayNumber(firstOf(year))
  for (const day of statutoryDaysOff(year)) work[dayNumber(day) - first] = 0
  return work
}

function countYear(notices: Notices, year: number, own: readonly OwnDay[]): YearCount {
  const work = nationalYear(notices, year).slice()
  const first = dayNumber(firstOf(year))
  for (const { day, kind } of own) work[dayNumber(day) - first] = kind === 'work' ? 1 : 0
  const before = new Uint16Array(work.length + 1)
  work.forEach((worked, index) => {
    before[index + 1] = (before[index] ?? 0) + worked
  })
  return { first, before }
}

function byYear(own: readonly OwnDay[]): Map<number, OwnDay[]> {
  const years = new Map<number, OwnDay[]>()
  for (const entry of own) {
    const year = Number(entry.day.slice(0, 4))
    const held = years.get(year)
    if (held) held.push(entry)
    else years.set(year, [entry])
  }
  return years
}

/** Years whose days are told apart; those of any duty that is open lie among them. */
const FIRST_YEAR = 2004
const LAST_YEAR = 2060

/** Every national day as text, `1` for a workday: what days counted by these notices hang on. */
export const nationalDays = (notices: Notices): string =>
  Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, i) => nationalYear(notices, FIRST_YEAR + i).join('')).join('/')

/**
 * The workdays of an office from the published notices; `own` days of the office win over them, and a year whose National
 * Day they name off is announced by them.
 */
export function openCalendar(own: readonly OwnDay[] = [], notices: Notices = published): Calendar {
  const ownDays = byYear(own)
  const counts = new Map<number, YearCount>()

  function count(year: number): YearCount {
    const known = counts.get(year)
    if (known) return known
    const made = countYear(notices, year, ownDays.get(year) ?? [])
    counts.set(year, made)
    return made
  }

  const workdaysOf = ({ before }: YearCount) => before[before.length - 1] ?? 0

  /** Workdays of the day's year up to and including the day. */
  function upTo(day: Day): number {
    const { first, before } = count(Number(day.slice(0, 4)))
    return before[dayNumber(day) - first + 1] ?? 0
  }

  function workdaysBetween(from: Day, to: Day): number {
    if (to < from) return -workdaysBetween(to, from)
    let days = upTo(to) - upTo(from)
    for (let year = Number(from.slice(0, 4)); year < Number(to.slice(0, 4)); year++) days += workdaysOf(count(year))
    return days
  }

  function addWorkdays(day: Day, n: number): Day {
    if (!Number.isInteger(n) || n < 1) throw new RangeError(`addWorkdays counts from 1, not ${n}`)
    let year = Number(day.slice(0, 4))
    let wanted = upTo(day) + n
    while (wanted > workdaysOf(count(year))) {
      wanted -= workdaysOf(count(year))
      year++
    }
    const { first, before } = count(year)
    return dayFromNumber(first + firstReaching(before, wanted) - 1)
  }

  const isWorkday = (day: Day) => upTo(day) > (day.endsWith('-01-01') ? 0 : upTo(addDays(day, -1)))
  const ownOn = (day: Day) => ownDays.get(Number(day.slice(0, 4)))?.find((own) => own.day === day)?.kind

  return {
    isWorkday,
    addWorkdays,
    workdaysBetween,
    why: (day) => whyOf(day, { isWorkday, ownOn, notices }),
    provisional: (year) => {
      const day = nationalDay(year)
      return !notices.off.has(day) && !ownDays.get(year)?.some((own) => own.day === day && own.kind === 'off')
    },
  }
}

/** The least index at which the rising counts reach `wanted`. */
function firstReaching(counts: Uint16Array, wanted: number): number {
  let low = 0
  let high = counts.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((counts[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** The n-th workday before a day, the day itself not counted. */
export const workdaysBefore = (day: Day, n: number, calendar: Calendar): Day => {
  let at = day
  for (let left = n; left > 0; ) {
    at = addDays(at, -1)
    if (calendar.isWorkday(at)) left--
  }
  return at
}
