import { and, eq } from 'drizzle-orm'
import { roomsOf } from '../../db/queries/people.ts'
import type { Json } from '../../db/schema.ts'
import { addressKey } from '../model/message.ts'
import { addDays, atOffice, dayOf, startOfWeek, timeOf } from '../time/day.ts'
import { compose, type WeekRecipe } from './compose.ts'
import type { Deps } from './deps.ts'

const WEEKLY_AT = '09:00'
const WEEKLY_UNTIL = '18:00'

interface Planned {
  id: string
  recipe: WeekRecipe
  address: Awaited<ReturnType<typeof roomsOf>>[number]['address']
}

/** Is the day the first workday of its week? */
const opensWeek = (day: string, isWorkday: (day: string) => boolean): boolean => {
  for (let before = startOfWeek(day); before < day; before = addDays(before, 1)) if (isWorkday(before)) return false
  return isWorkday(day)
}

/**
 * What is to be pushed at this moment, computed from state: on the first workday of the week from 9:00 on, to every
 * room bound to a unit that unit's list, and to a shared room one list grouped by unit. Ids are made of week and room,
 * so that a second look, a second server or a restart queues nothing twice.
 */
export const plannedPushes = async (deps: Deps): Promise<Planned[]> => {
  const { view, calendar } = await deps.cache(deps.store)
  const now = deps.now()
  const today = dayOf(now, deps.zone)
  const time = timeOf(now, deps.zone)
  if (time < WEEKLY_AT || time >= WEEKLY_UNTIL || !opensWeek(today, calendar.isWorkday)) return []
  const all = view.units.filter((unit) => unit.kind === 'unit').map((unit) => unit.id)
  return (await roomsOf(deps.store)).flatMap((room): Planned[] => {
    const units = room.scope === 'units' ? room.units : room.scope === 'all' ? all : []
    if (units.length === 0) return []
    return [
      {
        id: `week:${startOfWeek(today)}:${room.key}`,
        recipe: { kind: 'week', units, shared: units.length > 1 },
        address: room.address,
      },
    ]
  })
}

/** Queues what is planned and has something to say; what was queued before stays as it is. Returns the new ids. */
export const queuePushes = async (deps: Deps): Promise<string[]> => {
  const { t, office, q } = deps.store
  const now = deps.now()
  const planned = await plannedPushes(deps)
  const fresh: string[] = []
  for (const { id, recipe, address } of planned) {
    const asJson = recipe as unknown as Record<string, Json>
    if (!(await compose(deps, asJson))) continue
    const before = await q.$count(t.outbox, and(eq(t.outbox.office, office), eq(t.outbox.id, id)))
    if (before > 0) continue
    await deps.store.atomic((w) => [
      w
        .insert(t.outbox)
        .values({
          office,
          id,
          lane: 'push',
          room: addressKey(address),
          ord: deps.newId(),
          address,
          card: null,
          recipe: asJson,
          dueAt: now,
          validUntil: atOffice(dayOf(now, deps.zone), WEEKLY_UNTIL, deps.zone),
          state: 'waiting',
          tasks: [],
        })
        .onConflictDoNothing(),
    ])
    fresh.push(id)
  }
  return fresh
}
