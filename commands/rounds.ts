import type { DutyView } from '../db/queries/duties.ts'
import { findTimes } from '../src/chat/times.ts'
import type { Day } from '../src/model/deadline.ts'
import { stateOn } from '../src/model/life.ts'
import { periodOf } from '../src/time/schedule.ts'

/** How a period that a person names relates to a round: the label itself, or a day that lies in it. */
export const isOfPeriod = (duty: DutyView, period: string): boolean => {
  if (duty.round === period) return true
  const span = periodOf(period)
  return (
    span !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(duty.round) && duty.round >= span.from && duty.round <= span.to
  )
}

/** A month, a quarter, a year: no day, no standing or waiting duty. */
const isPeriod = ({ round }: DutyView): boolean => periodOf(round) !== undefined && !/^\d{4}-\d{2}-\d{2}/.test(round)

const hasBegun = (duty: DutyView, today: Day): boolean =>
  !isPeriod(duty) || (periodOf(duty.round)?.from ?? today) <= today

/** A round due inside its period counts as ended once it has begun; what is no period has none to wait for. */
const hasEnded = (duty: DutyView, today: Day): boolean => {
  const span = periodOf(duty.round)
  if (!span || !isPeriod(duty) || span.to < today) return true
  return duty.dueOn !== null && duty.dueOn <= span.to && hasBegun(duty, today)
}

const openStates = ['open', 'returned', 'unclaimed', 'standing']

/** Those that an unnamed round may be: a report that waits may be added to, as long as nothing open has ended. */
const candidates = (duties: readonly DutyView[], today: Day): DutyView[] => {
  const open = duties.filter((duty) => openStates.includes(stateOn(duty, today)))
  const ended = open.filter((duty) => hasEnded(duty, today))
  if (ended.length > 0) return ended
  const waiting = duties.filter((duty) => duty.state === 'review')
  const begun = [...waiting, ...open.filter((duty) => hasBegun(duty, today))]
  return begun.length > 0 ? begun : duties.filter((duty) => duty.state === 'unconfirmed')
}

/** The rounds that can be reported now, whether or not their period has ended. */
export const roundsOpen = (duties: readonly DutyView[], today: Day): DutyView[] =>
  duties.filter((duty) => openStates.includes(stateOn(duty, today)) && hasBegun(duty, today))

/** Of the named periods those that no round of the task is; none where the task has no periods, and a month is but a time. */
export const periodsUnknown = (duties: readonly DutyView[], periods: readonly string[]): string[] =>
  duties.some(isPeriod) ? periods.filter((period) => !duties.some((duty) => isOfPeriod(duty, period))) : []

/**
 * Which of a unit's rounds of one task a report is about: those of the named periods, else the only open one whose
 * period has ended, else the only one that has begun or waits to be checked. More than one is for the speaker to choose,
 * never for us.
 */
export const roundsMeant = (
  duties: readonly DutyView[],
  periods: readonly string[],
  today: Day,
): { meant: DutyView[] } | { choose: DutyView[] } => {
  const named = duties.filter((duty) => periods.some((period) => isOfPeriod(duty, period)))
  if (named.length > 0 || periodsUnknown(duties, periods).length > 0) return { meant: named }
  const found = candidates(duties, today)
  return found.length > 1 ? { choose: found } : { meant: found }
}

/** A month that is still to come was last year's. */
const past = (period: string, today: Day): string =>
  (periodOf(period)?.from ?? '') > today ? period.replace(/^\d{4}/, (year) => String(Number(year) - 1)) : period

const NUMBER_BEFORE = /[\d号][\s号项任务的，,、:：]*$/
const NUMBER_AFTER = /^[\s份的期]*[\d第]/

/** The periods that the words name right beside the task's number (1-2 7月的): for frames that have no slot for them. */
export const periodsSaid = (text: string, today: Day): string[] =>
  findTimes(text, today)
    .times.filter(({ day, before }) => !day && !before)
    .filter(({ start, end }) => NUMBER_BEFORE.test(text.slice(0, start)) || NUMBER_AFTER.test(text.slice(end)))
    .flatMap(({ start, end, periods }) =>
      /年/.test(text.slice(start, end)) ? periods : periods.map((period) => past(period, today)),
    )
