import { type DutyView, findTasks } from '../db/queries/duties.ts'
import { answered, change } from './change.ts'
import { reportsMeant } from './check.ts'
import { partsOf } from './collect.ts'
import type { Command, Context, Outcome } from './command.ts'
import { dutiesOfTasks } from './find.ts'
import { may } from './happen.ts'
import { answerRow, codeOf, seen, unitName } from './present.ts'
import { problem } from './problem.ts'
import { tellReporters } from './reporters.ts'
import { dutyRow, taskRead } from './row.ts'

/** Will this approval close the duty, or is it one of several (1/3)? */
const closes = (duty: DutyView): boolean => duty.state === 'standing' || duty.approved + 1 >= duty.times

/** Parts that the lead collected and that are not in: until then the lead's duty cannot be closed. */
const stillOut = (lead: DutyView, duties: readonly DutyView[]): DutyView[] =>
  lead.role === 'lead' && closes(lead)
    ? partsOf(lead, duties).filter((part) => part.state === 'open' || part.state === 'returned')
    : []

const partsMissing = (c: Context, lead: DutyView, parts: readonly DutyView[]): Outcome => ({
  reply: problem(
    '配合单位的材料还没有交齐',
    `${codeOf(lead)} 还差：${parts.map((part) => unitName(c, part.unit)).join('、')}。交齐，或免予办理以后再通过。`,
    `例：免予办理 ${unitName(c, parts[0]?.unit ?? '')} ${lead.number}，材料已由牵头单位代拟`,
  ),
  rows: parts.map((part) => answerRow(c, seen(c, part))),
})

const proofsMissing = (duty: DutyView): string[] =>
  closes(duty) ? duty.wanted.filter((proof) => !duty.proofs.includes(proof)) : []

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
    const tasks = [...new Set(found.ok.map((duty) => duty.task))].map((id) => ({ id }))
    // The tasks before their duties: a unit that joins in between makes the guard fail.
    const rows = (await findTasks(c.db, [...new Set(found.ok.map(({ number }) => number))]))
      .filter(({ id }) => tasks.some((task) => task.id === id))
      .map(taskRead)
    const all = await dutiesOfTasks(c, tasks)
    for (const duty of found.ok) {
      const out = stillOut(duty, all)
      if (out.length > 0) return partsMissing(c, duty, out)
      const proofs = proofsMissing(duty)
      if (proofs.length > 0)
        return {
          reply: problem(
            '佐证还没有交齐',
            `${codeOf(duty)} 还差：${proofs.join('、')}。`,
            `收到后回复：${unitName(c, duty.unit)} ${duty.number} ${proofs[0]}已收`,
          ),
        }
    }
    const changed = change(c, found.ok, 'approved', {})
    // A part that was never collected blocks nothing and ends with the lead's.
    const unasked = changed
      .filter(({ after }) => after.state === 'done' && after.role === 'lead')
      .flatMap(({ duty }) => partsOf(duty, all).filter((part) => part.state === 'asleep' && may(c, 'waived', part)))
    const ended = change(c, unasked, 'waived', { reason: '牵头事项已办结，未收材料' })
    const reply = answered(c, changed, { title: '审核通过', tone: 'good' })
    return {
      ...reply,
      facts: [...reply.facts, ...ended.flatMap(({ facts }) => facts)],
      // The lead's duty ends on the word of its parts as they stand, and on what the task asks for: a unit that joins it
      // at the same moment must not be left behind.
      reads: [
        ...rows,
        ...found.ok
          .flatMap((duty) => partsOf(duty, all))
          .filter((part) => ![...changed, ...ended].some(({ duty }) => duty.id === part.id))
          .map(dutyRow),
      ],
      notices: await tellReporters(c, 'approved', changed, { title: '反馈已审核通过', tone: 'good' }),
    }
  },
}
