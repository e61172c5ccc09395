import type { Told } from '../../../commands/digest.ts'
import { type DutyView, findDuties } from '../../../db/queries/duties.ts'
import type { OfficeView } from '../../../db/queries/office.ts'
import { batchRooms } from '../../../db/queries/outbox.ts'
import { peopleReached, type Reached, type RoomView, roomsOf } from '../../../db/queries/people.ts'
import type { Day } from '../../model/deadline.ts'
import { stateOn } from '../../model/life.ts'
import { type Address, addressFrom, addressKey } from '../../model/message.ts'
import type { Calendar } from '../../time/calendar.ts'
import { addDays, atOffice, dayOf, startOfWeek, timeOf } from '../../time/day.ts'
import { isListDay, isReminded, ladderHorizon, ladderStep, reminderHorizon, type Step } from '../../time/remind.ts'
import type { Recipe } from '../compose.ts'
import type { Deps } from '../deps.ts'
import type { Planned } from './planned.ts'
import { headsOf, isShared, mainRooms, spokenTo, unitsHeard } from './targets.ts'

/** Everything that decides who hears something today. */
export interface Scene {
  view: OfficeView
  calendar: Calendar
  zone: string
  now: Date
  today: Day
  /** The last day that was planned; '' for none. */
  since: Day | ''
  rooms: readonly RoomView[]
  people: readonly Reached[]
  /** Duties that may be reminded of today: open, returned, or a unit's own by its silence. */
  duties: readonly Pick<DutyView, 'unit' | 'dueOn'>[]
  /** Keys of rooms that have their message of today, or one that still waits. */
  told: ReadonlySet<string>
}

const toldOn = ({ today, since, calendar }: Scene): Told => ({
  week: isListDay(today, 'week', since, calendar),
  month: isListDay(today, 'month', since, calendar),
  since,
})

/** The push of the day by which its messages are counted together. */
const batchOf = (today: Day, { week, month }: Pick<Told, 'week' | 'month'>): string =>
  week ? `week:${startOfWeek(today)}` : month ? `month:${today.slice(0, 7)}` : `day:${today}`

/** What has come up for a unit today: something falls due, or has come to a step of the ladder. */
interface Up {
  soon: boolean
  steps: ReadonlySet<Step>
}

const upBy = ({ duties, today, since, calendar, view }: Scene): Map<string, Up> => {
  const up = new Map<string, { soon: boolean; steps: Set<Step> }>()
  for (const { unit, dueOn } of duties) {
    if (!dueOn) continue
    const soon = isReminded(dueOn, today, since, calendar)
    const step = ladderStep(dueOn, today, since, view.settings.ladder, calendar)
    if (!soon && !step) continue
    const known = up.get(unit) ?? { soon: false, steps: new Set() }
    up.set(unit, known)
    known.soon ||= soon
    if (step) known.steps.add(step)
  }
  return up
}

const laterOf = (a: Date, b: Date | null): Date => (b && b > a ? b : a)

/**
 * The day's messages: to every room bound to units one, on list days the list, else where something has come up; what a
 * shared room must not hear goes to the liaison, the second step to the unit's head where either can be reached alone.
 */
