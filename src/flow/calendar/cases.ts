import { caseIn } from '../../../commands/cases.ts'
import { type CaseRow, openCasesBehind } from '../../../db/queries/cases.ts'
import { dayOf, momentOf } from '../../time/day.ts'
import { caseColumns } from '../case/writes.ts'
import type { Deps } from '../deps.ts'
import type { Stamp } from '../ledger.ts'
import type { OfficeNow } from '../office.ts'
import { happens } from '../subjects.ts'

/** Cases that are looked at, and written, in one go. */
const CHUNK = 50

/**
 * Open cases as the calendar now has them: each that ends on another day, or is no longer provisional, has a fact of it.
 * `provisionalOnly`: only those that were marked so. Up to `most` chunks; returns how many were written.
 */
export const turnCases = async (
  deps: Deps,
  { view, calendar }: OfficeNow,
  { stamp, provisionalOnly, most }: { stamp: Stamp; provisionalOnly: boolean; most: number },
): Promise<number> => {
  const { zone, store } = deps
  const on = dayOf(stamp.at, zone)
  const c = { calendar, today: on, now: momentOf(stamp.at, zone), settings: view.settings.registers }
  const movedTo = (row: CaseRow) => {
    const { due, provisional } = caseColumns(caseIn(row), c)
    const same = due === row.due && provisional === row.provisional
    return same || (provisionalOnly && !row.provisional) ? [] : [{ row, due, provisional }]
  }
  let chunks = 0
  for (let last = ''; chunks < most; ) {
    const rows = await openCasesBehind(store, last, CHUNK)
    const moved = rows.flatMap(movedTo)
    if (moved.length > 0) {
      await store.atomic((q) =>
        moved.flatMap(({ row, due, provisional }) => {
          const body = {
            ...{ on, cause: 'calendar', was: row.due, provisional },
            year: row.provisional && !provisional && due !== null ? Number(due.slice(0, 4)) : null,
            ...(due !== row.due && { dueOn: due }),
          }
          return happens(
            deps,
            q,
            { subject: row.kind, was: row, facts: [{ kind: 'recomputed', body }], set: { due, provisional } },
            stamp,
          )
        }),
      )
      chunks++
    }
    last = rows[rows.length - 1]?.id ?? ''
    if (rows.length < CHUNK) break
  }
  return chunks
}
