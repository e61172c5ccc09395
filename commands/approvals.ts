import type { DutyView } from '../db/queries/duties.ts'
import type { Button } from '../src/model/card.ts'
import type { Intent } from '../src/model/intent.ts'
import type { Context } from './command.ts'
import { type Seen, unitName } from './present.ts'

/** Buttons of one card beside those that go on with it: a template card of WeCom takes six. */
const MOST = 5

/** A report as it stood when it was shown. */
export const asShown = ({ id, version }: DutyView): string => `${id}@${version}`

/** The frame by which exactly this report is checked, as long as it stands as it was shown. */
export const checking = <T extends Intent>(c: Context, intent: T, duty: DutyView): T => ({
  ...intent,
  tasks: [duty.number],
  plan: duty.planCode,
  units: [unitName(c, duty.unit)],
  reports: [asShown(duty)],
})

/** For the office 通过 of each report that waits, where the task's number alone says which: else it is said in words. */
export const approvals = (c: Context, shown: readonly Seen[]): Button[] => {
  if (c.actor.role !== 'office' && c.actor.role !== 'admin') return []
  const waiting = shown.flatMap(({ duty, state }) => (state === 'review' ? [duty] : []))
  const alone = waiting.filter((duty) => waiting.filter(({ number }) => number === duty.number).length === 1)
  return alone.slice(0, MOST).map((duty) => ({
    label: waiting.length === 1 ? '通过' : `通过 ${duty.number}`,
    intent: checking(c, { intent: 'approve' }, duty),
  }))
}
