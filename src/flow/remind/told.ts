import { unitsHeard } from '../../../commands/rooms.ts'
import { toldInRooms } from '../../../db/queries/deliveries.ts'
import type { OfficeView } from '../../../db/queries/office.ts'
import type { RoomView } from '../../../db/queries/people.ts'
import type { Reader } from '../../../db/store.ts'
import { addressKey } from '../../model/message.ts'

/**
 * Units that were told of their own today, or will be by what still waits, with the key of that room: another room that
 * becomes their main one meanwhile tells them tomorrow. What waits in a room that hears them no more does not count.
 */
export const unitsTold = async (
  reader: Reader,
  view: Pick<OfficeView, 'units'>,
  rooms: readonly RoomView[],
  { batches, since }: { batches: readonly string[]; since: Date },
): Promise<Map<string, string>> => {
  const heard = new Map(rooms.map((room) => [addressKey(room.address), unitsHeard(view, room)]))
  const told = new Map<string, string>()
  for (const { room, units, state, address } of await toldInRooms(reader, batches, since)) {
    const [unit, ...others] = units
    if (unit === undefined || others.length > 0 || address.kind !== 'room') continue
    if (state !== 'waiting' || heard.get(room)?.includes(unit)) told.set(unit, room)
  }
  return told
}
