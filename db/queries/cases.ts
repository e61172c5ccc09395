import { and, asc, desc, eq, gt, gte, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm'
import type { CaseKind } from '../../src/model/case.ts'
import type { Day } from '../../src/model/deadline.ts'
import { among } from '../among.ts'
import type { Tables } from '../schema.ts'
import type { Reader } from '../store.ts'

export type CaseRow = Tables['cases']['$inferSelect']

/** Which cases. `units`: only theirs. `open`: without a closing day. `due`: a clock that runs ends on a day of it. */
export interface CaseFilter {
  kinds?: readonly CaseKind[]
  year?: number
  units?: readonly string[]
  states?: readonly string[]
  open?: boolean
  due?: { from: Day; to: Day }
  opened?: { from: Day; to: Day }
}

const conditions = ({ t, office }: Reader, f: CaseFilter): (SQL | undefined)[] => [
  eq(t.cases.office, office),
  f.kinds && among(t.cases.kind, [...f.kinds]),
  f.year === undefined ? undefined : eq(t.cases.year, f.year),
  f.units && among(t.cases.unit, [...f.units]),
  f.states && among(t.cases.state, [...f.states]),
  f.open === undefined ? undefined : f.open ? isNull(t.cases.closedOn) : isNotNull(t.cases.closedOn),
  // A minute of the last day stands after the day itself as text.
  f.due && and(gte(t.cases.due, f.due.from), lte(t.cases.due, `${f.due.to}T24`)),
  f.opened && and(gte(t.cases.openedOn, f.opened.from), lte(t.cases.openedOn, f.opened.to)),
]

/** Cases, those that end soonest first, then the newest. */
export const casesOf = (db: Reader, filter: CaseFilter): Promise<CaseRow[]> =>
  db.q
    .select()
    .from(db.t.cases)
    .where(and(...conditions(db, filter)))
    .orderBy(
      sql`coalesce(${db.t.cases.due}, '9999')`,
      desc(db.t.cases.year),
      desc(db.t.cases.ord),
      asc(db.t.cases.kind),
    )

export const caseOf = async (db: Reader, id: string): Promise<CaseRow | undefined> =>
  (
    await db.q
      .select()
      .from(db.t.cases)
      .where(and(eq(db.t.cases.office, db.office), eq(db.t.cases.id, id)))
  )[0]

/** The case of that number: 依申请2026-3. */
export const caseNumbered = async (
  db: Reader,
  kind: CaseKind,
  year: number,
  ord: number,
): Promise<CaseRow | undefined> => {
  const { cases } = db.t
  const [row] = await db.q
    .select()
    .from(cases)
    .where(and(eq(cases.office, db.office), eq(cases.kind, kind), eq(cases.year, year), eq(cases.ord, ord)))
  return row
}

/** Open cases of which a clock ends by that day or has run out, those that end soonest first. `units`: only theirs. */
export const casesDueBy = ({ q, t, office }: Reader, to: Day, units?: readonly string[]): Promise<CaseRow[]> =>
  q
    .select()
    .from(t.cases)
    .where(
      and(
        eq(t.cases.office, office),
        isNull(t.cases.closedOn),
        lte(t.cases.due, `${to}T24`),
        units && among(t.cases.unit, units),
      ),
    )
    .orderBy(asc(t.cases.due), asc(t.cases.id))

/** Open cases whose hours run. */
export const casesInHours = ({ q, t, office }: Reader): Promise<CaseRow[]> =>
  q
    .select()
    .from(t.cases)
    .where(and(eq(t.cases.office, office), sql`${t.cases.closedOn} is null and length(${t.cases.due}) > 10`))
    .orderBy(asc(t.cases.due), asc(t.cases.id))

/** Open cases behind the one of that id, in the order of their ids; a page. */
export const openCasesBehind = ({ q, t, office }: Reader, last: string, most: number): Promise<CaseRow[]> =>
  q
    .select()
    .from(t.cases)
    .where(and(eq(t.cases.office, office), isNull(t.cases.closedOn), gt(t.cases.id, last)))
    .orderBy(asc(t.cases.id))
    .limit(most)

/** The serial number that the next case of a year's register gets. Two at once: one of them meets a conflict. */
export const nextCaseNumber = async ({ q, t, office }: Reader, kind: CaseKind, year: number): Promise<number> => {
  const [row] = await q
    .select({ last: sql<number | null>`max(${t.cases.ord})` })
    .from(t.cases)
    .where(and(eq(t.cases.office, office), eq(t.cases.kind, kind), eq(t.cases.year, year)))
  return Number(row?.last ?? 0) + 1
}
