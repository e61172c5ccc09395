import type { DutyView } from '../db/queries/duties.ts'
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

/** A round due inside its period counts as ended; a day, a standing or a waiting duty has no period to wait for. */
const hasEnded = (duty: DutyView, today: Day): boolean => {
  const span = periodOf(duty.round)
  if (!span || span.to < today) return true
  return duty.dueOn !== null && duty.dueOn <= span.to
}

const hasBegun = (duty: DutyView, today: Day): boolean => (periodOf(duty.round)?.from ?? today) <= today

/**
 * Which of a unit's rounds of one task a report is about: those of the named periods, else the only open one whose
 * period has ended, else the only one that has begun. More than one is for the speaker to choose, never for us.
 */
export const roundsMeant = (
  duties: readonly DutyView[],
  periods: readonly string[],
  today: Day,
): { meant: DutyView[] } | { choose: DutyView[] } => {
  if (periods.length > 0) return { meant: duties.filter((duty) => periods.some((period) => isOfPeriod(duty, period))) }
  const open = duties.filter((duty) => ['open', 'returned', 'unclaimed', 'standing'].includes(stateOn(duty, today)))
  const ended = open.filter((duty) => hasEnded(duty, today))
  const candidates = ended.length > 0 ? ended : open.filter((duty) => hasBegun(duty, today))
  return candidates.length > 1 ? { choose: candidates } : { meant: candidates }
}
