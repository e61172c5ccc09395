import { and, asc, eq, inArray, isNotNull, lt, ne, or } from 'drizzle-orm'
import { evidenceNamed } from '../../../db/queries/evidence.ts'
import { atOffice, dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import { eraseEvidence } from './evidence.ts'

const CHUNK = 50

/** Plans that were closed before that moment. */
const closedBefore = async ({ store: { q, t, office } }: Deps, before: Date): Promise<string[]> => {
  const rows = await q
    .select({ id: t.plans.id })
    .from(t.plans)
    .innerJoin(
      t.facts,
      and(
        ...[eq(t.facts.office, office), eq(t.facts.subject, 'plan'), eq(t.facts.id, t.plans.id)],
        ...[eq(t.facts.kind, 'closed'), lt(t.facts.at, before)],
      ),
    )
    .where(and(eq(t.plans.office, office), eq(t.plans.state, 'closed')))
  return [...new Set(rows.map(({ id }) => id))]
}

/**
 * Takes out a chunk of evidence whose plan was closed so many years ago (null: none), and says whether there may be more.
 * What a unit reported stays; only files, pages and their names go.
 */
export const eraseAged = async (deps: Deps, years: number | null): Promise<boolean> => {
  if (years === null) return false
  const at = deps.now()
  const today = dayOf(at, deps.zone)
  const then = `${Number(today.slice(0, 4)) - years}${today.slice(4).replace('02-29', '02-28')}`
  const plans = await closedBefore(deps, atOffice(then, '00:00', deps.zone))
  if (plans.length === 0) return false
  const { q, t, office } = deps.store
  const old = await q
    .select({ id: t.evidence.id })
    .from(t.evidence)
    .innerJoin(t.duties, and(eq(t.duties.office, office), eq(t.duties.id, t.evidence.duty)))
    .where(
      and(
        ...[eq(t.evidence.office, office), ne(t.evidence.state, 'erased'), inArray(t.duties.plan, plans)],
        // A file that never came has a name too; of a link without a copy there is nothing but what was reported.
        or(isNotNull(t.evidence.hash), ne(t.evidence.kind, 'link')),
      ),
    )
    .orderBy(asc(t.evidence.id))
    .limit(CHUNK)
  const rows = await evidenceNamed(
    deps.store,
    old.map(({ id }) => id),
  )
  await eraseEvidence(deps, rows, { why: 'aged' }, { by: 'duban', via: `aged:${today}`, at })
  return rows.length === CHUNK
}
