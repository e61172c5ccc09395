import { and, asc, eq, lte } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { among } from '../../db/among.ts'
import { isConflict } from '../../db/conflict.ts'
import { type Params, prepare, prepareWrite } from '../../db/prepare.ts'
import type { Card } from '../../src/model/card.ts'
import type { Office } from './store.ts'

const at = new Date('2017-07-11T08:00:00.123Z')
const card: Card = { title: '好', tone: 'plain', blocks: [] }

const receiptsUntil = prepare('receiptsUntil', (q, t, p: Params<{ until: Date }>) =>
  q
    .select()
    .from(t.receipts)
    .where(and(eq(t.receipts.office, p.office), lte(t.receipts.at, p.until)))
    .orderBy(asc(t.receipts.key)),
)
const receiptKeys = prepare('receiptKeys', (q, t, p) =>
  q
    .select({ key: t.receipts.key })
    .from(t.receipts)
    .where(eq(t.receipts.office, p.office))
    .orderBy(asc(t.receipts.key)),
)
const putReceipt = prepareWrite('putReceipt', (q, t, p: Params<{ key: string; at: Date; answer: Card | null }>) =>
  q.insert(t.receipts).values({ office: p.office, key: p.key, at: p.at, answer: p.answer }).returning(),
)
const dutiesAmong = prepare('dutiesAmong', (q, t, p: Params<{ ids: string[]; named: boolean }>) =>
  q
    .select({ id: t.duties.id })
    .from(t.duties)
    .where(and(eq(t.duties.office, p.office), among(t.duties.id, p.ids), eq(t.duties.named, p.named))),
)

/** Queries written once and run many times. */
export const preparing = (office: Office): void => {
  describe('prepared', () => {
    it('reads run again with other values, for other offices', async () => {
      const [a, b] = [office(), office()]
      await a.atomic((q) => [
        q.insert(a.t.receipts).values([
          { office: a.office, key: '1', at },
          { office: a.office, key: '2', at: new Date(+at + 1), answer: card },
          { office: b.office, key: '3', at, answer: card },
        ]),
      ])
      expect(await receiptsUntil(a, { until: at })).toEqual([{ office: a.office, key: '1', at, answer: null }])
      expect((await receiptsUntil(a, { until: new Date(+at + 1) })).map((r) => r.key)).toEqual(['1', '2'])
      expect(await receiptsUntil(b, { until: at })).toEqual([{ office: b.office, key: '3', at, answer: card }])
      expect(await receiptKeys(a)).toEqual([{ key: '1' }, { key: '2' }])
    })

    it('many at once do not mix', async () => {
      const stores = Array.from({ length: 20 }, () => office())
      await Promise.all(stores.map((s) => s.atomic(() => [putReceipt(s, { key: s.office, at, answer: null })])))
      expect(await Promise.all(stores.map((s) => receiptKeys(s)))).toEqual(stores.map((s) => [{ key: s.office }]))
    })

    it('writes stand in a batch beside built ones, with null, JSON and instants, all or none', async () => {
      const store = office()
      const [first, , third] = await store.atomic((q) => [
        putReceipt(store, { key: 'a', at, answer: null }),
        q.insert(store.t.receipts).values({ office: store.office, key: 'b', at }),
        putReceipt(store, { key: 'c', at, answer: card }),
      ])
      expect(first).toEqual([{ office: store.office, key: 'a', at, answer: null }])
      expect(third).toEqual([{ office: store.office, key: 'c', at, answer: card }])
      const again = store.atomic(() => [
        putReceipt(store, { key: 'd', at, answer: null }),
        putReceipt(store, { key: 'a', at, answer: null }),
      ])
      expect(isConflict(await again.catch((error: unknown) => error))).toBe(true)
      expect(await receiptKeys(store)).toEqual([{ key: 'a' }, { key: 'b' }, { key: 'c' }])
    })

    it('take a list, a boolean and refuse what no database may hold', async () => {
      const store = office()
      expect(await dutiesAmong(store, { ids: ['x'], named: true })).toEqual([])
      const bad = async (key: string, answer: Card | null) =>
        store.atomic(() => [putReceipt(store, { key, at, answer })])
      await expect(bad('a\u0000', null)).rejects.toThrow()
      await expect(bad('a', { ...card, title: '\ud83d' })).rejects.toThrow()
    })

    it('a name is given once', () => {
      expect(() => prepare('receiptKeys', (q, t) => q.select().from(t.days))).toThrow('two prepared')
    })
  })
}
