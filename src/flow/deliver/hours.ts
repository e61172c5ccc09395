import type { OutboxRow } from '../../../db/queries/outbox.ts'
import { mutedRooms } from '../../../db/queries/people.ts'
import { addressKey, anyRouteKey } from '../../model/message.ts'
import type { Settings } from '../../model/settings.ts'
import type { Calendar } from '../../time/calendar.ts'
import { nextOpening } from '../../time/remind.ts'
import type { Deps } from '../deps.ts'

/** What decides when the tick may speak. */
export interface Hours {
  hours: Settings['hours']
  calendar: Calendar
  zone: string
  /** Until when rooms are muted, by their keys; those that are not are absent. */
  muted: ReadonlyMap<string, Date>
}

/** Only what the tick made is bound to hours, and of that not the hour clocks. */
const isBound = ({ origin, lane }: OutboxRow): boolean => origin === 'tick' && lane === 'push'

/** Hours and mutes as they are now; nothing is read where no row is bound to them. */
export const hoursFor = async (deps: Deps, rows: readonly OutboxRow[], now: Date): Promise<Hours | undefined> => {
  if (!rows.some(isBound)) return undefined
  const { view, calendar } = await deps.cache(deps.store)
  return { hours: view.settings.hours, calendar, zone: deps.zone, muted: await mutedRooms(deps.store, now) }
}

/** The moment until which a row must wait; undefined where it may go now. */
export const heldUntil = (row: OutboxRow, at: Hours | undefined, now: Date): Date | undefined => {
  if (!at || !isBound(row)) return undefined
  const quiet = at.muted.get(addressKey(row.address)) ?? at.muted.get(anyRouteKey(row.address)) ?? now
  const opening = nextOpening(quiet, at.hours, at.calendar, at.zone)
  return opening > now ? opening : undefined
}
