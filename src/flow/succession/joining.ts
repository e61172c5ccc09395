import type { Happening } from '../../../commands/command.ts'
import { dutyRow } from '../../../commands/row.ts'
import type { DutyView } from '../../../db/queries/duties.ts'
import type { Day } from '../../model/deadline.ts'
import type { Duty, DutyState } from '../../model/duty.ts'
import type { Body } from '../../model/fact.ts'

/**
 * Open duties on their way to a heir, share by share of a task. Where several would stand in one place (task, demand,
 * round), or the heir owes it already, one stays: lead before support, then the one that is further, then the one with
 * more approved reports, then the heir's own, then in the order of the old units. The others end by a fact that names it.
 */

export interface Leaving {
  duty: DutyView
  heir: string
}

/** One place at the heir. */
export interface Passage {
  heir: string
  stays: DutyView
  /** `moved`: it was the old unit's; `kept`: the heir's as it was; `joined`: the heir's, with what another was further. */
  how: 'moved' | 'kept' | 'joined'
  /** Whose state the heir's duty takes over. */
  from?: DutyView
  ended: DutyView[]
  happenings: Happening[]
}

const ORDER: readonly DutyState[] = [
  ...(['waived', 'unconfirmed', 'suspended', 'asleep', 'unclaimed', 'waiting'] as const),
  ...(['standing', 'open', 'returned', 'review', 'done'] as const),
]

/** Positive where `a` is before `b`. */
const ahead = (a: Duty, b: Duty): number =>
  Number(a.role === 'lead') - Number(b.role === 'lead') ||
  ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
  a.approved - b.approved

/** What the heir's duty takes over of one that is further. */
const standingOf = (duty: Duty): Body => ({
  ...{ state: duty.state, role: duty.role, named: duty.named, disclaimed: duty.disclaimed, claimBy: duty.claimBy },
  ...{ dueOn: duty.dueOn, owedOn: duty.owedOn, setDueOn: duty.setDueOn, provisional: duty.provisional },
  dueAt: duty.dueAt?.toISOString() ?? null,
  ...{ times: duty.times, approved: duty.approved, late: duty.late },
  ...{ reportedOn: duty.reportedOn, closedOn: duty.closedOn },
})

const placeOf = (heir: string, { task, demand, round }: Duty): string => `${heir} ${task} ${demand} ${round}`

const passageOf = (leaving: readonly Leaving[], holder: DutyView | undefined, on: Day): Passage => {
  const cause = { on, cause: 'succession' }
  const [first, ...others] = [...leaving].sort((a, b) => ahead(b.duty, a.duty)) as [Leaving, ...Leaving[]]
  const { duty: best, heir } = first
  const end = (duty: DutyView, into: string): Happening => ({
    ...{ row: dutyRow(duty), kind: 'merged', body: { ...cause, into, unit: heir } },
  })
  if (!holder) {
    const move = { row: dutyRow(best), kind: 'reassigned', body: { ...cause, from: best.unit, to: heir } }
    const ended = others.map(({ duty }) => duty)
    return { heir, stays: best, how: 'moved', ended, happenings: [move, ...ended.map((one) => end(one, best.id))] }
  }
  const ended = leaving.map(({ duty }) => duty)
  const ends = ended.map((one) => end(one, holder.id))
  if (ahead(best, holder) <= 0) return { heir, stays: holder, how: 'kept', ended, happenings: ends }
  const body = { ...cause, from: best.id, unit: best.unit, ...standingOf(best) }
  const join = { row: dutyRow(holder), kind: 'joined', body }
  return { heir, stays: holder, how: 'joined', from: best, ended, happenings: [join, ...ends] }
}

/** What becomes of each place. `held` are the heirs' own duties, open and closed. */
export const passagesOf = (leaving: readonly Leaving[], held: readonly DutyView[], on: Day): Passage[] => {
  const holders = new Map(held.map((duty) => [placeOf(duty.unit, duty), duty]))
  const places = new Map<string, Leaving[]>()
  for (const one of leaving) {
    const place = placeOf(one.heir, one.duty)
    places.set(place, [...(places.get(place) ?? []), one])
  }
  return [...places].map(([place, group]) => passageOf(group, holders.get(place), on))
}
