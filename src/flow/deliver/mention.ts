import type { Adapter } from '../../../adapters/adapter.ts'
import type { OutboxRow } from '../../../db/queries/outbox.ts'
import type { Reached } from '../../../db/queries/people.ts'
import type { Day } from '../../model/deadline.ts'
import { type Account, addressFrom } from '../../model/message.ts'
import type { Named } from '../../model/recipe.ts'
import { headsBy, type Person, spokenToBy } from '../reach.ts'
import { isHook, isRoomPush, type Places, roomAt } from './ways.ts'

/** So many are @-ed in one message. */
const MOST = 20

/**
 * Whom a push into a room concerns: who answers today for the units that it names, their heads where it calls on them. In a
 * room of everybody's or the office's own only an hour clock calls on anybody; nobody is @-ed where the office wants none of it.
 */
export const concerned = (
  row: OutboxRow,
  named: Named | undefined,
  places: Places | undefined,
  today: Day,
): Person[] => {
  const room = roomAt(places, row.address)
  if (!places?.mention || !isRoomPush(row) || (room?.scope !== 'units' && row.lane !== 'clock')) return []
  const { units, heads } = named ?? { units: row.units, heads: [] }
  const isHere = ({ key }: Reached): boolean => key.startsWith(`${row.address.platform}:`)
  const people = new Map<string, Person>()
  for (const unit of units) {
    if (people.size >= MOST) break
    for (const person of [
      spokenToBy(places.reach, unit, today, isHere),
      ...(heads.includes(unit) ? headsBy(places.reach, unit, isHere) : []),
    ])
      if (person?.[0]) people.set(person[0].id, person)
  }
  return [...people.values()]
}

/**
 * The account by which somebody is @-ed through an adapter: its own app's, else any app's. A group robot knows no accounts
 * of its own: that of the app that writes to people serves it.
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
export const mentionBy = (people: readonly Person[], adapter: Adapter, adapters: readonly Adapter[]): Account[] => {
  const apps = adapters.filter(({ platform }) => platform === adapter.platform)
  return people.flatMap((person) => accountFor(person, adapter, apps) ?? []).slice(0, MOST)
}
