import { and, asc, desc, eq, gte, isNull, lte, or } from 'drizzle-orm'
import type { Day } from '../../src/model/deadline.ts'
import { among } from '../among.ts'
import type { Tables } from '../schema.ts'
import type { Reader } from '../store.ts'
import type { CaseRow } from './cases.ts'

export type AnnualRow = Tables['annuals']['$inferSelect']

/** What was entered for a year's report; undefined where nothing was. */
export const annualOf = async ({ q, t, office }: Reader, year: number): Promise<AnnualRow | undefined> =>
  (
    await q
      .select()
      .from(t.annuals)
      .where(and(eq(t.annuals.office, office), eq(t.annuals.year, year)))
  )[0]

/** Years for which something was entered. */
export const annualYears = async ({ q, t, office }: Reader): Promise<number[]> =>
  (
    await q
      .select({ year: t.annuals.year })
      .from(t.annuals)
      .where(eq(t.annuals.office, office))
      .orderBy(asc(t.annuals.year))
  ).map(({ year }) => year)

/** Cases that a year's report counts: opened by its last day, and not closed before its first. */
export const casesOfYear = ({ q, t, office }: Reader, { from, to }: { from: Day; to: Day }): Promise<CaseRow[]> =>
  q
    .select()
    .from(t.cases)
    .where(
      and(
        eq(t.cases.office, office),
        among(t.cases.kind, ['application', 'incident', 'activity', 'publication']),
        lte(t.cases.openedOn, to),
        or(isNull(t.cases.closedOn), gte(t.cases.closedOn, from)),
      ),
    )

/** Cases by id, the newest first. */
export const casesById = async ({ q, t, office }: Reader, ids: readonly string[]): Promise<CaseRow[]> =>
  ids.length === 0
    ? []
    : q
        .select()
        .from(t.cases)
        .where(and(eq(t.cases.office, office), among(t.cases.id, [...ids])))
        .orderBy(desc(t.cases.openedOn), desc(t.cases.ord))
