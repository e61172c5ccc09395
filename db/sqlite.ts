import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database, Statement } from 'better-sqlite3'
import { isBusy } from './conflict.ts'
import { createGroups } from './group.ts'
import { kitOf } from './kit/sqlite.ts'
import { storableParams } from './kit/storable.ts'
import { migrationsTable, missing } from './migrate.ts'
import { lowered } from './prepare.ts'
import { defineTables } from './schema.ts'
import { leniently, type Sealing, unsealed } from './sealing.ts'
import type { Migration, OfficeStore, Query, Store, Write } from './store.ts'

interface Options {
  /** Milliseconds to wait for another process's write before SQLITE_BUSY comes through. */
  patience?: number
  /** How identity columns stand; as they are where absent. */
  sealing?: Sealing | undefined
}

/** Blocks the event loop, so it is short; beyond it the wait is asynchronous. */
const blockingWait = 25
const pause = 20
const statementsKept = 500
/** SQLite's own 2 MiB do not hold what an office reads all day beside what it writes. */
const cacheKiB = 8 << 10

/**
 * Runs synchronous pieces of database work; while another process writes, again after a pause, up to `patience` ms. Who
 * comes meanwhile stands in line: each try blocks the event loop for a moment, so only the first in line tries.
 */
const createPatience = () => {
  let line: Promise<unknown> = Promise.resolve()
  let standing = 0
  /** What the last try met with; whoever's time is over when the turn comes hears that, without a try. */
  let busy: unknown

  const tryOn = async <T>(work: () => T, until: number): Promise<T> => {
    for (;;) {
      if (busy !== undefined && performance.now() > until) throw busy
      try {
        const done = work()
        busy = undefined
        return done
      } catch (error) {
        busy = isBusy(error) ? error : undefined
        if (busy === undefined || performance.now() > until) throw error
        await sleep(pause)
      }
    }
  }
  const inLine = async <T>(work: () => T, until: number): Promise<T> => {
    standing++
    const turn = line.then(() => tryOn(work, until))
    line = turn.catch(() => undefined)
    return turn.finally(() => void standing--)
  }
  return async <T>(work: () => T, patience: number): Promise<T> => {
    const until = performance.now() + patience
    if (standing > 0) return inLine(work, until)
    try {
      return work()
    } catch (error) {
      if (!isBusy(error) || patience === 0) throw error
      return inLine(work, until)
    }
  }
}

/** The driver as drizzle sees it, with a statement compiled once for each text of SQL and parameters that hold no U+0000. */
const thrifty = (client: Database): Pick<Database, 'prepare'> => {
  const kept = new Map<string, Statement>()
  const prepare = (sql: string): Statement => {
    const known = kept.get(sql)
    if (known) return known
    const oldest = kept.size < statementsKept ? undefined : kept.keys().next().value
    if (oldest !== undefined) kept.delete(oldest)
    const statement = client.prepare(sql)
    const run = statement.run.bind(statement)
    const all = statement.all.bind(statement)
    statement.run = (...params: unknown[]) => run(...storableParams(params))
    statement.all = (...params: unknown[]) => all(...storableParams(params))
    kept.set(sql, statement)
    return statement
  }
  return { prepare: prepare as Database['prepare'] }
}

const runOf = (write: Write) => {
  const { query, values } = lowered(write)
  return () => query.execute(values).sync()
}

const appliedTo = (client: Database): string[] => {
  const known = client.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(migrationsTable)
  return known ? (client.prepare(`select name from ${migrationsTable} order by id`).pluck().all() as string[]) : []
}

const applyTo = (client: Database, migrations: readonly Migration[]): void => {
  client.exec(
    `create table if not exists ${migrationsTable} (id integer primary key autoincrement, name text unique,
     applied_at timestamp default current_timestamp not null)`,
  )
  const note = client.prepare(`insert into ${migrationsTable} (name) values (?)`)
  for (const { name, statements } of missing(appliedTo(client), migrations)) {
    for (const statement of statements) client.exec(statement)
    note.run(name)
  }
}

/** Opens (and makes) a database file, or ':memory:'. @throws SqliteError where the path cannot be opened or is no database */
export const openSqlite = async (
  path: string,
  { patience = 2000, sealing = unsealed }: Options = {},
): Promise<Store> => {
  const [{ default: Client }, { drizzle }] = await Promise.all([
    import('better-sqlite3'),
    import('drizzle-orm/better-sqlite3'),
  ])
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const client = new Client(path, { timeout: blockingWait })
  const patiently = createPatience()
  try {
    await patiently(() => client.pragma('journal_mode = WAL'), patience)
    client.pragma('synchronous = NORMAL')
    client.pragma('foreign_keys = ON')
    client.pragma(`cache_size = -${cacheKiB}`)
  } catch (error) {
    client.close()
    throw error
  }
  const t = defineTables(kitOf(sealing))
  const q = drizzle({ client: thrifty(client) as Database }) as unknown as Query
  const grouped = createGroups(client, (work) => patiently(work, patience))

  // One connection and a synchronous driver: a batch runs without yielding, so nothing in this process interleaves.
  const atomic: OfficeStore['atomic'] = async (write) => {
    const runs = write(q).map(runOf)
    return (runs.length ? await grouped(() => runs.map((run) => run())) : []) as never
  }
  const one: OfficeStore['one'] = async (write) => (await grouped(runOf(write(q)))) as never
  const applyAll = client.transaction(applyTo).immediate
  const sealed = sealing.id !== ''
  return {
    dialect: 'sqlite',
    sealing,
    of: (office) => {
      const store: OfficeStore = {
        ...{ office, dialect: 'sqlite', t, q, sealed, atomic, one },
        everywhere: () => store,
        lenient: () => ({ ...store, t: defineTables(kitOf(leniently(sealing))) }),
      }
      return store
    },
    applied: async () => appliedTo(client),
    apply: (list) => patiently(() => applyAll(client, list), patience * 15),
    close: async () => void client.close(),
  }
}
