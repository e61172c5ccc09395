import type { Card } from '../../src/model/card.ts'
import type { Liaison } from '../../src/model/contact.ts'
import type { Day } from '../../src/model/deadline.ts'
import { isList, type MovedDays, type Named, type Step, type Told } from '../../src/model/recipe.ts'
import { addDays, endOf, startOfWeek } from '../../src/time/day.ts'
import { isReminded, ladderStep, reminderHorizon } from '../../src/time/remind.ts'
import type { Context } from '../command.ts'
import type { Seen } from '../present.ts'
import type { FiguresAsked } from './tallies.ts'

/** What a digest is of: its units, what they are told today, and who reads it. */
export interface Digest {
  units: readonly string[]
  /**
   * A room of several units: one line a unit, and who is late only where the room was told to say so. `heard`: all units that
   * it hears of; `main`: those that are told nowhere else, so that whatever is due of them is named.
   */
  shared?: { overdue: boolean; heard: readonly string[]; main: readonly string[] }
  told: Told
  /** Whether what falls due is said here too, or only what is late. */
  ahead: boolean
  /** Of the ladder's steps those that are said here; the others have a way of their own. */
  steps: readonly Step[]
  /** The units' liaisons and heads, named where a step is theirs. */
  liaisons: readonly Liaison[]
  moved?: MovedDays
  /** Units that are asked for a month's figures. */
  figures?: FiguresAsked
}

/** A digest with whom it names. */
export interface Digested {
  card: Card
  named: Named
}

export interface Section {
  title: string
  items: Seen[]
  /** Late rounds of one task are one line. */
  overdue?: boolean
}

/** What the rules are judged by. */
type Today = Pick<Context, 'today' | 'calendar' | 'office'>

/** The last due day that is told of. */
export const horizonOf = (c: Today, { week, month }: Told): Day => {
  const ends = [
    reminderHorizon(c.today, c.calendar),
    week ? addDays(startOfWeek(c.today), 6) : '',
    month ? endOf(c.today, 'month') : '',
  ]
  return ends.sort().at(-1) ?? c.today
}

/** The step of the ladder to which an overdue duty has come since it was last told of. */
export const stepOf = (c: Today, { duty: { dueOn } }: Seen, since: Day | ''): Step | undefined =>
  dueOn ? ladderStep(dueOn, c.today, since, c.office.settings.ladder, c.calendar) : undefined

const dueWithin = ({ duty: { dueOn } }: Seen, from: Day, to: Day): boolean =>
  dueOn !== null && dueOn >= from && dueOn <= to

/** On a day without a list: what is at one of the steps that are said here, what is due today, what before the next workday. */
const reminders = (
  c: Today,
  late: readonly Seen[],
  reminded: readonly Seen[],
  { told, steps }: Pick<Digest, 'told' | 'steps'>,
): Section[] => {
  const isStepped = (item: Seen): boolean => {
    const step = stepOf(c, item, told.since)
    return step !== undefined && steps.includes(step)
  }
  return [
    { title: '已逾期', items: late.filter((item) => told.overdue || isStepped(item)), overdue: true },
    { title: '今天到期', items: reminded.filter(({ duty }) => duty.dueOn === c.today) },
    { title: '即将到期', items: reminded.filter(({ duty }) => duty.dueOn !== c.today) },
  ]
}

const isOpen = ({ state }: Seen): boolean => state === 'open'
const isReturned = ({ state }: Seen): boolean => state === 'returned'

/** The parts of a digest in their order: overdue, due, returned; each duty stands in one of them. */
export const sectionsOf = (c: Today, items: readonly Seen[], digest: Pick<Digest, 'told' | 'steps'>): Section[] => {
  const { told } = digest
  const owed = items.filter((item) => isOpen(item) || isReturned(item))
  const late = owed.filter(({ overdue }) => overdue)
  const ahead = owed.filter(({ overdue }) => !overdue)
  const reminded = ahead.filter(({ duty }) => duty.dueOn && isReminded(duty.dueOn, c.today, told.since, c.calendar))
  if (!isList(told)) return reminders(c, late, reminded, digest)
  const monday = startOfWeek(c.today)
  const near = ahead.filter(isOpen)
  const week = near.filter((item) => dueWithin(item, monday, addDays(monday, 6)) || reminded.includes(item))
  const month = near.filter(
    (item) => !(told.week && week.includes(item)) && dueWithin(item, c.today, endOf(c.today, 'month')),
  )
  return [
    { title: '已逾期', items: late.filter(isOpen), overdue: true },
    ...(told.week ? [{ title: '本周到期', items: week }] : []),
    ...(told.month ? [{ title: told.week ? '本月稍后到期' : '本月到期', items: month }] : []),
    { title: '退回待重报', items: owed.filter(isReturned) },
  ]
}
