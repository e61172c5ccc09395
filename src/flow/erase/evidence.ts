import { and, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import { among } from '../../../db/among.ts'
import type { EvidenceRow } from '../../../db/queries/evidence.ts'
import type { Query, Write } from '../../../db/store.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import type { Stamp } from '../ledger.ts'
import { happens } from '../subjects.ts'

/** Hashes out of these that something still stands on: other evidence, a paper, the file of a plan. */
const stillUsed = async ({ store }: Deps, hashes: string[], erased: readonly string[]): Promise<Set<string>> => {
  const { q, t, office } = store
  const { evidence, papers, files, plans } = t
  const others = await q
    .select({ id: evidence.id, hash: evidence.hash })
    .from(evidence)
    .where(and(eq(evidence.office, office), among(evidence.hash, hashes), ne(evidence.state, 'erased')))
  const drawn = await q
    .select({ hash: papers.hash })
    .from(papers)
    .where(and(eq(papers.office, office), isNotNull(papers.hash), among(papers.hash, hashes)))
  const read = await q
    .select({ hash: files.hash })
    .from(files)
    .leftJoin(plans, and(eq(plans.office, office), eq(plans.digest, files.hash)))
    .where(
      and(
        ...[eq(files.office, office), among(files.hash, hashes)],
        or(inArray(files.use, ['plan', 'paper']), isNotNull(plans.id)),
      ),
    )
  return new Set([
    ...others.flatMap(({ id, hash }) => (hash && !erased.includes(id) ? [hash] : [])),
    ...[...drawn, ...read].flatMap(({ hash }) => hash ?? []),
  ])
}

/** What was told of them where they were sent names them too (src/flow/evidence/telling.ts); what waits is not told any more. */
const tellings = ({ store: { t, office } }: Deps, q: Query, messages: readonly string[], at: Date): Write[] =>
  messages.flatMap((message) => {
    const beginning = `evidence:${message}:`
    const own = and(
      eq(t.outbox.office, office),
      sql`substr(${t.outbox.id}, 1, ${sql.raw(String([...beginning].length))}) = ${beginning}`,
    )
    return [
      q
        .update(t.outbox)
        .set({ state: 'dropped', settledAt: at })
        .where(and(own, eq(t.outbox.state, 'waiting'))),
      q.update(t.outbox).set({ card: null, error: null }).where(own),
    ]
  })

export interface Erasing {
  /** `asked`: somebody wants it gone; `aged`: its time is over. */
  why: 'asked' | 'aged'
  reason?: string
}

/**
 * Evidence without its name, its hint and its bytes: row and facts stay, and say when and by whom it was erased. A file that
 * something else stands on stays for that. @returns how many files went. @throws conflict
 */
export const eraseEvidence = async (
  deps: Deps,
  rows: readonly EvidenceRow[],
  { why, reason }: Erasing,
  stamp: Stamp,
): Promise<number> => {
  const { t, office } = deps.store
  const going = rows.filter(({ state }) => state !== 'erased')
  if (going.length === 0) return 0
  const ids = going.map(({ id }) => id)
  const hashes = [...new Set(going.flatMap(({ hash }) => hash ?? []))]
  const used = await stillUsed(deps, hashes, ids)
  const gone = hashes.filter((hash) => !used.has(hash))
  const fact = { kind: 'erased', body: { on: dayOf(stamp.at, deps.zone), why }, ...(reason && { words: { reason } }) }
  const set = { state: 'erased' as const, name: '', hint: null, source: null }
  await deps.store.atomic((q: Query): Write[] => [
    // Before the fact that says why is written: only what was said until now.
    q
      .update(t.facts)
      .set({ words: null })
      .where(and(eq(t.facts.office, office), eq(t.facts.subject, 'evidence'), among(t.facts.id, ids))),
    ...tellings(deps, q, [...new Set(going.map(({ message }) => message))], stamp.at),
    ...going.flatMap((was) => happens(deps, q, { subject: 'evidence', was, facts: [fact], set }, stamp)),
    q
      .update(t.files)
      .set({ erasedAt: stamp.at })
      .where(and(eq(t.files.office, office), among(t.files.hash, gone), isNull(t.files.erasedAt))),
  ])
  // After the rows: bytes that are left over by a fall in between are nobody's, and are swept.
  for (const hash of gone) await deps.blobs?.delete(hash)
  return gone.length
}
