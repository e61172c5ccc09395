import { and, eq } from 'drizzle-orm'
import { bulkInsert } from '../../db/bulk.ts'
import { guard } from '../../db/guard.ts'
import type { Query, Write } from '../../db/store.ts'
import type { Body } from '../model/fact.ts'
import { type Address, anyRouteKey, Platform } from '../model/message.ts'
import type { Role } from '../model/person.ts'
import { BadInput } from '../model/problem.ts'
import type { Unit } from '../model/unit.ts'
import { type RosterDraft, rosterOf } from '../unit/roster.ts'
import { accountDigest, digestOf } from './chain.ts'
import type { Deps } from './deps.ts'
import { factRow, officeMoves, type Stamp } from './ledger.ts'

type SubjectRow = { version: number; head: string } | undefined

interface Change {
  subject: 'unit' | 'person' | 'room'
  id: string
  before: SubjectRow
  kind: string
  body: Body
  words?: Body
}

const tableOf = { unit: 'units', person: 'people', room: 'rooms' } as const

/** Guard, fact, and what the row gets: version and head. */
const changed = (
  deps: Deps,
  q: Query,
  change: Change,
  stamp: Stamp,
): { writes: Write[]; set: { version: number; head: string } } => {
  const { subject, id, before, kind, body, words } = change
  const fact = factRow(
    deps,
    { subject, id, seq: (before?.version ?? 0) + 1, prev: before?.head ?? '', kind, body, words },
    stamp,
  )
  return {
    writes: [
      guard(deps.store.t, q, deps.store.office, tableOf[subject], id, before?.version ?? null),
      q.insert(deps.store.t.facts).values(fact),
    ],
    set: { version: fact.seq, head: fact.hash },
  }
}

/** What recognises a verified mobile number without keeping it. */
const mobileDigest = (deps: Pick<Deps, 'store' | 'alg'>, mobile: string): string =>
  mobile === ''
    ? ''
    : digestOf(deps.alg, ['mobile', deps.store.office, mobile.replace(/^\+?86/, '').replace(/\D/g, '')])

export interface PersonDraft {
  name: string
  role: Role
  units: string[]
  charge: string[]
  post: '' | 'A' | 'B'
  mobile: string
  identities: string[]
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** `lark:oc_1` as an address through any app of the platform. @throws BadInput */
export const addressOf = (text: string, kind: Address['kind']): Address => {
  const at = text.indexOf(':')
  const platform = Platform.safeParse(text.slice(0, at))
  const id = text.slice(at + 1)
  if (at < 0 || !platform.success || id === '')
    throw new BadInput(
      `“${text}”不是平台账号：应写作 平台:编号，平台是 ${Platform.options.join('、')} 之一，例如 lark:oc_1`,
    )
  return { platform: platform.data, route: '*', kind, id }
}

const unitRow = (deps: Deps, unit: Unit, ord: number) => {
  const { head: headName, ...rest } = unit
  return { office: deps.store.office, ...rest, headName, ord }
}

const unitWrites = (deps: Deps, q: Query, known: Known['units'], units: readonly Unit[], stamp: Stamp): Write[] => {
  const { t, office } = deps.store
  const fresh: {
    row: ReturnType<typeof unitRow> & { version: number; head: string }
    fact: ReturnType<typeof factRow>
  }[] = []
  const writes = units.flatMap((unit, ord): Write[] => {
    const row = unitRow(deps, unit, ord)
    const before = known.find((one) => one.name === unit.name)
    const body = { name: unit.name, origin: unit.origin, members: unit.members }
    if (!before) {
      const fact = factRow(deps, { subject: 'unit', id: unit.id, seq: 1, prev: '', kind: 'listed', body }, stamp)
      fresh.push({ fact, row: { ...row, version: 1, head: fact.hash } })
      return []
    }
    const { version: _v, head: _h, ...was } = before
    if (same(sorted(was), sorted({ ...row, id: before.id }))) return []
    const { writes, set } = changed(deps, q, { subject: 'unit', id: before.id, before, kind: 'listed', body }, stamp)
    const { id: _id, office: _office, ...columns } = row
    return [
      ...writes,
      q
        .update(t.units)
        .set({ ...columns, ...set })
        .where(and(eq(t.units.office, office), eq(t.units.id, before.id))),
    ]
  })
  return [
    ...bulkInsert(
      deps.store,
      q,
      t.units,
      fresh.map(({ row }) => row),
    ),
    ...bulkInsert(
      deps.store,
      q,
      t.facts,
      fresh.map(({ fact }) => fact),
    ),
    ...writes,
  ]
}

const sorted = (value: object): [string, unknown][] => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))

