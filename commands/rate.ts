import { type Tally, tallies, type Unclaimed } from '../db/queries/counts.ts'
import { findDuties } from '../db/queries/duties.ts'
import type { Day } from '../src/model/deadline.ts'
import type { DutyState } from '../src/model/duty.ts'
import type { Window } from '../src/model/intent.ts'
import { stateOn } from '../src/model/life.ts'
import { lateUpTo } from '../src/time/schedule.ts'
import type { Context } from './command.ts'
import { withoutMerged } from './find.ts'
import { isClassLine } from './present.ts'

export const percent = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${((100 * part) / whole).toFixed(1)}%`

/** How a unit's shares stand: what is due up to the day, in its parts, and beside it what has no place in a rate. */
export interface Standing {
  due: number
  done: number
  /** Of those that are done, the ones that were reported late. */
  doneLate: number
  review: number
  reviewLate: number
  /** Not reported, and past the day. */
  red: number
  /** A unit's own and due only later, or before the window. */
  later: number
  aside: Partial<Record<DutyState, number>>
}

export const nothing = (): Standing => ({
  ...{ due: 0, done: 0, doneLate: 0, review: 0, reviewLate: 0, red: 0, later: 0 },
  aside: {},
})

/** In the denominator once due. Unclaimed, sleeping, waiting, standing, suspended, waived and unchecked duties never are. */
const counted: readonly DutyState[] = ['open', 'returned', 'review', 'done']

const add = (sum: Standing, state: DutyState, { all, owed, late, past }: Tally | Unclaimed): void => {
  if (!counted.includes(state)) {
    sum.aside[state] = (sum.aside[state] ?? 0) + all
    return
  }
  sum.due += owed
  sum.later += all - owed
  if (state === 'done') {
    sum.done += owed
    sum.doneLate += late
  } else if (state === 'review') {
    sum.review += owed
    sum.reviewLate += late
  } else sum.red += past
}

/** Waived duties that went into another unit's: how it stands is told there, so they count nowhere. */
const mergedIn = async (c: Context, units: readonly string[], plans: readonly string[] | undefined) => {
  const waived = await findDuties(c.db, { units, ...(plans && { plans }), states: ['waived'], role: 'lead' })
  const stay = new Set((await withoutMerged(c, waived)).map(({ id }) => id))
  const merged = new Map<string, number>()
  for (const { id, unit } of waived) if (!stay.has(id)) merged.set(unit, (merged.get(unit) ?? 0) + 1)
  return merged
}

interface Asked {
  units?: readonly string[] | undefined
  plans?: readonly string[] | undefined
  window?: Window | undefined
}

/** The last day that is judged: the window's, and never one to come. */
export const judgedUpTo = (window: Window | undefined, today: Day): Day =>
  window && window.to < today ? window.to : today

/** How each unit's shares as lead stand, by unit id; lines of a class that nobody has divided are no unit's. */
export const standings = async (c: Context, { units, plans, window }: Asked): Promise<Map<string, Standing>> => {
  const { claimed, unclaimed } = await tallies(c.db, {
    ...(units && { units }),
    ...(plans && { plans }),
    // A year gone by, or a plan that is named, is told as it ended.
    ...((plans || window) && { closed: true }),
    from: window?.from ?? '1000-01-01',
    to: judgedUpTo(window, c.today),
    lateUpTo: lateUpTo(c.today, c.calendar),
    now: c.now,
  })
  const sums = new Map<string, Standing>()
  const rows = [
    ...claimed.map((row) => ({ row, state: row.state })),
    ...unclaimed.map((row) => ({ row, state: stateOn(row, c.today) })),
  ]
  for (const { row, state } of rows) {
    if (isClassLine(c, row.unit)) continue
    const sum = sums.get(row.unit) ?? nothing()
    add(sum, state, row)
    sums.set(row.unit, sum)
  }
  const former = c.office.units.filter(({ id, succession }) => succession && sums.get(id)?.aside.waived)
  for (const [unit, n] of former.length > 0
    ? await mergedIn(
        c,
        former.map(({ id }) => id),
        plans,
      )
    : []) {
    const { aside } = sums.get(unit) ?? nothing()
    aside.waived = (aside.waived ?? 0) - n
  }
  return sums
}

/** Released plans that a short name means; undefined where none was named. */
export const plansNamed = (c: Context, code: string | undefined): string[] | undefined =>
  code === undefined ? undefined : c.office.plans.filter((plan) => plan.code === code).map((plan) => plan.id)
