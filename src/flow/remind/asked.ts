import { isBound, mainRooms, unitsHeard } from '../../../commands/rooms.ts'
import type { OfficeView } from '../../../db/queries/office.ts'
import { type RoomView, roomsOf } from '../../../db/queries/people.ts'
import type { Day } from '../../model/deadline.ts'
import type { Subscription } from '../../model/subscription.ts'
import type { Calendar } from '../../time/calendar.ts'
import { atOffice, dayOf, endOf, timeOf } from '../../time/day.ts'
import { firesOn } from '../../time/remind.ts'
import type { Deps } from '../deps.ts'
import type { OfficeCache, OfficeNow } from '../office.ts'
import type { Planned } from './planned.ts'

/** Standing pushes that somebody asked for. They are no unasked messages: a room may get one beside that of its day. */

/** Does it come on that day? Never before it began. */
export const isAskedOn = (push: Subscription, day: Day, calendar: Calendar): boolean =>
  day >= push.startsOn && firesOn(push, day, calendar)

/**
 * A list asked for at the hour of lists is part of the room's message of the day: of a room that has one, because it is
 * the main room of one of its units.
 */
export const isMerged = (
  view: OfficeView,
  main: ReadonlyMap<string, RoomView>,
  room: RoomView,
  { content, at }: Subscription,
): boolean =>
  at === view.settings.digestAt &&
  (content === 'due' || content === 'overdue') &&
  unitsHeard(view, room).some((unit) => main.get(unit)?.key === room.key)

/** Has the room a list of its own for that week or month? It takes the place of the one that every room hears. */
export const hasOwnList = (view: OfficeView, room: RoomView, every: 'week' | 'month', today: Day): boolean =>
  view.subscriptions.some(
    (push) =>
      push.room === room.key && push.content === 'due' && push.every === every && push.startsOn <= endOf(today, every),
  )

/** Is somebody told the week's figures by a push of their own? It takes the place of the one that every leader hears. */
export const hasOwnFigures = (view: OfficeView, key: string, today: Day): boolean =>
  view.subscriptions.some(
    (push) =>
      push.room === key && push.content === 'figures' && push.every === 'week' && push.startsOn <= endOf(today, 'week'),
  )

/**
 * Ids that this process has queued today, and with the office's version those that are nothing of their own as it then
 * stood: only a saving, the outbox knows what is queued.
 */
const queued = new WeakMap<OfficeCache, { day: Day; ids: Set<string> }>()

const queuedOn = (deps: Deps, day: Day): Set<string> => {
  const known = queued.get(deps.cache)
  if (known?.day === day) return known.ids
  const ids = new Set<string>()
  queued.set(deps.cache, { day, ids })
  return ids
}

const markOf = (deps: Deps, id: string): string => `${deps.store.office} ${id}`

/** Notes that they stand in the outbox, so that this process does not ask again today. */
export const rememberAsked = (deps: Deps, planned: readonly Planned[]): void => {
  const ids = queuedOn(deps, dayOf(deps.now(), deps.zone))
  for (const { id } of planned) ids.add(markOf(deps, id))
}

const batchOf = ({ id }: Subscription, today: Day): string => `sub:${id}:${today}`

/** Standing pushes whose hour has come today, in office hours, of which this process does not know that they are queued. */
const comeUp = (deps: Deps, { view, calendar }: Pick<OfficeNow, 'view' | 'calendar'>): Subscription[] => {
  if (view.subscriptions.length === 0) return []
  const now = deps.now()
  const [today, time] = [dayOf(now, deps.zone), timeOf(now, deps.zone)]
  const { hours } = view.settings
  if (time < hours.from || time >= hours.to) return []
  const known = queuedOn(deps, today)
  const isKnown = (batch: string) =>
    known.has(markOf(deps, batch)) || known.has(markOf(deps, `${batch}@${view.version}`))
  return view.subscriptions.filter(
    (push) => push.at <= time && !isKnown(batchOf(push, today)) && isAskedOn(push, today, calendar),
  )
}

/** Has the hour of a standing push come that this process has not looked at yet? Reads nothing. */
export const isAsking = (deps: Deps, now: Pick<OfficeNow, 'view' | 'calendar'>): boolean => comeUp(deps, now).length > 0

/** Standing pushes whose hour has come today, in office hours; a missed minute is made up for the same day, a missed day is not. */
export const planAsked = async (deps: Deps): Promise<Planned[]> => {
  const { view, calendar } = await deps.cache(deps.store)
  const due = comeUp(deps, { view, calendar })
  if (due.length === 0) return []
  const now = deps.now()
  const today = dayOf(now, deps.zone)
  const rooms = await roomsOf(deps.store)
  const main = mainRooms(view, rooms)
  const byKey = new Map(rooms.map((room) => [room.key, room]))
  return due.flatMap((push): Planned[] => {
    const room = byKey.get(push.room)
    const batch = batchOf(push, today)
    if (room ? !isBound(room) || isMerged(view, main, room, push) : push.address.kind === 'room') {
      queuedOn(deps, today).add(markOf(deps, `${batch}@${view.version}`))
      return []
    }
    const muted = room?.mutedUntil
    return [
      {
        ...{ id: batch, batch, recipe: { kind: 'asked', push: push.id } },
        address: room?.address ?? push.address,
        units: room ? unitsHeard(view, room) : [],
        dueAt: muted && muted > now ? muted : now,
        validUntil: atOffice(today, view.settings.hours.to, deps.zone),
      },
    ]
  })
}
