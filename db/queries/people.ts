import { and, eq, inArray } from 'drizzle-orm'
import type { Actor } from '../../src/model/person.ts'
import type { Reader } from '../store.ts'

/** The person bound to any of the keys of a sender (its own app's before any app's); undefined for a stranger. */
export const personOf = async ({ q, t, office }: Reader, keys: readonly string[]): Promise<Actor | undefined> => {
  const rows = await q
    .select({
      key: t.identities.key,
      id: t.people.id,
      name: t.people.name,
      role: t.people.role,
      units: t.people.units,
      charge: t.people.charge,
    })
    .from(t.identities)
    .innerJoin(t.people, and(eq(t.people.office, office), eq(t.people.id, t.identities.person)))
    .where(and(eq(t.identities.office, office), inArray(t.identities.key, [...keys])))
  const found = keys.flatMap((key) => rows.filter((row) => row.key === key))[0]
  if (!found) return undefined
  const { id, name, role, units, charge } = found
  return { id, name, role, units, charge }
}

/** The room bound under any of the keys, its own app's before any app's. */
export const roomOf = async ({ q, t, office }: Reader, keys: readonly string[]) => {
  const rows = await q
    .select()
    .from(t.rooms)
    .where(and(eq(t.rooms.office, office), inArray(t.rooms.key, [...keys])))
  return keys.flatMap((key) => rows.filter((row) => row.key === key))[0]
}

/** All rooms, to find the one of a unit. */
export const roomsOf = ({ q, t, office }: Reader) => q.select().from(t.rooms).where(eq(t.rooms.office, office))

/** Whom a one-time code binds; undefined for a code that was never given. */
export const codeHolder = async ({ q, t, office }: Reader, digest: string) =>
  (
    await q
      .select({
        person: t.codes.person,
        expiresAt: t.codes.expiresAt,
        usedAt: t.codes.usedAt,
        name: t.people.name,
        units: t.people.units,
      })
      .from(t.codes)
      .innerJoin(t.people, and(eq(t.people.office, office), eq(t.people.id, t.codes.person)))
      .where(and(eq(t.codes.office, office), eq(t.codes.digest, digest)))
  )[0]
