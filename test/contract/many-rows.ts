import { asc, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { bulkInsert } from '../../db/bulk.ts'
import { isConflict } from '../../db/conflict.ts'
import type { OfficeStore } from '../../db/store.ts'
import { rowsOf, tableNames } from './fixture.ts'
import type { Office } from './store.ts'

const at = new Date('2017-07-11T08:00:00.123Z')
type DutyRow = OfficeStore['t']['duties']['$inferInsert']
const duties = (office: string, n: number): DutyRow[] =>
  Array.from({ length: n }, (_, i) => ({
    office,
    id: `d${String(i).padStart(5, '0')}`,
    plan: 'p',
    task: `任务“${i}”\\`,
    ord: i,
    unit: '市水利局',
    role: i % 2 ? 'lead' : 'support',
    demand: -1,
    round: '2017-08',
    dueOn: i % 3 ? '2017-08-31' : null,
    dueAt: i % 5 ? at : undefined,
    provisional: i % 7 === 0,
    state: 'open',
    named: i % 2 === 0,
  }))

/** Many rows through one parameter a statement. */
export const manyRows = (office: Office): void => {
  describe('many rows', () => {
    it.each(tableNames)('%s: a bulk insert stores what a plain one does', async (table) => {
      const [plain, bulk] = [office(), office()]
      const stored = async (store: OfficeStore) =>
        (await store.q.select().from(store.t[table]).where(eq(store.t[table].office, store.office))).map((row) => ({
          ...row,
          office: '',
        }))
      await plain.atomic((q) => [q.insert(plain.t[table]).values(rowsOf(table, plain.office) as never)])
      await bulk.atomic((q) => bulkInsert(bulk, q, bulk.t[table], rowsOf(table, bulk.office)))
      const expected = await stored(plain)
      const found = await stored(bulk)
      expect(found).toHaveLength(expected.length)
      expect(found).toEqual(expect.arrayContaining(expected))
    })

    it('5,000 rows in one batch, in few statements, each under a megabyte', async () => {
      const store = office()
      const { t } = store
      const rows = duties(store.office, 5000)
      const sizes: number[] = []
      await store.atomic((q) => {
        const writes = bulkInsert(store, q, t.duties, rows)
        for (const write of writes) sizes.push(new TextEncoder().encode(String(write.toSQL().params[0])).length)
        return writes
      })
      expect(sizes.length).toBeLessThan(4)
      expect(Math.max(...sizes)).toBeLessThan(1_000_000)
      const found = await store.q
        .select()
        .from(t.duties)
        .where(eq(t.duties.office, store.office))
        .orderBy(asc(t.duties.id))
      expect(found).toHaveLength(5000)
      for (const i of [0, 1, 15, 4999])
        expect(found[i]).toMatchObject({ ...rows[i], dueAt: rows[i]?.dueAt ?? null, version: 0, head: '' })
    })

    it('`ignore` leaves what is there, so that a chunk may come twice; without it the second is a conflict', async () => {
      const store = office()
      const { t } = store
      const put = (rows: DutyRow[], ignore: boolean) =>
        store.atomic((q) => bulkInsert(store, q, t.duties, rows, { ignore }))
      await put(duties(store.office, 20), true)
      await put(
        duties(store.office, 30).map((row) => ({ ...row, unit: '另一个' })),
        true,
      )
      expect(await store.q.$count(t.duties, eq(t.duties.office, store.office))).toBe(30)
      expect(await store.q.$count(t.duties, eq(t.duties.unit, '另一个'))).toBe(10)
      const error = await put(duties(store.office, 1), false).catch((e: unknown) => e)
      expect(isConflict(error)).toBe(true)
    })

    it('chunks by bytes, not by characters; no rows are no writes', async () => {
      const store = office()
      const rows = duties(store.office, 40).map((row) => ({ ...row, head: '公'.repeat(20_000) }))
      await store.atomic((q) => {
        const writes = bulkInsert(store, q, store.t.duties, rows)
        expect(writes).toHaveLength(3)
        return writes
      })
      expect(await store.q.$count(store.t.duties, eq(store.t.duties.office, store.office))).toBe(40)
      expect(await store.atomic((q) => bulkInsert(store, q, store.t.duties, []))).toEqual([])
    })

    it('refuses what no column may hold', async () => {
      const store = office()
      const refused = async (row: Partial<DutyRow>) => {
        const [first] = duties(store.office, 1)
        if (!first) return false
        const work = async () => store.atomic((q) => bulkInsert(store, q, store.t.duties, [{ ...first, ...row }]))
        return work().then(
          () => false,
          (error: unknown) => !isConflict(error),
        )
      }
      expect(await refused({ dueOn: '2017-02-30' })).toBe(true)
      expect(await refused({ round: 'a\u0000b' })).toBe(true)
      expect(await refused({ ord: 2 ** 31 })).toBe(true)
      expect(await refused({ unit: null as unknown as string })).toBe(true)
    })
  })
}
