import { and, desc, eq, gt, inArray, isNull, ne, sql } from 'drizzle-orm'
import type { Role } from '../../src/model/person.ts'
import { among } from '../among.ts'
import { type Params, prepare } from '../prepare.ts'
import type { Query, Reader, Write } from '../store.ts'

const bySecret = prepare('session', (q, t, p: Params<{ digest: string }>) =>
  q
    .select({
      id: t.sessions.id,
      via: t.sessions.via,
      seenAt: t.sessions.seenAt,
      expiresAt: t.sessions.expiresAt,
      endedAt: t.sessions.endedAt,
      person: t.people.id,
      name: t.people.name,
      role: t.people.role,
      units: t.people.units,
      charge: t.people.charge,
    })
    .from(t.sessions)
    .innerJoin(t.people, and(eq(t.people.office, p.office), eq(t.people.id, t.sessions.person)))
    .where(and(eq(t.sessions.office, p.office), eq(t.sessions.digest, p.digest))),
)

/** The session behind a cookie's digest with the person as they stand now; also one that has ended. */
export const sessionBySecret = async (reader: Reader, digest: string) => (await bySecret(reader, { digest }))[0]

/** Sessions that still run, of one person or of all, newest first. */
export const runningSessions = ({ q, t, office }: Reader, now: Date, person?: string) =>
  q
    .select({
      id: t.sessions.id,
      person: t.sessions.person,
      name: t.people.name,
      role: t.people.role,
      via: t.sessions.via,
      agent: t.sessions.agent,
      startedAt: t.sessions.startedAt,
      seenAt: t.sessions.seenAt,
      expiresAt: t.sessions.expiresAt,
    })
    .from(t.sessions)
    .innerJoin(t.people, and(eq(t.people.office, office), eq(t.people.id, t.sessions.person)))
    .where(
      and(
        eq(t.sessions.office, office),
        isNull(t.sessions.endedAt),
        gt(t.sessions.expiresAt, now),
        person === undefined ? undefined : eq(t.sessions.person, person),
      ),
    )
    .orderBy(desc(t.sessions.startedAt))

/** Ends sessions by their ids, those that still run. */
export const endSessionsOf = (
  { t, office }: Pick<Reader, 't' | 'office'>,
  q: Query,
  ids: readonly string[],
  now: Date,
): Write =>
  q
    .update(t.sessions)
    .set({ endedAt: now })
    .where(and(eq(t.sessions.office, office), among(t.sessions.id, ids), isNull(t.sessions.endedAt)))

/** Takes away what people were given to come in by and have not used. */
export const dropLinksOf = ({ t, office }: Pick<Reader, 't' | 'office'>, q: Query, people: readonly string[]): Write =>
  q.delete(t.links).where(and(eq(t.links.office, office), among(t.links.person, people), isNull(t.links.usedAt)))

/**
 * Ends the sessions of whoever an account belonged to, and the link that they have not used, where it becomes somebody
 * else's: it may be another person's telephone by now, and what was opened by it is.
 */
export const endSessionsOfFormer = (
  { t, office }: Pick<Reader, 't' | 'office'>,
  q: Query,
  { key, person }: { key: string; person: string },
  now: Date,
): Write[] => {
  const own = and(eq(t.identities.office, office), eq(t.identities.key, key), ne(t.identities.person, person))
  const former = sql`(select ${t.identities.person} from ${t.identities} where ${own})`
  return [
    q
      .update(t.sessions)
      .set({ endedAt: now })
      .where(and(eq(t.sessions.office, office), isNull(t.sessions.endedAt), sql`${t.sessions.person} in ${former}`)),
    q
      .delete(t.links)
      .where(and(eq(t.links.office, office), isNull(t.links.usedAt), sql`${t.links.person} in ${former}`)),
  ]
}

/** Whom a link lets in; undefined for one that was never given. */
export const linkHolder = async ({ q, t, office }: Reader, digest: string) =>
  (
    await q
      .select({
        person: t.people.id,
        name: t.people.name,
        role: t.people.role,
        expiresAt: t.links.expiresAt,
        usedAt: t.links.usedAt,
      })
      .from(t.links)
      .innerJoin(t.people, and(eq(t.people.office, office), eq(t.people.id, t.links.person)))
      .where(and(eq(t.links.office, office), eq(t.links.digest, digest)))
  )[0]

/** Somebody of these roles, to begin with; undefined where the roster has none. */
export const firstOfRoles = async ({ q, t, office }: Reader, role: Role) =>
  (
    await q
      .select({ id: t.people.id, name: t.people.name })
      .from(t.people)
      .where(and(eq(t.people.office, office), eq(t.people.role, role)))
      .orderBy(t.people.id)
      .limit(1)
  )[0]

/** Has anybody of these roles ever been signed in? By the ledger, which keeps it: sessions are swept. */
export const someoneSignedIn = async ({ q, t, office }: Reader, roles: readonly Role[]): Promise<boolean> => {
  const found = await q
    .select({ id: t.facts.id })
    .from(t.people)
    .innerJoin(
      t.facts,
      and(
        ...[eq(t.facts.office, office), eq(t.facts.subject, 'person'), eq(t.facts.id, t.people.id)],
        eq(t.facts.kind, 'signed-in'),
      ),
    )
    .where(and(eq(t.people.office, office), inArray(t.people.role, [...roles])))
    .limit(1)
  return found.length > 0
}
