import type { Case, CaseEvent } from '../model/case.ts'
import { dayIn } from '../model/clock.ts'
import { eventsOf } from '../register/register.ts'
import type { CountedFile } from './inputs.ts'

const first = (events: readonly CaseEvent[]): CaseEvent | undefined =>
  [...events].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))[0]

/** An incident that the office answered, however often (不同方式回应同一热点或舆情计1次). */
const incident = (it: Case): Omit<CountedFile, 'id'>[] => {
  const answer = first(eventsOf(it, 'statement', 'conference', 'responded'))
  return answer ? [{ kind: 'incident', on: dayIn(answer.at), led: false }] : []
}

/** What the year's report counts of cases other than applications. */
export const countedIn = (it: Case): Omit<CountedFile, 'id'>[] => (it.kind === 'incident' ? incident(it) : [])
