import { and, asc, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { isBusy, isConflict } from '../../db/conflict.ts'
import { type Guarded, guard, guardRoster } from '../../db/guard.ts'
import type { OfficeStore, Query } from '../../db/store.ts'
import { rowsOf, writersOn } from './fixture.ts'
import type { Office } from './store.ts'

const at = new Date('2017-07-11T08:00:00.123Z')

const seeded = async (store: OfficeStore): Promise<OfficeStore> => {
  const { t, office } = store
  await store.atomic((q) => [
    q.insert(t.offices).values(rowsOf('offices', office)),
    q.insert(t.units).values(rowsOf('units', office)),
    q.insert(t.people).values(rowsOf('people', office)),
    q.insert(t.rooms).values(rowsOf('rooms', office)),
    q.insert(t.plans).values(rowsOf('plans', office)),
    q.insert(t.tasks).values(rowsOf('tasks', office)),
    q.insert(t.duties).values(rowsOf('duties', office)),
  ])
  return store
}
const receipt = (store: OfficeStore, q: Query, key: string) =>
  q.insert(store.t.receipts).values({ office: store.office, key, at })
const keysOf = async ({ q, t, office }: OfficeStore) =>
  (
    await q
      .select({ key: t.receipts.key })
      .from(t.receipts)
      .where(eq(t.receipts.office, office))
      .orderBy(asc(t.receipts.key))
  ).map((r) => r.key)
const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'stored',
    (error: unknown) => (isConflict(error) ? 'conflict' : `error: ${error}`),
  )

/** Milliseconds that an attempt takes, about: rivals spread theirs so that most find the row to themselves. */
const attemptTakes = { sqlite: 0.5, postgres: 5, d1: 15 }

/** One version of one row, moved on by reading, deciding and guarding, as flow does it. */
const moveOn = async (store: OfficeStore, by: string, rivals: () => number): Promise<void> => {
  const { q, t, office } = store
  const row = and(eq(t.duties.office, office), eq(t.duties.id, 'du1'))
  for (let attempt = 0; ; attempt++) {
    const [duty] = await q.select({ version: t.duties.version }).from(t.duties).where(row)
    const version = duty?.version ?? 0
    const fact = {
      office,
      subject: 'duty',
      id: 'du1',
      seq: version + 1,
      kind: 'k',
      body: {},
      by,
      via: '',
      at,
      alg: '',
      prev: '',
      hash: '',
    }
    const write = store.atomic((q) => [
      guard(t, q, office, 'duties', 'du1', version),
      q
        .update(t.duties)
        .set({ version: version + 1 })
        .where(row),
      q.insert(t.facts).values(fact),
    ])
    const result = await outcome(write)
    if (result === 'stored') return
    if (result !== 'conflict' || attempt === 500) throw new Error(result)
    await new Promise((wake) => setTimeout(wake, Math.random() * attemptTakes[store.dialect] * rivals()))
  }
}

