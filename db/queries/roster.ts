import { and, asc, count, eq, gt, gte, inArray, isNull, max, sql } from 'drizzle-orm'
import type { Reader } from '../store.ts'

/** Everybody on the register who is on duty, in the order in which they were entered. */
export const peopleOnDuty = ({ q, t, office }: Reader) =>
  q
    .select()
    .from(t.people)
    .where(and(eq(t.people.office, office), sql`${t.people.role} <> 'unknown'`))
    .orderBy(asc(t.people.id))

/** All accounts with whose they are, in the order of their keys, which the database does not know where they are sealed. */
export const identitiesAll = async ({ q, t, office }: Reader) => {
  const rows = await q
    .select({ key: t.identities.key, person: t.identities.person })
    .from(t.identities)
    .where(eq(t.identities.office, office))
  return rows.sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** How many sessions run, by person. */
export const sessionCounts = async ({ q, t, office }: Reader, now: Date): Promise<Map<string, number>> => {
  const { sessions } = t
  const rows = await q
    .select({ person: sessions.person, n: count() })
    .from(sessions)
    .where(and(eq(sessions.office, office), isNull(sessions.endedAt), gt(sessions.expiresAt, now)))
    .groupBy(sessions.person)
  return new Map(rows.map(({ person, n }) => [person, n]))
}

/** Versions of all units' rows. */
export const unitVersions = async ({ q, t, office }: Reader): Promise<Map<string, number>> => {
  const rows = await q
    .select({ id: t.units.id, version: t.units.version })
    .from(t.units)
    .where(eq(t.units.office, office))
  return new Map(rows.map(({ id, version }) => [id, version]))
}

/** Groups in which somebody was answered since then, with the last time; also those that are bound. */
export const groupsAnswered = async ({ q, t, office }: Reader, since: Date) => {
  const o = t.outbox
  const rows = await q
    .select({ address: o.address, at: max(o.dueAt) })
    .from(o)
    .where(
      and(
        ...[eq(o.office, office), inArray(o.state, ['sent', 'unsure', 'dead', 'waiting', 'dropped'])],
        ...[eq(o.lane, 'answer'), gte(o.dueAt, since)],
      ),
    )
    .groupBy(o.address)
  return rows.filter(({ address }) => address.kind === 'room')
}
