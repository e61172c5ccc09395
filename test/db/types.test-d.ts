import { eq } from 'drizzle-orm'
import { type Params, prepare, prepareWrite } from '../../db/prepare.ts'
import type { OfficeStore, Reader } from '../../db/store.ts'
import type { Card } from '../../src/model/card.ts'

// Compiled by `npm run types`, never run: what the store's types promise and forbid.
declare const store: OfficeStore
declare const reader: Reader
const { t } = store

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const holds = <_T extends true>(): void => {}

type Duty = typeof t.duties.$inferSelect
holds<Equal<Duty['dueOn'], string | null>>()
holds<Equal<Duty['dueAt'], Date | null>>()
holds<Equal<Duty['provisional'], boolean>>()
holds<Equal<Duty['version'], number>>()
holds<Equal<Duty['role'], 'lead' | 'support'>>()
holds<Equal<(typeof t.receipts.$inferSelect)['answer'], Card | null>>()

export const forbidden = async (): Promise<void> => {
  // @ts-expect-error a reader cannot write
  reader.q.insert(t.duties)
  // @ts-expect-error nor can an office's own reads
  store.q.update(t.duties)
  // @ts-expect-error D1 has no interactive transactions
  await store.atomic((q) => [q.transaction(async () => {})])
  // @ts-expect-error reads have no place in a batch: D1 mixes up equal column names
  await store.atomic((q) => [q.select().from(t.duties)])
  // @ts-expect-error SQLite alone has it
  store.q.select().from(t.duties).all()
  // @ts-expect-error PostgreSQL alone has it
  store.q.selectDistinctOn([t.duties.id])
  // @ts-expect-error no such state
  await store.atomic((q) => [q.update(t.duties).set({ state: 'late' })])
  // @ts-expect-error another shape of JSON
  await store.atomic((q) => [q.update(t.receipts).set({ answer: { title: 1 } })])
}

export const inferred = async (): Promise<void> => {
  const [, rows] = await store.atomic((q) => [q.delete(t.days), q.delete(t.duties).returning({ id: t.duties.id })])
  holds<Equal<typeof rows, { id: string }[]>>()
  const one = await store.one((q) => q.delete(t.duties).returning({ dueOn: t.duties.dueOn }))
  holds<Equal<typeof one, { dueOn: string | null }[]>>()

  const dutiesOf = prepare('types: duties of a unit', (q, t, p: Params<{ unit: string }>) =>
    q.select({ id: t.duties.id, dueAt: t.duties.dueAt }).from(t.duties).where(eq(t.duties.unit, p.unit)),
  )
  const duties = await dutiesOf(reader, { unit: 'u' })
  holds<Equal<typeof duties, { id: string; dueAt: Date | null }[]>>()
  // @ts-expect-error a value is missing
  await dutiesOf(reader, {})
  // @ts-expect-error a value of another kind
  await dutiesOf(reader, { unit: 1 })

  const allDays = prepare('types: days', (q, t, p) => q.select().from(t.days).where(eq(t.days.office, p.office)))
  const days = await allDays(reader)
  holds<Equal<(typeof days)[number]['kind'], 'off' | 'work'>>()

  const put = prepareWrite('types: day', (q, t, p: Params<{ day: string }>) =>
    q.insert(t.days).values({ office: p.office, day: p.day, kind: 'off' }).returning({ day: t.days.day }),
  )
  const [put1] = await store.atomic(() => [put(store, { day: '2017-01-01' })])
  holds<Equal<typeof put1, { day: string }[]>>()
}
