import { unitsMoved } from '../../../commands/calendar.ts'
import type { MovedDays, Told } from '../../../commands/digest.ts'
import { isShared, mainRooms, spokenTo, unitsHeard } from '../../../commands/rooms.ts'
import { type DutyView, findDuties } from '../../../db/queries/duties.ts'
import type { OfficeView } from '../../../db/queries/office.ts'
import { batchRooms } from '../../../db/queries/outbox.ts'
import { peopleReached, type Reached, type RoomView, roomsOf } from '../../../db/queries/people.ts'
import type { Day } from '../../model/deadline.ts'
import { stateOn } from '../../model/life.ts'
import { type Address, addressFrom, addressKey } from '../../model/message.ts'
import type { Calendar } from '../../time/calendar.ts'
import { addDays, atOffice, dayOf, startOfWeek, timeOf } from '../../time/day.ts'
import {
  isListDay,
  isReminded,
  ladderHorizon,
  ladderStep,
  reminderHorizon,
  type Step,
  toldUpTo,
} from '../../time/remind.ts'
import { readMark, turnedSince } from '../calendar/mark.ts'
import type { Recipe } from '../compose.ts'
import type { Deps } from '../deps.ts'
import { hasOwnList, isAskedOn, isMerged } from './asked.ts'
import { officePlaces } from './office.ts'
import type { Planned } from './planned.ts'
import { unitsTold } from './told.ts'

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
  /** Units whose days another calendar moved since the hour of lists of the last planned day. */
  moved: ReadonlySet<string>
  /** Keys of rooms that have their message of today, or one that still waits. */
  told: ReadonlySet<string>
  /** Units that have had their message of today in a room, by its key. */
  unitsTold: ReadonlyMap<string, string>
}

const toldOn = ({ today, since, calendar }: Scene): Told => ({
  week: isListDay(today, 'week', since, calendar),
  month: isListDay(today, 'month', since, calendar),
  since,
})

const isList = ({ week, month }: Told): boolean => week || month

/** The push of the day by which its messages are counted together. */
const batchOf = (today: Day, { week, month }: Pick<Told, 'week' | 'month'>): string =>
  week ? `week:${startOfWeek(today)}` : month ? `month:${today.slice(0, 7)}` : `day:${today}`

/** What has come up for a unit today: something falls due, or has come to a step of the ladder. */
interface Up {
  soon: boolean
  steps: ReadonlySet<Step>
}

/** What the day's messages tell of moved days: from one hour of lists to the next, so that none is told twice or missed. */
const movedWindow = ({
  view,
  calendar,
  zone,
  today,
  since,
}: Pick<Scene, 'view' | 'calendar' | 'zone' | 'today' | 'since'>) => ({
  from: atOffice(toldUpTo(today, since, calendar), view.settings.digestAt, zone),
  to: atOffice(today, view.settings.digestAt, zone),
})

