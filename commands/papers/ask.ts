import type { Day } from '../../src/model/deadline.ts'
import type { Window } from '../../src/model/intent.ts'
import type { PaperKind } from '../../src/model/paper.ts'
import { endOf, startOf } from '../../src/time/day.ts'

/** Of what stretch a paper is where nobody says one: figures of the running quarter or month, a unit's own of the year. */
const usual: Record<PaperKind, 'month' | 'quarter' | 'year'> = {
  ...{ bulletin: 'quarter', scores: 'quarter', dispatch: 'month', brief: 'month' },
  ...{ notice: 'year', list: 'year', summary: 'year' },
}

const yearOf = (today: Day): Window => ({ from: `${today.slice(0, 4)}-01-01`, to: `${today.slice(0, 4)}-12-31` })

export const usualWindow = (kind: PaperKind, today: Day): Window => {
  const period = usual[kind]
  return period === 'year' ? yearOf(today) : { from: startOf(today, period), to: endOf(today, period) }
}

/** Papers of one unit: whose, has to be said. */
export const isOfOneUnit = (kind: PaperKind): boolean => kind === 'list' || kind === 'summary' || kind === 'notice'
