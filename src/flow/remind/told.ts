import { unitsHeard } from '../../../commands/rooms.ts'
import { toldUnits } from '../../../db/queries/deliveries.ts'
import type { OfficeView } from '../../../db/queries/office.ts'
import type { RoomView } from '../../../db/queries/people.ts'
import type { Reader } from '../../../db/store.ts'
import { addressKey } from '../../model/message.ts'

type Told = Awaited<ReturnType<typeof toldUnits>>[number]

/** A unit's own digest, in its room or to its liaison; not a shared room's, and not its head's part. */
const isOwn = ({ address, units, recipe }: Told): boolean => {
  if (address.kind === 'room') return units.length === 1
  const steps = recipe?.kind === 'digest' && Array.isArray(recipe.steps) ? recipe.steps : []
  return recipe?.kind === 'digest' && steps.join() !== '2'
}

/**
 * Units that were told of their own today, or will be by what still waits, with the key of that place: another room that
 * becomes their main one meanwhile, or who stands in for their liaison, tells them tomorrow. What waits in a room that
 * hears them no more does not count.
 */
export const unitsTold = async (
  reader: Reader,
  view: Pick<OfficeView, 'units'>,
  rooms: readonly RoomView[],
  { batches, since }: { batches: readonly string[]; since: Date },
): Promise<Map<string, string>> => {
  const heard = new Map(rooms.map((room) => [addressKey(room.address), unitsHeard(view, room)]))
  const told = new Map<string, string>()
  for (const row of (await toldUnits(reader, batches, since)).filter(isOwn))
    for (const unit of row.units)
      if (row.state !== 'waiting' || row.address.kind === 'person' || heard.get(row.room)?.includes(unit))
        told.set(unit, row.room)
  return told
}
