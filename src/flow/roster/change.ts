import { eq } from 'drizzle-orm'
import { guard } from '../../../db/guard.ts'
import type { Query, Write } from '../../../db/store.ts'
import type { Body } from '../../model/fact.ts'
import type { Deps } from '../deps.ts'
import { factRow, type Stamp } from '../ledger.ts'

/** One entry of the register as it changes: guard, fact, and the head that its row gets. */

type SubjectRow = { version: number; head: string } | undefined

interface Change {
  subject: 'unit' | 'person' | 'room'
  id: string
  before: SubjectRow
  kind: string
  body: Body
  words?: Body
}

const tableOf = { unit: 'units', person: 'people', room: 'rooms' } as const

/** Guard, fact, and what the row gets: version and head. */
export const changed = (
  deps: Deps,
  q: Query,
  change: Change,
  stamp: Stamp,
): { writes: Write[]; set: { version: number; head: string } } => {
  const { subject, id, before, kind, body, words } = change
  const fact = factRow(
    deps,
    { subject, id, seq: (before?.version ?? 0) + 1, prev: before?.head ?? '', kind, body, words },
    stamp,
  )
  return {
    writes: [
      guard(deps.store.t, q, deps.store.office, tableOf[subject], id, before?.version ?? null),
      q.insert(deps.store.t.facts).values(fact),
    ],
    set: { version: fact.seq, head: fact.hash },
  }
}

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Units, people and rooms as the register has them. */
export const readKnown = async (deps: Deps) => {
  const { t, office, q } = deps.store
  return {
    units: await q.select().from(t.units).where(eq(t.units.office, office)),
    people: await q.select().from(t.people).where(eq(t.people.office, office)),
    rooms: await q.select().from(t.rooms).where(eq(t.rooms.office, office)),
  }
}
export type Known = Awaited<ReturnType<typeof readKnown>>
