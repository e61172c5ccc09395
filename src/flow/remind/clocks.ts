import { clocksRunning } from '../../../db/queries/duties.ts'
import { peopleReached, roomsOf } from '../../../db/queries/people.ts'
import { addressKey } from '../../model/message.ts'
import { dayOf } from '../../time/day.ts'
import { clockStep } from '../../time/remind.ts'
import type { Deps } from '../deps.ts'
import { unitPlaces } from './places.ts'
import type { Planned } from './planned.ts'

const MINUTE = 60_000
/** The first step of an hour clock comes so long before its end, the last so long after. */
const AHEAD_MS = 240 * MINUTE
const AFTER_MS = 60 * MINUTE

/** Hour clocks that end within it may have to be told now. */
export const clockWindow = (now: Date): { from: Date; to: Date } => ({
  from: new Date(now.getTime() - AFTER_MS),
  to: new Date(now.getTime() + AHEAD_MS),
})

/**
 * Hour clocks, day and night and whatever else was said that day, but narrow: the one unit's own room, or who answers for it;
 * and the office's room too when the clock has run out.
 */
export const planClocks = async (deps: Deps): Promise<Planned[]> => {
  const now = deps.now()
  const duties = await clocksRunning(deps.store, clockWindow(now))
  if (duties.length === 0) return []
  const { view } = await deps.cache(deps.store)
  const [rooms, people] = [await roomsOf(deps.store), await peopleReached(deps.store)]
  const office = rooms.filter(({ scope }) => scope === 'office').map(({ address }) => address)
  const unitAddress = unitPlaces(view, rooms, people, dayOf(now, deps.zone))
  return duties.flatMap(({ id, unit, dueAt }) => {
    const step = clockStep(dueAt, now)
    if (step === undefined) return []
    const batch = `clock:${id}:${dueAt.toISOString()}`
    return [...unitAddress(unit), ...(step === 0 ? office : [])].map((address) => ({
      id: `${batch}:${step}:${addressKey(address)}`,
      ...{ batch, address, units: [unit] },
      recipe: { kind: 'clock' as const, duty: id, dueAt: dueAt.toISOString(), step },
      dueAt: now,
      validUntil: new Date(dueAt.getTime() + AFTER_MS),
    }))
  })
}
