import { Miniflare } from 'miniflare'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openD1 } from '../../db/d1.ts'
import { migrationsTable, missing } from '../../db/migrate.ts'
import { migrations } from '../../db/migrations/index.ts'
import type { Migration } from '../../db/store.ts'
import { isolation } from '../contract/isolation/isolation.ts'
import { type Opened, storeContract } from '../contract/store.ts'
import { bindingOf, worker } from './d1-binding.ts'

const names = Array.from({ length: 8 }, (_, i) => `DB${i}`)
let miniflare: Miniflare
let used = 0
beforeAll(() => {
  miniflare = new Miniflare({
    modules: true,
    script: worker,
    d1Databases: names,
    compatibilityDate: '2025-01-01',
  })
})
afterAll(() => miniflare.dispose())

/** What `wrangler d1 migrations apply` does. */
const apply = async (binding: D1Database, applied: string[], list: readonly Migration[]): Promise<void> => {
  const table = `create table if not exists ${migrationsTable} (id integer primary key autoincrement, name text unique,
    applied_at timestamp default current_timestamp not null)`
  await binding.batch([binding.prepare(table)])
  for (const { name, statements } of missing(applied, list)) {
    const note = binding.prepare(`insert into ${migrationsTable} (name) values (?)`).bind(name)
    await binding.batch([...statements.map((sql) => binding.prepare(sql)), note])
  }
}

const empty = async (): Promise<Opened> => {
  const binding = bindingOf(miniflare, names[used++] ?? 'no more')
  const store = openD1(binding)
  return {
    store,
    apply: async (list) => apply(binding, await store.applied(), list),
    run: (sql, params = []) =>
      binding
        .prepare(sql)
        .bind(...params)
        .all(),
    close: () => store.close(),
  }
}

const migrated = async (): Promise<Opened> => {
  const opened = await empty()
  await opened.apply(migrations.sqlite)
  return opened
}

// D1 shares SQLite's SQL and costs ten times its time: `npm run test:long` asks it what is D1's own, with TEST_D1=all everything.
storeContract('D1 in miniflare', { empty, migrated }, process.env.TEST_D1 === undefined ? 'sql' : 'all')

// What it asks is SQLite's SQL, so the writes, which fill three offices each, are gone through where everything is.
isolation('offices on D1', migrated, process.env.TEST_D1 === undefined ? ['reads'] : ['reads', 'writes'])

it('D1 refuses to migrate from within', async () => {
  await expect((await empty()).store.apply(migrations.sqlite)).rejects.toThrow('wrangler d1 migrations apply')
})
