import { batchWords } from '../../../../commands/delivery-words.ts'
import { placesNamed } from '../../../../commands/places.ts'
import { placeWords } from '../../../../commands/push-places.ts'
import { contentWords, nextOf, rhythmWords } from '../../../../commands/push-words.ts'
import { isBound, mainRooms } from '../../../../commands/rooms.ts'
import { usualList } from '../../../../commands/subscriptions.ts'
import { peopleByName } from '../../../../db/queries/audit.ts'
import { pushesOf } from '../../../../db/queries/deliveries.ts'
import { officeMark, officeRow } from '../../../../db/queries/office.ts'
import { namesOfPeople, peopleReached, roomsOf } from '../../../../db/queries/people.ts'
import type { Day } from '../../../model/deadline.ts'
import { addressKey } from '../../../model/message.ts'
import { readsAll } from '../../../model/person.ts'
import { type Settings, settingsOf } from '../../../model/settings.ts'
import { addDays, atOffice, dayOf, daysBetween } from '../../../time/day.ts'
import { compose } from '../../compose.ts'
import type { Deps } from '../../deps.ts'
import { machineContext } from '../../machine.ts'
import { readAgenda } from '../../remind/agenda.ts'
import { isAskedOn, isMerged } from '../../remind/asked.ts'
import { planDigests } from '../../remind/digests.ts'
import type { Planned } from '../../remind/planned.ts'

/** So many days are looked ahead, today among them. */
const DAYS = 8

/** The office as it would be at the hour of lists of a day, were nothing to happen until then. */
const depsOn = (deps: Deps, day: Day, { digestAt }: Settings): Deps => {
  const at = atOffice(day, digestAt, deps.zone)
  const now = deps.now()
  return now > at ? { ...deps, now: () => now } : { ...deps, now: () => at }
}

/** The last day that will have been planned by then: the planned one, or every day until the one before. */
const plannedBy = (day: Day, today: Day, planned: Day | ''): Day | '' =>
  day === today ? planned : planned === '' && addDays(today, 1) === day ? today : addDays(day, -1)

const digestsOn = async (deps: Deps, day: Day): Promise<Planned[]> => {
  const { view, calendar } = await deps.cache(deps.store)
  if (!calendar.isWorkday(day)) return []
  const planned = (await officeMark(deps.store))?.planned.slice(0, 10) ?? ''
  const then = depsOn(deps, day, view.settings)
  const digests = planDigests(await readAgenda(then, plannedBy(day, dayOf(deps.now(), deps.zone), planned)))
  // What is queued already, or was and had nothing to say, is not queued again: the accounts tell of it.
  const known = await pushesOf(
    deps.store,
    digests.map(({ id }) => id),
  )
  const ids = new Set(known.map(({ id }) => id))
  return digests.filter(({ id }) => !ids.has(id))
}

/** Standing pushes that come on a day as messages of their own. */
const askedOn = async (deps: Deps, day: Day) => {
  const { view, calendar } = await deps.cache(deps.store)
  const rooms = await roomsOf(deps.store)
  const main = mainRooms(view, rooms)
  return view.subscriptions.filter((push) => {
    const room = rooms.find(({ key }) => key === push.room)
    return isAskedOn(push, day, calendar) && !(room && (!isBound(room) || isMerged(view, main, room, push)))
  })
}

/** What will be pushed today and in the week to come, as the ledger stands now; what is empty by then is not sent. */
export const pushesAhead = async (deps: Deps) => {
  const office = await deps.cache(deps.store)
  const c = machineContext(deps, office)
  const nameOf = await placesNamed(c)
  const names = new Map(office.view.units.map(({ id, name }) => [id, name]))
  const unitsOf = (ids: readonly string[]) => ids.map((id) => names.get(id) ?? id)
  const where = await placeWords(c, office.view.subscriptions)
  const days = []
  for (let i = 0; i < DAYS; i++) {
    const day = addDays(c.today, i)
    const digests = await digestsOn(deps, day)
    const asked = await askedOn(deps, day)
    days.push({
      day,
      rest: !office.calendar.isWorkday(day),
      pushes: [
        ...digests.map((push) => ({
          ...{ id: push.id, at: office.view.settings.digestAt, words: batchWords(push.batch, c.today) },
          ...{ place: nameOf({ ...push, room: addressKey(push.address) }), units: unitsOf(push.units) },
        })),
        ...asked.map((push) => ({
          ...{ id: `sub:${push.id}`, at: push.at, words: contentWords(push), place: where.get(push.room) ?? '' },
          units: [],
        })),
      ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    })
  }
  return { asOf: c.now.toISOString(), days }
}

/** What one of them would say; undefined where it is none, or there would be nothing to say. */
export const previewOf = async (deps: Deps, day: Day, id: string) => {
  const { view } = await deps.cache(deps.store)
  const ahead = daysBetween(dayOf(deps.now(), deps.zone), day)
  if (ahead < 0 || ahead >= DAYS) return undefined
  const then = depsOn(deps, day, view.settings)
  const push = view.subscriptions.find((one) => `sub:${one.id}` === id)
  if (push) return (await compose(then, { kind: 'asked', push: push.id }))?.card
  const found = (await digestsOn(deps, day)).find((one) => one.id === id)
  return found && (await compose(then, { ...found.recipe, to: found.address }))?.card
}

/** Standing pushes, the next to come first, and the places that one may go into. */
export const subscriptionsShown = async (deps: Deps) => {
  const office = await deps.cache(deps.store)
  const c = machineContext(deps, office)
  const pushes = office.view.subscriptions
  const readers = (await peopleReached(deps.store)).filter(readsAll)
  const places = [
    ...(await roomsOf(deps.store)).filter(isBound).map(({ key }) => ({ room: key, person: '' })),
    ...readers.map(({ key, id }) => ({ room: key, person: id })),
  ]
  const where = await placeWords(c, [...pushes, ...places])
  const people = await namesOfPeople(
    deps.store,
    pushes.map(({ person }) => person),
  )
  return {
    asOf: c.now.toISOString(),
    rows: pushes
      .map((push) => ({
        ...{ id: push.id, room: push.room, place: where.get(push.room) ?? '', content: push.content },
        ...{ every: push.every, on: push.on, at: push.at, rhythm: rhythmWords(push), says: contentWords(push) },
        ...{ next: nextOf(push, c).toISOString(), person: people.get(push.person) ?? '' },
      }))
      .sort((a, b) => (a.next < b.next ? -1 : 1)),
    usual: usualList(c),
    places: places.map(({ room }) => ({ room, words: where.get(room) ?? room })),
  }
}

/** The office's settings, with the version that a change of them is guarded by. */
export const settingsNow = async (deps: Deps) => {
  const row = await officeRow(deps.store)
  return { version: row?.version ?? 0, settings: settingsOf(row?.settings ?? {}) }
}

/** How long things are kept, as the office has it set. */
export const retentionNow = async (deps: Deps) => {
  const { version, settings } = await settingsNow(deps)
  return { version, retention: settings.retention }
}

/** What the office has set of the registers' clocks, and the people who can be told. */
export const registersNow = async (deps: Deps) => {
  const { version, settings } = await settingsNow(deps)
  const people = (await peopleByName(deps.store)).map(({ id, name, role }) => ({ id, name, role }))
  return { version, registers: settings.registers, people }
}
