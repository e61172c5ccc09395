import type { Context } from '../../commands/command.ts'
import { type MovedRecipe, movedStill } from '../../commands/moved.ts'
import { weekList } from '../../commands/week.ts'
import type { OfficeView } from '../../db/queries/office.ts'
import { roomOf } from '../../db/queries/people.ts'
import type { Json } from '../../db/schema.ts'
import type { Card } from '../model/card.ts'
import { addressKey } from '../model/message.ts'
import { dayOf } from '../time/day.ts'
import { codeDigest } from './codes.ts'
import { markDemo } from './demo-mark.ts'
import type { Deps } from './deps.ts'

/** The weekly list of a room, by the room's key: whose room it is, is asked when it is sent. */
export interface WeekRecipe {
  kind: 'week'
  room: string
}

/** A context in which the office's machine speaks to itself: it reads all and says nothing to anybody. */
const machineContext = async (deps: Deps): Promise<Context> => {
  const { view, registry, calendar } = await deps.cache(deps.store)
  const now = deps.now()
  const address = { platform: 'console' as const, route: 'duban', kind: 'person' as const, id: 'duban' }
  return {
    db: deps.store,
    office: view,
    registry,
    calendar,
    zone: deps.zone,
    now,
    today: dayOf(now, deps.zone),
    actor: { id: 'duban', name: '督办', role: 'office', units: [], charge: [] },
    place: { address, scope: 'private', units: [] },
    message: { key: addressKey(address), text: '' },
    ...(deps.publicUrl && { publicUrl: deps.publicUrl }),
    digestOfCode: (code) => codeDigest(deps, code),
  }
}

/** The units that a room hears of; none in the office's own. */
export const unitsHeard = (view: OfficeView, room: { scope: string; units: string[] }): string[] =>
  room.scope === 'units'
    ? room.units
    : room.scope === 'all'
      ? view.units.filter((unit) => unit.kind === 'unit').map((unit) => unit.id)
      : []

/** The card of a recipe as it is true now; undefined where there is nothing left to say. */
export const compose = async (deps: Deps, recipe: Record<string, Json>): Promise<Card | undefined> => {
  const context = await machineContext(deps)
  const known = recipe as unknown as WeekRecipe | MovedRecipe
  const card =
    known.kind === 'week'
      ? await weekCard(deps, context, known)
      : known.kind === 'moved'
        ? await movedStill(context, known)
        : undefined
  return card && markDemo(context.office, card)
}

const weekCard = async (deps: Deps, context: Context, { room: key }: WeekRecipe): Promise<Card | undefined> => {
  const room = await roomOf(deps.store, [key, key])
  const units = room ? unitsHeard(context.office, room) : []
  // A room of several units hears one list, grouped by unit.
  return units.length > 0 ? weekList(context, units, units.length > 1) : undefined
}
