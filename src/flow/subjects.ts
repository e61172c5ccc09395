import { and, eq } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { guard } from '../../db/guard.ts'
import type { Tables } from '../../db/schema.ts'
import type { Query, Write } from '../../db/store.ts'
import type { Body, Kept } from '../model/fact.ts'
import type { Deps } from './deps.ts'
import { factRow, type Stamp } from './ledger.ts'

type KeptTable = 'evidence' | 'papers' | 'assessments' | 'scores' | 'cases' | 'tallies' | 'annuals'

const tableOf = {
  ...({ evidence: 'evidence', paper: 'papers', assessment: 'assessments', score: 'scores' } as const),
  ...({ application: 'cases', incident: 'cases', publication: 'cases', suggestion: 'cases' } as const),
  ...({ inspection: 'cases', activity: 'cases', tally: 'tallies', annual: 'annuals' } as const),
} as const satisfies Record<Kept, KeptTable>

type Columns<S extends Kept> = Omit<Tables[(typeof tableOf)[S]]['$inferInsert'], 'office' | 'id' | 'version' | 'head'>

/** One thing that happens to a subject. `words` alone may hold free text and personal data. */
export interface Happens {
  kind: string
  body: Body
  words?: Body
}

/** A subject's row as it was read. */
export interface Standing {
  id: string
  version: number
  head: string
}

type Keyed = PgTable & { office: PgColumn; id: PgColumn }

/** Statements of a new subject: its first facts and its row. A natural key that is taken makes the batch a conflict. */
export const born = <S extends Kept>(
  deps: Deps,
  q: Query,
  { subject, id, facts, row }: { subject: S; id: string; facts: readonly Happens[]; row: Columns<S> },
  stamp: Stamp,
): Write[] => {
  const { t, office } = deps.store
  const chain = chained(deps, subject, { id, version: 0, head: '' }, facts, stamp)
  const values = { office, id, ...row, version: chain.version, head: chain.head }
  return [
    q.insert(t.facts).values(chain.rows),
    q.insert(t[tableOf[subject]] as unknown as Keyed).values(values as never),
  ]
}

/** Statements of what happens to a subject that is there: guard, facts, and the columns that they move. */
export const happens = <S extends Kept>(
  deps: Deps,
  q: Query,
  { subject, was, facts, set }: { subject: S; was: Standing; facts: readonly Happens[]; set: Partial<Columns<S>> },
  stamp: Stamp,
): Write[] => {
  const { t, office } = deps.store
  const chain = chained(deps, subject, was, facts, stamp)
  const table = t[tableOf[subject]] as unknown as Keyed
  return [
    guard(t, q, office, tableOf[subject], was.id, was.version),
    q.insert(t.facts).values(chain.rows),
    q
      .update(table)
      .set({ ...set, version: chain.version, head: chain.head } as never)
      .where(and(eq(table.office, office), eq(table.id, was.id))),
  ]
}

const chained = (deps: Deps, subject: Kept, was: Standing, facts: readonly Happens[], stamp: Stamp) => {
  let { version, head } = was
  const rows = facts.map((fact) => {
    const row = factRow(deps, { subject, id: was.id, seq: ++version, prev: head, ...fact }, stamp)
    head = row.hash
    return row
  })
  return { rows, version, head }
}
