import { and, asc, eq, gt, or, type SQL } from 'drizzle-orm'
import type { Actor } from '../../src/model/person.ts'
import { among } from '../among.ts'
import { asStored, type Params, prepare } from '../prepare.ts'
import type { Tables } from '../schema.ts'
import type { Reader } from '../store.ts'

/** The keys of one sender or room: through its own app, and through any app of the platform. */
export type Keys = readonly [own: string, anyApp: string]

const bound = prepare('personOf', (q, t, p: Params<{ own: string; any: string }>) =>
  q
    .select({
      key: t.identities.key,
      id: t.people.id,
      name: t.people.name,
      role: t.people.role,
      units: t.people.units,
      charge: t.people.charge,
    })
    .from(t.identities)
    .innerJoin(t.people, and(eq(t.people.office, p.office), eq(t.people.id, t.identities.person)))
    .where(
      and(
        eq(t.identities.office, p.office),
        or(
          eq(t.identities.key, asStored(t.identities.key, 'own')),
          eq(t.identities.key, asStored(t.identities.key, 'any')),
        ),
      ),
    ),
)

/** The person bound to any of the keys of a sender (its own app's before any app's); undefined for a stranger. */
export const personOf = async (reader: Reader, [own, any]: Keys): Promise<Actor | undefined> => {
  const rows = await bound(reader, { own, any })
  const found = rows.find((row) => row.key === own) ?? rows[0]
  if (!found) return undefined
  const { id, name, role, units, charge } = found
  return { id, name, role, units, charge }
}

const rooms = prepare('roomOf', (q, t, p: Params<{ own: string; any: string }>) =>
  q
    .select()
    .from(t.rooms)
    .where(and(eq(t.rooms.office, p.office), or(eq(t.rooms.key, p.own), eq(t.rooms.key, p.any)))),
)

/** The room bound under any of the keys, its own app's before any app's. */
export const roomOf = async (reader: Reader, [own, any]: Keys) => {
  const rows = await rooms(reader, { own, any })
  return rows.find((row) => row.key === own) ?? rows[0]
}

const allRooms = prepare('rooms', (q, t, p) => q.select().from(t.rooms).where(eq(t.rooms.office, p.office)))

/** All rooms, to find the one of a unit. */
export const roomsOf = (reader: Reader) => allRooms(reader)

/** Until when rooms are muted that are at that moment, by their keys. */
export const mutedRooms = async ({ q, t, office }: Reader, now: Date): Promise<Map<string, Date>> => {
  const rows = await q
    .select({ key: t.rooms.key, until: t.rooms.mutedUntil })
    .from(t.rooms)
    .where(and(eq(t.rooms.office, office), gt(t.rooms.mutedUntil, now)))
  return new Map(rows.flatMap(({ key, until }) => (until ? [[key, until]] : [])))
}

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
        version: t.people.version,
        head: t.people.head,
      })
      .from(t.codes)
      .innerJoin(t.people, and(eq(t.people.office, office), eq(t.people.id, t.codes.person)))
      .where(and(eq(t.codes.office, office), eq(t.codes.digest, digest)))
  )[0]

const columns = (t: Tables) => ({
  id: t.people.id,
  name: t.people.name,
  role: t.people.role,
  units: t.people.units,
  post: t.people.post,
  awayUntil: t.people.awayUntil,
  substitute: t.people.substitute,
  version: t.people.version,
  head: t.people.head,
})

/** A before B before who is neither. */
const byPost = (a: { post: string }, b: { post: string }): number => {
  const [x, y] = [a.post || 'Z', b.post || 'Z']
  return x < y ? -1 : x > y ? 1 : 0
}

const allLiaisons = prepare('liaisons', (q, t, p) =>
  q
    .select(columns(t))
    .from(t.people)
    .where(and(eq(t.people.office, p.office), eq(t.people.role, 'liaison')))
    .orderBy(asc(t.people.id)),
)

/** All liaisons, A before B. */
export const liaisonsAll = async (reader: Reader) => (await allLiaisons(reader)).sort(byPost)

export type LiaisonView = Awaited<ReturnType<typeof liaisonsAll>>[number]

/** Liaisons of the units, A before B. */
export const liaisonsOf = async (reader: Reader, units: readonly string[]) =>
  (await liaisonsAll(reader)).filter((one) => one.units.some((unit) => units.includes(unit)))

/** People of that name. */
export const peopleNamed = ({ q, t, office }: Reader, name: string) =>
  q
    .select(columns(t))
    .from(t.people)
    .where(and(eq(t.people.office, office), eq(t.people.name, name)))

/** A person's row, for a fact about them; undefined for a sender that nobody has bound. */
export const personRow = async ({ q, t, office }: Reader, id: string) => {
  const [row] = await q
    .select(columns(t))
    .from(t.people)
    .where(and(eq(t.people.office, office), eq(t.people.id, id)))
  return row && { subject: 'person' as const, id: row.id, version: row.version, head: row.head }
}

/** Names of people by their ids; ids of nobody on the register are left out. */
export const namesOfPeople = async ({ q, t, office }: Reader, ids: readonly string[]): Promise<Map<string, string>> => {
  const rows =
    ids.length === 0
      ? []
      : await q
          .select({ id: t.people.id, name: t.people.name })
          .from(t.people)
          .where(and(eq(t.people.office, office), among(t.people.id, [...new Set(ids)])))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** People by their ids, as one says who did something; ids of nobody on the register are left out. */
export const peopleOf = async ({ q, t, office }: Reader, ids: readonly string[]) =>
  ids.length === 0
    ? []
    : q
        .select(columns(t))
        .from(t.people)
        .where(and(eq(t.people.office, office), among(t.people.id, [...new Set(ids)])))

export type RoomView = Awaited<ReturnType<typeof roomsOf>>[number]

const accounts = (q: Reader['q'], t: Tables, office: SQL<string>, where?: SQL) =>
  q
    .select({ ...columns(t), charge: t.people.charge, key: t.identities.key })
    .from(t.identities)
    .innerJoin(t.people, and(eq(t.people.office, office), eq(t.people.id, t.identities.person)))
    .where(and(eq(t.identities.office, office), where))
    .orderBy(asc(t.people.id))

const allAccounts = prepare('people reached', (q, t, p) => accounts(q, t, p.office))
const accountsOf = prepare('person reached', (q, t, p: Params<{ person: string }>) =>
  accounts(q, t, p.office, eq(t.identities.person, p.person)),
)

/** Put in order here: sealed keys have none in the database. */
const inOrder = <T extends { id: string; key: string }>(rows: T[]): T[] =>
  rows.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.key < b.key ? -1 : 1))

/** Every account that is bound, with whose it is; those of one person stand together. */
export const accountsAll = async (reader: Reader) => inOrder(await allAccounts(reader))

/** People whom the bot can write to on their own, with the key of the account that they are bound to. */
export const peopleReached = async (reader: Reader) =>
  // A person of several accounts is written to once.
  (await accountsAll(reader)).filter(({ id }, i, rows) => rows[i - 1]?.id !== id)
export type Reached = Awaited<ReturnType<typeof peopleReached>>[number]

/** One of them; undefined for a person without an account. */
export const personReached = async (reader: Reader, person: string): Promise<Reached | undefined> =>
  inOrder(await accountsOf(reader, { person }))[0]
