import { drizzle } from 'drizzle-orm/d1'
import { run } from './conflict.ts'
import { kitOf } from './kit/sqlite.ts'
import { storableParams } from './kit/storable.ts'
import { migrationsTable } from './migrate.ts'
import { type Lowered, lowered } from './prepare.ts'
import { defineTables } from './schema.ts'
import { leniently, type Sealing, unsealed } from './sealing.ts'
import type { OfficeStore, Query, Store, Write } from './store.ts'

/** The binding as drizzle sees it: a statement is only ever bound, to parameters that hold no U+0000. */
const careful = (binding: D1Database) => ({
  prepare: (sql: string) => {
    const statement = binding.prepare(sql)
    return { bind: (...params: unknown[]) => statement.bind(...storableParams(params)) }
  },
})

interface D1Lowered extends Lowered {
  stmt: Pick<D1PreparedStatement, 'bind'>
}
const placed = (params: unknown[], values: Record<string, unknown>): unknown[] =>
  params.map((param) =>
    param !== null && typeof param === 'object' ? values[(param as { name: string }).name] : param,
  )

/** A Worker's D1 binding. 100 bound parameters a statement, 2 MB a value, 100 KB of SQL: many rows go in by bulkInsert. */
export const openD1 = (binding: D1Database, sealing: Sealing = unsealed): Store => {
  const t = defineTables(kitOf(sealing))
  const sealed = sealing.id !== ''
  const q = drizzle(careful(binding) as unknown as D1Database) as unknown as Query

  const atomic: OfficeStore['atomic'] = async (write) => {
    const all = write(q).map(lowered)
    if (all.length === 0) return [] as never
    const bound = all.map(({ query, values }) =>
      (query as D1Lowered).stmt.bind(...placed(query.getQuery().params, values)),
    )
    const results = await binding.batch(bound)
    return all.map(({ query }, i) => query.mapResult(results[i], true)) as never
  }
  const one: OfficeStore['one'] = async <R>(write: (q: Query) => Write<R>) => {
    const { query, values } = lowered(write(q))
    return (await run(() => query.execute(values))) as R
  }
  return {
    dialect: 'd1',
    sealing,
    of: (office) => {
      const store: OfficeStore = {
        ...{ office, dialect: 'd1', t, q, sealed, atomic, one },
        everywhere: () => store,
        lenient: () => ({ ...store, t: defineTables(kitOf(leniently(sealing))) }),
      }
      return store
    },
    applied: async () => {
      const known = binding
        .prepare("select 1 from sqlite_master where type = 'table' and name = ?")
        .bind(migrationsTable)
      if ((await known.first()) === null) return []
      const { results } = await binding
        .prepare(`select name from ${migrationsTable} order by id`)
        .all<{ name: string }>()
      return results.map(({ name }) => name)
    },
    apply: async () => {
      throw new Error('D1 is migrated by `wrangler d1 migrations apply`')
    },
    close: async () => {},
  }
}
