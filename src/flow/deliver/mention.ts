import type { Adapter } from '../../../adapters/adapter.ts'
import type { OutboxRow } from '../../../db/queries/outbox.ts'
import type { Reached } from '../../../db/queries/people.ts'
import { answering } from '../../model/contact.ts'
import type { Day } from '../../model/deadline.ts'
import { type Account, addressFrom, type Platform } from '../../model/message.ts'
import type { Named } from '../../model/recipe.ts'
import { isHook, isRoomPush, type Places, roomAt } from './ways.ts'

/** So many are @-ed in one message. */
const MOST = 20

/** Somebody with every account of theirs on a platform. */
export type Person = readonly Reached[]

/** People with an account on the platform, in the order of their ids. */
const peopleOn = (accounts: readonly Reached[], platform: Platform): Person[] => {
  const people = new Map<string, Reached[]>()
  for (const one of accounts)
    if (one.key.startsWith(`${platform}:`)) people.set(one.id, [...(people.get(one.id) ?? []), one])
  return [...people.values()]
}

/**
 * Who is spoken to for a unit on a platform: of those who answer for it that day the first with an account there, else its
 * liaison though away; undefined where nobody has one.
 */
export const spokenToOn = (
  accounts: readonly Reached[],
  platform: Platform,
  unit: string,
  today: Day,
): Person | undefined => {
  const liaisons = accounts.filter(({ role }, i, all) => role === 'liaison' && all[i - 1]?.id !== all[i]?.id)
  const own = liaisons.filter(({ units }) => units.includes(unit))
  const near = peopleOn(accounts, platform)
  const order = [...answering(unit, liaisons, today), ...own].map(({ id }) => id)
  const reached = order.find((id) => near.some(([one]) => one?.id === id))
  return near.find(([one]) => one?.id === reached && one !== undefined)
}

/** Heads of a unit with an account on the platform. */
const headsOn = (accounts: readonly Reached[], platform: Platform, unit: string): Person[] =>
  peopleOn(
    accounts.filter(({ role, units }) => role === 'head' && units.includes(unit)),
    platform,
  )

/**
 * Whom a push into a room concerns: who answers today for the units that it names, their heads where it calls on them. In a
 * room of everybody's or the office's own only an hour clock calls on anybody.
 */
export const concerned = (
  row: OutboxRow,
  named: Named | undefined,
  places: Places | undefined,
  today: Day,
): Person[] => {
  const room = roomAt(places, row.address)
  if (!places || !isRoomPush(row) || (room?.scope !== 'units' && row.lane !== 'clock')) return []
  const { units, heads } = named ?? { units: row.units, heads: [] }
  const { platform } = row.address
  const people = [
    ...units.slice(0, MOST).flatMap((unit) => {
      const person = spokenToOn(places.accounts, platform, unit, today)
      return person ? [person] : []
    }),
    ...heads.flatMap((unit) => headsOn(places.accounts, platform, unit)),
  ]
  return people.filter((person, i) => people.findIndex((other) => other[0]?.id === person[0]?.id) === i)
}

/**
 * The account by which somebody is @-ed through an adapter: its own app's, else any app's. A group robot knows no accounts
 * of its own: the app's that writes to people serves it.
 */
const accountFor = (person: Person, { route }: Adapter, apps: readonly Adapter[]): Account | undefined => {
  const known = person.flatMap(({ key, name }) => {
    const address = addressFrom(key, 'person')
    return address ? [{ route: address.route, id: address.id, name }] : []
  })
  const by = (wanted: string) => known.find((one) => one.route === wanted)
  const app = known.find((one) => apps.some((adapter) => adapter.route === one.route && adapter.canStart.person))
  return by(route) ?? by('*') ?? (isHook({ route }) ? app : undefined)
}

/** Whom a message through that adapter @s. */
export const mentionBy = (people: readonly Person[], adapter: Adapter, adapters: readonly Adapter[]): Account[] =>
  people
    .flatMap((person) => {
      const apps = adapters.filter(({ platform }) => platform === adapter.platform)
      return accountFor(person, adapter, apps) ?? []
    })
    .slice(0, MOST)
