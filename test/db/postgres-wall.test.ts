import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { wallOf } from '../../db/postgres/wall-admin.ts'
import { openPostgres } from '../../db/postgres.ts'
import { officesKnown, officesToSend } from '../../db/queries/signs.ts'
import type { OfficeStore, Store } from '../../db/store.ts'
import { flow } from '../contract/flow.ts'
import { signs } from '../contract/signs.ts'
import { ownSchema } from './own-schema.ts'

const url = process.env.TEST_DATABASE_URL ?? ''
const title = 'the wall between offices in PostgreSQL'

describe.skipIf(!url)(url ? title : `${title} (skipped: TEST_DATABASE_URL is not set)`, () => {
  let own: Awaited<ReturnType<typeof ownSchema>>
  const role = `duban_test_${randomBytes(6).toString('hex')}`
  let address = ''
  let tables: string[] = []
  // A database of its own: who is connected to it is counted.
  const base = `duban_test_${randomBytes(6).toString('hex')}`
  const onServer = async (sql: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(sql)
    await client.end()
  }
  beforeAll(async () => {
    await onServer(`create database ${base}`)
    const there = new URL(url)
    there.pathname = `/${base}`
    own = await ownSchema(there.href)
    await own.admin.query(`create role ${role} login`)
    await own.admin.query(`alter schema ${own.schema} owner to ${role}`)
    const as = new URL(own.url)
    as.username = role
    address = as.href
    const store = await openPostgres(address)
    await migrate(store)
    await store.close()
    const done = await wallOf(address, { to: 'on' })
    tables = done.tables
    expect(done).toMatchObject({ stands: true, beyond: false, role })
  })
  afterAll(async () => {
    await own.admin.query(`drop owned by ${role} cascade`)
    await own.admin.query(`drop role ${role}`)
    await own.admin.query(`create schema if not exists ${own.schema}`)
    await own.close()
    await onServer(`drop database ${base}`)
  })

  const put = ({ atomic, t }: OfficeStore, office: string, key: string) =>
    atomic((q) => [q.insert(t.receipts).values({ office, key, at: new Date(0) })])
  const forgetful = ({ q, t }: OfficeStore) => q.select({ office: t.receipts.office }).from(t.receipts)

  /** As a server with its own sessions, and through a pooler that takes the next free one for each transaction. */
  describe.each(['', '&pgbouncer=true'])('a store that opens it with “%s”', (extra) => {
    let store: Store
    let count = 0
    beforeAll(async () => {
      // A pooler takes no options: there the search path is the role's own.
      await own.admin.query(`alter role ${role} set search_path = ${own.schema}`)
      store = await openPostgres(`${address}${extra}`)
      await migrate(store)
    })
    afterAll(() => store.close())
    const office = () => store.of(`${extra ? 'pooled' : 'own'}-${++count}`)

    it('a query that forgets its office is shown its own rows alone', async () => {
      const [a, b] = [office(), office()]
      await put(a, a.office, 'x')
      await put(b, b.office, 'x')
      for (const each of [a, b, a]) expect(await forgetful(each)).toEqual([{ office: each.office }])
      expect(await Promise.all(Array.from({ length: 40 }, (_, i) => forgetful(i % 2 ? a : b)))).toEqual(
        Array.from({ length: 40 }, (_, i) => [{ office: i % 2 ? a.office : b.office }]),
      )
    })

    it('nothing is written for another office, changed or deleted there', async () => {
      const [a, b] = [office(), office()]
      await put(b, b.office, 'theirs')
      await expect(put(a, b.office, 'mine')).rejects.toMatchObject({ code: '42501' })
      await a.atomic((q) => [q.update(a.t.receipts).set({ at: new Date(9) }), q.delete(a.t.receipts)])
      await a.one((q) => q.delete(a.t.receipts).where(eq(a.t.receipts.office, b.office)))
      expect(await b.q.select().from(b.t.receipts)).toMatchObject([{ key: 'theirs', at: new Date(0) }])
    })

    it('what looks over all offices is let through by its name, and writes nothing', async () => {
      const [a, b] = [office(), office()]
      for (const each of [a, b])
        await each.atomic((q) => [
          q.insert(each.t.offices).values({ office: each.office, name: '市', zone: 'Asia/Shanghai' }),
        ])
      const known = await officesKnown(a)
      expect([known.has(a.office), known.has(b.office)]).toEqual([true, true])
      expect(await officesToSend(a, new Date(0))).toEqual(new Set())
      expect(await a.q.select({ office: a.t.offices.office }).from(a.t.offices)).toEqual([{ office: a.office }])
      const every = store.of('*')
      await every.atomic((q) => [q.delete(every.t.offices)])
      expect((await officesKnown(a)).size).toBe(known.size)
    })

    signs(office)
    if (!extra) flow(office)
  })

  it('stands around every table that has an office, and a connection that says none is shown nothing', async () => {
    const client = new pg.Client({ connectionString: address })
    await client.connect()
    try {
      const { rows } = await client.query(
        `select table_name as name from information_schema.columns where table_schema = $1 and column_name = 'office'
         and table_name <> 'guards' order by 1`,
        [own.schema],
      )
      expect(tables).toEqual(rows.map(({ name }) => name))
      for (const table of tables)
        expect((await client.query(`select count(*)::int as n from "${table}"`)).rows, table).toEqual([{ n: 0 }])
    } finally {
      await client.end()
    }
  })

  it('a new table of a later migration is drawn in, and nothing is done under processes that are connected', async () => {
    const store = await openPostgres(address)
    await migrate(store)
    expect(await wallOf(address, { to: 'off' })).toMatchObject({ stands: true, tables: [] })
    const { migrations } = await import('../../db/migrations/index.ts')
    const later = { name: '9999_later.sql', statements: ['create table later (office text not null, id text)'] }
    await store.apply([...migrations.postgres, later])
    await store.close()
    await expect.poll(async () => (await wallOf(address)).connected).toBe(0)
    // Another role's connections hide where they come from.
    const others = await openPostgres(own.url)
    await others.applied()
    expect((await wallOf(address)).connected).toBe(1)
    await others.close()
    await expect.poll(async () => (await wallOf(address)).connected).toBe(0)
    expect((await wallOf(address, { to: 'off' })).tables).toEqual([...tables, 'later'].sort())
    expect(await wallOf(address)).toMatchObject({ stands: false })
  })
})
