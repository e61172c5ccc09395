import { officesToSend } from '../../db/queries/signs.ts'
import { describeError } from '../log.ts'
import { type Begun, createRun, type Sent } from './deliver/run.ts'
import type { Deps } from './deps.ts'

export type { Sent }

/** Sends under way at once: of the tick, and of a run that a message began. */
const WIDTH = 50
const WIDTH_SOON = 8

const NOTHING: Begun = { taken: 0, flights: [], pause: 0, wary: false }

/** Runs of delivery of this process that are under way, by their office. */
const under = new WeakMap<Deps, number>()
const underWay = (deps: Deps): number => under.get(deps) ?? 0

/**
 * Sends what waits and is due, answers first, oldest first in each room and lane, until nothing is left that may be sent
 * now or the budget of deliveries is used up. Every row ends sent, later, dropped, dead or unsure. One slow call holds
 * up no other: there is always more under way. @throws what the database throws, when what was begun has ended
 */
export const deliver = async (deps: Deps, budget = 40, width = WIDTH): Promise<Sent[]> => {
  under.set(deps, underWay(deps) + 1)
  try {
    return await runOf(deps, budget, width)
  } finally {
    under.set(deps, underWay(deps) - 1)
  }
}

const runOf = async (deps: Deps, budget: number, width: number): Promise<Sent[]> => {
  const begin = createRun(deps)
  const done: Sent[] = []
  const failures: unknown[] = []
  const flying = new Set<Promise<unknown>>()
  const follow = (flight: Promise<Sent | undefined>): void => {
    const landing = flight
      .then(
        (sent) => sent && done.push(sent),
        (error: unknown) => failures.push(error),
      )
      .finally(() => flying.delete(landing))
    flying.add(landing)
  }
  let left = budget
  try {
    while (failures.length === 0) {
      const limit = Math.min(width - flying.size, left)
      const { taken, flights, pause, wary } = limit > 0 ? await begin(limit, flying.size) : NOTHING
      left -= flights.length
      flights.forEach(follow)
      if (taken === 0 && flying.size === 0) break
      if (taken === 0) await Promise.race(flying)
      if (pause > 0) await deps.sleep(pause)
      while (flying.size > (wary ? 0 : width / 2)) await Promise.race(flying)
    }
  } finally {
    await Promise.all(flying)
  }
  if (failures.length > 0) throw failures[0]
  return done
}

/** What comes within it is looked for by one run. */
const SOON_MS = 2

const starting = new WeakSet<Deps>()

/** Delivery in the background: what it throws is logged, and the row's lease brings it back. */
export const deliverSoon = (deps: Deps): void => {
  if (starting.has(deps)) return
  starting.add(deps)
  const run = async () => {
    await deps.sleep(SOON_MS)
    starting.delete(deps)
    await deliver(deps, 40, WIDTH_SOON)
  }
  deps.background(
    run().catch((error: unknown) => deps.log({ event: 'delivery', outcome: 'failed', error: describeError(error) })),
  )
}

/**
 * One look over all offices of a database: delivery begins where something waits to be sent that nobody is sending, as what
 * is to be tried again, or what a process left that died. An office that delivers just now needs no second run.
 */
export const deliverDue = async (offices: readonly Deps[]): Promise<void> => {
  const [first] = offices
  if (!first) return
  const due = await officesToSend(first.store, first.now())
  for (const deps of offices) if (due.has(deps.store.office) && underWay(deps) === 0) deliverSoon(deps)
}