const personWrites = (
  deps: Deps,
  q: Query,
  known: Known['people'],
  people: readonly PersonDraft[],
  stamp: Stamp,
): Write[] => {
  const { t, office } = deps.store
  return people.flatMap((person): Write[] => {
    const before = known.find(
      (one) =>
        one.name === person.name &&
        one.role === person.role &&
        (person.units.length === 0 || one.units.some((unit) => person.units.includes(unit))),
    )
    const values = {
      name: person.name,
      role: person.role,
      units: before ? [...new Set([...before.units, ...person.units])] : person.units,
      charge: person.charge.length > 0 ? person.charge : (before?.charge ?? []),
      post: person.post || (before?.post ?? ''),
      mobile: mobileDigest(deps, person.mobile) || (before?.mobile ?? ''),
    }
    const id = before?.id ?? deps.newId()
    const links = person.identities.map((key) =>
      q
        .insert(t.identities)
        .values({ office, key, person: id })
        .onConflictDoUpdate({ target: [t.identities.office, t.identities.key], set: { person: id } }),
    )
    const unchanged =
      before &&
      (['name', 'role', 'units', 'charge', 'post', 'mobile'] as const).every((key) => same(before[key], values[key]))
    const accounts = person.identities.map((key) => accountDigest(deps.alg, office, key))
    if (unchanged && accounts.length === 0) return []
    const body = { role: person.role, units: values.units, charge: values.charge, post: values.post, accounts }
    const { writes, set } = changed(
      deps,
      q,
      {
        subject: 'person',
        id,
        before,
        kind: 'listed',
        body,
        words: { name: person.name, accounts: person.identities },
      },
      stamp,
    )
    const row = { office, id, ...values, ...set }
    return [
      ...writes,
      q
        .insert(t.people)
        .values(row)
        .onConflictDoUpdate({ target: [t.people.office, t.people.id], set: { ...values, ...set } }),
      ...links,
    ]
  })
}

export interface RoomDraft {
  address: Address
  scope: 'units' | 'all' | 'office'
  units: string[]
}

const roomWrites = (
  deps: Deps,
  q: Query,
  known: Known['rooms'],
  rooms: readonly RoomDraft[],
  stamp: Stamp,
): Write[] => {
  const { t, office } = deps.store
  return rooms.flatMap(({ address, scope, units }): Write[] => {
    const key = anyRouteKey(address)
    const before = known.find((one) => one.key === key)
    if (before && before.scope === scope && same(before.units, units)) return []
    const { writes, set } = changed(
      deps,
      q,
      { subject: 'room', id: key, before, kind: 'bound', body: { scope, units } },
      stamp,
    )
    const values = { scope, units, address, ...set }
    return [
      ...writes,
      q
        .insert(t.rooms)
        .values({ office, key, ...values })
        .onConflictDoUpdate({ target: [t.rooms.office, t.rooms.key], set: values }),
    ]
  })
}

