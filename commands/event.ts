import type { DutyView } from '../db/queries/duties.ts'
import type { Intent } from '../src/model/intent.ts'
import { isRepeating } from '../src/time/event.ts'
import { openEventRound } from '../src/time/schedule.ts'
import { answered, type Changed, change, tellUnits } from './change.ts'
import type { Command, Context, Notice, OpenedDuties, Outcome } from './command.ts'
import { dutiesOfTasks, type Found, tasksNamed } from './find.ts'
import { may } from './happen.ts'
import { askTask, ownMeant } from './meant.ts'
import { momentOf } from './moment.ts'
import { answerRow, codeOf, dayWords, dutyLine, seen, unitName } from './present.ts'
import { problem } from './problem.ts'
import { dutyRow } from './row.ts'
import { runsOf } from './said.ts'

const example = '例：14号 国家意见9月1日已印发'

const clockOf = (duty: DutyView) => {
  const rule = duty.deadlines[duty.demand]
  return rule?.kind === 'relative' ? rule : undefined
}

const waits = (c: Context, duty: DutyView): boolean => may(c, 'event', duty) && clockOf(duty) !== undefined

/** What the words have in common with an event: its characters that they hold, two by two. */
const likeness = (event: string, text: string): number => {
  let shared = 0
  for (let at = 0; at + 2 <= event.length; at++) if (text.includes(event.slice(at, at + 2))) shared++
  return shared
}

/** A task may wait for several events: the one that the words name, else it is asked. */
const ofEvent = (c: Context, intent: Parameters<typeof ownMeant>[1], duties: DutyView[]): Found<DutyView[]> => {
  const eventOf = (duty: DutyView) => `${duty.task} ${duty.demand}`
  const kinds = [...new Map(duties.map((duty) => [eventOf(duty), duty])).values()]
  if (kinds.length <= 1 || new Set(kinds.map(({ task }) => task)).size > 1 || intent.reports) return { ok: duties }
  const scored = kinds
    .map((duty) => ({ duty, score: likeness(clockOf(duty)?.event ?? '', c.message.text) }))
    .sort((a, b) => b.score - a.score)
  const [best, next] = scored
  if (best && best.score > (next?.score ?? 0))
    return { ok: duties.filter((duty) => eventOf(duty) === eventOf(best.duty)) }
  return {
    outcome: {
      reply: {
        title: '请说明发生的是哪一件事',
        tone: 'plain',
        blocks: [
          { kind: 'list', lines: kinds.map((duty, i) => ({ text: `${i + 1}. ${clockOf(duty)?.event ?? ''}` })) },
          { kind: 'note', text: '回复序号即可。' },
        ],
      },
      ask: {
        intent,
        want: 'period',
        options: kinds.map((kind) => {
          const own = duties.filter((duty) => eventOf(duty) === eventOf(kind))
          return { ...intent, reports: own.map(({ id, version }) => `${id}@${version}`) } as Intent
        }),
      },
    },
  }
}

const nothingWaits = (c: Context, codes: string, duties: DutyView[]): Outcome => ({
  reply: {
    title: '没有等待触发的事项',
    tone: 'warn',
    blocks: [
      { kind: 'text', text: `${codes} 没有在等待什么发生，或已经登记过，本次没有登记。` },
      ...(duties.length > 0
        ? [{ kind: 'list' as const, lines: duties.slice(0, 5).map((duty) => dutyLine(c, seen(c, duty), true)) }]
        : []),
      { kind: 'note', text: example },
    ],
  },
  rows: duties.map((duty) => answerRow(c, seen(c, duty))),
})

