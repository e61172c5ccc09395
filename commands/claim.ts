import type { DutyView } from '../db/queries/duties.ts'
import { findDuties } from '../db/queries/duties.ts'
import type { Command } from './command.ts'
import { dutiesOfTasks, ownUnits, tasksNamed } from './find.ts'
import { answerRow, codeOf, seen } from './present.ts'
import { problem } from './problem.ts'
import { refuseForeign } from './refuse.ts'
import { dutyRow } from './row.ts'

const numbersOf = (duties: readonly DutyView[]): string => [...new Set(duties.map(codeOf))].join('、')

/** A unit answers once for the whole plan which of the shared tasks are its own; the office confirms what is not. */
export const claim: Command<'claim'> = {
  intent: 'claim',
  title: '认领',
  usage: '认领 编号…，其余不涉及',
  example: '认领 1、3、7，其余不涉及',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    const units = ownUnits(c, intent.units)
    if ('outcome' in units) return units.outcome
    const numbers = [...(intent.tasks ?? []), ...(intent.not ?? [])]
    const named = await tasksNamed(c, { ...intent, tasks: numbers }, units.ok)
    if ('outcome' in named) return named.outcome
    const claimed = named.ok.filter((task) => intent.tasks?.includes(task.number))
    const shares = await dutiesOfTasks(c, claimed)
    const isOwn = (task: { id: string }) => shares.some((duty) => duty.task === task.id && units.ok.includes(duty.unit))
    const foreign = claimed.filter((task) => !isOwn(task))
    if (foreign.length > 0) return refuseForeign(c, foreign, shares)
    // “其余” is the rest of the plan of which numbers were named, never of another plan.
    const plans = [...new Set(named.ok.map((task) => task.plan))]
    const ofPlan = c.office.plans.filter((plan) => plan.code === intent.plan).map((plan) => plan.id)
    const within = plans.length > 0 ? plans : intent.plan ? ofPlan : undefined
    const unclaimed = await findDuties(c.db, {
      units: units.ok,
      states: ['unclaimed'],
      ...(within && { plans: within }),
    })
    const isNamed = (list: readonly string[] | undefined) => (duty: DutyView) =>
      named.ok.some((task) => task.id === duty.task && list?.includes(task.number))
    const yes = unclaimed.filter(
      (duty) => isNamed(intent.tasks)(duty) || (intent.rest === 'claim' && !isNamed(intent.not)(duty)),
    )
    const no = unclaimed.filter(
      (duty) => !yes.includes(duty) && !duty.disclaimed && (isNamed(intent.not)(duty) || intent.rest === 'not'),
    )
    if (yes.length + no.length === 0)
      return { reply: problem('没有待认领的任务', '这些任务不在本单位待认领之列。', '回复“还有哪些没认领”可查看。') }
    return {
      reply: {
        title: '已登记认领',
        tone: 'good',
        blocks: [
          {
            kind: 'fields',
            fields: [
              ...(yes.length > 0 ? [['认领', numbersOf(yes)] as [string, string]] : []),
              ...(no.length > 0 ? [['不涉及（待主管科室确认）', numbersOf(no)] as [string, string]] : []),
            ],
          },
        ],
      },
      rows: [...yes.map((duty) => ({ ...duty, state: 'open' as const })), ...no].map((duty) =>
        answerRow(c, seen(c, duty)),
      ),
      facts: [
        ...yes.map((duty) => ({ row: dutyRow(duty), kind: 'claimed', body: { on: c.today } })),
        ...no.map((duty) => ({ row: dutyRow(duty), kind: 'disclaimed', body: { on: c.today } })),
      ],
    }
  },
}
