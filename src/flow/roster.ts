import { eq } from 'drizzle-orm'
import type { Role } from '../model/person.ts'
import { type RosterDraft, rosterOf } from '../unit/roster.ts'
import type { Deps } from './deps.ts'
import { officeMoves, type Stamp } from './ledger.ts'
import { readKnown } from './roster/change.ts'
import { type PersonDraft, peopleOf, personWrites } from './roster/people.ts'
import { type RoomDraft, roomsOfDraft, roomWrites } from './roster/rooms.ts'
import { unitWrites } from './roster/units.ts'

export { bindFound, type FoundAccounts, mobilesOf } from './roster/accounts.ts'
export {
  addPerson,
  editPerson,
  handOutCode,
  removePerson,
  setAbsence,
  unbindAccount,
} from './roster/person-facts.ts'
export { aimRoom, showOverdue, unbindRoom } from './roster/room-facts.ts'
export { addressOf, type RoomDraft } from './roster/rooms.ts'
export { addUnit, editUnit } from './roster/unit-facts.ts'
export { hookRoom, webhookKey } from './roster/webhook.ts'

/** The person of that name and role, where there is just one such. */
export const personNamed = async (deps: Deps, name: string, role: Role): Promise<string | undefined> => {
  const found = (await readKnown(deps)).people.filter((person) => person.name === name && person.role === role)
  return found.length === 1 ? found[0]?.id : undefined
}

/** Writes people and rooms with what they are bound to; what is there already is left as it is. */
export const register = async (
  deps: Deps,
  { people = [], rooms = [] }: { people?: PersonDraft[]; rooms?: RoomDraft[] },
  stamp: Stamp,
): Promise<void> => {
  const known = await readKnown(deps)
  await deps.store.atomic((q) => [
    ...personWrites(deps, q, known.people, people, stamp),
    ...roomWrites(deps, q, known.rooms, rooms, stamp),
    officeMoves(deps, q),
  ])
}

/** Takes a roster file over: units, classes, people and rooms, all or none. What it leaves out stays as it is. */
export const applyRoster = async (deps: Deps, draft: RosterDraft, stamp: Stamp): Promise<void> => {
  const { t, office } = deps.store
  const roster = rosterOf(draft)
  const known = await readKnown(deps)
  const ids = new Map([
    ...roster.units.map((unit) => [unit.name, unit.id] as const),
    ...known.units.map((unit) => [unit.name, unit.id] as const),
  ])
  const idOf = (name: string) => ids.get(name) ?? name
  // Whom a file still lists under a unit that others have succeeded moved on with its work.
  const { view } = await deps.cache(deps.store)
  const former = new Set(view.units.filter(({ succession }) => succession).map(({ name }) => name))
  const living = { ...draft, units: draft.units.filter(({ name }) => !former.has(name)) }
  const rooms = roomsOfDraft(living, idOf)
  await deps.store.atomic((q) => [
    ...unitWrites(deps, q, known.units, roster.units, stamp),
    ...personWrites(deps, q, known.people, peopleOf(living, idOf), stamp),
    ...roomWrites(deps, q, known.rooms, rooms, stamp),
    q.update(t.offices).set({ level: roster.level }).where(eq(t.offices.office, office)),
    officeMoves(deps, q),
  ])
}

/** The roster as it stands, with its people, for the difference that a second import shows. */
export const rosterNow = async (deps: Deps) => {
  const { view } = await deps.cache(deps.store)
  const { people } = await readKnown(deps)
  return {
    level: view.level,
    units: view.units,
    people: people.map(({ name, units, post }) => ({ name, units, post })),
  }
}
