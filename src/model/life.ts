import type { Day } from './deadline.ts'
import type { Duty, DutyState } from './duty.ts'
import type { Body, Json } from './fact.ts'

/** Bodies of the facts of a duty, by kind; `on` is the office-zone day it happened. */
export interface DutyFacts {
  released: { state: DutyState; [seed: string]: Json }
  claimed: { on: Day }
  disclaimed: { on: Day }
  /** 签收 */
  accepted: { on: Day }
  progressed: { on: Day }
  /** `channel`: how the unit told the office, which typed it in. */
  reported: { on: Day; links: string[]; zero: boolean; late: boolean; channel?: 'phone' | 'paper' | 'oa' | 'mail' }
  /** The last report is taken back; `left` of those that were added to one another still stand. */
  withdrawn: { on: Day; left?: number }
  /** The report has passed the secrecy review (已经保密审查); by whom stands in the words. */
  cleared: { on: Day }
  /** One of the proofs that the task asks for is there. */
  ticked: { on: Day; proof: string }
  approved: { on: Day }
  /** Something on the register of activities (活动2026-3, of that day) counts for it as an approved report would. */
  counted: { on: Day; activity: string; day: Day; late: boolean }
  /** That entry was cancelled, or counts for it no more. */
  uncounted: { on: Day; activity: string }
  returned: { on: Day; until: Day }
  /** `late`: asked after the due day. */
  'extension-asked': { on: Day; until: Day; late: boolean }
  'extension-granted': { on: Day; until: Day }
  'extension-refused': { on: Day }
  /** Not ours; `to` is the unit id that it names, or empty. The office moves it or leaves it. */
  declined: { on: Day; to: string }
  kept: { on: Day }
  /** Another unit answers for it from now on: by the office's decision, or because it has taken the unit's place. */
  reassigned: { on: Day; to: string; from?: string; cause?: 'succession' }
  /** The unit that took the work over owes the same already: this one ends, `into` is the duty that stays. */
  merged: { on: Day; cause: 'succession' | 'carried'; into: string; unit: string }
  /** What stands of a merged duty that was further (`from`, of `unit`): the columns that move. */
  joined: { on: Day; cause: 'succession' | 'carried'; from: string; unit: string; [column: string]: Json }
  /** The lead asks a 配合 unit for its part, by a day. */
  collected: { on: Day; until: Day }
  /** Divided inside the unit: the parts by place, their names in the words. */
  split: { on: Day; parts: { n: number; until: Day | null }[] }
  /** The part of that place is in. */
  summed: { on: Day; n: number }
  urged: { on: Day }
  instructed: { on: Day }
  suspended: { on: Day }
  resumed: { on: Day }
  /** The event that its clock waits for has happened. */
  event: { on: Day; round: string; dueOn: Day; dueAt: string | null; provisional: boolean }
  /** What a new version of the plan or the office makes of it: the columns that move, each with its new value. */
  amended: { on: Day; reason: string; [column: string]: Json }
  waived: { on: Day; reason: string }
  /** Left open when its plan was closed, and history from then on; why stands in the words. */
  archived: { on: Day }
  /** Goes on in another plan: from which and into which, and the place that it has there. `code` is the old one. */
  carried: { on: Day; from: string; to: string; task: string; ord: number; demand: number; code: string }
  /**
   * Its rule's day counted again by another calendar: the columns that move. `was` is the rule's day before; `year` the
   * one whose holiday notice came out, null where none did.
   */
  recomputed: { on: Day; cause: 'calendar'; was: Day | null; year: number | null; [column: string]: Json }
}
export type DutyFactKind = keyof DutyFacts

/** Bodies of the facts of a unit that are read again. */
export interface UnitFacts {
  succeeded: { to: string[]; from: Day }
}

type Move = Exclude<DutyFactKind, 'released'>

const running: readonly DutyState[] = ['open', 'returned', 'standing', 'waiting', 'unconfirmed']
const unfinished: readonly DutyState[] = ['unclaimed', 'asleep', ...running, 'suspended']

