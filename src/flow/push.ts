import { and, eq } from 'drizzle-orm'
import { among } from '../../db/among.ts'
import { bulkInsert } from '../../db/bulk.ts'
import { roomsOf } from '../../db/queries/people.ts'
import type { Json } from '../../db/schema.ts'
import { addressKey } from '../model/message.ts'
import { addDays, atOffice, dayOf, startOfWeek, timeOf } from '../time/day.ts'
import { unitsHeard, type WeekRecipe } from './compose.ts'
import type { Deps } from './deps.ts'

const WEEKLY_AT = '09:00'
const WEEKLY_UNTIL = '18:00'

interface Planned {
  id: string
  recipe: WeekRecipe
  address: Awaited<ReturnType<typeof roomsOf>>[number]['address']
  /** A room that is muted hears it afterwards. */
  dueAt: Date
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
  return (await roomsOf(deps.store)).flatMap((room): Planned[] => {
    if (unitsHeard(view, room).length === 0) return []
    return [
      {
        id: `week:${startOfWeek(today)}:${room.key}`,
        recipe: { kind: 'week', room: room.key },
        address: room.address,
        dueAt: room.mutedUntil && room.mutedUntil > now ? room.mutedUntil : now,
      },
    ]
  })
}

/** Queues what is planned and not queued yet, in one look and one write; what it says is composed when it is sent. */
export const queuePushes = async (deps: Deps): Promise<string[]> => {
  const { t, office, q } = deps.store
  const now = deps.now()
  const planned = await plannedPushes(deps)
  if (planned.length === 0) return []
  const ids = planned.map(({ id }) => id)
  const known = await q
    .select({ id: t.outbox.id })
    .from(t.outbox)
    .where(and(eq(t.outbox.office, office), among(t.outbox.id, ids)))
  const queued = new Set(known.map(({ id }) => id))
  const fresh = planned.filter(({ id }) => !queued.has(id))
  const validUntil = atOffice(dayOf(now, deps.zone), WEEKLY_UNTIL, deps.zone)
  const rows = fresh.map(({ id, recipe, address, dueAt }) => ({
    office,
    id,
    lane: 'push' as const,
    room: addressKey(address),
    ord: deps.newId(),
    address,
    card: null,
    recipe: recipe as unknown as Record<string, Json>,
    dueAt,
    validUntil,
    state: 'waiting' as const,
    tasks: [],
  }))
  await deps.store.atomic((w) => bulkInsert(deps.store, w, t.outbox, rows, { ignore: true }))
  return fresh.map(({ id }) => id)
}
