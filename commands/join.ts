import type { TaskView } from '../db/queries/duties.ts'
import type { Context, Notice, Outcome } from './command.ts'
import { dutiesOfTasks } from './find.ts'
import { codeOf, dayWords, textOf, unitName } from './present.ts'
import { problem } from './problem.ts'
import { shareOf } from './reassign.ts'
import { dutyRow, taskFact } from './row.ts'

/** A unit joins: as 牵头 with the rounds of the others that are still to come, as 配合 with parts that sleep until they are collected. */
export const joined = async (
  c: Context,
  task: TaskView,
  units: readonly string[],
  role: 'lead' | 'support',
  reason: string,
): Promise<Outcome> => {
  const all = await dutiesOfTasks(c, [task])
  const fresh = units.filter((unit) => !all.some((duty) => duty.unit === unit))
  const word = role === 'lead' ? '责任单位' : '配合单位'
  if (fresh.length === 0)
    return {
      reply: problem('已经是责任单位', `${units.map((unit) => unitName(c, unit)).join('、')}已在这项任务里。`),
    }
  // What is due before today was not its own; what its unit has reported already is still a round of the task.
  const open = all.filter(
    (duty) =>
      duty.role === 'lead' &&
      !['done', 'waived', 'unconfirmed'].includes(duty.state) &&
      (duty.dueOn === null || duty.dueOn >= c.today),
  )
  const rounds = [...new Map(open.map((duty) => [`${duty.demand} ${duty.round}`, duty])).values()]
  if (rounds.length === 0)
    return { reply: problem('没有还没到期的期次', `${codeOf(task)} 各期都已到期或办结，不能再增加${word}。`) }
  const seeds = fresh.flatMap((unit) =>
    rounds.map((duty) => ({
      ...shareOf(duty, unit),
      ...(role === 'support' && { role, state: 'asleep' as const, dueOn: null, dueAt: null }),
    })),
  )
  const due = rounds.flatMap(({ dueOn }) => dueOn ?? [])[0]
  const fields: [string, string][] = [
    ['任务', codeOf(task)],
    [word, fresh.map((unit) => unitName(c, unit)).join('、')],
    ...(role === 'lead' && due ? [['时限', dayWords(due, c.today)] as [string, string]] : []),
    ['理由', reason],
  ]
  return {
    reply: { title: `已增加${word}`, tone: 'good', blocks: [{ kind: 'fields', fields }] },
    rows: seeds.map((seed) => ({
      ...{ plan: task.planCode, task: task.number, unit: unitName(c, seed.unit), round: seed.round },
      ...{ due: seed.dueOn, state: seed.state, light: null },
    })),
    facts: [taskFact(c, task, { joined: [...fresh], role }, { reason })],
    opened: [{ task, seeds }],
    // A round that is closed at the same moment takes nobody in.
    reads: rounds.map(dutyRow),
    notices: fresh.map(
      (unit): Notice => ({
        cause: `joined:${task.id}:${task.version}:${unit}`,
        to: { unit },
        tasks: [codeOf(task)],
        card: {
          title: `本单位增列为${word}：${codeOf(task)}`,
          tone: 'plain',
          blocks: [
            { kind: 'text', text: textOf(task) },
            { kind: 'fields', fields: fields.slice(2) },
          ],
        },
      }),
    ),
  }
}
