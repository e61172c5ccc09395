import type { Case, CaseEvent } from '../model/case.ts'
import { dayIn } from '../model/clock.ts'
import { isLed, sortOf } from '../register/activity.ts'
import { eventsOf, lastOf } from '../register/register.ts'
import type { CountedFile } from './inputs.ts'

type Counted = Omit<CountedFile, 'id'>

const once = (kind: string, events: readonly CaseEvent[]): Counted[] => {
  const days = events.map(({ at }) => dayIn(at)).sort()
  return days[0] === undefined ? [] : [{ kind, on: days[0], led: false, people: 0 }]
}

/** What took place, unless its entry was taken back. */
const activity = (it: Case): Counted[] => {
  const [held] = it.events
  if (!held || lastOf(it, 'cancelled')) return []
  return [{ kind: sortOf(it), on: dayIn(held.at), led: isLed(it), people: Number(held.body.people ?? 0) }]
}

/**
 * What the year's report counts of cases other than applications: an incident that was answered, however often
 * (不同方式回应同一热点或舆情计1次), a paper that was interpreted or reviewed, an activity that took place.
 */
export const countedIn = (it: Case): Counted[] => {
  switch (it.kind) {
    case 'incident':
      return once('incident', eventsOf(it, 'statement', 'conference', 'responded'))
    case 'publication':
      return [...once('interpretation', eventsOf(it, 'interpreted')), ...once('review', eventsOf(it, 'reviewed'))]
    case 'activity':
      return activity(it)
    default:
      return []
  }
}
