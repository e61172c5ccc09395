import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm'
import { among } from '../among.ts'
import type { Tables } from '../schema.ts'
import type { Reader } from '../store.ts'

export type EvidenceRow = Omit<Tables['evidence']['$inferSelect'], 'office'>

/** What was brought for these duties, as it came. */
export const evidenceOf = async ({ q, t, office }: Reader, duties: readonly string[]): Promise<EvidenceRow[]> =>
  duties.length === 0
    ? []
    : q
        .select()
        .from(t.evidence)
        .where(and(eq(t.evidence.office, office), among(t.evidence.duty, duties)))
        .orderBy(asc(t.evidence.at), asc(t.evidence.id))

/** The same by their own ids. */
export const evidenceNamed = async ({ q, t, office }: Reader, ids: readonly string[]): Promise<EvidenceRow[]> =>
  ids.length === 0
    ? []
    : q
        .select()
        .from(t.evidence)
        .where(and(eq(t.evidence.office, office), among(t.evidence.id, ids)))

/** All that came in one message. */
export const evidenceIn = async ({ q, t, office }: Reader, message: string): Promise<EvidenceRow[]> =>
  q
    .select()
    .from(t.evidence)
    .where(and(eq(t.evidence.office, office), eq(t.evidence.message, message)))
    .orderBy(asc(t.evidence.id))

/** Messages of which something is still to be fetched or looked at, the oldest first. */
export const messagesWaiting = async ({ q, t, office }: Reader, most: number): Promise<string[]> => {
  const rows = await q
    .select({ message: t.evidence.message })
    .from(t.evidence)
    .where(and(eq(t.evidence.office, office), eq(t.evidence.state, 'waiting')))
    .groupBy(t.evidence.message)
    .orderBy(sql`min(${t.evidence.at})`)
    .limit(most)
  return rows.map(({ message }) => message)
}

/** What one person has reported or taken back since: facts of duties, oldest first. */
export const reportedBy = async ({ q, t, office }: Reader, person: string, since: Date) =>
  q
    .select({ duty: t.facts.id, seq: t.facts.seq, kind: t.facts.kind, words: t.facts.words, via: t.facts.via })
    .from(t.facts)
    .where(
      and(
        ...[eq(t.facts.office, office), eq(t.facts.by, person), gte(t.facts.at, since), eq(t.facts.subject, 'duty')],
        inArray(t.facts.kind, ['reported', 'withdrawn']),
      ),
    )
    .orderBy(asc(t.facts.at), asc(t.facts.seq))

/** When and by whom each was brought. */
export const broughtBy = async ({ q, t, office }: Reader, ids: readonly string[]): Promise<Map<string, string>> => {
  const rows =
    ids.length === 0
      ? []
      : await q
          .select({ id: t.facts.id, by: t.facts.by })
          .from(t.facts)
          .where(
            and(
              ...[eq(t.facts.office, office), eq(t.facts.subject, 'evidence'), eq(t.facts.seq, 1)],
              among(t.facts.id, ids),
            ),
          )
  return new Map(rows.map(({ id, by }) => [id, by]))
}

/** Bytes that are kept of what one person has brought since, each file once. */
export const bytesBroughtBy = async ({ q, t, office }: Reader, person: string, since: Date): Promise<number> => {
  const { evidence, facts, files } = t
  const rows = await q
    .selectDistinct({ hash: files.hash, size: files.size })
    .from(facts)
    .innerJoin(evidence, and(eq(evidence.office, office), eq(evidence.id, facts.id)))
    .innerJoin(files, and(eq(files.office, office), eq(files.hash, evidence.hash)))
    .where(
      and(
        ...[eq(facts.office, office), eq(facts.by, person), gte(facts.at, since)],
        ...[eq(facts.subject, 'evidence'), eq(facts.kind, 'brought')],
      ),
    )
  return rows.reduce((sum, { size }) => sum + size, 0)
}
