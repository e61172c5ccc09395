import { dutiesUnder, followersOf, type MovedRow, tasksWhole } from '../../../db/queries/yearend.ts'
import type { Deadline } from '../../model/deadline.ts'
import type { Body, NewFact } from '../../model/fact.ts'
import { projectDuty } from '../../model/life.ts'
import type { Deps } from '../deps.ts'
import { factRow, type Stamp } from '../ledger.ts'

/**
 * Where duties go that live on after their plan: into the task of the target plan that goes on from their own, where that
 * owes the same (they are joined, nothing is owed twice) or has the same rhythm (they move there); else under a copy of
 * their task in the office's register of the next year.
 */

export type HeldDuty = MovedRow
type TaskRow = Awaited<ReturnType<typeof tasksWhole>>[number]

/** What becomes of one duty. */
export type Passage =
  | { how: 'joined'; duty: HeldDuty; into: HeldDuty; task: TaskRow }
  | { how: 'moved'; duty: HeldDuty; task: TaskRow; demand: number }
  | { how: 'copied'; duty: HeldDuty; task: TaskRow }

const twinStates = new Set(['suspended', 'waived'])

/** The duty of the new task that asks the same of the same unit: the same round, or the same day. */
const twinOf = (duty: HeldDuty, held: readonly HeldDuty[]): HeldDuty | undefined => {
  const own = held.filter(
    ({ unit, role, state, archivedOn }) =>
      unit === duty.unit && role === duty.role && archivedOn === null && !twinStates.has(state),
  )
  const dated = duty.round !== 'standing' && duty.round !== 'waiting'
  return (
    own.find(({ round }) => round === duty.round) ??
    own.find(({ dueOn }) => dated && dueOn !== null && (dueOn === duty.dueOn || dueOn === duty.owedOn))
  )
}

/** Which of the new task's rules has the rhythm of the duty's own; -1 where none has. */
const sameRhythm = (rule: Deadline | undefined, deadlines: readonly Deadline[]): number =>
  rule?.kind === 'recurring' ? deadlines.findIndex((one) => one.kind === 'recurring' && one.every === rule.every) : -1

/**
 * The way of each duty into the target plan. `sources` are the tasks that they stand under by id, `from` the task of the
 * old plan that each of these goes on from where they are copies themselves.
 */
export const passagesInto = async (
  deps: Deps,
  duties: readonly HeldDuty[],
  target: string | undefined,
): Promise<Passage[]> => {
  const sources = new Map(
    (await tasksWhole(deps.store, [...new Set(duties.map(({ task }) => task))])).map((task) => [task.id, task]),
  )
  // A copy in the register stands for the task that it was copied from.
  const originOf = ({ id, follows }: TaskRow): string[] => (follows === '' ? [id] : [id, follows])
  const origins = [...sources.values()].flatMap(originOf)
  const heirs =
    target === undefined ? [] : (await followersOf(deps.store, origins)).filter(({ plan }) => plan === target)
  const held = await dutiesUnder(
    deps.store,
    heirs.map(({ id }) => id),
  )
  const taken = new Set<string>()
  return duties.flatMap((duty): Passage[] => {
    const source = sources.get(duty.task)
    if (!source) return []
    const heir = heirs.find(({ id, follows }) => id !== source.id && originOf(source).includes(follows))
    if (!heir) return [{ how: 'copied', duty, task: source }]
    const there = held.filter(({ task }) => task === heir.id)
    const twin = twinOf(
      duty,
      there.filter(({ id }) => !taken.has(id)),
    )
    if (twin) {
      taken.add(twin.id)
      return [{ how: 'joined', duty, into: twin, task: heir }]
    }
    const demand = sameRhythm(source.deadlines[duty.demand], heir.deadlines)
    const free = (one: HeldDuty) => !(one.unit === duty.unit && one.demand === demand && one.round === duty.round)
    if (demand >= 0 && there.every(free)) return [{ how: 'moved', duty, task: heir, demand }]
    return [{ how: 'copied', duty, task: source }]
  })
}

/** One duty as it was read and as it is from now on, with what happened to it. */
export interface Moving {
  was: number
  now: HeldDuty
  facts: ReturnType<typeof factRow>[]
}

/** Facts chained on a duty, and the row that they leave. */
export const moving = (
  deps: Deps,
  duty: HeldDuty,
  happened: readonly Pick<NewFact, 'kind' | 'body' | 'words'>[],
  stamp: Stamp,
): Moving => {
  let now: HeldDuty = duty
  const facts = happened.map(({ kind, body, words }) => {
    const link = { subject: 'duty' as const, id: duty.id, seq: now.version + 1, prev: now.head, kind, body }
    const fact = factRow(deps, { ...link, words }, stamp)
    now = { ...now, ...projectDuty(now, { kind, body }), version: fact.seq, head: fact.hash }
    return fact
  })
  return { was: duty.version, now, facts }
}

/** What the duty that stays takes over of the one that joins it: how far that one is, never its place. */
const takenOver = (duty: HeldDuty, into: HeldDuty): Body => {
  const untouched = into.version === 1 || into.state === 'unclaimed' || into.state === 'asleep'
  if (!untouched || into.state === 'review' || into.state === 'done') return {}
  return {
    ...{ state: duty.state, approved: duty.approved, acceptedOn: duty.acceptedOn, late: duty.late },
    ...{ dueOn: duty.dueOn, owedOn: duty.owedOn, setDueOn: duty.setDueOn, firstDueOn: duty.firstDueOn },
    ...{ proofs: duty.proofs, parts: duty.parts as unknown as Body[], before: duty.before },
  }
}

/** The facts of one passage. `codes` are how its old and its new task are called. */
export const passageFacts = (
  deps: Deps,
  passage: Exclude<Passage, { how: 'copied' }>,
  codes: { from: string; to: string },
  stamp: Stamp,
  on: string,
): Moving[] => {
  const { duty, task } = passage
  if (passage.how === 'moved') return [carried(deps, duty, { ...task, demand: passage.demand }, codes.from, stamp, on)]
  const { into } = passage
  const cause = { on, cause: 'carried', unit: duty.unit }
  return [
    moving(deps, duty, [{ kind: 'merged', body: { ...cause, into: into.id, code: codes.to } }], stamp),
    moving(
      deps,
      into,
      [{ kind: 'joined', body: { ...cause, from: duty.id, code: codes.from, ...takenOver(duty, into) } }],
      stamp,
    ),
  ]
}

/** A duty that goes on under another task. */
export const carried = (
  deps: Deps,
  duty: HeldDuty,
  { id, plan, ord, demand }: Pick<TaskRow, 'id' | 'plan' | 'ord'> & { demand: number },
  code: string,
  stamp: Stamp,
  on: string,
): Moving =>
  moving(deps, duty, [{ kind: 'carried', body: { on, from: duty.plan, to: plan, task: id, ord, demand, code } }], stamp)
