import type { TaskView } from '../db/queries/duties.ts'
import { endedOf, tasksWhole } from '../db/queries/yearend.ts'
import type { Context } from './command.ts'

/** 去年：公开17-12，按时3次、逾期1次 — how the task that this one goes on from ended, of the units that are read. */
export const lastYear = async (
  c: Context,
  { follows }: Pick<TaskView, 'follows'>,
  units: readonly string[] | undefined,
): Promise<[string, string][]> => {
  if (follows === '') return []
  const [before] = await tasksWhole(c.db, [follows])
  const plan = c.office.plans.find(({ id }) => id === before?.plan)
  if (!before || !plan) return []
  let [onTime, late, left] = [0, 0, 0]
  for (const { state, late: wasLate, archived, n } of await endedOf(c.db, [follows], units)) {
    if (state === 'done' && wasLate) late += n
    else if (state === 'done') onTime += n
    else if (archived && state !== 'waived' && state !== 'standing') left += n
  }
  const parts = [
    onTime > 0 ? `按时${onTime}次` : '',
    late > 0 ? `逾期${late}次` : '',
    left > 0 ? `未完成${left}次` : '',
  ].filter(Boolean)
  // The year of the plan, not always the one before this: some matters rest for a year.
  const year = plan.document.year
  const label = year === Number(c.today.slice(0, 4)) - 1 ? '去年' : `${year}年`
  return [[label, `${plan.code}-${before.number}${parts.length > 0 ? `，${parts.join('、')}` : ''}`]]
}