/** The life of a duty as one table: from which states a fact is legal. */
const moves: Record<Move, readonly DutyState[]> = {
  claimed: ['unclaimed'],
  disclaimed: ['unclaimed'],
  accepted: ['unclaimed', ...running],
  progressed: ['unclaimed', ...running, 'review', 'asleep'],
  reported: ['open', 'returned', 'review', 'standing', 'unconfirmed'],
  withdrawn: ['review', 'standing'],
  cleared: ['review', 'standing', 'done'],
  ticked: ['open', 'returned', 'review', 'standing', 'unconfirmed'],
  approved: ['review', 'standing'],
  counted: ['open', 'returned', 'review'],
  uncounted: ['open', 'returned', 'review', 'done'],
  returned: ['review'],
  'extension-asked': ['open', 'returned'],
  'extension-granted': ['open', 'returned'],
  'extension-refused': ['open', 'returned'],
  declined: [...running, 'asleep'],
  kept: [...running, 'asleep'],
  reassigned: [...unfinished, 'review'],
  merged: [...unfinished, 'review'],
  joined: [...unfinished, 'review', 'done', 'waived'],
  collected: ['asleep'],
  split: ['open', 'returned', 'standing', 'unconfirmed'],
  summed: ['open', 'returned', 'standing', 'unconfirmed', 'review'],
  urged: ['unclaimed', ...running],
  instructed: ['unclaimed', 'asleep', ...running, 'review'],
  suspended: ['unclaimed', ...running],
  resumed: ['suspended'],
  event: ['waiting'],
  // Of what was reported or is done only the place in the plan moves, never its day or state.
  amended: [...unfinished, 'review', 'done', 'waived'],
  waived: unfinished,
  archived: unfinished,
  carried: unfinished,
  // What waits to be checked or is done was handed in for the day that it had.
  recomputed: unfinished,
}

/** Is the fact legal for a duty in that state? */
export const mayHappen = (kind: Move, state: DutyState): boolean => moves[kind].includes(state)

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
    ...(['acceptedOn', 'asked', 'firstDueOn', 'before', 'clearedOn', 'proofs', 'parts'] as const),
  ] as const
  return {
    ...Object.fromEntries(moved.flatMap((column) => (body[column] === undefined ? [] : [[column, body[column]]]))),
    ...(dueAt !== undefined && { dueAt: dueAt === null ? null : new Date(String(dueAt)) }),
  }
}

/** A report that is added to while it waits keeps the day on which it came; a stage result changes no state. */
const reported = (duty: Duty, on: Day, late: boolean): Duty =>
  duty.state === 'review'
    ? { ...duty, reportedOn: duty.reportedOn ?? on }
    : duty.state === 'standing'
      ? { ...duty, reportedOn: on, clearedOn: null }
      : {
          ...duty,
          ...{ state: 'review', before: duty.state, reportedOn: on, clearedOn: null, asked: null },
          late: duty.late || late,
          // A round from before the start day is judged by no day, whatever becomes of it.
          owedOn: duty.state === 'unconfirmed' ? null : duty.owedOn,
        }

const approved = (duty: Duty, on: Day): Duty => {
  const count = duty.approved + 1
  const closed = duty.state === 'standing' || count >= duty.times
  return closed
    ? { ...duty, approved: count, state: 'done', closedOn: on, before: null, asked: null }
    : { ...duty, approved: count, state: 'open', reportedOn: null, clearedOn: null, before: null }
}

/** A report that waits goes on waiting, unless nothing is owed any more; on time is judged by the activity's own day. */
const counted = (duty: Duty, on: Day, { day, late }: Body): Duty => {
  const count = duty.approved + 1
  if (count < duty.times) return { ...duty, approved: count }
  return {
    ...duty,
    ...{ approved: count, state: 'done', reportedOn: String(day), closedOn: on, before: null, asked: null },
    late: duty.late || late === true,
  }
}

const uncounted = (duty: Duty): Duty => {
  const count = Math.max(0, duty.approved - 1)
  if (duty.state !== 'done' || count >= duty.times) return { ...duty, approved: count }
  return { ...duty, ...{ approved: count, state: 'open', reportedOn: null, closedOn: null } }
}

/**
 * A new day that was granted. The old one stays to be seen (`firstDueOn`). Asked in time it is also the day that figures
 * judge by; asked afterwards the duty is late for good, though red no more.
 */
