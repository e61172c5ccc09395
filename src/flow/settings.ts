import { officeRow } from '../../db/queries/office.ts'
import type { Json } from '../../db/schema.ts'
import { BadInput } from '../model/problem.ts'
import { type Settings, settingsOf } from '../model/settings.ts'
import type { Deps } from './deps.ts'
import { happeningWrites, officeMoves, type Stamp } from './ledger.ts'

/** What cannot be, in words that say what could; undefined where all is well. */
const whyNot = ({ hours, digestAt, ladder }: Settings): string | undefined => {
  if (hours.from >= hours.to) return `推送时段的开始应早于结束，而不是 ${hours.from}-${hours.to}`
  if (digestAt < hours.from || digestAt >= hours.to)
    return `清单时间应在推送时段 ${hours.from}-${hours.to} 之内，而不是 ${digestAt}`
  if (ladder.some((step, i) => step <= (ladder[i - 1] ?? 0))) return '三步的工作日数应一个比一个大，例如 1,3,5'
  return undefined
}

/**
 * The office's settings with those that it changes, as a fact of the office; the day is planned again by them.
 * @throws BadInput for settings that contradict each other, conflict where another set something meanwhile
 */
export const changeSettings = async (deps: Deps, change: Partial<Settings>, stamp: Stamp): Promise<Settings> => {
  const row = await officeRow(deps.store)
  if (!row) throw new BadInput('还没有这个机关：请先 roster import 或 import 方案')
  const own = { ...row.settings, ...change }
  const after = settingsOf(own)
  const wrong = whyNot(after)
  if (wrong) throw new BadInput(wrong)
  const body = { settings: own as unknown as Record<string, Json> }
  await deps.store.atomic((write) => [
    ...happeningWrites(deps, write, [{ row, kind: 'set', body }], stamp),
    officeMoves(deps, write),
  ])
  return after
}
