import { and, eq, sql } from 'drizzle-orm'
import { isConflict } from '../../../db/conflict.ts'
import { staleIf } from '../../../db/guard.ts'
import { officeMark } from '../../../db/queries/office.ts'
import type { Query, Write } from '../../../db/store.ts'
import type { Day } from '../../model/deadline.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import { planAsked, rememberAsked } from './asked.ts'
import { planClocks } from './clocks.ts'
import { inDigestHours, planDigests, sceneOf } from './digests.ts'
import { type Planned, queue } from './planned.ts'

/** The mark of a day's plan: the day, and the office's version by which it was planned. What moves later that day is planned again. */
const dayIn = (mark: string): Day | '' => mark.slice(0, 10)
const markOf = (today: Day, version: number): string => `${today}@${version}`

/** Is there nothing to plan by these marks: it was planned today as the office stands, or no list may go out now? */
export const isPlanned = async (
  { store, cache, now, zone }: Deps,
  { planned, version }: { planned: string; version: number },
): Promise<boolean> =>
  planned === markOf(dayOf(now(), zone), version) || !inDigestHours(await cache(store, version), now(), zone)

const markWrites = (deps: Deps, q: Query, before: string, after: string): Write[] => {
  const { t, office } = deps.store
  const own = eq(t.offices.office, office)
  return [
    staleIf(
      t,
      q,
      office,
      sql`not exists (select 1 from ${t.offices} where ${and(own, eq(t.offices.planned, before))})`,
    ),
    q.update(t.offices).set({ planned: after }).where(own),
  ]
}

/** The day's messages as they are due now, whether or not they were planned before; none outside the hours of lists. */
export const plannedDigests = async (deps: Deps, since: Day | ''): Promise<Planned[]> => {
  const { view, calendar } = await deps.cache(deps.store)
  return inDigestHours({ view, calendar }, deps.now(), deps.zone) ? planDigests(await sceneOf(deps, since)) : []
}

/** Everything that is due at this moment, as a dry run shows it. */
export const plannedPushes = async (deps: Deps): Promise<Planned[]> => {
  const mark = await officeMark(deps.store)
  return [
    ...(await plannedDigests(deps, dayIn(mark?.planned ?? ''))),
    ...(await planAsked(deps)),
    ...(await planClocks(deps)),
  ]
}

/** The day's messages are planned once, and again only where the office has moved since; another server may have been first. */
const queueDigests = async (deps: Deps): Promise<string[]> => {
  const { view, calendar } = await deps.cache(deps.store)
  const now = deps.now()
  if (!inDigestHours({ view, calendar }, now, deps.zone)) return []
  const before = (await officeMark(deps.store))?.planned ?? ''
  const after = markOf(dayOf(now, deps.zone), view.version)
  if (before === after) return []
  const planned = planDigests(await sceneOf(deps, dayIn(before)))
  try {
    return await queue(deps, planned, (q) => markWrites(deps, q, before, after))
  } catch (error) {
    if (isConflict(error)) return []
    throw error
  }
}

const queueAsked = async (deps: Deps): Promise<string[]> => {
  const planned = await planAsked(deps)
  if (planned.length === 0) return []
  const fresh = await queue(deps, planned)
  rememberAsked(deps, planned)
  return fresh
}

const queueClocks = async (deps: Deps): Promise<string[]> => {
  const clocks = await planClocks(deps)
  return clocks.length > 0 ? queue(deps, clocks) : []
}

/**
 * Queues what is due and not queued yet; what it says is composed when it is sent. Returns the ids of what is new. One kind
 * that fails keeps no other from being queued. @throws what the first that failed threw, after all
 */
export const queuePushes = async (deps: Deps): Promise<string[]> => {
  const fresh: string[] = []
  const failures: unknown[] = []
  for (const kind of [queueClocks, queueDigests, queueAsked])
    try {
      fresh.push(...(await kind(deps)))
    } catch (error) {
      failures.push(error)
    }
  if (failures.length > 0) throw failures[0]
  return fresh
}
