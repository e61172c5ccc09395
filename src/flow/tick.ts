import { dropDialogues } from '../../db/queries/inbox.ts'
import { expireOutbox } from '../../db/queries/outbox.ts'
import { lookOver, rests, type Sign, signsNow } from '../../db/queries/signs.ts'
import { describeError } from '../log.ts'
import { addDays, atOffice, dayOf } from '../time/day.ts'
import { exchange } from './above/exchange.ts'
import { isTurned, turnCalendar } from './calendar/turn.ts'
import { deliver, type Sent } from './deliver.ts'
import type { Deps } from './deps.ts'
import { settleWaiting } from './evidence/settle.ts'
import type { OfficeCache, OfficeNow } from './office.ts'
import { draftScheduled } from './paper/schedule.ts'
import { isAsking } from './remind/asked.ts'
import { clockWindow } from './remind/clocks.ts'
import { isPlanned, queuePushes } from './remind/queue.ts'
import { sealYesterday } from './seal.ts'
import { isSwept, nextSweep, sweepOld } from './sweep.ts'

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
 * Does its hour give a tick anything to do for the office? Each of its works has its reason here, in the order of what it
 * costs to know.
 */
const isAwake = async (deps: Deps, sign: Sign): Promise<boolean> => {
  if (!isSealed(deps, sign) || !isSwept(deps, sign.swept)) return true
  const office = await deps.cache(deps.store, sign.version)
  return !isTurned(deps, office, sign.calendar) || isAsking(deps, office) || !(await isPlanned(deps, sign))
}

/** The next moment at which an hour may give a tick something to do: of the lists, of standing pushes, of the sweep, midnight. */
const nextHour = (deps: Deps, { view }: OfficeNow, { swept }: Sign): Date => {
  const now = deps.now()
  const today = dayOf(now, deps.zone)
  const times = [view.settings.digestAt, view.settings.hours.from, ...view.subscriptions.map(({ at }) => at)]
  const midnight = atOffice(addDays(today, 1), '00:00', deps.zone)
  return [...times.map((time) => atOffice(today, time, deps.zone)), ...nextSweep(deps, swept)].reduce(
    (next, at) => (at > now && at < next ? at : next),
    midnight,
  )
}

/** True where the office is awake; where it is not, it rests until its next hour. */
const staysAwake = async (deps: Deps, sign: Sign): Promise<boolean> => {
  try {
    if (await isAwake(deps, sign)) return true
    await rests(deps.store, sign.version, nextHour(deps, await deps.cache(deps.store, sign.version), sign))
    return false
  } catch {
    return true
  }
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

/** Whose offices this process has looked at, each once: the days that a program came with may be others than the one before had. */
const looked = new WeakSet<OfficeCache>()
/** Lists of which every office was looked at, with those of them that stand under another: a server's stays the same. */
const known = new WeakMap<readonly Deps[], readonly Deps[]>()

/**
 * A tick of many offices of one database: one look over all, then work only where something is due, in their order, those
 * whose time has come first. It costs what is due, not what there is: an office without work rests until its next hour,
 * as its row says. Nothing else is remembered from one tick to the next, so a missed one, a restart and a second server
 * change nothing. `budget`: sends of each office.
 */
export const tickOffices = async (
  offices: readonly Deps[],
  budget = 40,
  { atOnce = Number.POSITIVE_INFINITY, hasRoom = () => true }: TickLimits = {},
): Promise<void> => {
  const [first] = offices
  if (!first) return
  const under = known.get(offices) ?? offices.filter(({ above }) => above)
  // First, so that what comes from above is told and sent with the rest.
  for (const deps of under) {
    const { above } = deps
    if (above && hasRoom()) await alone(deps, (own) => exchange(own, above))
  }
  const now = first.now()
  const every = !known.has(offices) && !offices.every(({ cache }) => looked.has(cache))
  const { due, signs } = await lookOver(first.store, { now, clocks: clockWindow(now), every })
  // Of most ticks nothing more is to be done, and hundreds of offices need not be gone through for it.
  if (!every && due.size === 0 && signs.size === 0) return
  const isDue = ({ store }: Deps) => due.has(store.office)
  // One that has no row yet is gone through by the first look.
  const seen = every ? offices : offices.filter((deps) => isDue(deps) || signs.has(deps.store.office))
  const group: Deps[] = []
  const go = async () => {
    const done = group.splice(0)
    await gone(done, budget)
    // What is done need not be looked at again before the next hour either.
    const woken = done.filter(({ store }) => signs.has(store.office))
    const after = await signsNow(
      first.store,
      woken.map(({ store }) => store.office),
    )
    for (const deps of woken) {
      const sign = after.get(deps.store.office)
      if (sign) await staysAwake(deps, sign)
    }
  }
  for (const deps of [...seen.filter(isDue), ...seen.filter((each) => !isDue(each))]) {
    const sign = signs.get(deps.store.office)
    if (!hasRoom()) return go()
    if (isDue(deps) || !sign || (await staysAwake(deps, sign))) group.push(deps)
    if (group.length >= atOnce) await go()
  }
  await go()
  for (const { cache } of offices) looked.add(cache)
  known.set(offices, under)
}
