import { findTimes } from '../src/chat/times.ts'
import { mayHappen } from '../src/model/life.ts'
import type { Command } from './command.ts'
import { dutiesOfTasks, ownUnits, tasksNamed } from './find.ts'
import { answerRow, dutyLine, seen } from './present.ts'
import { problem } from './problem.ts'
import { refuseForeign } from './refuse.ts'
import { roundsMeant } from './rounds.ts'
import { dutyRow } from './row.ts'

/** How far it is: written down, closes nothing. */
export const progress: Command<'progress'> = {
  intent: 'progress',
  title: '报进展',
  usage: '编号 进展情况',
  example: '12号正在办，初稿已征求意见',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    if (!intent.tasks?.length)
      return { reply: problem('请写明任务编号', '进展要写明是哪一项任务。', '例：12号正在办，初稿已征求意见') }
    const units = ownUnits(c, intent.units)
    if ('outcome' in units) return units.outcome
    const tasks = await tasksNamed(c, intent, units.ok)
    if ('outcome' in tasks) return tasks.outcome
    const all = await dutiesOfTasks(c, tasks.ok)
    const own = all.filter((duty) => units.ok.includes(duty.unit))
    const foreign = tasks.ok.filter((task) => !own.some((duty) => duty.task === task.id))
    if (foreign.length > 0) return refuseForeign(c, foreign, all)
    // The frame of progress has no period; the words may name one all the same.
    const periods = findTimes(c.message.text, c.today).times.flatMap((time) => time.periods)
    const duties = tasks.ok.flatMap((task) => {
      const rounds = own.filter((duty) => duty.task === task.id && mayHappen('progressed', duty.state))
      const found = roundsMeant(rounds, periods, c.today)
      const meant = 'choose' in found ? found.choose : found.meant
      return (meant.length > 0 ? meant : rounds).slice(0, 1)
    })
    if (duties.length === 0) return { reply: problem('这项任务已经办结', '不需要再报进展。') }
    return {
      reply: {
        title: '已记录进展，任务仍在办理中',
        tone: 'plain',
        blocks: [
          { kind: 'list', lines: duties.map((duty) => dutyLine(c, seen(c, duty), c.actor.units.length > 1)) },
          { kind: 'note', text: `办完后请回复：${duties[0]?.number} 已完成，并附链接。` },
        ],
      },
      rows: duties.map((duty) => answerRow(c, seen(c, duty))),
      facts: duties.map((duty) => ({
        row: dutyRow(duty),
        kind: 'progressed',
        body: { on: c.today },
        words: { text: c.message.text },
      })),
    }
  },
}
