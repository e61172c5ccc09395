import { isConflict } from '../../../db/conflict.ts'
import { talliesOf } from '../../../db/queries/tallies.ts'
import { type Decision, type Telling, tell } from '../../register/tally/tell.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import type { Stamp } from '../ledger.ts'
import { tallyWrites } from './writes.ts'

/** Two who tell the same figure at once: the second finds the first's. */
const TRIES = 5

/**
 * Stores what is told, where nothing is to be asked first or `sure` answers it; taken again where somebody else was
 * quicker. @returns what came of it; with `asks` and not `sure` nothing was stored
 * @throws BadInput: nothing is stored; conflict after the last try
 */
export const tellFigures = async (deps: Deps, telling: Telling, sure: boolean, stamp: Stamp): Promise<Decision> => {
  for (let tries = 1; ; tries++) {
    const known = await talliesOf(deps.store, { units: [telling.unit] })
    const decided = tell(telling, known, dayOf(deps.now(), deps.zone))
    if (decided.tallied.length === 0 || (decided.asks.length > 0 && !sure)) return decided
    try {
      await deps.store.atomic((q) => tallyWrites(deps, q, decided.tallied, stamp))
      return decided
    } catch (error) {
      if (!isConflict(error) || tries >= TRIES) throw error
    }
  }
}
