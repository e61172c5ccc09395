import type { Deadline } from '../model/deadline.ts'
import type { Duty } from '../model/duty.ts'
import type { Body } from '../model/fact.ts'
import { mayHappen } from '../model/life.ts'
import type { Calendar } from '../time/calendar.ts'
import { isDay } from '../time/day.ts'
import { openEventRound, type Round } from '../time/schedule.ts'

/** What another calendar makes of the days of one task's duties. */

export interface Recount {
  deadlines: readonly Deadline[]
  /** As a release under the new calendar would open them. */
  rounds: readonly Round[]
  calendar: Calendar
  zone: string
  /** Only days that were marked provisional. */
  provisional?: boolean
}

export interface Moved<D extends Duty> {
  duty: D
  /** Of the fact `recomputed`, without its day. */
  body: Body
}

/** Whether the days of a rule are counted in workdays, so that a calendar can move them. */
export const hangsOnWorkdays = (rule: Deadline | undefined): boolean =>
  rule?.kind === 'recurring' ? rule.within?.unit === 'workday' : rule?.kind === 'relative' && rule.unit === 'workday'

/** Of two rules for one period the earlier day stands, so that the workdays of one concern the other. */
const isConcerned = (rule: Deadline | undefined, deadlines: readonly Deadline[]): boolean =>
  hangsOnWorkdays(rule) ||
  (rule?.kind === 'recurring' &&
    deadlines.some((other) => other.kind === 'recurring' && other.every === rule.every && hangsOnWorkdays(other)))

type Days = Pick<Round, 'demand' | 'round' | 'provisional'> & { dueOn: string }

const dated = (round: Round | undefined): Days | undefined =>
  round?.dueOn ? { ...round, dueOn: round.dueOn } : undefined

/** The duty's round under the new calendar; an event's own day is its round's label. */
function roundNow(duty: Duty, { deadlines, rounds, calendar, zone }: Recount): Days | undefined {
  const rule = deadlines[duty.demand]
  const own = rounds.filter(({ demand }) => demand === duty.demand)
  if (rule?.kind === 'relative') {
    const [only] = own
    if (only && only.state !== 'waiting') return dated(only)
    return isDay(duty.round) ? { demand: duty.demand, ...openEventRound(rule, duty.round, calendar, zone) } : undefined
  }
  if (own.length > 0) return dated(own.find(({ round }) => round === duty.round))
  // Of two rules for one period the other may have the earlier day now.
  const every = rule?.kind === 'recurring' ? rule.every : undefined
  return dated(
    rounds.find(({ demand, round }) => {
      const other = deadlines[demand]
      return round === duty.round && other?.kind === 'recurring' && other.every === every
    }),
  )
}

/** Came by a share of what had an extension: the day that was agreed is its own too. */
const isAgreed = (duty: Duty, held: readonly Duty[]): boolean =>
  held.some(
    ({ demand, round, firstDueOn, setDueOn, owedOn }) =>
      demand === duty.demand &&
      round === duty.round &&
      firstDueOn !== null &&
      setDueOn === owedOn &&
      setDueOn === duty.dueOn,
  )

/**
 * What moves of one duty. A day that a person set stays (sent back, collected, corrected, extended), and after an
 * extension so does the day that figures judge by; the rule's day behind a return moves.
 */
function movesOf(duty: Duty, now: Days, label: string, agreed: boolean): Body {
  const ruled = duty.dueOn !== null && duty.setDueOn === null && !agreed
  const judged = duty.owedOn !== null && duty.firstDueOn === null && duty.owedOn !== duty.setDueOn && !agreed
  const to: Body = {
    ...{ demand: now.demand, round: label, provisional: now.provisional },
    ...(ruled && { dueOn: now.dueOn }),
    ...(judged && { owedOn: now.dueOn }),
  }
  const before: Record<string, unknown> = { ...duty }
  const moved = Object.fromEntries(Object.entries(to).filter(([column, value]) => before[column] !== value))
  if (Object.keys(moved).length === 0) return moved
  const fell = moved.provisional === false
  const was = duty.setDueOn === null ? duty.dueOn : duty.owedOn
  return { cause: 'calendar', was, year: fell ? Number(now.dueOn.slice(0, 4)) : null, ...moved }
}

const keyOf = ({ demand, round }: Pick<Duty, 'demand' | 'round'>): string => `${demand} ${round}`

/**
 * The duties of a task that another calendar moves, and those in review that it would: they keep their days until they
 * come back. `held` are all duties of the task.
 */
export function recomputed<D extends Duty>(held: readonly D[], recount: Recount): { moved: Moved<D>[]; inReview: D[] } {
  const concerned = held.filter(
    (duty) =>
      (mayHappen('recomputed', duty.state) || duty.state === 'review') &&
      (!recount.provisional || duty.provisional) &&
      isConcerned(recount.deadlines[duty.demand], recount.deadlines),
  )
  // A round keeps its name where any of its duties was handed in under it, so that a lead and its parts stay together.
  const settled = new Set(held.filter(({ state }) => state === 'review' || state === 'done').map(keyOf))
  const taken = new Set(held.map((duty) => `${duty.unit} ${keyOf(duty)}`))
  const moved: Moved<D>[] = []
  const inReview: D[] = []
  for (const duty of concerned) {
    const now = roundNow(duty, recount)
    if (!now) continue
    const stays = settled.has(keyOf(duty)) || taken.has(`${duty.unit} ${keyOf(now)}`)
    const label = stays ? duty.round : now.round
    const place = stays ? { ...now, demand: duty.demand } : now
    const body = movesOf(duty, place, label, isAgreed(duty, held))
    if (Object.keys(body).length === 0) continue
    if (duty.state === 'review') inReview.push(duty)
    else moved.push({ duty, body })
  }
  return { moved, inReview }
}
