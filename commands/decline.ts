import type { Command } from './command.ts'
import { dutiesOfTasks, ownUnits, tasksNamed } from './find.ts'
import { answerRow, codeOf, seen } from './present.ts'
import { problem } from './problem.ts'
import { refuseForeign } from './refuse.ts'
import { dutyRow } from './row.ts'

/** Not ours: of a shared task that waits to be claimed, it is written down at once; what is the unit's own the office moves. */
export const decline: Command<'decline'> = {
  intent: 'decline',
  title: '报不涉及',
  usage: '编号 不是我们的',
  example: '12号不是我们的',
  roles: ['liaison', 'head'],
  run: async (c, intent) => {
    if (!intent.tasks?.length) return { reply: problem('请写明任务编号', '哪一项不涉及？', '例：12号不是我们的') }
    const units = ownUnits(c, undefined)
    if ('outcome' in units) return units.outcome
    const tasks = await tasksNamed(c, intent)
    if ('outcome' in tasks) return tasks.outcome
    const all = await dutiesOfTasks(c, tasks.ok)
    const own = all.filter((duty) => units.ok.includes(duty.unit))
    const foreign = tasks.ok.filter((task) => !own.some((duty) => duty.task === task.id))
    if (foreign.length > 0) return refuseForeign(c, foreign, all)
    const open = own.filter((duty) => seen(c, duty).state === 'unclaimed' && !duty.disclaimed)
    const codes = [...new Set(open.map(codeOf))]
    if (open.length === 0)
      return {
        reply: problem(
          '这项任务已明确由本单位负责',
          `${tasks.ok.map(codeOf).join('、')} 不在待认领之列，本次没有登记。`,
          '如属职责调整，请联系主管科室改派。',
        ),
      }
    return {
      reply: {
        title: '已登记不涉及',
        tone: 'good',
        blocks: [{ kind: 'fields', fields: [['不涉及（待主管科室确认）', codes.join('、')]] }],
      },
      rows: open.map((duty) => answerRow(c, seen(c, duty))),
      facts: open.map((duty) => ({ row: dutyRow(duty), kind: 'disclaimed', body: { on: c.today } })),
    }
  },
}
