import { type Column, eq, getTableColumns, getTableName } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { expectedVersion, migrate, requireVersion, versionOf } from '../../db/migrate.ts'
import { migrations } from '../../db/migrations/index.ts'
import type { OfficeStore } from '../../db/store.ts'
import { rowsOf, tableNames } from './fixture.ts'
import type { Opened, Subject } from './store.ts'

const listOf = ({ store }: Opened) => migrations[store.dialect === 'postgres' ? 'postgres' : 'sqlite']

/** Names of the columns that a table had in the first migration. */
const firstColumns = (opened: Opened, table: string): string[] => {
  const made = listOf(opened)[0]?.statements.find((s) => new RegExp(`^CREATE TABLE [\`"]${table}[\`"]`).test(s)) ?? ''
  return [...made.matchAll(/^\s*[`"](\w+)[`"] /gm)].map((found) => found[1] ?? '')
}

/** The fixture as a program of the first version would have written it. */
const fillFirst = async (opened: Opened, store: OfficeStore): Promise<void> => {
  for (const table of tableNames) {
    const had = new Set(firstColumns(opened, getTableName(store.t[table])))
    if (had.size === 0) continue
    const columns = Object.entries<Column>(getTableColumns(store.t[table])).filter(([, column]) => had.has(column.name))
    for (const row of rowsOf(table, store.office) as Record<string, unknown>[]) {
      const given = columns.filter(([field]) => row[field] !== undefined && row[field] !== null)
      const places = given.map((_, i) => (store.dialect === 'postgres' ? `$${i + 1}` : '?'))
      const names = given.map(([, column]) => `"${column.name}"`)
      await opened.run(
        `insert into "${getTableName(store.t[table])}" (${names}) values (${places})`,
        given.map(([field, column]) => column.mapToDriverValue(row[field])),
      )
    }
  }
}

const opening = async (subject: Subject, work: (opened: Opened) => Promise<void>): Promise<void> => {
  const opened = await subject.empty()
  try {
    await work(opened)
  } finally {
    await opened.close()
  }
}

/** From an empty database, from the first version with rows in every table, and never from a newer one. */
export const migrating = (subject: Subject): void => {
  describe('migrations', () => {
    it('bring an empty database to the program’s version, and a second time change nothing', () =>
      opening(subject, async (opened) => {
        expect(await versionOf(opened.store)).toBe(0)
        await opened.apply(listOf(opened))
        await opened.apply(listOf(opened))
        expect(await versionOf(opened.store)).toBe(expectedVersion(opened.store.dialect))
        expect(expectedVersion(opened.store.dialect)).toBe(listOf(opened).length)
        await requireVersion(opened.store)
      }))

    it('keep rows of the first version in every table', () =>
      opening(subject, async (opened) => {
        await opened.apply(listOf(opened).slice(0, 1))
        const store = opened.store.of('old')
        await fillFirst(opened, store)
        for (let n = 2; n <= listOf(opened).length; n++) await opened.apply(listOf(opened).slice(0, n))
        for (const table of tableNames.filter((name) => firstColumns(opened, getTableName(store.t[name])).length > 0)) {
          const found = await store.q.select().from(store.t[table]).where(eq(store.t[table].office, 'old'))
          const had = new Set(firstColumns(opened, getTableName(store.t[table])))
          const expected = rowsOf(table, 'old').map((row) =>
            Object.fromEntries(
              Object.entries(row).filter(([field]) => {
                const columns: Record<string, Column> = getTableColumns(store.t[table])
                return had.has(columns[field]?.name ?? '')
              }),
            ),
          )
          expect(found).toHaveLength(expected.length)
          for (const row of expected) expect(found).toContainEqual(expect.objectContaining(row))
        }
      }))

    it('a newer database is refused in words, and left alone', () =>
      opening(subject, async (opened) => {
        await opened.apply([
          ...listOf(opened),
          { name: '9999_future.sql', statements: ['create table future (id text)'] },
        ])
        const work = opened.store.dialect === 'd1' ? requireVersion(opened.store) : migrate(opened.store)
        await expect(work).rejects.toThrow(/更新的程序建的.*9999_future.*装回新版程序.*退回旧版/)
        expect(await versionOf(opened.store)).toBe(listOf(opened).length + 1)
      }))

    it('a program that runs already goes on beside a newer one, whose migrations only add', () =>
      opening(subject, async (opened) => {
        await opened.apply(listOf(opened))
        const store = opened.store.of('runs')
        const put = (tables: readonly (typeof tableNames)[number][]) =>
          store.atomic((q) =>
            tables.flatMap((table) => rowsOf(table, 'runs').map((row) => q.insert(store.t[table]).values(row))),
          )
        const [first, ...others] = tableNames
        if (!first) throw new Error('no tables')
        await put([first])
        await opened.apply([
          ...listOf(opened),
          {
            name: '9999_future.sql',
            statements: [
              ...tableNames.map((table) => {
                const name = getTableName(store.t[table])
                return `alter table "${name}" add column future text not null default ''`
              }),
              'create table future (office text)',
              'create index duties_future on duties (office, future)',
            ],
          },
        ])
        await put(others)
        for (const table of tableNames)
          expect(await store.q.select().from(store.t[table]).where(eq(store.t[table].office, 'runs'))).toHaveLength(
            rowsOf(table, 'runs').length,
          )
      }))

    it('an older one is refused where the program may not migrate', () =>
      opening(subject, async (opened) => {
        await expect(requireVersion(opened.store)).rejects.toThrow('wrangler d1 migrations apply')
      }))

    it('one that fails leaves nothing of itself', () =>
      opening(subject, async (opened) => {
        const broken = {
          name: '9999_broken.sql',
          statements: ['create table half (id text)', 'create table half (id text)'],
        }
        await expect(opened.apply([...listOf(opened), broken])).rejects.toThrow()
        await expect(opened.run('select * from half')).rejects.toThrow()
      }))
  })
}