/** All or none, and a stale decision fails as a conflict. */
export const batches = (office: Office): void => {
  describe('batches', () => {
    it('an empty batch is nothing', async () => {
      expect(await office().atomic(() => [])).toEqual([])
    })

    it('answers in the order of the writes, with the rows that returning() asks for', async () => {
      const store = office()
      const { t } = store
      const [, added, removed] = await store.atomic((q) => [
        receipt(store, q, 'a'),
        receipt(store, q, 'b').returning(),
        q
          .delete(t.receipts)
          .where(and(eq(t.receipts.office, store.office), eq(t.receipts.key, 'a')))
          .returning({ key: t.receipts.key }),
      ])
      expect(added).toEqual([{ office: store.office, key: 'b', at, answer: null }])
      expect(removed).toEqual([{ key: 'a' }])
    })

    it('a last write that fails undoes the first', async () => {
      const store = await seeded(office())
      const { t } = store
      const one = and(eq(t.duties.office, store.office), eq(t.duties.id, 'du1'))
      await store.atomic((q) => [receipt(store, q, 'there')])
      const result = store.atomic((q) => [
        q.update(t.duties).set({ state: 'done', version: 99 }).where(one),
        receipt(store, q, 'new'),
        receipt(store, q, 'there'),
      ])
      expect(await outcome(result)).toBe('conflict')
      expect(await keysOf(store)).toEqual(['there'])
      expect(
        await store.q.select({ state: t.duties.state, version: t.duties.version }).from(t.duties).where(one),
      ).toEqual([{ state: 'open', version: 4 }])
    })

    it('a key, a natural key and a guard make conflicts; other refusals are bugs', async () => {
      const store = await seeded(office())
      const { t, office: name } = store
      const again = rowsOf('plans', name)[0]
      if (!again) throw new Error('the fixture has no plan')
      expect(await outcome(store.atomic((q) => [q.insert(t.plans).values(again)]))).toBe('conflict')
      expect(await outcome(store.atomic((q) => [q.insert(t.plans).values({ ...again, id: 'other' })]))).toBe('conflict')
      expect(await outcome(store.one((q) => q.insert(t.plans).values(again)))).toBe('conflict')
      const nameless = { ...again, id: 'x', code: 'x', natural: null as unknown as string }
      expect(await outcome(store.atomic((q) => [q.insert(t.plans).values(nameless)]))).toMatch(/^error/)
      expect(
        [new Error('UNIQUE'), null, undefined, 'UNIQUE constraint failed', { code: '23502' }].map(isConflict),
      ).toEqual(Array(5).fill(false))
      expect(isBusy(new Error('SQLITE_BUSY'))).toBe(false)
    })

    it.each<[Guarded, string, number]>([
      ['units', 'u2', 2],
      ['people', 'p1', 0],
      ['rooms', 'console:*:r1', 0],
      ['plans', 'pl1', 0],
      ['tasks', 't1', 0],
      ['duties', 'du1', 4],
    ])('guards a row of %s by its version', async (table, key, version) => {
      const store = await seeded(office())
      const { t, office: name } = store
      const tried = (guarded: string, v: number | null) =>
        outcome(store.atomic((q) => [guard(t, q, name, table, guarded, v), receipt(store, q, `${guarded} ${v}`)]))
      expect(await tried(key, version)).toBe('stored')
      expect(await tried(key, version - 1)).toBe('conflict')
      expect(await tried(key, version + 1)).toBe('conflict')
      expect(await tried(key, null)).toBe('conflict')
      expect(await tried('nobody', null)).toBe('stored')
      expect(await tried('nobody', 0)).toBe('conflict')
      expect(await keysOf(store)).toEqual([`${key} ${version}`, 'nobody null'].sort())
      expect(await store.q.$count(t.guards)).toBe(0)
    })

    it('guards what is cached of the roster', async () => {
      const store = await seeded(office())
      const tried = (version: number) => outcome(store.atomic((q) => [guardRoster(store.t, q, store.office, version)]))
      expect([await tried(3), await tried(2), await tried(4)]).toEqual(['stored', 'conflict', 'conflict'])
    })

    it('two offices with equal keys never cross', async () => {
      const [a, b] = [await seeded(office()), await seeded(office())]
      const { t } = a
      const state = async (store: OfficeStore) =>
        (
          await store.q
            .select({ state: t.duties.state })
            .from(t.duties)
            .where(and(eq(t.duties.office, store.office), eq(t.duties.id, 'du1')))
        )[0]
      await a.atomic((q) => [
        guard(t, q, a.office, 'duties', 'du1', 4),
        q
          .update(t.duties)
          .set({ state: 'done', version: 5 })
          .where(and(eq(t.duties.office, a.office), eq(t.duties.id, 'du1'))),
        receipt(a, q, 'same'),
      ])
      await b.atomic((q) => [guard(t, q, b.office, 'duties', 'du1', 4), receipt(b, q, 'same')])
      expect([await state(a), await state(b)]).toEqual([{ state: 'done' }, { state: 'open' }])
      expect([await keysOf(a), await keysOf(b)]).toEqual([['same'], ['same']])
    })

    it('many writers at once leave versions without gap or double', async () => {
      const store = await seeded(office())
      const { q, t, office: name } = store
      const writers = writersOn[store.dialect]
      let left = writers
      const write = async (i: number) => {
        await moveOn(store, `w${i}`, () => left)
        left--
      }
      await Promise.all(Array.from({ length: left }, (_, i) => write(i)))
      const facts = await q
        .select({ seq: t.facts.seq, by: t.facts.by })
        .from(t.facts)
        .where(eq(t.facts.office, name))
        .orderBy(asc(t.facts.seq))
      expect(facts.map((f) => f.seq)).toEqual(Array.from({ length: writers }, (_, i) => 5 + i))
      expect(new Set(facts.map((f) => f.by)).size).toBe(writers)
    }, 60_000)
  })
}
