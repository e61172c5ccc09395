import type { Context } from '../../commands/command.ts'
import { unitsHeard } from '../../commands/rooms.ts'
import { findDuties } from '../../db/queries/duties.ts'
import { personOf, roomOf } from '../../db/queries/people.ts'
import { isAway, type Liaison } from '../model/contact.ts'
import { type Address, addressKey, anyRouteKey } from '../model/message.ts'
import type { Waiting } from './compose.ts'

/** Liaisons of each unit. */
type Liaisons = ReadonlyMap<string, readonly Liaison[]>

const placeNow = async (c: Context, to: Address) => {
  const keys = [addressKey(to), anyRouteKey(to)] as const
  return to.kind === 'room' ? { room: await roomOf(c.db, keys) } : { person: await personOf(c.db, keys) }
}

/**
 * Is a place still that of those for whom a push was made? Rooms are bound anew and accounts change hands while it waits.
 * Units of a room are looked at by the day's message itself, the place of a standing push by that.
 */
export const isTheirs = async (c: Context, recipe: Waiting, to: Address, liaisons: Liaisons): Promise<boolean> => {
  if (recipe.kind === 'asked' || (recipe.kind === 'digest' && 'room' in recipe)) return true
  const { room, person } = await placeNow(c, to)
  if (recipe.kind === 'digest' || recipe.kind === 'leader') return person?.id === recipe.person
  if (room?.scope === 'office' || person?.role === 'office') return true
  if (recipe.kind === 'moved') return room !== undefined && unitsHeard(c.office, room).includes(recipe.unit ?? '')
  if (recipe.kind !== 'clock') return false
  const unit = (await findDuties(c.db, { ids: [recipe.duty] }))[0]?.unit ?? ''
  const standsIn = liaisons.get(unit)?.some((one) => isAway(one, c.today) && one.substitute === person?.id) ?? false
  return room ? unitsHeard(c.office, room).includes(unit) : standsIn || (person?.units.includes(unit) ?? false)
}
