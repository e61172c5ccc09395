import type { Context } from '../../commands/command.ts'
import { unitsHeard } from '../../commands/rooms.ts'
import { caseOf } from '../../db/queries/cases.ts'
import { findDuties } from '../../db/queries/duties.ts'
import { personOf, roomOf } from '../../db/queries/people.ts'
import { isAway, type Liaison } from '../model/contact.ts'
import type { Day } from '../model/deadline.ts'
import { type Address, addressKey, anyRouteKey } from '../model/message.ts'
import type { Waiting } from './compose.ts'

/** Liaisons of each unit. */
type Liaisons = ReadonlyMap<string, readonly Liaison[]>

const placeNow = async (c: Context, to: Address) => {
  const keys = [addressKey(to), anyRouteKey(to)] as const
  return to.kind === 'room' ? { room: await roomOf(c.db, keys) } : { person: await personOf(c.db, keys) }
}

/** Does the person stand in for a liaison of the unit who is away that day? */
export const standsFor = (liaisons: Liaisons, unit: string, today: Day, person: string | undefined): boolean =>
  liaisons.get(unit)?.some((one) => isAway(one, today) && one.substitute === person) ?? false

/** The unit that is told of a duty or a case, as it has it now; undefined for what is told to no one unit. */
const unitToldOf = async (c: Context, recipe: Waiting): Promise<string | undefined> => {
  if (recipe.kind === 'case') return (await caseOf(c.db, recipe.case))?.unit
  return recipe.kind === 'clock' ? (await findDuties(c.db, { ids: [recipe.duty] }))[0]?.unit : undefined
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
  if (recipe.kind === 'paper') {
    const heard = room ? unitsHeard(c.office, room) : (person?.units ?? [])
    return recipe.units.some((unit) => heard.includes(unit) || standsFor(liaisons, unit, c.today, person?.id))
  }
  if (recipe.kind === 'case' && person && c.office.settings.registers.escalate.includes(person.id)) return true
  const unit = await unitToldOf(c, recipe)
  if (unit === undefined || unit === '') return false
  const standsIn = standsFor(liaisons, unit, c.today, person?.id)
  return room ? unitsHeard(c.office, room).includes(unit) : standsIn || (person?.units.includes(unit) ?? false)
}
