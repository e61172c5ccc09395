import { and, asc, count, eq, getTableColumns, like, lte, max, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { among } from '../../db/among.ts'
import { driverError } from '../../db/conflict.ts'
import type { OfficeStore } from '../../db/store.ts'
import { rowsOf, tableNames } from './fixture.ts'
import type { Office } from './store.ts'

const rejection = (work: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(work).then(
    () => 'nothing was refused',
    (error: unknown) => error,
  )

const people = (store: OfficeStore, rows: Partial<OfficeStore['t']['people']['$inferInsert']>[]) =>
  store.atomic((q) =>
    rows.map((row, i) =>
      q
        .insert(store.t.people)
        .values({ office: store.office, id: `${i}`, name: '', role: 'liaison', units: [], charge: [], ...row }),
    ),
  )

const duty = { plan: 'p', ord: 0, unit: 'u', role: 'lead', demand: 0, round: '', state: 'open', named: true } as const
const duties = (store: OfficeStore, rows: Partial<OfficeStore['t']['duties']['$inferInsert']>[]) =>
  store.atomic((q) =>
    rows.map((row, i) =>
      q.insert(store.t.duties).values({ ...duty, office: store.office, id: `${i}`, task: `${i}`, ...row }),
    ),
  )

/** Values come back as they went in, sort and compare alike, and what one database cannot hold none takes. */
export const values = (office: Office): void => {
  describe('values', () => {
    it.each(tableNames)('%s: every column comes back equal', async (table) => {
      const store = office()
      const rows = rowsOf(table, store.office)
      await store.atomic((q) => [q.insert(store.t[table]).values(rows as never)])
      const { office: column } = store.t[table]
      const found = await store.q.select().from(store.t[table]).where(eq(column, store.office))
      expect(found).toHaveLength(rows.length)
      for (const row of rows) expect(found).toContainEqual(expect.objectContaining(row))
      for (const row of found) expect(Object.keys(row)).toEqual(Object.keys(getTableColumns(store.t[table])))
    })

    it('JSON is compared by value: jsonb does not keep the order of keys', async () => {
      const store = office()
      const body = { z: 1, a: [{ y: null, b: '文' }], é: true }
      const fact = {
        subject: 'duty',
        id: 'x',
        seq: 1,
        kind: 'k',
        by: '',
        via: '',
        at: new Date(0),
        alg: '',
        prev: '',
        hash: '',
      }
      await store.atomic((q) => [q.insert(store.t.facts).values({ ...fact, office: store.office, body })])
      const [found] = await store.q.select().from(store.t.facts).where(eq(store.t.facts.office, store.office))
      expect(found?.body).toEqual(body)
    })

    it('text sorts by bytes, whatever the locale of the database', async () => {
      const store = office()
      const names = ['市财政局', 'b', 'B', 'a', '_', '10', '2', 'é', '一', '🟢', '-']
      await people(
        store,
        names.map((name) => ({ name })),
      )
      const { people: p } = store.t
      const found = await store.q
        .select({ name: p.name })
        .from(p)
        .where(eq(p.office, store.office))
        .orderBy(asc(p.name))
      expect(found.map((r) => r.name)).toEqual(['-', '10', '2', 'B', '_', 'a', 'b', 'é', '一', '市财政局', '🟢'])
    })

    it('NULL sorts where the query says: the default differs', async () => {
      const store = office()
      await duties(store, [{ dueOn: null }, { dueOn: '2017-12-31' }, { dueOn: '2017-01-01' }])
      const { duties: d } = store.t
      const found = await store.q
        .select({ id: d.id })
        .from(d)
        .where(eq(d.office, store.office))
        .orderBy(sql`${d.dueOn} asc nulls last`)
      expect(found.map((r) => r.id)).toEqual(['2', '1', '0'])
    })

    it('counts are numbers, by count() and by $count', async () => {
      const store = office()
      await people(store, [{}, {}, {}])
      const { people: p } = store.t
      expect(await store.q.select({ n: count() }).from(p).where(eq(p.office, store.office))).toEqual([{ n: 3 }])
      expect(await store.q.$count(p, eq(p.office, store.office))).toBe(3)
      const raw = sql<number>`count(*)`.mapWith(Number)
      expect(await store.q.select({ n: raw }).from(p).where(eq(p.office, store.office))).toEqual([{ n: 3 }])
    })

    it('instants compare and aggregate as instants, to the millisecond', async () => {
      const store = office()
      const { duties: d } = store.t
      const [early, late] = [new Date('2017-07-11T08:00:00.122Z'), new Date('2017-07-11T08:00:00.123Z')]
      await duties(store, [{ dueAt: early }, { dueAt: late }, {}])
      const here = eq(d.office, store.office)
      const before = await store.q
        .select({ id: d.id })
        .from(d)
        .where(and(here, lte(d.dueAt, early)))
      expect(before).toEqual([{ id: '0' }])
      expect(
        await store.q
          .select({ at: max(d.dueAt) })
          .from(d)
          .where(here),
      ).toEqual([{ at: late }])
      const raw = sql`${d.dueAt} <= ${sql.param(early, d.dueAt)}`
      expect(await store.q.select({ id: d.id }).from(d).where(and(here, raw))).toEqual([{ id: '0' }])
    })

    it('LIKE finds Chinese words; its pattern stays under 50 bytes (16 characters), where D1 stops', async () => {
      const store = office()
      const { people: p } = store.t
      await people(store, [{ name: '市政府办公室政务公开科' }, { name: '市水利局' }])
      const found = (pattern: string) =>
        store.q
          .select({ name: p.name })
          .from(p)
          .where(and(eq(p.office, store.office), like(p.name, pattern)))
      expect(await found('%政务公开%')).toEqual([{ name: '市政府办公室政务公开科' }])
      expect(await found(`%${'公'.repeat(16)}%`)).toEqual([])
    })

    it('among() takes more values than D1 binds, and an empty list', async () => {
      const store = office()
      const { people: p } = store.t
      await people(store, [{}, {}, {}])
      const found = (list: string[]) =>
        store.q
          .select({ id: p.id })
          .from(p)
          .where(and(eq(p.office, store.office), among(p.id, list)))
          .orderBy(asc(p.id))
      expect(await found(Array.from({ length: 500 }, (_, i) => `${i + 1}`))).toEqual([{ id: '1' }, { id: '2' }])
      expect(await found([])).toEqual([])
      expect(await found(['0', "x' or 1=1 --", '中'])).toEqual([{ id: '0' }])
    })

    it('a join with equal column names keeps them apart', async () => {
      const store = office()
      const { duties: d, people: p } = store.t
      await people(store, [{ id: 'P' }])
      await duties(store, [{ id: 'D' }])
      const rows = await store.q
        .select({ duty: d.id, person: p.id, dutyOffice: d.office, personOffice: p.office })
        .from(d)
        .innerJoin(p, eq(p.office, d.office))
        .where(eq(d.office, store.office))
      expect(rows).toEqual([{ duty: 'D', person: 'P', dutyOffice: store.office, personOffice: store.office }])
    })

    it.each<[string, Partial<OfficeStore['t']['duties']['$inferInsert']>]>([
      ['a day that does not exist', { dueOn: '2017-02-30' }],
      ['a day of a year that is no leap year', { dueOn: '2100-02-29' }],
      ['a day in another form', { dueOn: '2017-2-3' }],
      ['an integer beyond 32 bits', { ord: 2 ** 31 }],
      ['a fraction in an integer', { ord: 1.5 }],
      ['U+0000 in text', { round: 'a\u0000b' }],
    ])('refuses %s on all three', async (_, row) => {
      const store = office()
      expect(await rejection(duties(store, [row]))).toBeInstanceOf(Error)
      expect(await store.q.$count(store.t.duties, eq(store.t.duties.office, store.office))).toBe(0)
    })

    it.each(['a\u0000b', 'half of 😀: \ud83d', '\ude00', '\\\u0000'])('refuses %j in JSON', async (text) => {
      const store = office()
      expect(await rejection(people(store, [{ units: [text] }]))).toBeInstanceOf(Error)
    })

    it('takes the largest integer, the leap day, whole emoji and what only looks like an escape', async () => {
      const store = office()
      await duties(store, [
        { ord: 2 ** 31 - 1, dueOn: '2020-02-29' },
        { ord: -(2 ** 31), dueOn: '2000-02-29' },
      ])
      const units = ['\\u0000', '\\\\ud83d', '😀', '"\\"\u0001\u2028']
      await people(store, [{ units }])
      const { people: p } = store.t
      expect(await store.q.select({ units: p.units }).from(p).where(eq(p.office, store.office))).toEqual([{ units }])
    })

    it('the cause of an error repeats nobody’s words', async () => {
      const store = office()
      await people(store, [{ id: 'same', name: '秘密的话' }])
      const stored = await rejection(people(store, [{ id: 'same', name: '秘密的话' }]))
      const { people: p } = store.t
      const read = driverError(
        await rejection(store.q.select({ x: sql`nothing` }).from(p).where(eq(p.name, '秘密的话'))),
      )
      for (const error of [stored, read]) {
        expect(error).toBeInstanceOf(Error)
        expect((error as Error).message).not.toContain('秘密')
      }
    })
  })
}
