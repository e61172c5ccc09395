import { calendarCard } from '../../commands/calendar.ts'
import { caseCard } from '../../commands/case-told.ts'
import { clockCard } from '../../commands/clock.ts'
import type { Context } from '../../commands/command.ts'
import { digestCard } from '../../commands/digest/card.ts'
import { officeDigestCard } from '../../commands/digest/office.ts'
import { leaderWeek } from '../../commands/leader-week.ts'
import { movedStill } from '../../commands/moved.ts'
import { paperIssued } from '../../commands/papers/issued.ts'
import { placeOfPush } from '../../commands/push-places.ts'
import { pushedCard } from '../../commands/pushed.ts'
import { isShared, unitsHeard } from '../../commands/rooms.ts'
import { personOf, personReached, roomOf } from '../../db/queries/people.ts'
import type { Card } from '../model/card.ts'
import { isAway } from '../model/contact.ts'
import { type Address, addressKey, anyRouteKey } from '../model/message.ts'
import type { AskedRecipe, DigestRecipe, LeaderRecipe, Named, Recipe, RecipeOf } from '../model/recipe.ts'
import { markDemo } from './demo-mark.ts'
import type { Deps } from './deps.ts'
import { guessMade } from './guess.ts'
import { machineContext } from './machine.ts'
import type { OfficeNow } from './office.ts'
import { isTheirs, standsFor } from './theirs.ts'

export type { Recipe }

/** What a push says and, where the recipe does not tell it, whom it names. */
export interface Composed {
  card: Card
  named?: Named
}

/** Whose room or which person it is, is asked when it is sent: what is no longer theirs is not told them. */
const digest = async (c: Context, recipe: DigestRecipe, office: OfficeNow): Promise<Composed | undefined> => {
  const place = 'room' in recipe ? await roomOf(c.db, [recipe.room, recipe.room]) : undefined
  const person = 'person' in recipe ? await personReached(c.db, recipe.person) : undefined
  const liaisons = await office.liaisons()
  const standsIn = (unit: string): boolean =>
    liaisons.get(unit)?.some((one) => isAway(one, c.today) && one.substitute === person?.id) ?? false
  const heard = place
    ? unitsHeard(c.office, place)
    : recipe.units.filter((unit) => person?.units.includes(unit) || standsIn(unit))
  const units = recipe.units.filter((unit) => heard.includes(unit))
  if (units.length === 0) return undefined
  const main = 'room' in recipe && recipe.main ? recipe.main : units
  const shared = place
    ? isShared(c.office, place) && { overdue: place.overdue, heard, main }
    : units.length > 1 && { overdue: true, heard: units, main }
  const { told, steps, ahead, moved } = recipe
  return digestCard(c, {
    ...{ units, told, steps, ahead },
    ...(shared && { shared }),
    ...(moved && { moved: { ...moved, units: moved.units.filter((unit) => heard.includes(unit)) } }),
    liaisons: units.flatMap((unit) => liaisons.get(unit) ?? []),
  })
}

type Composer<R> = (c: Context, recipe: R, office: OfficeNow) => Promise<Card | Composed | undefined>

/** Of the units in a leader's charge as they are now, of all where none are. */
const leader = async (c: Context, recipe: LeaderRecipe): Promise<Card | undefined> => {
  const person = await personReached(c.db, recipe.person)
  if (person?.role !== 'leader') return undefined
  return leaderWeek(c, person.charge.length > 0 ? person.charge : undefined)
}

/** As it stands when it is sent: one that was stopped or moved meanwhile says nothing more. */
const asked = async (c: Context, { push: id }: AskedRecipe): Promise<Card | undefined> => {
  const push = c.office.subscriptions.find((one) => one.id === id)
  const place = push && c.today >= push.startsOn ? await placeOfPush(c, push) : undefined
  return push && place && pushedCard(c, push, place)
}

/** Of the units that the place still hears; in a room that others have joined meanwhile no rows are told. */
const paper = async (c: Context, recipe: RecipeOf<'paper'> & { to?: Address }, office: OfficeNow) => {
  const { to } = recipe
  const keys = to && ([addressKey(to), anyRouteKey(to)] as const)
  const room = keys && to.kind === 'room' ? await roomOf(c.db, keys) : undefined
  const person = keys && to.kind === 'person' ? await personOf(c.db, keys) : undefined
  const liaisons = await office.liaisons()
  const heard = room
    ? unitsHeard(c.office, room)
    : recipe.units.filter((unit) => person?.units.includes(unit) || standsFor(liaisons, unit, c.today, person?.id))
  const units = recipe.units.filter((unit) => heard.includes(unit))
  if (units.length === 0) return undefined
  return paperIssued(c, { ...recipe, units, alone: recipe.alone && heard.length <= units.length })
}

const composers: { [K in Exclude<Recipe['kind'], 'file' | 'guess'>]: Composer<RecipeOf<K>> } = {
  digest,
  clock: clockCard,
  case: caseCard,
  calendar: calendarCard,
  leader,
  moved: movedStill,
  office: officeDigestCard,
  asked,
  paper,
}

/** What takes more than the ledger to say, and stores what it says: a draft, a question. What reads plans is loaded with the first. */
const made = async (deps: Deps, recipe: Recipe): Promise<Card | undefined> => {
  if (recipe.kind === 'file') return (await import('./file-read.ts')).fileRead(deps, recipe)
  return recipe.kind === 'guess' ? guessMade(deps, recipe) : undefined
}

/** A recipe as it waits: with the place for which it was made, and the unit that is told there what a person caused. */
export type Waiting = Recipe & { to?: Address; unit?: string }

/**
 * The card of a recipe as it is true now; undefined where there is nothing left to say, the place is another's by now, or
 * nobody knows the recipe any more.
 */
export const compose = async (deps: Deps, recipe: Waiting): Promise<Composed | undefined> => {
  const own = await made(deps, recipe)
  if (own) return { card: markDemo((await deps.cache(deps.store)).view, own) }
  const composer = composers[recipe.kind as keyof typeof composers] as Composer<Recipe> | undefined
  const office = await deps.cache(deps.store)
  const c = machineContext(deps, office)
  if (recipe.to && !(await isTheirs(c, recipe, recipe.to, await office.liaisons()))) return undefined
  const composed = await composer?.(c, recipe, office)
  const said = composed && ('card' in composed ? composed : { card: composed })
  return said && { ...said, card: markDemo(office.view, said.card) }
}
