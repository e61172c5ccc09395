import { isShared, unitsHeard } from '../../../commands/rooms.ts'
import type { RoomView } from '../../../db/queries/people.ts'
import { addressKey } from '../../model/message.ts'
import { isList, type Step, type Told } from '../../model/recipe.ts'
import { type Agenda, isUp, messageTo, movedOf } from './agenda.ts'
import { hasOwnList, isAskedOn, isMerged } from './asked.ts'
import type { Planned } from './planned.ts'

/**
 * The steps of the ladder that a room hears: in a shared one nobody's lateness unless it was told to say so, in a unit's
 * own the second only where its head has no account.
 */
export const stepsIn = ({ view, headed }: Agenda, room: RoomView): Step[] => {
  if (isShared(view, room)) return room.overdue ? [1, 2] : []
  return headed.has(unitsHeard(view, room)[0] ?? '') ? [1] : [1, 2]
}

/** What one room is told today: what every room is, or the lists that it asked for in their place. */
const toldIn = ({ view, today, calendar, main, told }: Agenda, room: RoomView): Told => {
  const own = view.subscriptions.filter(({ room: key }) => key === room.key)
  if (own.length === 0) return told
  const asked = own.filter((push) => isMerged(view, main, room, push) && isAskedOn(push, today, calendar))
  const listed = (every: 'week' | 'month') =>
    (told[every] && !hasOwnList(view, room, every, today)) ||
    asked.some((push) => push.content === 'due' && push.every === every)
  const overdue = asked.some(({ content }) => content === 'overdue') && (room.overdue || !isShared(view, room))
  return { week: listed('week'), month: listed('month'), ...(overdue && { overdue }), since: told.since }
}

/** The digest of a room bound to units: on list days the list, else where something has come up. */
export const roomDigest = (agenda: Agenda, room: RoomView): Planned[] => {
  const { view, main, unitsTold } = agenda
  const heard = unitsHeard(view, room)
  const key = addressKey(room.address)
  const own = heard.filter((unit) => main.get(unit)?.key === room.key && (unitsTold.get(unit) ?? key) === key)
  const shared = isShared(view, room)
  const steps = stepsIn(agenda, room)
  const told = toldIn(agenda, room)
  // The weekly list is what every shared room sees; everything else stands in a unit's main room alone.
  const named = (told.week || told.overdue) && shared ? heard : own
  const units = isList(told) || told.overdue ? named : named.filter((unit) => isUp(agenda, unit, steps))
  if (units.length === 0) return []
  return [
    messageTo(agenda, room, units, {
      ...{ kind: 'digest', room: room.key, units, told, steps, ahead: true },
      ...(shared && { main: own }),
      ...movedOf(agenda, own),
    }),
  ]
}
