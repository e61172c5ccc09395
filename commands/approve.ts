import { projectDuty } from '../src/model/life.ts'
import { reportsMeant } from './check.ts'
import type { Command } from './command.ts'
import { answerRow, dutyLine, seen } from './present.ts'
import { dutyRow } from './row.ts'

/** The office's check: the report stands, the duty is done (or counted, where several reports are wanted). */
export const approve: Command<'approve'> = {
  intent: 'approve',
  title: '审核通过',
  usage: '通过 [单位] 编号 [期次]',
  example: '通过 1-2',
  roles: ['office', 'admin'],
  run: async (c, intent) => {
    const found = await reportsMeant(c, intent)
    if ('outcome' in found) return found.outcome
    const after = found.ok.map((duty) => ({
      ...duty,
      ...projectDuty(duty, { kind: 'approved', body: { on: c.today } }),
    }))
    return {
      reply: {
        title: '审核通过',
        tone: 'good',
        blocks: [{ kind: 'list', lines: after.map((duty) => dutyLine(c, seen(c, duty), true)) }],
      },
      rows: after.map((duty) => answerRow(c, seen(c, duty))),
      facts: found.ok.map((duty) => ({ row: dutyRow(duty), kind: 'approved', body: { on: c.today } })),
    }
  },
}
