import { and, count, desc, eq, gte, inArray, lt, lte, notInArray, or, type SQL, sql } from 'drizzle-orm'
import type { Subject } from '../../src/model/fact.ts'
import { among } from '../among.ts'
import { type Params, prepare } from '../prepare.ts'
import type { Reader } from '../store.ts'
import { othersTurn } from '../turn.ts'

/** Where a page of facts ended: the next begins after it. */
export interface FactKey {
  at: Date
  subject: string
  id: string
  seq: number
}

export interface FactFilter {
  from?: Date
  /** Before then. */
  to?: Date
  /** Who did it. */
  by?: string
  subjects?: readonly Subject[]
  kinds?: readonly string[]
  notKinds?: readonly string[]
  /** One subject alone. */
  id?: string
  /** A unit: itself, its duties, what its people (by id) did. */
  unit?: { id: string; people: readonly string[] }
  /** In the words that went with it; a task's code finds what happened to its duties. */
  q?: string
}

/** Words as text without their salt, in whose digits a number would be found by chance. */
const saidOf = ({ t }: Reader): SQL => {
  const { words } = t.facts
  return words.columnType.startsWith('Pg')
    ? sql`lower((${words} - 'salt')::text)`
    : sql`lower(json_remove(${words}, '$.salt'))`
}

/** Duties of the task with that code. */
const coded = ({ q, t, office }: Reader, code: string) =>
  q
    .select({ id: t.duties.id })
    .from(t.duties)
    .innerJoin(t.tasks, and(eq(t.tasks.office, office), eq(t.tasks.id, t.duties.task)))
    .innerJoin(t.plans, and(eq(t.plans.office, office), eq(t.plans.id, t.duties.plan)))
    .where(and(eq(t.duties.office, office), sql`${t.plans.code} || '-' || ${t.tasks.number} = ${code}`))

const saying = (reader: Reader, words: string): SQL | undefined => {
  const { t } = reader
  const like = `%${words.toLowerCase().replace(/[!%_]/g, '!$&')}%`
  return or(
    sql`${saidOf(reader)} like ${like} escape '!'`,
    and(eq(t.facts.subject, 'duty'), inArray(t.facts.id, coded(reader, words))),
  )
}

const ofUnit = ({ q, t, office }: Reader, { id, people }: NonNullable<FactFilter['unit']>): SQL | undefined => {
  const duties = q
    .select({ id: t.duties.id })
    .from(t.duties)
    .where(and(eq(t.duties.office, office), eq(t.duties.unit, id)))
  return or(
    and(eq(t.facts.subject, 'unit'), eq(t.facts.id, id)),
    and(eq(t.facts.subject, 'duty'), inArray(t.facts.id, duties)),
    among(t.facts.by, people),
  )
}

const meeting = (reader: Reader, filter: FactFilter): SQL | undefined => {
  const f = reader.t.facts
  const { from, to, by, subjects, kinds, notKinds, id, unit, q } = filter
  return and(
    eq(f.office, reader.office),
    from && gte(f.at, from),
    to && lt(f.at, to),
    by === undefined ? undefined : eq(f.by, by),
    subjects && inArray(f.subject, [...subjects]),
    kinds && inArray(f.kind, [...kinds]),
    notKinds && notInArray(f.kind, [...notKinds]),
    id === undefined ? undefined : eq(f.id, id),
    unit && ofUnit(reader, unit),
    q ? saying(reader, q) : undefined,
  )
}

const newest = (reader: Reader, filter: FactFilter, limit: number, after?: FactKey) => {
  const f = reader.t.facts
  const rest =
    after &&
    or(
      lt(f.at, after.at),
      sql`(${f.subject}, ${f.id}, ${f.seq}) < (${after.subject}, ${after.id}, ${sql.param(after.seq, f.seq)})`,
    )
  return reader.q
    .select({
      ...{ subject: f.subject, id: f.id, seq: f.seq, kind: f.kind, body: f.body, words: f.words },
      ...{ wordsDigest: f.wordsDigest, by: f.by, via: f.via, at: f.at },
    })
    .from(f)
    .where(and(meeting(reader, filter), after && lte(f.at, after.at), rest))
    .orderBy(desc(f.at), desc(f.subject), desc(f.id), desc(f.seq))
    .limit(limit)
}
export type FactSeen = Awaited<ReturnType<typeof newest>>[number]

/** Sealed words are opened one by one: so many facts are, and older ones are found by other conditions. */
const LOOKED_THROUGH = 10_000
const PAGE = 100

