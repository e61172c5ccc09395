import { and, asc, eq, inArray, notInArray, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../../src/model/deadline.ts'
import type { Duty } from '../../src/model/duty.ts'
import type { Body } from '../../src/model/fact.ts'
import { among } from '../among.ts'
import { staleIf } from '../guard.ts'
import type { Query, Reader, Write } from '../store.ts'

/** 考核: the duties of a window with their histories, assessments, and what people gave. */

interface Fact {
  seq: number
  kind: string
  body: Body
  at: Date
}

interface ScoredDuty extends Duty {
  code: string
  archivedOn: Day | null
  facts: Fact[]
}

interface Asked {
  from: Day
  to: Day
  /** Unit ids; absent: all. */
  units?: readonly string[] | undefined
}

const PAGE = 4000

/** Facts that say nothing about how a duty was kept. */
const beside = ['progressed', 'urged', 'instructed', 'ticked', 'split', 'summed', 'accepted', 'cleared', 'kept']

/** A duty one of whose days falls into the window, or that has none: that it counts nowhere is told too. */
const inWindow = ({ t: { duties: d } }: Reader, { from, to, units }: Asked): SQL | undefined => {
  const within = (column: typeof d.owedOn) => sql`(${column} >= ${from} and ${column} <= ${to})`
  return and(
    sql`(${d.owedOn} is null or ${within(d.owedOn)} or ${within(d.setDueOn)} or ${within(d.firstDueOn)})`,
    units && among(d.unit, [...units]),
  )
}

const ofPlans = ({ t, office }: Reader): SQL | undefined =>
  and(eq(t.plans.office, office), eq(t.plans.id, t.duties.plan), inArray(t.plans.state, ['released', 'closed']))

/** Facts of those duties, by pages of the whole set: one query for all units' duties, however many there are. */
const factsOf = async (db: Reader, asked: Asked): Promise<Map<string, Fact[]>> => {
  const { q, t, office } = db
  const f = t.facts
  const found = new Map<string, Fact[]>()
  let last: { id: string; seq: number } | undefined
  for (;;) {
    const behind = last && sql`(${f.id}, ${f.seq}) > (${last.id}, ${sql.param(last.seq, f.seq)})`
    const rows = await q
      .select({ id: f.id, seq: f.seq, kind: f.kind, body: f.body, at: f.at })
      .from(f)
      .innerJoin(t.duties, and(eq(t.duties.office, office), eq(t.duties.id, f.id)))
      .innerJoin(t.plans, ofPlans(db))
      .where(and(eq(f.office, office), eq(f.subject, 'duty'), notInArray(f.kind, beside), inWindow(db, asked), behind))
      .orderBy(asc(f.id), asc(f.seq))
      .limit(PAGE)
    for (const { id, ...fact } of rows) {
      const own = found.get(id)
      if (own) own.push(fact)
      else found.set(id, [fact])
    }
    last = rows[rows.length - 1]
    if (rows.length < PAGE) return found
  }
}

/** Duties of plans that are released or closed with all that happened to them, in pages. */
export const scoredDuties = async (db: Reader, asked: Asked): Promise<ScoredDuty[]> => {
  const { q, t, office } = db
  const d = t.duties
  const rows: (typeof d.$inferSelect & { planCode: string; number: string })[] = []
  for (let last: string | undefined; ; ) {
    const page = await q
      .select({ duty: d, planCode: t.plans.code, number: t.tasks.number })
      .from(d)
      .innerJoin(t.plans, ofPlans(db))
      .innerJoin(t.tasks, and(eq(t.tasks.office, office), eq(t.tasks.id, d.task)))
      .where(and(eq(d.office, office), inWindow(db, asked), last === undefined ? undefined : sql`${d.id} > ${last}`))
      .orderBy(asc(d.id))
      .limit(PAGE)
    rows.push(...page.map(({ duty, planCode, number }) => ({ ...duty, planCode, number })))
    last = rows[rows.length - 1]?.id
    if (page.length < PAGE) break
  }
  const facts = await factsOf(db, asked)
  return rows.map(({ planCode, number, ...row }) => ({
    ...row,
    code: `${planCode}-${number}`,
    facts: facts.get(row.id) ?? [],
  }))
}

/** Assessments, the newest first. */
export const assessments = ({ q, t, office }: Reader) =>
  q
    .select()
    .from(t.assessments)
    .where(eq(t.assessments.office, office))
    .orderBy(sql`${t.assessments.to} desc`, sql`${t.assessments.id} desc`)

export type AssessmentRow = Awaited<ReturnType<typeof assessments>>[number]

export const assessmentOf = async ({ q, t, office }: Reader, id: string): Promise<AssessmentRow | undefined> =>
  (
    await q
      .select()
      .from(t.assessments)
      .where(and(eq(t.assessments.office, office), eq(t.assessments.id, id)))
  )[0]

/** When the result was told; undefined before. */
export const toldAt = async ({ q, t, office }: Reader, id: string): Promise<Date | undefined> =>
  (
    await q
      .select({ at: t.facts.at })
      .from(t.facts)
      .where(
        and(
          eq(t.facts.office, office),
          eq(t.facts.subject, 'assessment'),
          eq(t.facts.id, id),
          eq(t.facts.kind, 'published'),
        ),
      )
  )[0]?.at

/** What people gave in an assessment, of these units. */
export const scoresOf = ({ q, t, office }: Reader, assessment: string, units?: readonly string[]) =>
  q
    .select()
    .from(t.scores)
    .where(
      and(
        eq(t.scores.office, office),
        eq(t.scores.assessment, assessment),
        units ? among(t.scores.unit, [...units]) : undefined,
      ),
    )
    .orderBy(asc(t.scores.unit), asc(t.scores.indicator))

export type ScoreRow = Awaited<ReturnType<typeof scoresOf>>[number]

/** Fails its batch where anybody gave anything since the rows were read: a result rests on all of them. */
export const scoresStand = (
  { t, office }: Pick<Reader, 't' | 'office'>,
  q: Query,
  assessment: string,
  rows: readonly Pick<ScoreRow, 'version'>[],
): Write => {
  const own = and(eq(t.scores.office, office), eq(t.scores.assessment, assessment))
  const read = rows.reduce((sum, { version }) => sum + version, 0)
  const now = sql`select coalesce(sum(${t.scores.version}), 0) from ${t.scores} where ${own}`
  return staleIf(t, q, office, sql`(${now}) <> ${sql.param(read, t.scores.version)}`)
}
