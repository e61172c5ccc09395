import { and, eq } from 'drizzle-orm'
import { bulkInsert } from '../../../db/bulk.ts'
import type { Query, Write } from '../../../db/store.ts'
import type { Unit } from '../../model/unit.ts'
import type { Deps } from '../deps.ts'
import { factRow, type Stamp } from '../ledger.ts'
import { changed, type Known, same } from './change.ts'

const sorted = (value: object): [string, unknown][] => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))

const unitRow = (deps: Deps, unit: Unit, ord: number) => {
  const { head: headName, ...rest } = unit
  return { office: deps.store.office, ...rest, headName, ord }
}

/** Units and classes as a file has them: new rows in bulk, and those that differ. */
export const unitWrites = (
  deps: Deps,
  q: Query,
  known: Known['units'],
  units: readonly Unit[],
  stamp: Stamp,
): Write[] => {
  const { t, office } = deps.store
  const fresh: {
    row: ReturnType<typeof unitRow> & { version: number; head: string }
    fact: ReturnType<typeof factRow>
  }[] = []
  const writes = units.flatMap((unit, ord): Write[] => {
    const row = unitRow(deps, unit, ord)
    const before = known.find((one) => one.name === unit.name)
    const body = { name: unit.name, origin: unit.origin, members: unit.members }
    if (!before) {
      const fact = factRow(deps, { subject: 'unit', id: unit.id, seq: 1, prev: '', kind: 'listed', body }, stamp)
      fresh.push({ fact, row: { ...row, version: 1, head: fact.hash } })
      return []
    }
    const { version: _v, head: _h, ...was } = before
    if (same(sorted(was), sorted({ ...row, id: before.id }))) return []
    const { writes, set } = changed(deps, q, { subject: 'unit', id: before.id, before, kind: 'listed', body }, stamp)
    const { id: _id, office: _office, ...columns } = row
    return [
      ...writes,
      q
        .update(t.units)
        .set({ ...columns, ...set })
        .where(and(eq(t.units.office, office), eq(t.units.id, before.id))),
    ]
  })
  return [
    ...bulkInsert(
      deps.store,
      q,
      t.units,
      fresh.map(({ row }) => row),
    ),
    ...bulkInsert(
      deps.store,
      q,
      t.facts,
      fresh.map(({ fact }) => fact),
    ),
    ...writes,
  ]
}
