import { clockCard } from '../../commands/clock.ts'
import type { Context } from '../../commands/command.ts'
import { digestCard, type Told } from '../../commands/digest.ts'
import { type MovedRecipe, movedStill } from '../../commands/moved.ts'
import { liaisonsOf, peopleReached, roomOf } from '../../db/queries/people.ts'
import type { Card } from '../model/card.ts'
import { addressKey } from '../model/message.ts'
import { dayOf } from '../time/day.ts'
import type { Step } from '../time/remind.ts'
import { codeDigest } from './codes.ts'
import { markDemo } from './demo-mark.ts'
import type { Deps } from './deps.ts'
import { isShared, unitsHeard } from './remind/targets.ts'

/** A day's message for units, into a room or to one person alone. */
export type DigestRecipe = { kind: 'digest'; units: string[]; told: Told; steps: Step[]; ahead: boolean } & (
  | { room: string; main?: string[] }
  | { person: string }
)
/** One step of an hour clock: so many minutes before its end. */
export interface ClockRecipe {
  kind: 'clock'
  duty: string
  dueAt: string
  step: number
}

/** What a push will say: composed when it is sent, so that it is true then. */
export type Recipe = DigestRecipe | ClockRecipe | MovedRecipe
type RecipeOf<K extends Recipe['kind']> = Extract<Recipe, { kind: K }>

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

/** Whose room or which person it is, is asked when it is sent: what is no longer theirs is not told them. */
const digest = async (c: Context, recipe: DigestRecipe): Promise<Card | undefined> => {
  const place = 'room' in recipe ? await roomOf(c.db, [recipe.room, recipe.room]) : undefined
  const person = 'person' in recipe ? await personOf(c, recipe.person) : undefined
  const heard = place ? unitsHeard(c.office, place) : (person?.units ?? [])
  const units = recipe.units.filter((unit) => heard.includes(unit))
  if (units.length === 0) return undefined
  const main = 'room' in recipe && recipe.main ? recipe.main : units
  const shared = place
    ? isShared(c.office, place) && { overdue: place.overdue, heard, main }
    : units.length > 1 && { overdue: true, heard: units, main }
  const { told, steps, ahead } = recipe
  return digestCard(c, {
    ...{ units, told, steps, ahead },
    ...(shared && { shared }),
    liaisons: await liaisonsOf(c.db, units),
  })
}

const personOf = async (c: Context, id: string) => (await peopleReached(c.db)).find((one) => one.id === id)

const composers: { [K in Recipe['kind']]: (c: Context, recipe: RecipeOf<K>) => Promise<Card | undefined> } = {
  digest,
  clock: clockCard,
  moved: movedStill,
}

/** The card of a recipe as it is true now; undefined where there is nothing left to say, or nobody knows the recipe any more. */
export const compose = async (deps: Deps, recipe: Recipe): Promise<Card | undefined> => {
  const composer = composers[recipe.kind] as ((c: Context, recipe: Recipe) => Promise<Card | undefined>) | undefined
  const context = await machineContext(deps)
  const card = await composer?.(context, recipe)
  return card && markDemo(context.office, card)
}