export const planDigests = (scene: Scene): Planned[] => {
  const { view, zone, now, today, rooms, people } = scene
  const { hours } = view.settings
  const told = toldOn(scene)
  const list = told.week || told.month
  const batch = batchOf(today, told)
  const up = upBy(scene)
  const main = mainRooms(view, rooms)
  const endOfDay = atOffice(today, hours.to, zone)
  const endOfWeek = atOffice(addDays(startOfWeek(today), 6), hours.to, zone)
  const planned = (address: Address, units: string[], recipe: Recipe, mutedUntil: Date | null = null): Planned => ({
    id: `${batch}:${addressKey(address)}`,
    ...{ batch, recipe, address, units },
    dueAt: laterOf(now, mutedUntil),
    validUntil: list ? endOfWeek : endOfDay,
  })
  const reachesHead = (unit: string) => headsOf(people, unit).length > 0
  const stepsIn = (room: RoomView): Step[] => {
    if (isShared(view, room)) return room.overdue ? [1, 2] : []
    return reachesHead(unitsHeard(view, room)[0] ?? '') ? [1] : [1, 2]
  }
  const isUp = (unit: string, steps: readonly Step[]) => {
    const own = up.get(unit)
    return own !== undefined && (own.soon || steps.some((step) => own.steps.has(step)))
  }

  const forRoom = (room: RoomView): Planned[] => {
    const heard = unitsHeard(view, room)
    const own = heard.filter((unit) => main.get(unit)?.key === room.key)
    const steps = stepsIn(room)
    const shared = isShared(view, room)
    // The weekly list is what every shared room sees; everything else stands in a unit's main room alone.
    const named = told.week && shared ? heard : own
    const units = list ? named : named.filter((unit) => isUp(unit, steps))
    if (units.length === 0) return []
    return [
      planned(
        room.address,
        units,
        { kind: 'digest', room: room.key, units, told, steps, ahead: true, ...(shared && { main: own }) },
        room.mutedUntil,
      ),
    ]
  }

  const alone = (person: Reached, units: string[], steps: Step[], ahead: boolean): Planned[] => {
    const address = addressFrom(person.key, 'person')
    return address ? [planned(address, units, { kind: 'digest', person: person.id, units, told, steps, ahead })] : []
  }

  const forLiaisons = (): Planned[] => {
    const byPerson = new Map<string, { person: Reached; units: string[]; whole: boolean }>()
    for (const { id: unit, kind } of view.units) {
      const room = main.get(unit)
      const quiet = room !== undefined && stepsIn(room).length === 0
      if (kind !== 'unit' || (room && !quiet)) continue
      const due = room ? up.get(unit)?.steps.has(1) || up.get(unit)?.steps.has(2) : list || isUp(unit, [1, 2])
      const person = due ? spokenTo(people, unit, today) : undefined
      if (!person) continue
      const known = byPerson.get(person.id) ?? { person, units: [], whole: !room }
      byPerson.set(person.id, { ...known, units: [...known.units, unit], whole: known.whole || !room })
    }
    return [...byPerson.values()].flatMap(({ person, units, whole }) =>
      alone(person, units, units.some(reachesHead) ? [1] : [1, 2], whole),
    )
  }

  const forHeads = (): Planned[] =>
    people
      .filter((one) => one.role === 'head')
      .flatMap((person) => {
        const units = person.units.filter((unit) => up.get(unit)?.steps.has(2))
        return units.length > 0 ? alone(person, units, [2], false) : []
      })

  const all = [...rooms.flatMap(forRoom), ...forLiaisons(), ...forHeads()]
  return all.filter(({ address }) => !scene.told.has(addressKey(address)))
}

/** What the office's rows say now, for the plan of today. */
export const sceneOf = async (deps: Deps, since: Day | ''): Promise<Scene> => {
  const { view, calendar } = await deps.cache(deps.store)
  const now = deps.now()
  const today = dayOf(now, deps.zone)
  const due = {
    from: ladderHorizon(today, since, view.settings.ladder, calendar),
    to: reminderHorizon(today, calendar),
  }
  return {
    ...{ view, calendar, zone: deps.zone, now, today, since },
    rooms: await roomsOf(deps.store),
    people: await peopleReached(deps.store),
    duties: (await findDuties(deps.store, { states: ['open', 'returned', 'unclaimed'], due })).filter(
      (duty) => stateOn(duty, today) !== 'unclaimed',
    ),
    told: await batchRooms(
      deps.store,
      [batchOf(today, { week: true, month: false }), batchOf(today, { week: false, month: true }), `day:${today}`],
      atOffice(today, '00:00', deps.zone),
    ),
  }
}

/** May the day's messages go out now: on a workday, from the hour of lists on, in office hours? */
export const inDigestHours = (
  { view, calendar }: Pick<Scene, 'view' | 'calendar'>,
  now: Date,
  zone: string,
): boolean => {
  const time = timeOf(now, zone)
  return calendar.isWorkday(dayOf(now, zone)) && time >= view.settings.digestAt && time < view.settings.hours.to
}
