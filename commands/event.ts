import type { DutyView } from '../db/queries/duties.ts'
import { isRepeating } from '../src/time/event.ts'
import { openEventRound } from '../src/time/schedule.ts'
import { answered, type Changed, change, tellUnits } from './change.ts'
import type { Command, Context, OpenedDuties } from './command.ts'
import { dutiesOfTasks, tasksNamed } from './find.ts'
import { may } from './happen.ts'
import { ownMeant } from './meant.ts'
import { codeOf, dayWords, unitName } from './present.ts'
import { problem } from './problem.ts'

const example = '例：14号 国家意见9月1日已印发'

const clockOf = (duty: DutyView) => {
  const rule = duty.deadlines[duty.demand]
  return rule?.kind === 'relative' ? rule : undefined
}

/** Duties of the task that wait for their event, as far as the speaker may start them. */
const waitingFor = async (c: Context, intent: Parameters<typeof ownMeant>[1]) => {
  if (c.actor.role === 'office' || c.actor.role === 'admin') {
    if (!intent.tasks?.length)
      return { outcome: { reply: problem('请写明任务编号', '哪一项任务的事项发生了？', example) } }
    const tasks = await tasksNamed(c, intent)
    if ('outcome' in tasks) return tasks
    const duties = await dutiesOfTasks(c, tasks.ok)
    const waiting = duties.filter((duty) => may(c, 'event', duty) && clockOf(duty))
    if (waiting.length > 0) return { ok: waiting }
    const codes = tasks.ok.map(codeOf).join('、')
    return { outcome: { reply: problem('没有等待触发的事项', `${codes} 没有在等待什么发生，本次没有登记。`, example) } }
  }
  return ownMeant(c, intent, {
    kind: 'event',
    also: (duty) => clockOf(duty) !== undefined,
    rounds: 'all',
    example,
    none: '没有在等待什么发生，本次没有登记。',
  })
}

/** One occurrence of a repeating event opens a round of its own; the duty goes on waiting for the next. */
const opened = (duty: DutyView, on: ReturnType<typeof openEventRound>, version: number): OpenedDuties => ({
  task: { id: duty.task, plan: duty.plan, ord: duty.ord, version },
  seeds: [
    {
      ...{ unit: duty.unit, role: duty.role, demand: duty.demand, times: duty.times, named: duty.named },
      ...{ round: on.round, dueOn: on.dueOn, dueAt: on.dueAt, provisional: on.provisional, state: 'open' },
    },
  ],
})

/** 触发: what a relative deadline waits for has happened; its day is computed and the clock runs. */
export const event: Command<'event'> = {
  intent: 'event',
  title: '登记触发',
  usage: '编号 …已于 日期 印发/批复/发生',
  example: '14号 国家意见9月1日已印发',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    const found = await waitingFor(c, intent)
    if ('outcome' in found) return found.outcome
    const on = intent.on ?? c.today
    if (on > c.today)
      return { reply: problem('日期还没有到', `${dayWords(on, c.today)}还没有到，发生以后再登记。`, example) }
    const tasks = [...new Set(found.ok.map((duty) => duty.task))].map((id) => ({ id }))
    const all = await dutiesOfTasks(c, tasks)
    const named = await tasksNamed(c, intent)
    const versions = new Map('ok' in named ? named.ok.map((task) => [task.id, task.version]) : [])
    const single: Changed[] = []
    const rounds: OpenedDuties[] = []
    const lines: string[] = []
    for (const duty of found.ok) {
      const clock = clockOf(duty)
      if (!clock) continue
      const round = openEventRound(clock, on, c.calendar, c.zone)
      const { dueOn, dueAt, provisional } = round
      const known = all.some(
        (one) =>
          one.task === duty.task && one.unit === duty.unit && one.demand === duty.demand && one.round === round.round,
      )
      const where = `${codeOf(duty)} ${unitName(c, duty.unit)}`
      if (known) lines.push(`${where} 这一次已经登记过。`)
      else if (isRepeating(clock.event)) {
        rounds.push(opened(duty, round, versions.get(duty.task) ?? 0))
        lines.push(`${where} · ${dayWords(dueOn, c.today)}到期`)
      } else single.push(...change(c, [duty], 'event', { round: round.round, dueOn, dueAt, provisional }))
    }
    const reply = answered(c, single, { title: '已登记，开始计时', tone: 'good', notes: lines })
    return {
      ...reply,
      opened: rounds,
      notices: tellUnits(c, 'event', single, { title: '事项已经触发，开始计时', tone: 'plain' }),
    }
  },
}
