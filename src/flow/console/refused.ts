import type { Happening } from '../../../commands/command.ts'
import { isConflict } from '../../../db/conflict.ts'
import { unitRefusals, wasRefused } from '../../../db/queries/audit.ts'
import { personRow } from '../../../db/queries/people.ts'
import type { Deps } from '../deps.ts'
import { personHappens } from './sign-in.ts'

/** Who is refused the same thing again within the hour adds nothing to the ledger. */
const HOUR = 3_600_000

/** Refusals of who reached for what is not theirs. A word put wrongly is none. */
const kept = new Set(['role', 'page', 'other-unit', 'code', 'secret'])

/**
 * The fact of somebody on the register who was refused: `what` is an intent or a route, never words. None for strangers,
 * whose refusals are lines of the log alone, and none for the same thing twice an hour, so that nobody can flood the ledger.
 */
export const refusedFact = async (
  deps: Pick<Deps, 'store' | 'now'>,
  person: string,
  { what, why }: { what: string; why: string },
): Promise<Happening[]> => {
  if (!kept.has(why)) return []
  const row = await personRow(deps.store, person)
  if (!row || (await wasRefused(deps.store, person, what, new Date(deps.now().getTime() - HOUR)))) return []
  return [{ row, kind: 'refused', body: { what, why } }]
}

/** So many refusals of one person an hour tell enough: who tries all numbers in turn fills no ledger with it. */
const MOST_AN_HOUR = 20

const tasksOf = ({ tasks }: Happening['body']): string => JSON.stringify(tasks ?? [])

/** What an outcome writes down, without refusals on a unit that stand there within the hour, or of which there are enough. */
export const withoutRepeated = async (
  deps: Pick<Deps, 'store' | 'now'>,
  person: string,
  facts: readonly Happening[],
): Promise<Happening[]> => {
  const isRefusal = ({ row, kind }: Happening): boolean => row.subject === 'unit' && kind === 'refused'
  if (!facts.some(isRefusal)) return [...facts]
  const before = await unitRefusals(deps.store, person, new Date(deps.now().getTime() - HOUR))
  if (before.length >= MOST_AN_HOUR) return facts.filter((fact) => !isRefusal(fact))
  const told = new Set(before.map(({ body }) => tasksOf(body)))
  return facts.filter((fact) => !isRefusal(fact) || !told.has(tasksOf(fact.body)))
}

/** The same for a request of the console, which changes nothing else. Never fails: whoever is refused hears that alone. */
export const noteRefused = async (
  deps: Deps,
  person: string,
  refusal: { what: string; why: string },
): Promise<void> => {
  const [fact] = await refusedFact(deps, person, refusal)
  if (!fact) return
  try {
    await personHappens(deps, person, fact.kind, fact.body)
  } catch (error) {
    // Two refusals at once: one of them stands in the ledger.
    if (!isConflict(error)) throw error
  }
}
