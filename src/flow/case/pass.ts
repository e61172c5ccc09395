import { openCasesBehind } from '../../../db/queries/cases.ts'
import type { Deps } from '../deps.ts'
import { happens } from '../subjects.ts'
import { caseIn, registerContext } from './context.ts'
import { caseColumns, standsAt } from './writes.ts'

/** Cases that are looked at, and written, in one go. */
const CHUNK = 50

/**
 * Open cases as this day has them: somebody's silence ends a pause, and a limit lapses, without anybody doing anything. Each
 * that stands otherwise than its row says has a fact of it. Returns how many moved. @throws conflict
 */
export const passTime = async (deps: Deps): Promise<number> => {
  const c = await registerContext(deps)
  const stamp = { by: 'duban', via: `day:${c.today}`, at: deps.now() }
  let passed = 0
  for (let last = ''; ; ) {
    const rows = await openCasesBehind(deps.store, last, CHUNK)
    const moved = rows.flatMap((row) => {
      const stands = standsAt(caseColumns(caseIn(row), c))
      return JSON.stringify(stands) === JSON.stringify(standsAt(row)) ? [] : [{ row, stands }]
    })
    if (moved.length > 0)
      await deps.store.atomic((q) =>
        moved.flatMap(({ row, stands }) => {
          const facts = [{ kind: 'elapsed', body: { on: c.today, was: row.due, stands } }]
          return happens(deps, q, { subject: row.kind, was: row, facts, set: stands }, stamp)
        }),
      )
    passed += moved.length
    last = rows[rows.length - 1]?.id ?? ''
    if (rows.length < CHUNK) return passed
  }
}
