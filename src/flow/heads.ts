import { and, asc, eq, gt } from 'drizzle-orm'
import type { Reader } from '../../db/store.ts'
import { type Alg, digestOf } from './chain.ts'

export interface Head {
  subject: string
  id: string
  version: number
  head: string
}

/** A subject's heads by `subject id`. */
export type Heads = Map<string, Head>

const keyOf = ({ subject, id }: Pick<Head, 'subject' | 'id'>): string => `${subject} ${id}`

/** Version and head of every subject's row. */
export const headsOf = async ({ q, t, office }: Reader): Promise<Heads> => {
  const tables = [
    ['plan', t.plans, t.plans.id],
    ['task', t.tasks, t.tasks.id],
    ['duty', t.duties, t.duties.id],
    ['unit', t.units, t.units.id],
    ['person', t.people, t.people.id],
    ['room', t.rooms, t.rooms.key],
    ['subscription', t.subscriptions, t.subscriptions.id],
    ['evidence', t.evidence, t.evidence.id],
    ['paper', t.papers, t.papers.id],
    ['assessment', t.assessments, t.assessments.id],
    ['score', t.scores, t.scores.id],
    ['tally', t.tallies, t.tallies.id],
    ['annual', t.annuals, t.annuals.id],
  ] as const
  const heads: Heads = new Map()
  for (const [subject, table, id] of tables) {
    const rows = await q
      .select({ id, version: table.version, head: table.head })
      .from(table as typeof t.plans)
      .where(eq(table.office, office))
    for (const row of rows) heads.set(keyOf({ subject, id: row.id }), { subject, ...row })
  }
  const cases = await q
    .select({ subject: t.cases.kind, id: t.cases.id, version: t.cases.version, head: t.cases.head })
    .from(t.cases)
    .where(eq(t.cases.office, office))
  for (const row of cases) heads.set(keyOf(row), row)
  // The office itself has facts only once it has set something.
  const [own] = await q
    .select({ id: t.offices.office, version: t.offices.version, head: t.offices.head })
    .from(t.offices)
    .where(and(eq(t.offices.office, office), gt(t.offices.version, 0)))
  if (own) heads.set(keyOf({ subject: 'office', id: own.id }), { subject: 'office', ...own })
  return heads
}

/** The heads that a seal holds: what belongs to a draft is seen by nobody and may still be replaced. */
export const sealedHeads = async (db: Reader): Promise<Heads> => {
  const { q, t, office } = db
  const heads = await headsOf(db)
  const drafts = await q
    .select({ id: t.plans.id })
    .from(t.plans)
    .where(and(eq(t.plans.office, office), eq(t.plans.state, 'draft')))
  for (const { id: plan } of drafts) {
    for (const [subject, table] of [
      ['task', t.tasks],
      ['duty', t.duties],
    ] as const) {
      const rows = await q
        .select({ id: table.id })
        .from(table as typeof t.tasks)
        .where(and(eq(table.office, office), eq(table.plan, plan)))
      for (const { id } of rows) heads.delete(keyOf({ subject, id }))
    }
  }
  return heads
}

/** One hash over all heads, in order of subject and id, and the seal before. */
export const sealHash = (alg: Alg, prev: string, heads: Heads): string =>
  digestOf(alg, [
    prev,
    [...heads.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { subject, id, version, head }]) => [subject, id, version, head]),
  ])

/** Heads after one more seal. */
export const withMoved = (heads: Heads, moved: readonly [string, string, number, string][]): Heads => {
  const next = new Map(heads)
  for (const [subject, id, version, head] of moved) next.set(keyOf({ subject, id }), { subject, id, version, head })
  return next
}

/** What moved from one state of the heads to another. */
export const movedBetween = (before: Heads, after: Heads): [string, string, number, string][] =>
  [...after.entries()]
    .filter(([key, { head }]) => before.get(key)?.head !== head)
    .map(([, { subject, id, version, head }]) => [subject, id, version, head])

/** All seals of the office, oldest first. */
export const sealsOf = ({ q, t, office }: Reader) =>
  q.select().from(t.seals).where(eq(t.seals.office, office)).orderBy(asc(t.seals.day))
