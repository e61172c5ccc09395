import { nextOpening } from '../../time/remind.ts'
import type { Deps } from '../deps.ts'

/** From when on what the tick made may go out: office hours on workdays; hour clocks and what people caused at once. */
export const mayGoAt = async (
  deps: Deps,
  { origin, batch }: { origin: 'tick' | 'person'; batch: string },
  from: Date,
): Promise<Date> => {
  if (origin !== 'tick' || batch.startsWith('clock:')) return from
  const { view, calendar } = await deps.cache(deps.store)
  return nextOpening(from, view.settings.hours, calendar, deps.zone)
}
