import type { Case, CaseView } from '../model/case.ts'
import { dayIn } from '../model/clock.ts'

/** Title, unit and day as the case's own events have them. */
export const titled = (it: Case): Pick<CaseView, 'title' | 'unit' | 'openedOn'> => {
  const first = it.events[0]
  const handed = it.events.filter(({ body }) => typeof body.unit === 'string')
  return {
    title: String(first?.body.title ?? ''),
    unit: String(handed[handed.length - 1]?.body.unit ?? ''),
    openedOn: dayIn(first?.at ?? ''),
  }
}
