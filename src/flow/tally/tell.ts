import { isConflict } from '../../../db/conflict.ts'
import { talliesOf } from '../../../db/queries/tallies.ts'
import { type Decision, type Known, type Telling, tell, withTold } from '../../register/tally/tell.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import type { Stamp } from '../ledger.ts'
import { tallyWrites } from './writes.ts'

/** Two who tell the same figure at once: the second finds the first's. */
const TRIES = 5

/** What becomes of figures of several periods, each as those before it leave the rows. @throws BadInput */
const decideAll = (tellings: readonly Telling[], rows: readonly Known[], today: string): Decision => {
  let known = rows
  const all: Decision = { tallied: [], same: [], asks: [], notes: [] }
  for (const telling of [...tellings].sort((a, b) => (a.period < b.period ? -1 : 1))) {
    const one = tell(telling, known, today)
    known = withTold(known, one.tallied)
    for (const key of ['tallied', 'same', 'asks', 'notes'] as const) all[key].push(...(one[key] as never[]))
  }
  return all
}

/**
 * Stores what is told of one unit, all of it or nothing, where nothing is to be asked first or `sure` answers it; taken
 * again where somebody else was quicker. `seen` looks at the rows as they stand: what it throws, nothing is stored.
 * @returns what came of it; with `asks` and not `sure` nothing was stored
 * @throws BadInput: nothing is stored; conflict after the last try
 */
export const tellFigures = async (
  deps: Deps,
  unit: string,
  tellings: readonly Omit<Telling, 'unit'>[],
  { sure, seen }: { sure: boolean; seen?: (rows: readonly Known[]) => void },
  stamp: Stamp,
): Promise<Decision> => {
  for (let tries = 1; ; tries++) {
    const known = await talliesOf(deps.store, { units: [unit] })
    seen?.(known)
    const all = tellings.map((telling) => ({ ...telling, unit }))
    const decided = decideAll(all, known, dayOf(deps.now(), deps.zone))
    if (decided.tallied.length === 0 || (decided.asks.length > 0 && !sure)) return decided
    try {
      await deps.store.atomic((q) => tallyWrites(deps, q, decided.tallied, stamp))
      return decided
    } catch (error) {
      if (!isConflict(error) || tries >= TRIES) throw error
    }
  }
}
