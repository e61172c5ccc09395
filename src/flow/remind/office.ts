import type { Reached, RoomView } from '../../../db/queries/people.ts'
import { type Address, addressFrom } from '../../model/message.ts'
import { type Agenda, messageTo } from './agenda.ts'
import type { Planned } from './planned.ts'

/** Where the office hears its digest: its rooms, else the first of its people that can be reached. */
const officePlaces = (
  rooms: readonly RoomView[],
  people: readonly Reached[],
): { address: Address; mutedUntil: Date | null }[] => {
  const own = rooms.filter(({ scope }) => scope === 'office')
  if (own.length > 0) return own
  const person = people.find(({ role }) => role === 'office')
  const address = person && addressFrom(person.key, 'person')
  return address ? [{ address, mutedUntil: null }] : []
}

export const officeDigests = (agenda: Agenda): Planned[] =>
  officePlaces(agenda.rooms, agenda.people).map((place) =>
    messageTo(agenda, place, [], { kind: 'office', told: agenda.told }),
  )
