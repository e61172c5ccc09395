import { type SQL, sql } from 'drizzle-orm'
import type { Tables } from './schema.ts'
import type { Query, Write } from './store.ts'

/** A write that fails its batch with a conflict when the condition holds at that moment. */
export const staleIf = (t: Tables, q: Query, office: string, condition: SQL): Write =>
  q.insert(t.guards).select(sql`select cast(${office} as text), cast(null as integer) where ${condition}`)

const keys = {
  ...{ offices: 'office', units: 'id', people: 'id', rooms: 'key', plans: 'id', tasks: 'id', duties: 'id' },
  ...{ subscriptions: 'id', evidence: 'id', papers: 'id', assessments: 'id', scores: 'id' },
  ...{ cases: 'id', tallies: 'id', annuals: 'id' },
} as const
export type Guarded = keyof typeof keys

const rowOf = (t: Tables, office: string, table: Guarded, key: string): SQL => {
  const id = sql.identifier(keys[table])
  return sql`select 1 from ${t[table]} where ${sql.identifier('office')} = ${office} and ${id} = ${key}`
}

/**
 * Fails the batch with a conflict unless the row that a decision rested on is still as it was read: at `version`, or
 * absent where `version` is null. A row that has gone since conflicts too.
 */
export const guard = (
  t: Tables,
  q: Query,
  office: string,
  table: Guarded,
  key: string,
  version: number | null,
): Write => {
  const row = rowOf(t, office, table, key)
  if (version === null) return staleIf(t, q, office, sql`exists (${row})`)
  return staleIf(t, q, office, sql`not exists (${row} and ${sql.identifier('version')} = ${version})`)
}

/** The same for what is cached of the roster: units, people, rooms and days as of `rosterVersion`. */
export const guardRoster = (t: Tables, q: Query, office: string, rosterVersion: number): Write =>
  staleIf(
    t,
    q,
    office,
    sql`exists (select 1 from ${t.offices} where ${t.offices.office} = ${office} and ${t.offices.rosterVersion} <> ${rosterVersion})`,
  )
