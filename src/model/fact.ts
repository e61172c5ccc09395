import type { Day } from './deadline.ts'
import type { Duty, DutyState } from './duty.ts'

export type Subject = 'plan' | 'task' | 'duty' | 'unit' | 'person' | 'room'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Body = Record<string, Json>

/**
 * What a command (or the office's machine) says happened to a subject. `body` is chained and holds no free text and no
 * personal data; those stand in `words`, which can be erased.
 */
export interface NewFact {
  subject: Subject
  id: string
  kind: string
  body: Body
  words?: Body
}

/** Bodies of the facts of a duty, by kind; `on` is the office-zone day it happened. */
export interface DutyFacts {
  released: { state: DutyState; [seed: string]: Json }
  claimed: { on: Day }
  disclaimed: { on: Day }
  progressed: { on: Day }
  reported: { on: Day; links: string[]; zero: boolean; late: boolean }
  approved: { on: Day }
  returned: { on: Day; until: Day }
  /** What a new version of the plan makes of it: the columns that move, each with its new value. */
  amended: { on: Day; reason: string; [column: string]: Json }
  waived: { on: Day; reason: string }
  /** Another unit owes it from now on. */
  reassigned: { on: Day; cause: 'succession'; from: string; to: string }
  /** The unit that took the work over owes the same already: this one ends, `into` is the duty that stays. */
  merged: { on: Day; cause: 'succession'; into: string; unit: string }
  /** What stands of a merged duty that was further (`from`, of `unit`): the columns that move. */
  joined: { on: Day; cause: 'succession'; from: string; unit: string; [column: string]: Json }
}

/** Bodies of the facts of a unit that are read again. */
export interface UnitFacts {
  succeeded: { to: string[]; from: Day }
}

export type DutyFactKind = keyof DutyFacts

const alive = [
  ...(['unclaimed', 'asleep', 'waiting', 'standing', 'open'] as const),
  ...(['review', 'returned', 'suspended', 'unconfirmed'] as const),
]

/** The life of a duty as one table: from which states a fact is legal. */
const moves: Record<Exclude<DutyFactKind, 'released'>, readonly DutyState[]> = {
  claimed: ['unclaimed'],
  disclaimed: ['unclaimed'],
  progressed: ['unclaimed', 'waiting', 'standing', 'open', 'returned', 'review', 'unconfirmed', 'asleep'],
  reported: ['open', 'returned', 'review', 'standing', 'unconfirmed'],
  approved: ['review', 'standing'],
  returned: ['review'],
  // Of what was reported or is done only the place in the plan moves, never its day or state.
  amended: [
    ...(['unclaimed', 'asleep', 'waiting', 'standing', 'open', 'unconfirmed', 'suspended'] as const),
    ...(['review', 'returned', 'done', 'waived'] as const),
  ],
  waived: ['unclaimed', 'asleep', 'waiting', 'standing', 'open', 'returned', 'unconfirmed', 'suspended'],
  reassigned: alive,
  merged: alive,
  joined: [...alive, 'done', 'waived'],
}

/** Is the fact legal for a duty in that state? */
export const mayHappen = (kind: Exclude<DutyFactKind, 'released'>, state: DutyState): boolean =>
  moves[kind].includes(state)

/** The state that a duty has once it is its unit's own. */
export const stateOnceOwned = (duty: Pick<Duty, 'round'>): DutyState =>
  duty.round === 'standing' ? 'standing' : duty.round === 'waiting' ? 'waiting' : 'open'

/** The columns of an amendment or of a duty that joins another; days and instants stand in the body as text. */
const amendment = ({ dueAt, ...body }: Body): Partial<Duty> => {
  const moved = [
    'state',
    'role',
    'demand',
    'round',
    'dueOn',
    'owedOn',
    'provisional',
    'times',
    'named',
    'claimBy',
    'disclaimed',
    'approved',
    'reportedOn',
    'closedOn',
    'setDueOn',
    'late',
  ] as const
  return {
    ...Object.fromEntries(moved.flatMap((column) => (body[column] === undefined ? [] : [[column, body[column]]]))),
    ...(dueAt !== undefined && { dueAt: dueAt === null ? null : new Date(String(dueAt)) }),
  }
}

/** A report that is added to while it waits for review keeps the day on which it came. */
const firstReported = (duty: Duty, on: Day | null): Day | null =>
  duty.state === 'review' ? (duty.reportedOn ?? on) : on

/** The duty after one more fact. Pure; the row in the database is this, folded over its facts. */
export const projectDuty = (duty: Duty, fact: { kind: string; body: Body }): Duty => {
  const on = (fact.body.on ?? null) as Day | null
  switch (fact.kind as DutyFactKind) {
    case 'released':
      return { ...duty, state: fact.body.state as DutyState }
    case 'claimed':
      return { ...duty, state: stateOnceOwned(duty), disclaimed: false }
    case 'disclaimed':
      return { ...duty, disclaimed: true }
    case 'progressed':
      return duty
    case 'reported':
      return duty.state === 'standing'
        ? { ...duty, reportedOn: on }
        : {
            ...duty,
            state: 'review',
            reportedOn: firstReported(duty, on),
            late: duty.late || (duty.state !== 'review' && fact.body.late === true),
          }
    case 'approved': {
      const approved = duty.approved + 1
      const closed = duty.state === 'standing' || approved >= duty.times
      return closed
        ? { ...duty, approved, state: 'done', closedOn: on }
        : { ...duty, approved, state: 'open', reportedOn: null }
    }
    case 'returned': {
      const until = fact.body.until as Day
      return { ...duty, state: 'returned', reportedOn: null, dueOn: until, setDueOn: until }
    }
    case 'amended':
      return { ...duty, ...amendment(fact.body) }
    case 'reassigned':
      return { ...duty, unit: String(fact.body.to) }
    case 'joined':
      return { ...duty, ...amendment(fact.body) }
    case 'merged':
    case 'waived':
      return { ...duty, state: 'waived' }
  }
}

/**
 * The state a duty has on a day: an unclaimed duty of a unit named by name, which it has not disclaimed, is its own
 * from the day after the claim day on.
 */
export const stateOn = (
  duty: Pick<Duty, 'state' | 'named' | 'disclaimed' | 'claimBy' | 'round'>,
  today: Day,
): DutyState =>
  duty.state === 'unclaimed' && duty.named && !duty.disclaimed && duty.claimBy !== null && duty.claimBy < today
    ? stateOnceOwned(duty)
    : duty.state
