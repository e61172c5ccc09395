import { createHash } from 'node:crypto'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Client from 'better-sqlite3'
import { migrate } from '../db/migrate.ts'
import { migrations } from '../db/migrations/index.ts'
import { openSqlite } from '../db/sqlite.ts'
import { fill, type Size } from './ledger-rows.ts'

export { MONDAY, type Size, YEAR } from './ledger-rows.ts'

/** The office that asks. */
export const ASKING = 'office-1'

const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8)

/** Of the schema: another one is another corner of a database. */
export const version = digestOf(migrations.sqlite)

/** Where the file of that size is kept, in the temporary folder; made where it is not there. */
export const ledgerFile = async (size: Size): Promise<string> => {
  const { offices, years, each } = size
  // Another schema, and other rows, are another file.
  const name = `duban-ledger-${digestOf([migrations.sqlite, fill(size)])}-${offices}x${years}x${each}.db`
  const path = join(tmpdir(), name)
  if (existsSync(path)) return path
  const fresh = `${path}.${process.pid}`
  for (const ending of ['', '-wal', '-shm']) rmSync(`${fresh}${ending}`, { force: true })
  const store = await openSqlite(fresh)
  await migrate(store)
  await store.close()
  const client = new Client(fresh)
  client.pragma('synchronous = OFF')
  client.pragma('cache_size = -200000')
  // Indexes are made anew afterwards: sorted at once they take a third of the time.
  const indexes = client
    .prepare(
      `select name, sql from sqlite_master where type = 'index' and tbl_name in ('duties', 'facts', 'outbox') and sql is not null`,
    )
    .all() as { name: string; sql: string }[]
  client.transaction(() => {
    for (const { name } of indexes) client.exec(`drop index ${name}`)
    for (const statement of fill(size)) client.exec(statement)
    for (const { sql } of indexes) client.exec(sql)
  })()
  client.pragma('wal_checkpoint(TRUNCATE)')
  client.close()
  renameSync(fresh, path)
  return path
}

/** A SQLite file with so many duties, made once and kept in the temporary folder. */
export const openLedger = async (size: Size) => openSqlite(await ledgerFile(size))
