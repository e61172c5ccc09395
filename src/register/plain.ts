import type { Case, CaseView } from '../model/case.ts'
import { dayIn } from '../model/clock.ts'
import { officeRoles } from '../model/person.ts'
import type { Deed } from './register.ts'

/** How most cases are entered: what it is about, in words that may stand in a group, and the unit that it is handed to. */
export const opened: Deed = {
  name: 'registered',
  title: '登记',
  roles: officeRoles,
  fields: [
    { name: 'title', label: '事由', type: 'text', kept: true },
    { name: 'at', label: '日期', type: 'day', optional: true },
    { name: 'unit', label: '承办单位', type: 'unit', optional: true },
  ],
  fits: () => true,
}

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
