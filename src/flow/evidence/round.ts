import type { DutyView } from '../../../db/queries/duties.ts'
import type { Day } from '../../model/deadline.ts'
import { dayFrom } from '../../time/day.ts'
import { plain } from '../../time/numerals.ts'
import { periodOf } from '../../time/schedule.ts'

const MOST_DAYS = 8
/** Numerals in words are read that far. */
const MOST_SPELT = 20_000

const DAYS = /(?<!\d)(20\d{2})\s?(?:年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日|([-/.])(\d{1,2})\4(\d{1,2})(?!\d))/g

/** Days that a text says in full, each once, in their order: 2017年8月5日, 二〇一七年八月五日, 2017-08-05, 2017/8/5, 2017.8.5. */
export const daysIn = (text: string): Day[] => {
  const spelt = /[〇○零一二三四五六七八九]年/.test(text) ? plain(text.slice(0, MOST_SPELT)).text : ''
  const found = new Set<Day>()
  for (const words of [text, spelt])
    for (const [, year, month, date, , month2, date2] of words.matchAll(DAYS)) {
      const day = dayFrom(Number(year), Number(month ?? month2), Number(date ?? date2))
      if (day !== undefined) found.add(day)
    }
  return [...found].sort()
}

/**
 * The days on which a report's proof may be dated: from the first day of the round to the last of its period, its due day and
 * the day of the report. A single date has no period: from the plan's issue on. None of what has no day.
 */
const windowOf = (
  duty: Pick<DutyView, 'round' | 'dueOn'>,
  reportedOn: Day,
  issuedOn: Day | null,
): { from: Day; to: Day } | undefined => {
  const period = periodOf(duty.round)
  if (!period && duty.dueOn === null) return undefined
  const single = !period || period.from === period.to
  const from = single ? (issuedOn ?? `${(period?.from ?? duty.dueOn ?? reportedOn).slice(0, 4)}-01-01`) : period.from
  const to = [period?.to ?? '', duty.dueOn ?? '', reportedOn].sort().at(-1) ?? reportedOn
  return { from, to }
}

/** Days of the text, those within the round first, and whether there is one; null where the duty has no round with days. */
export const daysOfRound = (
  text: string,
  duty: Pick<DutyView, 'round' | 'dueOn'>,
  { reportedOn, issuedOn }: { reportedOn: Day; issuedOn: Day | null },
): { days: Day[]; inRound: boolean | null } => {
  const days = daysIn(text)
  const window = windowOf(duty, reportedOn, issuedOn)
  const isWithin = (day: Day) => window !== undefined && day >= window.from && day <= window.to
  const within = days.filter(isWithin)
  return {
    days: [...within.reverse(), ...days.filter((day) => !isWithin(day)).reverse()].slice(0, MOST_DAYS),
    inRound: window ? within.length > 0 : null,
  }
}
