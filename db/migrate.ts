import { WrongVersion } from './errors.ts'
import { migrations } from './migrations/index.ts'
import type { Dialect, Migration, Store } from './store.ts'

/** What `wrangler d1 migrations apply` keeps too, so that a file exported from D1 opens here; wrangler.toml names the table. */
export const migrationsTable = 'migrations'

const listOf = (dialect: Dialect): readonly Migration[] => migrations[dialect === 'postgres' ? 'postgres' : 'sqlite']

/** Migrations that are still to run. @throws WrongVersion where the database has taken some that this program does not know */
export const missing = (applied: readonly string[], known: readonly Migration[]): readonly Migration[] => {
  const strange = applied.find((name, i) => known[i]?.name !== name)
  if (strange !== undefined)
    throw new WrongVersion(
      `the database is at version ${applied.length} (${strange}), newer than this program's ${known.length}: install the newer program`,
    )
  return known.slice(applied.length)
}

/** Brings a SQLite or PostgreSQL database to this program's version; migrations only add. @throws WrongVersion for a newer one */
export const migrate = (store: Store): Promise<void> => store.apply(listOf(store.dialect))

/** How many migrations the database has taken; 0 for an empty one. */
export const versionOf = async (store: Store): Promise<number> => (await store.applied()).length

/** How many this program knows. */
export const expectedVersion = (dialect: Dialect): number => listOf(dialect).length

/** For the Worker, which may not migrate. @throws WrongVersion for a database that is older or newer than the program */
export const requireVersion = async (store: Store): Promise<void> => {
  const behind = missing(await store.applied(), listOf(store.dialect))
  if (behind.length > 0)
    throw new WrongVersion(
      `the database lacks ${behind.map((m) => m.name).join(', ')}: run wrangler d1 migrations apply`,
    )
}
