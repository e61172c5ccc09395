import { dropDialogues } from '../../db/queries/inbox.ts'
import { expireOutbox } from '../../db/queries/outbox.ts'
import { type Sign, signsOf } from '../../db/queries/signs.ts'
import { describeError } from '../log.ts'
import { addDays, dayOf } from '../time/day.ts'
import { isTurned, turnCalendar } from './calendar/turn.ts'
import { deliver, type Sent } from './deliver.ts'
import type { Deps } from './deps.ts'
import { settleWaiting } from './evidence/settle.ts'
import { draftScheduled } from './paper/schedule.ts'
import { isAsking } from './remind/asked.ts'
import { clockWindow } from './remind/clocks.ts'
import { isPlanned, queuePushes } from './remind/queue.ts'
import { sealYesterday } from './seal.ts'
import { isSwept, sweepOld } from './sweep.ts'

/** One part of a tick that fails must not keep what waits from being delivered. */
const alone = async (deps: Deps, work: (deps: Deps) => Promise<unknown>): Promise<void> => {
  try {
    await work(deps)
  } catch (error) {
    deps.log({ event: 'tick', outcome: 'failed', error: describeError(error) })
  }
}

/**
 * What is over is ended, another calendar is taken over, scheduled papers are drafted, what is due is queued, evidence is
 * fetched, the day before is sealed, what is old goes.
 */
const prepared = async (deps: Deps): Promise<void> => {
  await alone(deps, ({ store, now }) => expireOutbox(store, now()))
  await alone(deps, ({ store, now }) => dropDialogues(store, now()))
  // Before the lists, so that they go by the days as they then are.
  await alone(deps, (own) => turnCalendar(own))
  // Before the digests, which tell the office of them.
  await alone(deps, draftScheduled)
  await alone(deps, queuePushes)
  await alone(deps, settleWaiting)
  await alone(deps, sealYesterday)
  await alone(deps, sweepOld)
}

/** Once a minute, for one office: what is due is queued, what waits is delivered. Missing one changes nothing. */
export const tick = async (deps: Deps, budget = 40): Promise<Sent[]> => {
  await prepared(deps)
  return deliver(deps, budget)
}

/** An office that never had anything has nothing to seal. */
const isSealed = ({ now, zone }: Deps, { sealed, version }: Sign): boolean =>
  sealed === null ? version === 0 : sealed >= addDays(dayOf(now(), zone), -1)

/**
 * Has a tick anything to do for the office? Each of its works has its reason here, in the order of what it costs to know;
 * where none holds, the office sleeps. One without a sign is gone through.
 */
const isAwake = async (deps: Deps, sign: Sign | undefined): Promise<boolean> => {
  if (!sign || sign.due || !isSealed(deps, sign) || !isSwept(deps, sign.swept)) return true
  const office = await deps.cache(deps.store, sign.version)
  return !isTurned(deps, office, sign.calendar) || isAsking(deps, office) || !(await isPlanned(deps, sign))
}

/** Offices that deliver at the same time: what one waits for does not keep the others. */
const SIDE_BY_SIDE = 16

/** What is planned for these offices is queued; then each delivers, several at the same time. */
const gone = async (offices: readonly Deps[], budget: number): Promise<void> => {
  for (const deps of offices) await prepared(deps)
  const left = offices.values()
  const lane = async () => {
    for (const deps of left) await alone(deps, () => deliver(deps, budget))
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane))
}

export interface TickLimits {
  /** Offices that are planned before what they have planned is sent: all of them where a tick may take its time. */
  atOnce?: number
  /** May another office be begun? Asked before each; what is left is done by the next tick. */
  hasRoom?(): boolean
}

/**
 * A tick of many offices of one database: one look over all, then work only where something is due, in their order, those
 * whose time has come first. Nothing is remembered from one tick to the next, so a missed one, a restart and a second
 * server change nothing. `budget`: sends of each office.
 */
export const tickOffices = async (
  offices: readonly Deps[],
  budget = 40,
  { atOnce = Number.POSITIVE_INFINITY, hasRoom = () => true }: TickLimits = {},
): Promise<void> => {
  const [first] = offices
  if (!first) return
  const now = first.now()
  const signs = await signsOf(first.store, { now, clocks: clockWindow(now) })
  const isDue = ({ store }: Deps) => signs.get(store.office)?.due === true
  const group: Deps[] = []
  for (const deps of [...offices.filter(isDue), ...offices.filter((each) => !isDue(each))]) {
    if (!hasRoom()) break
    if (await isAwake(deps, signs.get(deps.store.office)).catch(() => true)) group.push(deps)
    if (group.length >= atOnce) await gone(group.splice(0), budget)
  }
  await gone(group, budget)
}
