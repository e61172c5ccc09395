import { and, asc, eq, gte, lt, sql } from 'drizzle-orm'
import { among } from '../among.ts'
import type { Reader } from '../store.ts'

/**
 * What happened to duties of released plans in a stretch of time, oldest first. `||` keeps the planner at the index by
 * time: the subject's own has all that ever was.
 */
export const happenedBetween = async (
  { q, t, office }: Reader,
  { kinds, from, to }: { kinds: readonly string[]; from: Date; to: Date },
): Promise<{ duty: string; kind: string; at: Date }[]> =>
  q
    .select({ duty: t.facts.id, kind: t.facts.kind, at: t.facts.at })
    .from(t.facts)
    .where(
      and(
        eq(t.facts.office, office),
        gte(t.facts.at, from),
        lt(t.facts.at, to),
        sql`${t.facts.subject} || '' = 'duty'`,
        among(t.facts.kind, kinds),
      ),
    )
    .orderBy(asc(t.facts.at), asc(t.facts.id), asc(t.facts.seq))
