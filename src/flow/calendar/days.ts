import { and, eq } from 'drizzle-orm'
import { bulkInsert } from '../../../db/bulk.ts'
import { isConflict } from '../../../db/conflict.ts'
import { officeRow } from '../../../db/queries/office.ts'
import type { Day } from '../../model/deadline.ts'
import { BadInput } from '../../model/problem.ts'
import { dayOf } from '../../time/day.ts'
import type { DayDraft } from '../../time/own-days.ts'
import type { Deps } from '../deps.ts'
import { happeningWrites, officeMoves, type Stamp } from '../ledger.ts'

/** A day of the office's own as it was and is from now on; `null` where the office says nothing of it. */
export interface DayChange {
  day: Day
  was: DayDraft['kind']
  now: DayDraft['kind']
}

const setOnce = async (deps: Deps, drafts: readonly DayDraft[], stamp: Stamp): Promise<DayChange[]> => {
  const { t, office } = deps.store
  const row = await officeRow(deps.store)
  if (!row) throw new BadInput('还没有这个机关：请先 roster import 或 import 方案')
  const { view } = await deps.cache(deps.store)
  const known = new Map(view.days.map(({ day, kind }) => [day, kind]))
  const changes = drafts
    .map(({ day, kind }) => ({ day, was: known.get(day) ?? null, now: kind }))
    .filter(({ was, now }) => was !== now)
  if (changes.length === 0) return []
  const body = {
    on: dayOf(stamp.at, deps.zone),
    days: Object.fromEntries(changes.map(({ day, now }) => [day, now])),
  }
  const rows = changes.flatMap(({ day, now }) => (now ? [{ office, day, kind: now }] : []))
  await deps.store.atomic((q) => [
    ...happeningWrites(deps, q, [{ row, kind: 'days', body }], stamp),
    ...changes.flatMap(({ day, was }) =>
      was ? [q.delete(t.days).where(and(eq(t.days.office, office), eq(t.days.day, day)))] : [],
    ),
    ...bulkInsert(deps.store, q, t.days, rows),
    officeMoves(deps, q),
  ])
  return changes
}

const TRIES = 5

/**
 * Lays days of the office's own over the national ones, all or none; those that the file does not name stay. Returns
 * what changed: nothing where it is all there already.
 */
export const setOwnDays = async (deps: Deps, drafts: readonly DayDraft[], stamp: Stamp): Promise<DayChange[]> => {
  for (let tries = 1; ; tries++) {
    try {
      return await setOnce(deps, drafts, stamp)
    } catch (error) {
      if (!isConflict(error)) throw error
      if (tries >= TRIES) throw new BadInput('机关的设置正在改动，这次没有导入：请再执行一次同样的命令')
      await deps.sleep(deps.random() * 20)
    }
  }
}
