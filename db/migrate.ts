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
      `数据库是更新的程序建的（第 ${applied.length} 版，有 ${strange}；本程序只到第 ${known.length} 版），没有改动：请装回新版程序；要退回旧版，先放回升级前留下的数据库，见 docs/deploy.md 的“退回旧版”`,
    )
  return known.slice(applied.length)
}

/** What a database that has taken `applied` still lacks. @throws WrongVersion for a newer one */
export const behindOf = (dialect: Dialect, applied: readonly string[]): readonly Migration[] =>
  missing(applied, listOf(dialect))

/** Brings a SQLite or PostgreSQL database to this program's version; migrations only add. @throws WrongVersion for a newer one */
export const migrate = (store: Store): Promise<void> => store.apply(listOf(store.dialect))

/** How many migrations the database has taken; 0 for an empty one. */
export const versionOf = async (store: Store): Promise<number> => (await store.applied()).length

/** How many this program knows. */
export const expectedVersion = (dialect: Dialect): number => listOf(dialect).length

/**
 * How a newer program's migration says by its name that programs before it may go on beside it: it only adds what they
 * need not write. That a migration only adds is not enough: 0007 added a column that whoever moves the roster has to clear.
 */
const BESIDE = /_beside\.sql$/

/** May this program go on serving a database that has taken these? @throws WrongVersion where it is older, or newer and does not say so */
export const requireServable = async (store: Pick<Store, 'applied' | 'dialect'>, advice = ''): Promise<void> => {
  const applied = await store.applied()
  const newer = applied.slice(expectedVersion(store.dialect))
  const own = newer.every((name) => BESIDE.test(name)) ? applied.slice(0, applied.length - newer.length) : applied
  const behind = behindOf(store.dialect, own)
  if (behind.length > 0) throw new WrongVersion(`数据库缺 ${behind.map((m) => m.name).join('、')}${advice}`)
}

/** For the Worker, which may not migrate. @throws WrongVersion as `requireServable`, with what to do */
export const requireVersion = (store: Store): Promise<void> =>
  requireServable(store, '：先执行 npx wrangler d1 migrations apply duban --remote')
