import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openD1 } from '../../db/d1.ts'
import { migrate } from '../../db/migrate.ts'
import { migrations } from '../../db/migrations/index.ts'
import { openPostgres } from '../../db/postgres.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Dialect, Store } from '../../db/store.ts'
import { bindingOf, worker } from '../../test/db/d1-binding.ts'
import { ledgerFile } from '../ledger.ts'
import { fill, type Size } from '../ledger-rows.ts'

/** Ledgers of several sizes on one kind of database, freshly filled; `close` takes them away. */
interface Ledgers {
  stores: Store[]
  close(): Promise<void>
}

const onSqlite = async (sizes: readonly Size[]): Promise<Ledgers> => {
  const folder = mkdtempSync(join(tmpdir(), 'duban-size-'))
  const stores: Store[] = []
  for (const [i, size] of sizes.entries()) {
    const path = join(folder, `${i}.db`)
    copyFileSync(await ledgerFile(size), path)
    stores.push(await openSqlite(path))
  }
  const close = async () => {
    for (const store of stores) await store.close()
    rmSync(folder, { recursive: true })
  }
  return { stores, close }
}

/** Its indexes are made after its rows: sorted at once they take a fraction of the time. */
const fillPostgres = async (client: pg.Client, schema: string, size: Size): Promise<void> => {
  await client.query(`set search_path to ${schema}; set synchronous_commit to off`)
  const { rows: indexes } = await client.query<{ indexname: string; indexdef: string }>(
    `select indexname, indexdef from pg_indexes i where schemaname = $1 and tablename in ('duties', 'facts', 'outbox', 'receipts')
     and not exists (select 1 from pg_constraint where conname = i.indexname)`,
    [schema],
  )
  for (const { indexname } of indexes) await client.query(`drop index ${indexname}`)
  for (const statement of fill(size, 'postgres')) await client.query(statement)
  for (const { indexdef } of indexes) await client.query(indexdef)
  // As autovacuum has it done on any server that has run for a day.
  await client.query('vacuum analyze')
}

const onPostgres =
  (url: string) =>
  async (sizes: readonly Size[]): Promise<Ledgers> => {
    const schemas = sizes.map((_, i) => `bench_size_${process.pid}_${i}`)
    const client = new pg.Client(url)
    await client.connect()
    const stores: Store[] = []
    for (const [i, size] of sizes.entries()) {
      const schema = schemas[i] ?? ''
      const store = await openPostgres(url, { schema })
      await migrate(store)
      await fillPostgres(client, schema, size)
      stores.push(store)
    }
    const close = async () => {
      for (const store of stores) await store.close()
      for (const schema of schemas) await client.query(`drop schema ${schema} cascade`)
      await client.end()
    }
    return { stores, close }
  }

const onD1 = async (sizes: readonly Size[]): Promise<Ledgers> => {
  const { Miniflare } = await import('miniflare')
  const names = sizes.map((_, i) => `DB${i}`)
  const miniflare = new Miniflare({ modules: true, script: worker, d1Databases: names })
  const stores: Store[] = []
  for (const [i, size] of sizes.entries()) {
    const binding = bindingOf(miniflare, names[i] ?? '')
    for (const { statements } of migrations.sqlite) await binding.batch(statements.map((sql) => binding.prepare(sql)))
    for (const statement of fill(size)) await binding.prepare(statement).run()
    stores.push(openD1(binding))
  }
  return { stores, close: () => miniflare.dispose() }
}

/** How the ledgers of that kind of database are opened; undefined where it is not at hand. */
export const openerOf = (dialect: Dialect): ((sizes: readonly Size[]) => Promise<Ledgers>) | undefined => {
  const url = process.env.BENCH_DATABASE_URL
  if (dialect === 'postgres') return url === undefined ? undefined : onPostgres(url)
  return dialect === 'd1' ? onD1 : onSqlite
}
