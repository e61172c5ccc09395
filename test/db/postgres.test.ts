import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isConflict } from '../../db/conflict.ts'
import { expectedVersion, migrate, versionOf } from '../../db/migrate.ts'
import { openPostgres } from '../../db/postgres.ts'
import { isolation } from '../contract/isolation/isolation.ts'
import { type Opened, storeContract } from '../contract/store.ts'

const url = process.env.TEST_DATABASE_URL ?? ''
const title = url ? 'PostgreSQL' : 'PostgreSQL (skipped: TEST_DATABASE_URL is not set; .ci/postgres.sh starts one)'

describe.skipIf(!url)(title, () => {
  const run = `duban_test_${randomBytes(6).toString('hex')}`
  let admin: pg.Pool
  let schemas = 0
  beforeAll(() => {
    admin = new pg.Pool({ connectionString: url, max: 2 })
  })
  afterAll(async () => {
    for (let i = 1; i <= schemas; i++) await admin.query(`drop schema if exists ${run}_${i} cascade`)
    await admin.end()
  })

  const empty = async (): Promise<Opened> => {
    const schema = `${run}_${++schemas}`
    const store = await openPostgres(url, { schema })
    return {
      store,
      apply: (list) => store.apply(list),
      run: async (sql, params = []) => {
        const client = await admin.connect()
        try {
          await client.query(`set search_path = ${schema}`)
          return (await client.query(sql, params)).rows
        } finally {
          client.release(true)
        }
      },
      close: () => store.close(),
    }
  }
  const migrated = async () => {
    const opened = await empty()
    await migrate(opened.store)
    return opened
  }
  storeContract('PostgreSQL', { empty, migrated })
  isolation('offices on PostgreSQL', migrated)

  it('four processes that start at once migrate it once', async () => {
    const schema = `${run}_${++schemas}`
    const stores = await Promise.all(Array.from({ length: 4 }, () => openPostgres(url, { schema })))
    await Promise.all(stores.map(migrate))
    expect(await Promise.all(stores.map(versionOf))).toEqual(Array(4).fill(expectedVersion('postgres')))
    await Promise.all(stores.map((store) => store.close()))
  })

  it('no text column leans on the order of the database', async () => {
    const opened = await empty()
    await migrate(opened.store)
    const leaning = `select table_name, column_name from information_schema.columns where table_schema = current_schema
      and data_type = 'text' and collation_name is distinct from 'C' and table_name <> 'migrations'`
    expect(await opened.run(leaning)).toEqual([])
    await opened.close()
  })

  it('reads days and instants alike whatever the server’s own settings', async () => {
    const odd = new URL(url)
    odd.searchParams.set('options', '-c datestyle=German -c timezone=Asia/Kolkata')
    const store = await openPostgres(odd.href, { schema: `${run}_${++schemas}` })
    await migrate(store)
    const { t, q, atomic } = store.of('a')
    const row = {
      office: 'a',
      day: '2017-02-03',
      alg: 'sm3',
      heads: 1,
      hash: '',
      prev: '',
      moved: [],
      at: new Date('2017-02-03T04:05:06.007Z'),
    }
    await atomic((q) => [q.insert(t.seals).values(row)])
    expect(await q.select().from(t.seals)).toEqual([row])
    await store.close()
  })

  it('a broken connection neither ends the process nor passes for a conflict', async () => {
    const store = await openPostgres(url, { schema: `${run}_${++schemas}` })
    await migrate(store)
    const { t, q } = store.of('a')
    const others = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'duban' and query like $1`
    const marked = q.$count(t.seals).then(() => admin.query(others, [`%"seals"%`]))
    await marked
    await new Promise((wake) => setTimeout(wake, 50))
    expect(await q.$count(t.seals)).toBe(0)
    await store.close()
    const error = await openPostgres('postgres://nobody@127.0.0.1:1/none')
      .then((dead) => versionOf(dead))
      .catch((e: unknown) => e)
    expect(error).toBeInstanceOf(Error)
    expect(isConflict(error)).toBe(false)
  })
})
