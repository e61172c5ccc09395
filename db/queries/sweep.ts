import { and, eq, gte, inArray, isNotNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { among } from '../among.ts'
import type { OfficeStore, Query, Reader, Write } from '../store.ts'
import type { Lane, OutboxState } from './outbox.ts'

const LANES: readonly Lane[] = ['answer', 'clock', 'push']
const SETTLED: readonly OutboxState[] = ['sent', 'dropped', 'dead', 'unsure']

/** What is kept no longer than until these instants. */
interface Kept {
  receipts: Date
  quotas: Date
  /** One-time links that ran out. */
  links: Date
  /** Sessions that ran out; that there was one stays a fact of the person. */
  sessions: Date
  /** Questions that nobody answered in time, with what was said. */
  dialogues: Date
  /** Cards and recipes of settled notices: what is older than `from` was cleared before. */
  cards: { from: Date; to: Date }
  /** Settled notices as a whole. */
  notices: Date
}

/**
 * Takes out up to `limit` rows each of what is kept no longer, and returns whether there may be more. Bounded, so that it
 * fits one invocation of a Worker.
 */
export const sweep = async (office: OfficeStore, kept: Kept, limit: number): Promise<boolean> => {
  const { t, office: name } = office
  const { receipts, quotas, outbox, shown } = t
  // When it was due stands in the index beside state and lane; it was settled then or later.
  const settledBefore = (to: Date, from?: Date): SQL | undefined =>
    and(
      ...[eq(outbox.office, name), inArray(outbox.state, [...SETTLED]), inArray(outbox.lane, [...LANES])],
      ...[lt(outbox.dueAt, to), from && gte(outbox.dueAt, from), lt(outbox.settledAt, to)],
    )
  const oldReceipts = await office.one((q) => {
    const old = q
      .select({ key: receipts.key })
      .from(receipts)
      .where(and(eq(receipts.office, name), lt(receipts.at, kept.receipts)))
      .limit(limit)
    return q
      .delete(receipts)
      .where(and(eq(receipts.office, name), sql`${receipts.key} in ${old}`))
      .returning({ key: receipts.key })
  })
  await office.one((q) => q.delete(t.links).where(and(eq(t.links.office, name), lt(t.links.expiresAt, kept.links))))
  await office.one((q) =>
    q.delete(t.sessions).where(and(eq(t.sessions.office, name), lt(t.sessions.expiresAt, kept.sessions))),
  )
  await office.one((q) =>
    q.delete(t.dialogues).where(and(eq(t.dialogues.office, name), lt(t.dialogues.expiresAt, kept.dialogues))),
  )
  await office.one((q) => q.delete(quotas).where(and(eq(quotas.office, name), lt(quotas.minute, kept.quotas))))
  const cleared = await office.one((q) => {
    const full = or(isNotNull(outbox.card), isNotNull(outbox.recipe))
    const old = q
      .select({ id: outbox.id })
      .from(outbox)
      .where(and(settledBefore(kept.cards.to, kept.cards.from), full))
      .limit(limit)
    return q
      .update(outbox)
      .set({ card: null, recipe: null })
      .where(and(eq(outbox.office, name), sql`${outbox.id} in ${old}`))
      .returning({ id: outbox.id })
  })
  const gone = await office.one((q) => {
    const old = q.select({ id: outbox.id }).from(outbox).where(settledBefore(kept.notices)).limit(limit)
    return q
      .delete(outbox)
      .where(and(eq(outbox.office, name), sql`${outbox.id} in ${old}`))
      .returning({ id: outbox.id })
  })
  const silent = [...cleared, ...gone].map(({ id }) => id)
  if (silent.length > 0)
    await office.one((q) => q.delete(shown).where(and(eq(shown.office, name), among(shown.message, silent))))
  return [oldReceipts, cleared, gone].some((rows) => rows.length === limit)
}

/** The last day on which an office was swept; empty before the first. */
export const sweptOn = async ({ q, t, office }: OfficeStore): Promise<string> =>
  (await q.select({ swept: t.offices.swept }).from(t.offices).where(eq(t.offices.office, office)))[0]?.swept ?? ''

/** Writes down that an office was swept for the day; empty: it is to be swept anew, whatever its age. */
export const markSwept = ({ t, office }: Reader, q: Query, day: string): Write =>
  q.update(t.offices).set({ swept: day }).where(eq(t.offices.office, office))
