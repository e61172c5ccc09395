import type { Day, Deadline } from '../model/deadline.ts'
import type { Duty, DutySeed, DutyState } from '../model/duty.ts'
import type { Body } from '../model/fact.ts'
import { mayHappen, stateOnceOwned } from '../model/life.ts'

/** What a new version of one task makes of its duties: which open, which move, which nobody owes any more. */

export interface TaskEffect<D extends Duty> {
  opened: DutySeed[]
  amended: { duty: D; body: Body }[]
  waived: D[]
  /** Reported or done: they stay as they are. */
  kept: D[]
}

interface Version {
  seeds: readonly DutySeed[]
  deadlines: readonly Deadline[]
}

export interface EffectContext {
  /** Rounds that open due before it are 待核实. */
  today: Day
  claimBy: Day
  /** The duties that an earlier version of the plan waived: they open again where they are owed again. */
  waivedBefore: ReadonlySet<string>
}

const bareRule = ({ raw: _, ...rule }: Deadline): string => JSON.stringify(Object.entries(rule).sort())
const comesRound = (deadlines: readonly Deadline[], demand: number): boolean => deadlines[demand]?.kind === 'recurring'

/** Which demand of the new version each demand of the old one is: the same rule, the same kind, the same sort. */
function demandsAcross(before: Version, after: Version): Map<number, number> {
  const across = new Map<number, number>()
  const left = new Set(before.seeds.map(({ demand }) => demand))
  const right = new Set(after.seeds.map(({ demand }) => demand))
  const likeness: ((deadlines: readonly Deadline[], demand: number) => string)[] = [
    (deadlines, demand) => (deadlines[demand] ? bareRule(deadlines[demand]) : 'none'),
    (deadlines, demand) => deadlines[demand]?.kind ?? 'none',
    (deadlines, demand) => (comesRound(deadlines, demand) ? 'round' : 'once'),
  ]
  for (const of of likeness)
    for (const from of [...left]) {
      const to = [...right].find((one) => of(after.deadlines, one) === of(before.deadlines, from))
      if (to === undefined) continue
      across.set(from, to)
      left.delete(from)
      right.delete(to)
    }
  return across
}

const MOVABLE: readonly DutyState[] = ['unclaimed', 'asleep', 'waiting', 'standing', 'open', 'unconfirmed', 'suspended']
const HANDED_IN: readonly DutyState[] = ['review', 'returned', 'done']
const OWN: readonly DutyState[] = ['waiting', 'standing', 'open', 'unconfirmed']

/** A day that is past when the round opens is for the office to confirm. */
const opening = (seed: DutySeed, today: Day): DutySeed =>
  seed.dueOn !== null && seed.dueOn < today && seed.role === 'lead' ? { ...seed, state: 'unconfirmed' } : seed

/** The state under the new version: only another role or another sort of round moves it. */
function stateUnder(duty: Duty, seed: DutySeed, today: Day): DutyState {
  if (duty.role !== seed.role) return opening(seed, today).state
  if (!OWN.includes(duty.state)) return duty.state
  const due = duty.state === 'unconfirmed' && seed.dueOn !== duty.dueOn && (seed.dueOn ?? '') >= today
  if (duty.state === 'unconfirmed' && !due && seed.dueOn !== null) return duty.state
  return stateOnceOwned(seed)
}

const iso = (at: Date | string | null): string | null => (at === null ? null : new Date(at).toISOString())

function movesOf(duty: Duty, seed: DutySeed, context: EffectContext): Body {
  const reopened = duty.state === 'waived'
  const place = { demand: seed.demand }
  const state = reopened ? opening(seed, context.today).state : stateUnder(duty, seed, context.today)
  const days = { dueOn: seed.dueOn, owedOn: seed.dueOn, dueAt: iso(seed.dueAt), provisional: seed.provisional }
  const moved: Body =
    reopened || MOVABLE.includes(duty.state)
      ? {
          ...place,
          ...{ round: seed.round, role: seed.role, named: seed.named, times: seed.times, state },
          // A day that a person set stays.
          ...(duty.setDueOn === null && days),
          ...(state === 'unclaimed' && { claimBy: duty.claimBy ?? context.claimBy }),
        }
      : place
  const now: Record<string, unknown> = { ...duty, dueAt: iso(duty.dueAt) }
  return Object.fromEntries(Object.entries(moved).filter(([column, value]) => now[column] !== value))
}

const keyOf = (unit: string, demand: number, round: string, deadlines: readonly Deadline[]): string =>
  `${unit} ${demand} ${comesRound(deadlines, demand) ? round : ''}`

