import { and, asc, eq, gt, isNotNull, or, sql } from 'drizzle-orm'
import { among } from '../among.ts'
import type { Query, Reader, Write } from '../store.ts'

const PAGE = 500

type Place = [subject: string, id: string, seq: number]

/** Facts with words, in pages and in the order of their chains: whose words they are, and what they say. */
export const factsWithWords = async function* ({ q, t, office }: Reader) {
  const f = t.facts
  let last: { subject: string; id: string; seq: number } | undefined
  for (;;) {
    const behind =
      last && sql`(${f.subject}, ${f.id}, ${f.seq}) > (${last.subject}, ${last.id}, ${sql.param(last.seq, f.seq)})`
    const rows = await q
      .select({ subject: f.subject, id: f.id, seq: f.seq, by: f.by, words: f.words })
      .from(f)
      .where(and(eq(f.office, office), isNotNull(f.words), behind))
      .orderBy(asc(f.subject), asc(f.id), asc(f.seq))
      .limit(PAGE)
    yield rows
    last = rows[rows.length - 1]
    if (rows.length < PAGE) return
  }
}

/** Takes the words from these facts; what the chain holds of them stays. */
export const wordless = ({ t, office }: Reader, q: Query, places: readonly Place[]): Write[] => {
  const bySubject = new Map<string, Place[]>()
  for (const place of places) bySubject.set(place[0], [...(bySubject.get(place[0]) ?? []), place])
  return [...bySubject].flatMap(([subject, own]) => {
    const bySeq = new Map<number, string[]>()
    for (const [, id, seq] of own) bySeq.set(seq, [...(bySeq.get(seq) ?? []), id])
    return [...bySeq].map(([seq, ids]) =>
      q
        .update(t.facts)
        .set({ words: null })
        .where(
          and(eq(t.facts.office, office), eq(t.facts.subject, subject), eq(t.facts.seq, seq), among(t.facts.id, ids)),
        ),
    )
  })
}

/** Notices that still hold what they said or to whom, in pages. */
export const noticesWithWords = async function* ({ q, t, office }: Reader) {
  const { outbox } = t
  for (let last = ''; ; ) {
    const rows = await q
      .select({
        ...{ id: outbox.id, room: outbox.room, address: outbox.address, state: outbox.state },
        ...{ card: outbox.card, recipe: outbox.recipe, error: outbox.error },
      })
      .from(outbox)
      .where(and(eq(outbox.office, office), gt(outbox.id, last)))
      .orderBy(asc(outbox.id))
      .limit(PAGE)
    yield rows
    last = rows[rows.length - 1]?.id ?? ''
    if (rows.length < PAGE) return
  }
}

/** Receipts whose key holds one of these texts: some events are known by whose they are. */
export const receiptsHolding = ({ t, office }: Reader, q: Query, texts: readonly string[]): Write[] =>
  texts.length === 0
    ? []
    : [
        q
          .delete(t.receipts)
          .where(
            and(
              eq(t.receipts.office, office),
              or(
                ...texts.map(
                  (text) => sql`${t.receipts.key} like ${`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`,
                ),
              ),
            ),
          ),
      ]
