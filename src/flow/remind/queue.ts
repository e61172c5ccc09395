import { isConflict } from '../../../db/conflict.ts'
import { movesMark, officeMark } from '../../../db/queries/office.ts'
import type { Day } from '../../model/deadline.ts'
import { dayOf } from '../../time/day.ts'
import { isDigestTime } from '../../time/remind.ts'
import { isTurned } from '../calendar/turn.ts'
import { passTime } from '../case/pass.ts'
import type { Deps } from '../deps.ts'
import { readAgenda } from './agenda.ts'
import { planAsked, rememberAsked } from './asked.ts'
import { planCaseHours } from './case-hours.ts'
import { planClocks } from './clocks.ts'
import { planDigests } from './digests.ts'
import { type Planned, queue } from './planned.ts'

/**
 * How far an office is planned (`offices.planned`): `2026-04-20@7`, the last day whose digests were planned, and the office's
 * version by which they were. What moves later that day is planned again.
 */
const dayIn = (mark: string): Day | '' => mark.slice(0, 10)
const markOf = (today: Day, version: number): string => `${today}@${version}`

const isTime = async ({ store, cache, now, zone }: Deps, version?: number): Promise<boolean> => {
  const { view, calendar } = await cache(store, version)
  return isDigestTime(now(), view.settings, calendar, zone)
}

/** Is there nothing to plan by these marks: it was planned today as the office stands, or no digest may be planned now? */
export const isPlanned = async (
  deps: Deps,
  { planned, version }: { planned: string; version: number },
): Promise<boolean> => planned === markOf(dayOf(deps.now(), deps.zone), version) || !(await isTime(deps, version))

const markNow = async ({ store }: Deps): Promise<string> => (await officeMark(store))?.planned ?? ''

/** Today's digests as they are due now, whether or not they were planned before. */
const digestsNow = async (deps: Deps): Promise<Planned[]> =>
  (await isTime(deps)) ? planDigests(await readAgenda(deps, dayIn(await markNow(deps)))) : []

/** Everything that is due at this moment, as a dry run shows it. */
export const plannedPushes = async (deps: Deps): Promise<Planned[]> => [
  ...(await digestsNow(deps)),
  ...(await planAsked(deps)),
  ...(await planClocks(deps)),
  ...(await planCaseHours(deps)),
]

/** The day's digests are planned once, and again only where the office has moved since; another server may have been first. */
const queueDigests = async (deps: Deps): Promise<string[]> => {
  if (!(await isTime(deps))) return []
  const office = await deps.cache(deps.store)
  const before = await markNow(deps)
  const after = markOf(dayOf(deps.now(), deps.zone), office.view.version)
  if (before === after) return []
  try {
    // Before the lists, which go by the rows; what another calendar moves is its turn's to tell.
    if (isTurned(deps, office, office.view.calendar)) await passTime(deps)
    const planned = planDigests(await readAgenda(deps, dayIn(before)))
    return await queue(deps, planned, (q) => movesMark(deps.store, q, 'planned', before, after))
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
  const clocks = [...(await planClocks(deps)), ...(await planCaseHours(deps))]
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