const upBy = ({ duties, today, since, calendar, view, moved }: Scene): Map<string, Up> => {
  const up = new Map<string, { soon: boolean; steps: Set<Step> }>()
  for (const unit of moved) up.set(unit, { soon: true, steps: new Set() })
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

/** What one room is told today: what every room is, or the lists that it asked for in their place. */
const toldIn = (scene: Scene, told: Told, main: ReadonlyMap<string, RoomView>, room: RoomView): Told => {
  const { view, today, calendar } = scene
  const own = view.subscriptions.filter(({ room: key }) => key === room.key)
  if (own.length === 0) return told
  const asked = own.filter((push) => isMerged(view, main, room, push) && isAskedOn(push, today, calendar))
  const listed = (every: 'week' | 'month') =>
    (told[every] && !hasOwnList(view, room, every, today)) ||
    asked.some((push) => push.content === 'due' && push.every === every)
  const overdue = asked.some(({ content }) => content === 'overdue') && (room.overdue || !isShared(view, room))
  return { week: listed('week'), month: listed('month'), ...(overdue && { overdue }), since: told.since }
}

const laterOf = (a: Date, b: Date | null): Date => (b && b > a ? b : a)

/**
 * The day's messages: to every room bound to units one, on list days the list, else where something has come up; what a
 * shared room must not hear goes to the liaison, the second step to the unit's head where either can be reached alone; to
 * leaders the week's figures.
 */
export const planDigests = (scene: Scene): Planned[] => {
  const { view, zone, now, today, rooms, people } = scene
  const { hours } = view.settings
  const everyone = toldOn(scene)
  const batch = batchOf(today, everyone)
  const up = upBy(scene)
  const main = mainRooms(view, rooms)
  const endOfDay = atOffice(today, hours.to, zone)
  const endOfWeek = atOffice(addDays(startOfWeek(today), 6), hours.to, zone)
  const planned = (address: Address, units: string[], recipe: Recipe, mutedUntil: Date | null = null): Planned => ({
    id: `${batch}:${addressKey(address)}`,
    ...{ batch, recipe, address, units },
    dueAt: laterOf(now, mutedUntil),
    validUntil: recipe.kind === 'leader' || (recipe.kind === 'digest' && isList(recipe.told)) ? endOfWeek : endOfDay,
  })
  const { from, to } = movedWindow(scene)
  const movedOf = (units: readonly string[]): { moved?: MovedDays } => {
    const own = units.filter((unit) => scene.moved.has(unit))
    return own.length > 0 ? { moved: { units: own, from: from.toISOString(), to: to.toISOString() } } : {}
  }
  const headed = new Set(people.flatMap(({ role, units }) => (role === 'head' ? units : [])))
  const reachesHead = (unit: string) => headed.has(unit)
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
    const toldElsewhere = (unit: string) =>
      (scene.unitsTold.get(unit) ?? addressKey(room.address)) !== addressKey(room.address)
    const own = heard.filter((unit) => main.get(unit)?.key === room.key && !toldElsewhere(unit))
    const steps = stepsIn(room)
    const shared = isShared(view, room)
    const told = toldIn(scene, everyone, main, room)
    // The weekly list is what every shared room sees; everything else stands in a unit's main room alone.
    const named = (told.week || told.overdue) && shared ? heard : own
    const units = isList(told) || told.overdue ? named : named.filter((unit) => isUp(unit, steps))
    if (units.length === 0) return []
    return [
      planned(
        room.address,
        units,
        {
          ...{ kind: 'digest', room: room.key, units, told, steps, ahead: true },
          ...(shared && { main: own }),
          ...movedOf(own),
        },
        room.mutedUntil,
      ),
    ]
  }

  const alone = (person: Reached, units: string[], steps: Step[], ahead: boolean): Planned[] => {
    const address = addressFrom(person.key, 'person')
    const moved = ahead ? movedOf(units) : {}
    return address
      ? [planned(address, units, { kind: 'digest', person: person.id, units, told: everyone, steps, ahead, ...moved })]
      : []
  }

  const forLiaisons = (): Planned[] => {
    const byPerson = new Map<string, { person: Reached; units: string[]; whole: boolean }>()
    for (const { id: unit, kind } of view.units) {
      const room = main.get(unit)
      const quiet = room !== undefined && stepsIn(room).length === 0
      if (kind !== 'unit' || (room && !quiet)) continue
      const due = room
        ? up.get(unit)?.steps.has(1) || up.get(unit)?.steps.has(2)
        : isList(everyone) || isUp(unit, [1, 2])
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

  const forLeaders = (): Planned[] =>
    people.flatMap(({ id, role, key }) => {
      const address = everyone.week && role === 'leader' ? addressFrom(key, 'person') : undefined
      // About units, not to them: it counts as a message to none.
      return address ? [planned(address, [], { kind: 'leader', person: id })] : []
    })

  const forOffice = (): Planned[] =>
    officePlaces(rooms, people).map(({ address, mutedUntil }) =>
      planned(address, [], { kind: 'office', told: everyone }, mutedUntil),
    )

  const all = [...rooms.flatMap(forRoom), ...forLiaisons(), ...forHeads(), ...forLeaders(), ...forOffice()]
  return all.filter(({ address }) => !scene.told.has(addressKey(address)))
}

/** What the office's rows say now, for the plan of today. */
export const sceneOf = async (deps: Deps, since: Day | ''): Promise<Scene> => {
  const { view, calendar } = await deps.cache(deps.store)
  const now = deps.now()
  const today = dayOf(now, deps.zone)
  const own = { view, calendar, zone: deps.zone, now, today, since }
  const window = movedWindow(own)
  const due = {
    from: ladderHorizon(today, since, view.settings.ladder, calendar),
    to: reminderHorizon(today, calendar),
  }
  const rooms = await roomsOf(deps.store)
  const batches = [
    ...[batchOf(today, { week: true, month: false }), batchOf(today, { week: false, month: true })],
    `day:${today}`,
  ]
  const midnight = atOffice(today, '00:00', deps.zone)
  return {
    ...own,
    moved: turnedSince(readMark(view.calendar), window.from) ? await unitsMoved(deps.store, window) : new Set(),
    rooms,
    people: await peopleReached(deps.store),
    duties: (await findDuties(deps.store, { states: ['open', 'returned', 'unclaimed'], due })).filter(
      (duty) => stateOn(duty, today) !== 'unclaimed',
    ),
    told: await batchRooms(deps.store, batches, midnight),
    unitsTold: await unitsTold(deps.store, view, rooms, { batches, since: midnight }),
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
