import { type Settlement, settleOutbox } from '../../../db/queries/lease.ts'
import { describeError } from '../../log.ts'
import type { Deps } from '../deps.ts'

/** Pauses before the next try where the database takes no write: what is sent must not be forgotten. */
const PAUSES_MS = [500, 1000, 2000, 4000, 8000]

const insistently = async (deps: Deps, owner: string, batch: readonly Settlement[]): Promise<Set<string>> => {
  for (const pause of PAUSES_MS) {
    try {
      return await settleOutbox(deps.store, owner, batch)
    } catch (error) {
      deps.log({ event: 'delivery', outcome: 'not-settled', error: describeError(error) })
      await deps.sleep(pause)
    }
  }
  return settleOutbox(deps.store, owner, batch)
}

/**
 * Writes down how deliveries ended, in few writes: what ends while one is under way goes into the next. The promise of a
 * settlement says whether the row was still ours. @throws what the database throws to the last
 */
export const createSettling = (deps: Deps, owner: string): ((settlement: Settlement) => Promise<boolean>) => {
  let open: Settlement[] = []
  let next: Promise<Set<string>> | undefined
  let writing: Promise<unknown> = Promise.resolve()
  const write = async (): Promise<Set<string>> => {
    await writing
    // What ends in the same turn of the loop is one write.
    await deps.sleep(0)
    const batch = open
    open = []
    next = undefined
    return insistently(deps, owner, batch)
  }
  return async (settlement) => {
    open.push(settlement)
    if (!next) {
      next = write()
      writing = next.catch(() => undefined)
    }
    return (await next).has(settlement.id)
  }
}
