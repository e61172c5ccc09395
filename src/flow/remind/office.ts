import { mainRooms } from '../../../commands/rooms.ts'
import type { OfficeView } from '../../../db/queries/office.ts'
import type { Reached, RoomView } from '../../../db/queries/people.ts'
import { answering } from '../../model/contact.ts'
import type { Day } from '../../model/deadline.ts'
import { type Address, addressFrom } from '../../model/message.ts'

/** Where the office hears its message of the day: its rooms, else the first of its people that can be reached. */
export const officePlaces = (
  rooms: readonly RoomView[],
  people: readonly Reached[],
): { address: Address; mutedUntil: Date | null }[] => {
  const own = rooms.filter(({ scope }) => scope === 'office')
  if (own.length > 0) return own.map(({ address, mutedUntil }) => ({ address, mutedUntil }))
  const person = people.find(({ role }) => role === 'office')
  const address = person && addressFrom(person.key, 'person')
  return address ? [{ address, mutedUntil: null }] : []
}

/** Units that no push reaches: without a room, and without anybody answering for them whose account is known. */
export const unreachedUnits = (
  view: OfficeView,
  rooms: readonly RoomView[],
  people: readonly Reached[],
  today: Day,
): string[] => {
  const main = mainRooms(view, rooms)
  const liaisons = people.filter(({ role }) => role === 'liaison')
  return view.units
    .filter(({ id, kind, succession }) => kind === 'unit' && !succession && !main.has(id))
    .filter(({ id }) => answering(id, liaisons, today).length === 0)
    .map(({ id }) => id)
}
