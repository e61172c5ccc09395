import type { OfficeView } from '../db/queries/office.ts'
import type { Reached, RoomView } from '../db/queries/people.ts'
import { answering } from '../src/model/contact.ts'
import type { Day } from '../src/model/deadline.ts'
import type { Address } from '../src/model/message.ts'

/** Whom a push can reach: rooms by the units that hear them, people by the account that they are bound to. */

/** A room whose units were taken away hears of nothing: its row stays for its facts. */
export const isBound = ({ scope, units }: { scope: RoomView['scope']; units: readonly string[] }): boolean =>
  scope !== 'units' || units.length > 0

/** The units that a room hears of; none in the office's own. One that others succeeded is heard of no more. */
export const unitsHeard = (view: Pick<OfficeView, 'units'>, room: Pick<RoomView, 'scope' | 'units'>): string[] =>
  room.scope === 'units'
    ? room.units
    : room.scope === 'all'
      ? view.units.filter((unit) => unit.kind === 'unit').map((unit) => unit.id)
      : []

export const isShared = (view: Pick<OfficeView, 'units'>, room: Pick<RoomView, 'scope' | 'units'>): boolean =>
  unitsHeard(view, room).length > 1

const first = (a: RoomView, b: RoomView): number =>
  (a.since?.getTime() ?? 0) - (b.since?.getTime() ?? 0) || (a.key < b.key ? -1 : 1)

/** Each unit's main room: the first that was bound to it alone, else the first that it shares. */
export const mainRooms = (view: Pick<OfficeView, 'units'>, rooms: readonly RoomView[]): Map<string, RoomView> => {
  const ordered = [...rooms].sort((a, b) => Number(isShared(view, a)) - Number(isShared(view, b)) || first(a, b))
  const main = new Map<string, RoomView>()
  for (const room of ordered) for (const unit of unitsHeard(view, room)) if (!main.has(unit)) main.set(unit, room)
  return main
}

/** The unit's own room that hears what is pushed, where that is another than this one. */
export const mainElsewhere = (
  view: Pick<OfficeView, 'units'>,
  rooms: readonly RoomView[],
  unit: string,
  here: Pick<Address, 'platform' | 'id'>,
): RoomView | undefined => {
  const main = mainRooms(view, rooms.filter(isBound)).get(unit)
  const isHere = main?.address.platform === here.platform && main.address.id === here.id
  return main && !isShared(view, main) && !isHere ? main : undefined
}

/** Who is spoken to for a unit in a chat of their own: who answers that day, else its liaison though away, so that somebody hears it. */
export const spokenTo = (people: readonly Reached[], unit: string, today: Day): Reached | undefined => {
  const liaisons = people.filter(({ role }) => role === 'liaison')
  return answering(unit, liaisons, today)[0] ?? liaisons.find(({ units }) => units.includes(unit))
}