/** Who a roster file brings: liaisons, heads, and city leaders with the units in their charge. */
const peopleOf = (draft: RosterDraft, idOf: (name: string) => string): PersonDraft[] => {
  const blank = { charge: [], post: '' as const, mobile: '', identities: [] }
  const liaisons = draft.units.flatMap((unit) =>
    unit.liaisons.map(
      (one): PersonDraft => ({
        ...blank,
        name: one.name,
        role: 'liaison',
        units: [idOf(unit.name)],
        post: one.post,
        mobile: one.mobile,
      }),
    ),
  )
  const heads = draft.units
    .filter((unit) => unit.head)
    .map((unit): PersonDraft => ({ ...blank, name: unit.head, role: 'head', units: [idOf(unit.name)] }))
  const leaders = [...new Set(draft.units.map((unit) => unit.leader).filter(Boolean))].map(
    (name): PersonDraft => ({
      ...blank,
      name,
      role: 'leader',
      units: [],
      charge: draft.units.filter((unit) => unit.leader === name).map((unit) => idOf(unit.name)),
    }),
  )
  return [...liaisons, ...heads, ...leaders]
}

/** Rooms that a roster file names for its units: `lark:oc_1` in the column 群. */
const roomsOfDraft = (draft: RosterDraft, idOf: (name: string) => string): RoomDraft[] =>
  draft.units.flatMap((unit) =>
    unit.rooms.map(
      (text): RoomDraft => ({ address: addressOf(text, 'room'), scope: 'units', units: [idOf(unit.name)] }),
    ),
  )

const readKnown = async (deps: Deps) => {
  const { t, office, q } = deps.store
  return {
    units: await q.select().from(t.units).where(eq(t.units.office, office)),
    people: await q.select().from(t.people).where(eq(t.people.office, office)),
    rooms: await q.select().from(t.rooms).where(eq(t.rooms.office, office)),
  }
}
type Known = Awaited<ReturnType<typeof readKnown>>

/** The person of that name and role, where there is just one such. */
export const personNamed = async (deps: Deps, name: string, role: Role): Promise<string | undefined> => {
  const found = (await readKnown(deps)).people.filter((person) => person.name === name && person.role === role)
  return found.length === 1 ? found[0]?.id : undefined
}

/** Writes people and rooms with what they are bound to; what is there already is left as it is. */
export const register = async (
  deps: Deps,
  { people = [], rooms = [] }: { people?: PersonDraft[]; rooms?: RoomDraft[] },
  stamp: Stamp,
): Promise<void> => {
  const known = await readKnown(deps)
  await deps.store.atomic((q) => [
    ...personWrites(deps, q, known.people, people, stamp),
    ...roomWrites(deps, q, known.rooms, rooms, stamp),
    officeMoves(deps, q),
  ])
}

/** Takes a roster file over: units, classes, people and rooms, all or none. What it leaves out stays as it is. */
export const applyRoster = async (deps: Deps, draft: RosterDraft, stamp: Stamp): Promise<void> => {
  const { t, office } = deps.store
  const roster = rosterOf(draft)
  const known = await readKnown(deps)
  const ids = new Map([
    ...roster.units.map((unit) => [unit.name, unit.id] as const),
    ...known.units.map((unit) => [unit.name, unit.id] as const),
  ])
  const idOf = (name: string) => ids.get(name) ?? name
  const rooms = roomsOfDraft(draft, idOf)
  await deps.store.atomic((q) => [
    ...unitWrites(deps, q, known.units, roster.units, stamp),
    ...personWrites(deps, q, known.people, peopleOf(draft, idOf), stamp),
    ...roomWrites(deps, q, known.rooms, rooms, stamp),
    q.update(t.offices).set({ level: roster.level }).where(eq(t.offices.office, office)),
    officeMoves(deps, q),
  ])
}

/** The roster as it stands, with its people, for the difference that a second import shows. */
export const rosterNow = async (deps: Deps) => {
  const { view } = await deps.cache(deps.store)
  const { people } = await readKnown(deps)
  return {
    level: view.level,
    units: view.units,
    people: people.map(({ name, units, post }) => ({ name, units, post })),
  }
}
