import type { DutyView, TaskView } from '../db/queries/duties.ts'
import { unitRows } from '../db/queries/office.ts'
import { isOffice } from '../src/model/person.ts'
import type { Context, Outcome } from './command.ts'
import { codeOf, unitName } from './present.ts'
import { problem } from './problem.ts'

/** A unit reached for a task that is not its own: told why, and written down on the unit that tried. */
export const refuseForeign = async (
  c: Context,
  tasks: readonly TaskView[],
  duties: readonly DutyView[],
): Promise<Outcome> => {
  const lines = tasks.map((task) => {
    const own = duties.filter((duty) => duty.task === task.id)
    // Who leads answers for it; who works beside is named only where nobody leads.
    const leads = own.filter(({ role }) => role === 'lead')
    const units = [...new Set((leads.length > 0 ? leads : own).map((duty) => unitName(c, duty.unit)))]
    return `${codeOf(task)} 的责任单位是${units.slice(0, 3).join('、')}${units.length > 3 ? `等${units.length}家` : ''}`
  })
  // The office typed in another unit's number: nobody reached for what is not theirs.
  if (isOffice(c.actor))
    return {
      reply: problem('责任单位不是这一家', `${lines.join('；')}，本次没有登记。`, '请核对单位和编号后再说一次。'),
    }
  const own = c.actor.units.map((id) => unitName(c, id)).join('、')
  return {
    reply: problem(
      '这不是本单位的任务',
      `${lines.join('；')}，${own}不能代为反馈，本次没有登记。`,
      '如属职责调整，请联系主管科室改派。',
    ),
    refused: 'other-unit',
    facts: (await unitRows(c.db, c.actor.units.slice(0, 1))).map((row) => ({
      row,
      kind: 'refused',
      body: { on: c.today, tasks: tasks.map((task) => task.id), why: 'other-unit' },
      words: { text: c.message.text },
    })),
  }
}

/** Whoever reads for some units only asked about tasks that are none of theirs: no word of them, and nobody's name. */
export const refuseReading = (tasks: readonly TaskView[]): Outcome => ({
  reply: problem(
    '不是本单位的任务',
    `${tasks.map(codeOf).join('、')} 不是本单位的任务，不能查看。`,
    '回复“任务清单”可查看本单位全部任务。',
  ),
  refused: 'other-unit',
})