const extended = (duty: Duty, until: Day): Duty => {
  const late = duty.asked?.kind === 'extension' && duty.asked.late
  return {
    ...duty,
    ...{ dueOn: until, setDueOn: until, dueAt: null, asked: null },
    firstDueOn: duty.firstDueOn ?? duty.owedOn ?? duty.dueOn,
    owedOn: late ? duty.owedOn : until,
    late: duty.late || late,
  }
}

const backTo = (duty: Duty): Duty => ({
  ...duty,
  ...{ state: duty.before ?? stateOnceOwned(duty), before: null, reportedOn: null, clearedOn: null },
})

/** The duty after one more fact. Pure; the row in the database is this, folded over its facts. */
export const projectDuty = (duty: Duty, { kind, body }: { kind: string; body: Body }): Duty => {
  const on = (body.on ?? null) as Day
  const until = (body.until ?? null) as Day
  switch (kind as DutyFactKind) {
    case 'released':
      return { ...duty, state: body.state as DutyState }
    case 'claimed':
      return { ...duty, state: stateOnceOwned(duty), disclaimed: false }
    case 'disclaimed':
      return { ...duty, disclaimed: true }
    case 'accepted':
      return { ...duty, acceptedOn: duty.acceptedOn ?? on }
    case 'reported':
      return reported(duty, on, body.late === true)
    case 'withdrawn':
      if (Number(body.left ?? 0) > 0) return duty
      return duty.state === 'standing' ? { ...duty, reportedOn: null, clearedOn: null } : backTo(duty)
    case 'cleared':
      return { ...duty, clearedOn: on }
    case 'ticked':
      return { ...duty, proofs: [...new Set([...duty.proofs, String(body.proof)])] }
    case 'approved':
      return approved(duty, on)
    case 'counted':
      return counted(duty, on, body)
    case 'uncounted':
      return uncounted(duty)
    case 'returned':
      return { ...duty, state: 'returned', before: null, reportedOn: null, dueOn: until, setDueOn: until }
    case 'extension-asked':
      return { ...duty, asked: { kind: 'extension', on, until, late: body.late === true } }
    case 'extension-granted':
      return extended(duty, until)
    case 'extension-refused':
    case 'kept':
      return { ...duty, asked: null }
    case 'declined':
      return { ...duty, asked: { kind: 'decline', on, to: String(body.to ?? '') } }
    case 'reassigned':
      // A successor stands where the unit stood; a unit that the office names starts anew.
      return body.cause === 'succession'
        ? { ...duty, unit: String(body.to) }
        : { ...duty, unit: String(body.to), asked: null, acceptedOn: null, disclaimed: false }
    case 'collected':
      return { ...duty, state: 'open', dueOn: until, setDueOn: until }
    case 'split':
      return {
        ...duty,
        parts: (body.parts as { n: number; until: Day | null }[]).map((part) => ({ ...part, doneOn: null })),
      }
    case 'summed':
      return { ...duty, parts: duty.parts.map((part) => (part.n === body.n ? { ...part, doneOn: on } : part)) }
    case 'suspended':
      return { ...duty, state: 'suspended', before: duty.state, asked: null }
    case 'resumed':
      return { ...duty, state: duty.before ?? stateOnceOwned(duty), before: null }
    case 'event': {
      const { round, dueOn, dueAt, provisional } = body as unknown as DutyFacts['event']
      const at = dueAt === null ? null : new Date(dueAt)
      return { ...duty, state: 'open', round, dueOn, owedOn: dueOn, dueAt: at, provisional }
    }
    case 'amended':
    case 'joined':
    case 'recomputed':
      return { ...duty, ...amendment(body) }
    case 'archived':
      return { ...duty, archivedOn: on, asked: null }
    case 'carried': {
      const { to: plan, task, ord, demand } = body as DutyFacts['carried']
      return { ...duty, plan, task, ord, demand }
    }
    case 'merged':
      // What went on in another plan is none of its own plan's figures any more.
      return {
        ...duty,
        state: 'waived',
        before: null,
        asked: null,
        ...(body.cause === 'carried' && { archivedOn: on }),
      }
    case 'waived':
      return { ...duty, state: 'waived', before: null, asked: null }
    case 'progressed':
    case 'urged':
    case 'instructed':
      return duty
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
