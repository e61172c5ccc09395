import { and, asc, eq, gte, inArray, lt } from 'drizzle-orm'
import { CaseKind } from '../../src/model/case.ts'
import type { Body } from '../../src/model/fact.ts'
import { type Params, prepare } from '../prepare.ts'
import type { Reader } from '../store.ts'

/** What has days that hang on the calendar. */
const SUBJECTS = ['duty' as const, ...CaseKind.options]

/** A day that another calendar moved: the duty or case, and the body of its fact. */
export interface RecomputedFact {
  id: string
  body: Body
}

/** Days that moved from one moment up to another, oldest first. */
export const recomputedWithin = (db: Reader, window: { from: Date; to: Date }): Promise<RecomputedFact[]> =>
  within(db, window)

const within = prepare('days recomputed within', (q, t, p: Params<{ from: Date; to: Date }>) =>
  q
    .select({ id: t.facts.id, body: t.facts.body })
    .from(t.facts)
    .where(
      and(
        eq(t.facts.office, p.office),
        gte(t.facts.at, p.from),
        lt(t.facts.at, p.to),
        inArray(t.facts.subject, SUBJECTS),
        eq(t.facts.kind, 'recomputed'),
      ),
    )
    .orderBy(asc(t.facts.at), asc(t.facts.id)),
)

/** Days that moved in one turn of the calendar, whenever its parts were written. */
export const recomputedIn = ({ q, t, office }: Reader, via: string): Promise<RecomputedFact[]> =>
  q
    .select({ id: t.facts.id, body: t.facts.body })
    .from(t.facts)
    .where(
      and(
        eq(t.facts.office, office),
        inArray(t.facts.subject, SUBJECTS),
        eq(t.facts.kind, 'recomputed'),
        eq(t.facts.via, via),
      ),
    )
    .orderBy(asc(t.facts.id), asc(t.facts.seq))
