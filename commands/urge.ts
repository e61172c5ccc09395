import { type DutyFilter, type DutyView, findDuties } from '../db/queries/duties.ts'
import { roomsOf } from '../db/queries/people.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { answered, change, tellUnits } from './change.ts'
import type { Command, Context } from './command.ts'
import { dutiesOfTasks, type Found, readScope, tasksNamed } from './find.ts'
import { may } from './happen.ts'
import { isClassLine, seen, unitName } from './present.ts'
import { problem } from './problem.ts'

const example = '例：催一下市财政局12号；催办所有逾期单位'

const owed = (c: Context, duty: DutyView): boolean =>
  ['open', 'returned'].includes(seen(c, duty).state) && may(c, 'urged', duty) && !isClassLine(c, duty.unit)

/** What is urged: the tasks that are named, else what is overdue (or unclaimed, or sent back), of the units named. */
const urged = async (c: Context, intent: IntentOf<'urge'>): Promise<Found<DutyView[]>> => {
  const scope = readScope(c, intent.units)
  if ('outcome' in scope) return scope
  const units = intent.units?.length ? scope.ok : undefined
  if (intent.tasks?.length) {
    const tasks = await tasksNamed(c, intent)
    if ('outcome' in tasks) return tasks
    return { ok: (await dutiesOfTasks(c, tasks.ok, units)).filter((duty) => owed(c, duty)) }
  }
  const states: DutyFilter['states'] = intent.state === 'returned' ? ['returned'] : ['open', 'returned', 'unclaimed']
  const found = await findDuties(c.db, { ...(units && { units }), states, due: { to: c.today }, role: 'lead' })
  return { ok: found.filter((duty) => owed(c, duty) && (intent.state === 'returned' || seen(c, duty).overdue)) }
}

/** 催办 by a leader or the office: one message a unit into its room, at once; the same again on one day is not sent twice. */
export const urge: Command<'urge'> = {
  intent: 'urge',
  title: '催办',
  usage: '催办 [单位] [编号] / 催办所有逾期单位',
  example: '催一下市财政局12号',
  roles: ['leader', 'office', 'admin'],
  run: async (c, intent) => {
    const found = await urged(c, intent)
    if ('outcome' in found) return found.outcome
    if (found.ok.length === 0)
      return { reply: problem('没有需要催办的任务', '要催的任务已经反馈、办结，或没有逾期的。', example) }
    const changed = change(c, found.ok, 'urged', {}, { text: c.message.text })
    const reached = new Set((await roomsOf(c.db)).flatMap((room) => (room.scope === 'units' ? room.units : [])))
    const units = [...new Set(found.ok.map((duty) => duty.unit))]
    const deaf = units.filter((unit) => !reached.has(unit)).map((unit) => unitName(c, unit))
    return {
      ...answered(c, changed, {
        title: `已催办${units.length}家、${changed.length}项`,
        tone: 'good',
        notes: deaf.length > 0 ? [`还没有绑定群、收不到催办的：${deaf.join('、')}`] : [],
      }),
      notices: tellUnits(c, 'urged', changed, {
        title: `${c.actor.name || '主管科室'}催办，请抓紧办理`,
        tone: 'late',
      }).map((notice) => ({
        ...notice,
        cause: `urged:${c.today}:${'unit' in notice.to ? notice.to.unit : ''}:${notice.tasks.join()}`,
      })),
    }
  },
}
