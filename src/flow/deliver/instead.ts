import { unitsHeard } from '../../../commands/rooms.ts'
import { bulkInsert } from '../../../db/bulk.ts'
import type { Settlement } from '../../../db/queries/lease.ts'
import type { OutboxRow } from '../../../db/queries/outbox.ts'
import type { Reached } from '../../../db/queries/people.ts'
import type { Json } from '../../../db/schema.ts'
import { type Address, addressKey } from '../../model/message.ts'
import type { DeliveryError } from '../../model/problem.ts'
import type { DigestRecipe } from '../../model/recipe.ts'
import { dayOf } from '../../time/day.ts'
import type { Waiting } from '../compose.ts'
import type { Deps } from '../deps.ts'
import { spokenToBy } from '../reach.ts'
import { settled } from './endings.ts'
import type { Said } from './say.ts'
import { personWay, roomAt } from './ways.ts'

/** What can be said into a room by no way is told those who answer for its units, each on their own. */

/** Somebody who is told, of which units. */
interface Told {
  id: string
  name: string
  address: Address
  units: string[]
}

const recipeOf = ({ recipe }: OutboxRow): Waiting | undefined => (recipe ?? undefined) as unknown as Waiting | undefined

/** The units that hear of it nowhere else: of a digest those whose main room this is. */
const unitsOf = ({ row, places }: Said, heard: readonly string[]): string[] => {
  const recipe = recipeOf(row)
  const main = recipe?.kind === 'digest' && 'room' in recipe ? recipe.main : undefined
  const units = row.units.length > 0 ? row.units : roomAt(places, row.address)?.scope === 'units' ? heard : []
  return main ? units.filter((unit) => main.includes(unit)) : [...units]
}

/** Who is told in the room's place. */
const toldInstead = async (deps: Deps, said: Said): Promise<Told[]> => {
  const { row, places } = said
  if (!places) return []
  const { view } = await deps.cache(deps.store)
  const room = roomAt(places, row.address)
  if (room?.scope === 'office') return []
  const today = dayOf(deps.now(), deps.zone)
  const isReached = (one: Reached): boolean => personWay(deps, one)?.adapter.platform === row.address.platform
  const told = new Map<string, Told>()
  for (const unit of unitsOf(said, room ? unitsHeard(view, room) : [])) {
    const person = spokenToBy(places.reach, unit, today, isReached)?.[0]
    const way = person && personWay(deps, person)
    if (!person || !way) continue
    const known = told.get(person.id)
    if (known) known.units.push(unit)
    else told.set(person.id, { id: person.id, name: person.name, address: way.to, units: [unit] })
  }
  return [...told.values()]
}

/** A digest is made anew for who reads it; what else a recipe says stays, where it may be said to a person. */
const recipeFor = (row: OutboxRow, { id: person, address: to, units }: Told): Waiting | undefined => {
  const recipe = recipeOf(row)
  if (recipe?.kind === 'clock') return { ...recipe, to }
  if (recipe?.kind !== 'digest') return undefined
  const { told, steps, ahead, moved } = recipe
  const own: DigestRecipe = {
    ...{ kind: 'digest', person, units, told, steps, ahead },
    ...(moved && { moved: { ...moved, units: moved.units.filter((unit) => units.includes(unit)) } }),
  }
  return { ...own, to }
}

const rowFor = (deps: Deps, { row, card, tasks }: Said, told: Told) => {
  const recipe = recipeFor(row, told)
  const now = deps.now()
  return {
    ...{ office: deps.store.office, id: `${row.id}:person:${told.id}`, batch: row.batch, origin: row.origin },
    ...{ lane: row.lane, units: told.units, room: addressKey(told.address), ord: deps.newId(), address: told.address },
    ...{ card: recipe ? null : card, recipe: (recipe ?? null) as unknown as Record<string, Json> | null },
    ...{ dueAt: now, validUntil: row.validUntil, state: 'waiting' as const, tasks: recipe ? [] : tasks },
  }
}

const NAMED = 3

/** 群里发不出（gone：…），已改发给张三: the class of the reason stands in it, for the account of ailing rooms. */
const reasonOf = ({ reason, message }: DeliveryError, told: readonly Told[]): string => {
  const names = told.slice(0, NAMED).map(({ name }) => name)
  const people = `${names.join('、')}${told.length > NAMED ? `等${told.length}人` : ''}`
  return `群里发不出（${reason}：${message}），已改发给${people}`
}

/**
 * Queues a notice of a room for people in its place, and says how the room's own ends: dropped, since it is said elsewhere.
 * Undefined where there is nobody. Queued again, by whomever, they are the same rows.
 */
export const insteadOfRoom = async (deps: Deps, said: Said, why: DeliveryError): Promise<Settlement | undefined> => {
  const told = await toldInstead(deps, said)
  if (told.length === 0) return undefined
  const rows = told.map((one) => rowFor(deps, said, one))
  await deps.store.atomic((q) => bulkInsert(deps.store, q, deps.store.t.outbox, rows, { ignore: true }))
  return settled(said.row, deps.now(), { state: 'dropped', error: reasonOf(why, told) })
}
