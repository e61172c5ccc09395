import type { Database } from 'better-sqlite3'
import { isBusy } from './conflict.ts'
import { migrationsTable } from './migrate.ts'

/** How long a moment's lock of another process is waited for. */
const PATIENCE_MS = 2000

const open = async (path: string, readonly: boolean): Promise<Database> => {
  const { default: Client } = await import('better-sqlite3')
  return new Client(path, { timeout: PATIENCE_MS, readonly, fileMustExist: true })
}

/**
 * Writes the database as it stands at one moment to a new file, while others go on writing. One read of it all, and not
 * SQLite's stepwise backup, which begins anew with each write of another process; free pages, where erased words may
 * still stand, do not come along. @throws SqliteError where there is no database
 */
export const copyDatabase = async (path: string, to: string): Promise<void> => {
  const client = await open(path, true)
  try {
    client.prepare('vacuum into ?').run(to)
  } finally {
    client.close()
  }
}

/**
 * Writes the file anew without what was deleted from it, its log included: nothing of that stands in its bytes any more.
 * False where another process holds it up. @throws Error where the disk has no room
 */
export const compactDatabase = async (path: string): Promise<boolean> => {
  const client = await open(path, false)
  try {
    client.exec('vacuum')
    const [found] = client.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    return found?.busy === 0
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  } finally {
    client.close()
  }
}

/** What a database file holds: the migrations that it has taken, and rows (facts among them) of each office. */
export interface Holding {
  migrations: string[]
  offices: { office: string; rows: number; facts: number }[]
}

const tablesOf = (client: Database): string[] =>
  client
    .prepare(
      `select m.name from sqlite_master m where m.type = 'table'
       and exists (select 1 from pragma_table_info(m.name) c where c.name = 'office') order by m.name`,
    )
    .pluck()
    .all() as string[]

/** What stands under `-` is the database's own, see db/mark.ts. */
const rowsOf = (client: Database, tables: readonly string[]): Holding['offices'] => {
  const offices = new Map<string, { office: string; rows: number; facts: number }>()
  for (const table of tables) {
    const counted = client
      .prepare(`select office, count(*) as n from "${table}" where office <> '-' group by office`)
      .all()
    for (const { office, n } of counted as { office: string; n: number }[]) {
      const known = offices.get(office) ?? { office, rows: 0, facts: 0 }
      offices.set(office, { office, rows: known.rows + n, facts: known.facts + (table === 'facts' ? n : 0) })
    }
  }
  return [...offices.values()].sort((a, b) => (a.office < b.office ? -1 : 1))
}

/** Looks into a database file; undefined where it is none of this program. @throws Error for a damaged one */
export const holdingOf = async (path: string): Promise<Holding | undefined> => {
  const client = await open(path, true)
  try {
    const known = client.prepare(`select 1 from sqlite_master where type = 'table' and name = ?`)
    if (!known.get(migrationsTable)) return undefined
    const found = client.pragma('quick_check', { simple: true })
    if (found !== 'ok') throw new Error('the database file is damaged')
    const migrations = client.prepare(`select name from ${migrationsTable} order by id`).pluck().all() as string[]
    return { migrations, offices: rowsOf(client, tablesOf(client)) }
  } finally {
    client.close()
  }
}

/**
 * Takes a database file for itself: undefined where any other process has it open, even one that does nothing at the
 * moment. Until `release` nobody else gets in, and everything stands in the one file (no WAL beside it).
 */
export const holdAlone = async (path: string): Promise<{ release(): void } | undefined> => {
  const client = await open(path, false)
  try {
    client.pragma('locking_mode = EXCLUSIVE')
    // Leaving WAL takes the file alone; whoever has it open holds a share of it all the time.
    if (client.pragma('journal_mode = DELETE', { simple: true }) !== 'delete') throw new Error('WAL stays on')
    client.exec('begin exclusive')
    return { release: () => void client.close() }
  } catch (error) {
    client.close()
    if (isBusy(error)) return undefined
    throw error
  }
}