/** Where words are sealed the database cannot look for any in them: what is asked for otherwise is read, page by page. */
const lookedThrough = async (reader: Reader, { q = '', ...rest }: FactFilter, limit: number, after?: FactKey) => {
  const duties = new Set((await coded(reader, q)).map(({ id }) => id))
  const text = q.toLowerCase()
  const says = ({ subject, id, words }: FactSeen): boolean => {
    const { salt: _, ...said } = words ?? {}
    return (
      (subject === 'duty' && duties.has(id)) || (words !== null && JSON.stringify(said).toLowerCase().includes(text))
    )
  }
  const found: FactSeen[] = []
  let last = after
  for (let seen = 0; seen < LOOKED_THROUGH && found.length < limit; seen += PAGE) {
    const rows = await newest(reader, rest, PAGE, last)
    found.push(...rows.filter(says))
    last = rows[rows.length - 1]
    if (rows.length < PAGE) break
    await othersTurn()
  }
  return found.slice(0, limit)
}

/** Facts of all subjects, newest first: `limit` of those that come after `after`. */
export const factsNewest = async (
  reader: Reader,
  filter: FactFilter,
  limit: number,
  after?: FactKey,
): Promise<FactSeen[]> =>
  reader.sealed && filter.q ? lookedThrough(reader, filter, limit, after) : newest(reader, filter, limit, after)

/** How many facts the office's ledger has. */
export const countFacts = async ({ q, t, office }: Reader): Promise<number> =>
  (await q.select({ n: count() }).from(t.facts).where(eq(t.facts.office, office)))[0]?.n ?? 0

/** What the ids of subjects are called; rows that are gone (dropped drafts) are left out. */
export const subjectNames = async ({ q, t, office }: Reader, ids: Record<'duty' | 'task' | 'plan', string[]>) => {
  const inPlan = and(eq(t.plans.office, office), eq(t.plans.id, t.tasks.plan))
  const task = { code: t.plans.code, number: t.tasks.number, plan: t.plans.id, secret: t.tasks.secret }
  return {
    duties: await q
      .select({ id: t.duties.id, unit: t.duties.unit, round: t.duties.round, ...task })
      .from(t.duties)
      .innerJoin(t.tasks, and(eq(t.tasks.office, office), eq(t.tasks.id, t.duties.task)))
      .innerJoin(t.plans, inPlan)
      .where(and(eq(t.duties.office, office), among(t.duties.id, ids.duty))),
    tasks: await q
      .select({ id: t.tasks.id, ...task })
      .from(t.tasks)
      .innerJoin(t.plans, inPlan)
      .where(and(eq(t.tasks.office, office), among(t.tasks.id, ids.task))),
    plans: await q
      .select({ id: t.plans.id, code: t.plans.code, document: t.plans.document })
      .from(t.plans)
      .where(and(eq(t.plans.office, office), among(t.plans.id, ids.plan))),
  }
}

/** Everybody on the register with the role, in the order of their names. */
export const peopleByName = ({ q, t, office }: Reader) =>
  q
    .select({ id: t.people.id, name: t.people.name, role: t.people.role, units: t.people.units })
    .from(t.people)
    .where(eq(t.people.office, office))
    .orderBy(t.people.name, t.people.id)

const ownRefusals = prepare('refusals of a person', (q, t, p: Params<{ by: string; since: Date }>) =>
  q
    .select({ body: t.facts.body })
    .from(t.facts)
    .where(
      and(
        eq(t.facts.office, p.office),
        eq(t.facts.by, p.by),
        gte(t.facts.at, p.since),
        sql`${t.facts.kind} = 'refused'`,
        sql`${t.facts.subject} = 'person'`,
      ),
    ),
)

const refusalsOnUnits = prepare('refusals on units', (q, t, p: Params<{ by: string; since: Date }>) =>
  q
    .select({ body: t.facts.body })
    .from(t.facts)
    .where(
      and(
        eq(t.facts.office, p.office),
        eq(t.facts.by, p.by),
        gte(t.facts.at, p.since),
        sql`${t.facts.kind} = 'refused'`,
        sql`${t.facts.subject} = 'unit'`,
      ),
    ),
)

/** For what of other units the person was refused since then, as it stands on the units of their own. */
export const unitRefusals = (reader: Reader, by: string, since: Date) => refusalsOnUnits(reader, { by, since })

/** Was the person refused the same thing since then? */
export const wasRefused = async (reader: Reader, by: string, what: string, since: Date): Promise<boolean> =>
  (await ownRefusals(reader, { by, since })).some(({ body }) => body.what === what)

/** Seals, newest first, without the heads in them. */
export const sealsNewest = ({ q, t, office }: Reader, limit: number, before?: string) =>
  q
    .select({
      ...{ day: t.seals.day, heads: t.seals.heads, alg: t.seals.alg, hash: t.seals.hash, prev: t.seals.prev },
      at: t.seals.at,
    })
    .from(t.seals)
    .where(and(eq(t.seals.office, office), before === undefined ? undefined : lt(t.seals.day, before)))
    .orderBy(desc(t.seals.day))
    .limit(limit)
