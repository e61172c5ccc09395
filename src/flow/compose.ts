import type { Context } from '../../commands/command.ts'
import { weekList } from '../../commands/week.ts'
import type { Json } from '../../db/schema.ts'
import type { Card } from '../model/card.ts'
import { addressKey } from '../model/message.ts'
import { dayOf } from '../time/day.ts'
import { codeDigest } from './codes.ts'
import type { Deps } from './deps.ts'

export interface WeekRecipe {
  kind: 'week'
  units: string[]
  /** A room of several units hears one list, grouped by unit. */
  shared: boolean
}

/** A context in which the office's machine speaks to itself: it reads all and says nothing to anybody. */
export const machineContext = async (deps: Deps): Promise<Context> => {
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
    digestOfCode: (code) => codeDigest(deps, code),
  }
}

/** The card of a recipe as it is true now; undefined where there is nothing left to say. */
export const compose = async (deps: Deps, recipe: Record<string, Json>): Promise<Card | undefined> => {
  const { kind, units, shared } = recipe as unknown as WeekRecipe
  return kind === 'week' ? weekList(await machineContext(deps), units, shared) : undefined
}
