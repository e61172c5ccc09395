import { eq } from 'drizzle-orm'
import type { Adapter } from '../../../adapters/adapter.ts'
import type { Query, Write } from '../../../db/store.ts'
import { anyRouteKey } from '../../model/message.ts'
import { dayOf } from '../../time/day.ts'
import type { RosterDraft } from '../../unit/roster.ts'
import { accountDigest } from '../chain.ts'
import type { Deps } from '../deps.ts'
import { officeMoves, type Stamp } from '../ledger.ts'
import { changed, type Known, readKnown } from './change.ts'
import { mobileDigest } from './people.ts'

type Person = Known['people'][number]

/** What asking one platform for a roster's mobile numbers came to; people as 市水利局 王敏. */
export interface FoundAccounts {
  bound: string[]
  already: string[]
  absent: string[]
  /** What was found and left as it is, a line each with the reason. */
  left: string[]
}

const MOBILE = /^1\d{10}$/
const bare = (mobile: string): string => mobile.replace(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '')

/** The mobile numbers of a roster file, each once. */
export const mobilesOf = (draft: RosterDraft): string[] => [
  ...new Set(
    draft.units.flatMap(({ liaisons }) =>
      liaisons.map(({ mobile }) => bare(mobile)).filter((each) => MOBILE.test(each)),
    ),
  ),
]

/** The account becomes the person's, as by a one-time code. */
const bindWrites = (deps: Deps, q: Query, person: Person, key: string, stamp: Stamp): Write[] => {
  const { t, office } = deps.store
  const body = { on: dayOf(stamp.at, deps.zone), accounts: [accountDigest(deps.alg, office, key)] }
  const change = { subject: 'person' as const, id: person.id, before: person, kind: 'bound', body }
  const { writes, set } = changed(deps, q, { ...change, words: { accounts: [key] } }, stamp)
  const row = { ...person, ...set }
  return [
    ...writes,
    q
      .insert(t.people)
      .values(row)
      .onConflictDoUpdate({ target: [t.people.office, t.people.id], set }),
    q.insert(t.identities).values({ office, key, person: person.id }),
  ]
}

/** Whose accounts are known on a platform, by account and by person. */
const boundOn = async ({ store: { q, t, office } }: Deps, platform: string) => {
  const rows = await q.select().from(t.identities).where(eq(t.identities.office, office))
  const there = rows.filter(({ key }) => key.startsWith(`${platform}:`))
  return {
    ownerOf: new Map(there.map(({ key, person }) => [key.split(':').slice(2).join(':'), person])),
    has: new Set(there.map(({ person }) => person)),
  }
}

/**
 * Binds the accounts that a platform knows by the mobile numbers of a roster that was taken over: the platform has verified
 * them. A number of two people, an account of somebody else and a person with another account are told and left.
 * @throws DeliveryError where the platform cannot be asked; then nothing was bound
 */
export const bindFound = async (
  deps: Deps,
  mobiles: readonly string[],
  { platform, find }: Pick<Adapter, 'platform'> & { find: NonNullable<Adapter['find']> },
  stamp: Stamp,
): Promise<FoundAccounts> => {
  const { people, units } = await readKnown(deps)
  const unitNames = new Map(units.map(({ id, name }) => [id, name]))
  const named = ({ name, units: of }: Person) => [...of.map((id) => unitNames.get(id) ?? ''), name].join(' ')
  const holders = new Map<string, Person[]>()
  for (const person of people.filter(({ mobile }) => mobile !== '')) {
    const same = holders.get(person.mobile)
    if (same) same.push(person)
    else holders.set(person.mobile, [person])
  }
  const result: FoundAccounts = { bound: [], already: [], absent: [], left: [] }

  const asked = new Map<string, Person>()
  for (const mobile of mobiles) {
    const [person, ...others] = holders.get(mobileDigest(deps, mobile)) ?? []
    if (person && others.length === 0) asked.set(mobile, person)
    else if (person) result.left.push(`${[person, ...others].map(named).join('、')} 登记的是同一个号码，没有绑定`)
  }
  const accounts = await find([...asked.keys()])
  const { ownerOf, has } = await boundOn(deps, platform)
  const fresh: { person: Person; key: string }[] = []
  for (const [mobile, person] of asked) {
    const id = accounts.get(mobile)
    const owner = id === undefined ? undefined : ownerOf.get(id)
    if (id === undefined) result.absent.push(named(person))
    else if (owner === person.id) result.already.push(named(person))
    else if (owner !== undefined) result.left.push(`${named(person)} 的账号已经绑定给了别人，没有改动`)
    else if (has.has(person.id)) result.left.push(`${named(person)} 已经绑定了另一个账号，没有改动`)
    else {
      ownerOf.set(id, person.id)
      fresh.push({ person, key: anyRouteKey({ platform, id }) })
      result.bound.push(named(person))
    }
  }
  if (fresh.length > 0)
    await deps.store.atomic((q) => [
      ...fresh.flatMap(({ person, key }) => bindWrites(deps, q, person, key, stamp)),
      officeMoves(deps, q),
    ])
  return result
}
