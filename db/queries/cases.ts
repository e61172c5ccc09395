import { and, asc, count, desc, eq, gt, gte, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { CaseKind } from '../../src/model/case.ts'
import type { Moment } from '../../src/model/clock.ts'
import type { Day } from '../../src/model/deadline.ts'
import { among } from '../among.ts'
import type { Tables } from '../schema.ts'
import type { Reader } from '../store.ts'
import { othersTurn } from '../turn.ts'

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
  /** A clock that runs is over, or is not and ends by that day. */
  clock?: { is: 'overdue'; over: Over } | { is: 'soon'; over: Over; until: Day }
  /** Said in the title; `secret`: in what only the office reads too. `number`: or it is the case of that number; `ids`: or one of these. */
  q?: { text: string; secret: boolean; number?: { year: number; ord: number } | undefined; ids?: readonly string[] }
}

/** Over are limits of days that ended before `day`, and those of hours that ended before the minute `now`. */
interface Over {
  day: Day
  now: Moment
}

/** Days and minutes stand in one column. */
const isOver = ({ t }: Reader, { day, now }: Over): SQL => {
  const { due } = t.cases
  return sql`((length(${due}) = 10 and ${due} < ${day}) or (length(${due}) > 10 and ${due} < ${now}))`
}

const clocked = (db: Reader, clock: CaseFilter['clock']): SQL | undefined => {
  if (!clock) return undefined
  if (clock.is === 'overdue') return isOver(db, clock.over)
  return and(sql`not ${isOver(db, clock.over)}`, lte(db.t.cases.due, `${clock.until}T24`))
}

const saying = ({ t }: Reader, q: CaseFilter['q']): SQL | undefined => {
  if (!q) return undefined
  const { title, secret, year, ord } = t.cases
  const like = `%${q.text.toLowerCase().replace(/[!%_]/g, '!$&')}%`
  const said = secret.columnType.startsWith('Pg') ? sql`lower(${secret}::text)` : sql`lower(${secret})`
  return or(
    sql`lower(${title}) like ${like} escape '!'`,
    q.secret ? sql`${said} like ${like} escape '!'` : undefined,
    q.ids && among(t.cases.id, q.ids),
    q.number && and(eq(year, q.number.year), eq(ord, q.number.ord)),
  )
}

const conditions = (db: Reader, f: CaseFilter): (SQL | undefined)[] => {
  const { t, office } = db
  return [
    eq(t.cases.office, office),
    f.kinds && among(t.cases.kind, [...f.kinds]),
    f.year === undefined ? undefined : eq(t.cases.year, f.year),
    f.units && among(t.cases.unit, [...f.units]),
    f.states && among(t.cases.state, [...f.states]),
    f.open === undefined ? undefined : f.open ? isNull(t.cases.closedOn) : isNotNull(t.cases.closedOn),
    // A minute of the last day stands after the day itself as text.
    f.due && and(gte(t.cases.due, f.due.from), lte(t.cases.due, `${f.due.to}T24`)),
    f.opened && and(gte(t.cases.openedOn, f.opened.from), lte(t.cases.openedOn, f.opened.to)),
    clocked(db, f.clock),
    saying(db, f.q),
  ]
}

/** Cases whose secret part is opened at once. */
const PAGE = 100

/**
 * Where what is secret is sealed, the database cannot look for words in it: the cases that are asked for otherwise are read.
 * Whoever asks twice by one filter looks through them first; what comes back is asked with as it is.
 */
export const lookedThrough = async (db: Reader, filter: CaseFilter): Promise<CaseFilter> => {
  const { q, ...rest } = filter
  if (!db.sealed || !q?.secret) return filter
  const { id, secret } = db.t.cases
  const text = q.text.toLowerCase()
  const ids: string[] = []
  for (let last = ''; ; ) {
    const rows = await db.q
      .select({ id, secret })
      .from(db.t.cases)
      .where(and(...conditions(db, rest), gt(id, last)))
      .orderBy(asc(id))
      .limit(PAGE)
    for (const row of rows) if (row.secret && JSON.stringify(row.secret).toLowerCase().includes(text)) ids.push(row.id)
    const end = rows[rows.length - 1]
    if (rows.length < PAGE || !end) return { ...rest, q: { ...q, secret: false, ids } }
    last = end.id
    await othersTurn()
  }
}

/** Cases: the open ones, those that end soonest first, then the newest; after them the closed ones. */
export const casesOf = async (db: Reader, filter: CaseFilter): Promise<CaseRow[]> =>
  inOrder(db, await lookedThrough(db, filter))

const inOrder = (db: Reader, filter: CaseFilter) =>
  db.q
    .select()
    .from(db.t.cases)
    .where(and(...conditions(db, filter)))
    .orderBy(
      sql`case when ${db.t.cases.closedOn} is null then 0 else 1 end`,
      sql`coalesce(${db.t.cases.due}, '9999')`,
      desc(db.t.cases.year),
      desc(db.t.cases.ord),
      asc(db.t.cases.kind),
    )

/** The same, a page of them. */
export const casesPage = async (
  db: Reader,
  filter: CaseFilter,
  { offset, limit }: { offset: number; limit: number },
): Promise<CaseRow[]> =>
  inOrder(db, await lookedThrough(db, filter))
    .limit(limit)
    .offset(offset)

export const countCases = async (db: Reader, filter: CaseFilter): Promise<number> => {
  const found = await db.q
    .select({ n: count() })
    .from(db.t.cases)
    .where(and(...conditions(db, await lookedThrough(db, filter))))
  return found[0]?.n ?? 0
}

/** How many cases of the filter each register has. */
export const casesByKind = async (db: Reader, filter: CaseFilter): Promise<Map<CaseKind, number>> => {
  const found = await db.q
    .select({ kind: db.t.cases.kind, n: count() })
    .from(db.t.cases)
    .where(and(...conditions(db, await lookedThrough(db, filter))))
    .groupBy(db.t.cases.kind)
  return new Map(found.map(({ kind, n }) => [kind, n]))
}

export const caseOf = async (db: Reader, id: string): Promise<CaseRow | undefined> =>
  (
    await db.q
      .select()
      .from(db.t.cases)
      .where(and(eq(db.t.cases.office, db.office), eq(db.t.cases.id, id)))
  )[0]

/** What cases are called. */
export const casesById = ({ q, t: { cases }, office }: Reader, ids: readonly string[]) =>
  q
    .select({ id: cases.id, kind: cases.kind, year: cases.year, ord: cases.ord, title: cases.title })
    .from(cases)
    .where(and(eq(cases.office, office), among(cases.id, ids)))

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

/** Cases of those ids, in the order of their ends. */
export const casesNamed = ({ q, t, office }: Reader, ids: readonly string[]): Promise<CaseRow[]> =>
  q
    .select()
    .from(t.cases)
    .where(and(eq(t.cases.office, office), among(t.cases.id, ids)))
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