/** Which of a unit's duties of the task is the one that a seed asks for. */
function dutyFor<D extends Duty>(
  seed: DutySeed,
  own: readonly D[],
  isSame: (duty: D) => boolean,
  comes: boolean,
  { waivedBefore }: EffectContext,
): D | undefined {
  const live = own.find((duty) => duty.state !== 'waived' && isSame(duty))
  const inPlace = own.find((duty) => duty.demand === seed.demand && duty.round === seed.round)
  // Two rows cannot have one place: what stands there is taken, what would have moved there is let go.
  if (live && (!inPlace || HANDED_IN.includes(live.state))) return live
  if (inPlace) return inPlace
  const ended = (duty: D) => HANDED_IN.includes(duty.state) || waivedBefore.has(duty.id)
  return own.find((duty) => comes && duty.round === seed.round && ended(duty)) ?? own.find(isSame)
}

/**
 * Duties of one task from one version to the next. What neither version accounts for (opened by a person, by an event,
 * or for another year) is left alone.
 */
export function effectOf<D extends Duty>(
  held: readonly D[],
  before: Version,
  after: Version,
  context: EffectContext,
): TaskEffect<D> {
  const effect: TaskEffect<D> = { opened: [], amended: [], waived: [], kept: [] }
  const across = demandsAcross(before, after)
  const acrossKey = ({ unit, demand, round }: Pick<Duty, 'unit' | 'demand' | 'round'>): string => {
    const to = across.get(demand)
    return to === undefined ? '' : keyOf(unit, to, round, after.deadlines)
  }
  const left = new Map<string, D[]>()
  for (const duty of held) left.set(duty.unit, [...(left.get(duty.unit) ?? []), duty])
  const stillOwed = new Set(before.seeds.map(acrossKey))
  for (const seed of after.seeds) {
    const key = keyOf(seed.unit, seed.demand, seed.round, after.deadlines)
    const own = left.get(seed.unit) ?? []
    const comes = comesRound(after.deadlines, seed.demand)
    const duty = dutyFor(seed, own, (one) => acrossKey(one) === key, comes, context)
    if (!duty) {
      if (!stillOwed.has(key)) effect.opened.push(opening(seed, context.today))
      continue
    }
    left.set(
      seed.unit,
      own.filter((one) => one !== duty),
    )
    const occupied = own.some(
      (one) =>
        one !== duty &&
        one.demand === seed.demand &&
        one.round === (HANDED_IN.includes(duty.state) ? duty : seed).round,
    )
    const byOthers = duty.state === 'waived' && !context.waivedBefore.has(duty.id)
    const body = byOthers || occupied ? {} : movesOf(duty, seed, context)
    if (Object.keys(body).length > 0) effect.amended.push({ duty, body })
    else if (HANDED_IN.includes(duty.state)) effect.kept.push(duty)
  }
  const wasOwed = new Set(before.seeds.map(({ unit, demand, round }) => keyOf(unit, demand, round, before.deadlines)))
  for (const duty of [...left.values()].flat()) {
    const ours = wasOwed.has(keyOf(duty.unit, duty.demand, duty.round, before.deadlines))
    if (ours && mayHappen('waived', duty.state)) effect.waived.push(duty)
    else if (HANDED_IN.includes(duty.state)) effect.kept.push(duty)
  }
  return effect
}

/** Duties of a task that the plan has no more: what is open nobody owes, what was handed in stays. */
export function droppedEffect<D extends Duty>(held: readonly D[]): TaskEffect<D> {
  return {
    ...{ opened: [], amended: [] },
    waived: held.filter(({ state }) => mayHappen('waived', state)),
    kept: held.filter(({ state }) => state === 'review' || state === 'done'),
  }
}

/**
 * Duties of the tasks that the ledger adds (调度, 共性): a unit that has none gets them, and one that the new version
 * asks for nothing any more is rid of what is open.
 */
export function addedEffect<D extends Duty>(
  held: readonly D[],
  seeds: readonly DutySeed[],
  { today, waivedBefore }: EffectContext,
): TaskEffect<D> {
  const keyOf = ({ unit, demand, round }: Pick<DutySeed, 'unit' | 'demand' | 'round'>) => `${unit} ${demand} ${round}`
  const asked = new Map(seeds.map((seed) => [keyOf(seed), seed]))
  const have = new Set(held.map(keyOf))
  const again = held.flatMap((duty) => {
    const seed = asked.get(keyOf(duty))
    if (duty.state !== 'waived' || !seed || !waivedBefore.has(duty.id)) return []
    return [{ duty, body: { state: opening(seed, today).state } }]
  })
  return {
    opened: seeds.filter((seed) => !have.has(keyOf(seed)) && (seed.dueOn === null || seed.dueOn >= today)),
    amended: again,
    waived: held.filter((duty) => !asked.has(keyOf(duty)) && mayHappen('waived', duty.state)),
    kept: [],
  }
}
