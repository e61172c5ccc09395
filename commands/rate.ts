import type { Day } from '../src/model/deadline.ts'
import type { Window } from '../src/model/intent.ts'
import type { Seen } from './present.ts'

export const percent = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${((100 * part) / whole).toFixed(1)}%`

/** In the denominator: due, and a unit's own. Unclaimed, sleeping, waiting and standing duties are not. */
const counted = (item: Seen): boolean =>
  ['open', 'returned', 'review', 'done'].includes(item.state) && item.duty.owedOn !== null

/** The duties by which a rate is judged: due in the window, up to today and no further. */
export const countsIn = (items: readonly Seen[], window: Window | undefined, today: Day): { due: Seen[]; to: Day } => {
  const to = window && window.to < today ? window.to : today
  const from = window?.from ?? ''
  return {
    to,
    due: items.filter((item) => counted(item) && (item.duty.owedOn ?? '') <= to && (item.duty.owedOn ?? '') >= from),
  }
}