/** Duties of the task that wait for their event, as far as the speaker may start them; of a unit that is named, its own. */
const waitingFor = async (c: Context, intent: Parameters<typeof ownMeant>[1]): Promise<Found<DutyView[]>> => {
  if (c.actor.role !== 'office' && c.actor.role !== 'admin')
    return ownMeant(c, intent, {
      kind: 'event',
      also: (duty) => clockOf(duty) !== undefined,
      rounds: 'all',
      example,
      none: '没有在等待什么发生，或已经登记过，本次没有登记。',
    })
  if (!intent.tasks?.length) return askTask(intent, example)
  const tasks = await tasksNamed(c, intent)
  if ('outcome' in tasks) return tasks
  const duties = await dutiesOfTasks(c, tasks.ok)
  const waiting = duties.filter((duty) => waits(c, duty))
  if (waiting.length === 0) return { outcome: nothingWaits(c, tasks.ok.map(codeOf).join('、'), duties) }
  const named = runsOf(c, c.message.text).flatMap((run) => run.units)
  const own = waiting.filter((duty) => named.includes(duty.unit))
  const shown = intent.reports
  return {
    ok: shown
      ? waiting.filter(({ id, version }) => shown.includes(`${id}@${version}`))
      : own.length > 0
        ? own
        : waiting,
  }
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

/** The duty as its new round begins, for a line of it. */
const inRound = (
  duty: DutyView,
  { round, dueOn, dueAt, provisional }: ReturnType<typeof openEventRound>,
): DutyView => ({
  ...duty,
  ...{ round, dueOn, dueAt: dueAt ? new Date(dueAt) : null, provisional, state: 'open' as const },
})

const tellOpened = (c: Context, duties: readonly DutyView[]): Notice[] =>
  [...new Set(duties.map(({ unit }) => unit))].map((unit) => {
    const own = duties.filter((duty) => duty.unit === unit)
    return {
      cause: `event:${c.message.key}:${unit}`,
      to: { unit },
      tasks: [...new Set(own.map(codeOf))],
      card: {
        title: '事项已经触发，开始计时',
        tone: 'plain',
        blocks: [{ kind: 'list', lines: own.map((duty) => dutyLine(c, seen(c, duty), false)) }],
      },
    }
  })

/** 触发: what a relative deadline waits for has happened; its day is computed and the clock runs. */
export const event: Command<'event'> = {
  intent: 'event',
  title: '登记触发',
  usage: '编号 …已于 日期 印发/批复/发生',
  example: '14号 国家意见9月1日已印发',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    const waiting = await waitingFor(c, intent)
    if ('outcome' in waiting) return waiting.outcome
    const found = ofEvent(c, intent, waiting.ok)
    if ('outcome' in found) return found.outcome
    if ((intent.on ?? c.today) > c.today)
      return {
        reply: problem('日期还没有到', `${dayWords(intent.on ?? '', c.today)}还没有到，发生以后再登记。`, example),
      }
    const named = await tasksNamed(c, intent)
    const versions = new Map('ok' in named ? named.ok.map((task) => [task.id, task.version]) : [])
    const all = await dutiesOfTasks(
      c,
      [...new Set(found.ok.map((duty) => duty.task))].map((id) => ({ id })),
    )
    const single: Changed[] = []
    const rounds: OpenedDuties[] = []
    const begun: DutyView[] = []
    const known: DutyView[] = []
    for (const duty of found.ok) {
      const clock = clockOf(duty)
      if (!clock) continue
      const round = openEventRound(clock, momentOf(c, intent.on, clock.unit === 'hour'), c.calendar, c.zone)
      const { dueOn, dueAt, provisional } = round
      const before = all.find(
        (one) =>
          one.task === duty.task && one.unit === duty.unit && one.demand === duty.demand && one.round === round.round,
      )
      if (before) known.push(before)
      else if (isRepeating(clock.event)) {
        rounds.push(opened(duty, round, versions.get(duty.task) ?? 0))
        begun.push(inRound(duty, round))
      } else single.push(...change(c, [duty], 'event', { round: round.round, dueOn, dueAt, provisional }))
    }
    const again = known.map((duty) => `${codeOf(duty)} ${unitName(c, duty.unit)} 这一次已经登记过。`)
    if (single.length + begun.length === 0)
      return {
        reply: problem('这一次已经登记过', `${again.join('')}本次没有登记。`, example),
        rows: known.map((duty) => answerRow(c, seen(c, duty))),
      }
    const words = { title: '已登记，开始计时', tone: 'good' as const, notes: again }
    const now = [...single, ...begun.map((after) => ({ duty: after, after, facts: [] }))]
    return {
      ...answered(c, now, words),
      opened: rounds,
      // What was suspended or moved at the same moment opens nothing.
      reads: found.ok.map(dutyRow),
      notices: [
        ...tellUnits(c, 'event', single, { title: '事项已经触发，开始计时', tone: 'plain' }),
        ...tellOpened(c, begun),
      ],
    }
  },
}
