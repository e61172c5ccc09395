import type { Outcome } from '../../../commands/command.ts'
import type { Query, Write } from '../../../db/store.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import type { Stamp } from '../ledger.ts'
import { born, happens } from '../subjects.ts'

/** What was brought with a message, as it waits to be fetched or looked at; and what is told now which duty it is for. */
export const evidenceWrites = (
  deps: Deps,
  q: Query,
  { evidence = [], placed = [] }: Outcome,
  message: string,
  stamp: Stamp,
): Write[] => {
  const on = dayOf(stamp.at, deps.zone)
  return [
    ...evidence.flatMap(({ id, duty, report, kind, name, source }) =>
      born(
        deps,
        q,
        {
          ...{ subject: 'evidence', id },
          facts: [{ kind: 'brought', body: { on, duty, report, kind }, words: { name } }],
          row: { duty, report, kind, name, state: 'waiting', message, source, hash: null, hint: null, at: stamp.at },
        },
        stamp,
      ),
    ),
    ...placed.flatMap(({ duty, report, ...was }) =>
      happens(
        deps,
        q,
        { subject: 'evidence', was, facts: [{ kind: 'placed', body: { on, duty, report } }], set: { duty, report } },
        stamp,
      ),
    ),
  ]
}
