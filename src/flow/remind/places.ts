import { isShared, mainRooms, spokenTo } from '../../../commands/rooms.ts'
import type { OfficeView } from '../../../db/queries/office.ts'
import type { Reached, RoomView } from '../../../db/queries/people.ts'
import type { Day } from '../../model/deadline.ts'
import { type Address, addressFrom } from '../../model/message.ts'

/** Where a unit alone hears something: its own room, else who answers for it, else the room that it shares. */
export const unitPlaces = (
  view: Pick<OfficeView, 'units'>,
  rooms: readonly RoomView[],
  people: readonly Reached[],
  today: Day,
): ((unit: string) => Address[]) => {
  const main = mainRooms(view, rooms)
  return (unit) => {
    const room = main.get(unit)
    if (room && !isShared(view, room)) return [room.address]
    const person = spokenTo(people, unit, today)
    const alone = person && addressFrom(person.key, 'person')
    return alone ? [alone] : room ? [room.address] : []
  }
}

/** The office's rooms, else the first of its people that can be reached. */
export const officePlaces = (
  rooms: readonly RoomView[],
  people: readonly Reached[],
): { address: Address; mutedUntil: Date | null }[] => {
  const own = rooms.filter(({ scope }) => scope === 'office')
  if (own.length > 0) return own
  const person = people.find(({ role }) => role === 'office')
  const address = person && addressFrom(person.key, 'person')
  return address ? [{ address, mutedUntil: null }] : []
}
