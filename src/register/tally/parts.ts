import type { Day } from '../../model/deadline.ts'
import type { Body } from '../../model/fact.ts'
import { periodOf } from '../../time/schedule.ts'

/** What one duty's reports have brought to a theme's figure of a month; several duties (weeks, days) may share one. */
export interface Part {
  duty: string
  count: number
}

/** The period of figures that a round's report tells of: its own month, the last one of a longer round, its year; else the month of that day. */
export const periodOfRound = (round: string, today: Day): string => {
  if (/^\d{4}$/.test(round)) return round
  return (periodOf(round)?.to ?? today).slice(0, 7)
}

/** What a figure's facts say each duty brought; what was told by hand stands in their place under the empty id. */
const partsIn = (facts: readonly { body: Body }[]): Map<string, number> => {
  const parts = new Map<string, number>()
  for (const { body } of facts) {
    if (typeof body.duty === 'string') parts.set(body.duty, Number(body.own ?? 0))
    else {
      parts.clear()
      parts.set('', Number(body.count ?? 0))
    }
  }
  return parts
}

/** What one duty has brought so far. */
export const partOf = (facts: readonly { body: Body }[], duty: string): number => partsIn(facts).get(duty) ?? 0

/** The figure once that duty's part is another. */
export const withPart = (facts: readonly { body: Body }[], { duty, count }: Part): number =>
  [...partsIn(facts).set(duty, count).values()].reduce((sum, one) => sum + one, 0)
