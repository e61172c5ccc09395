import type { DutyView } from '../db/queries/duties.ts'
import { findDuties } from '../db/queries/duties.ts'
import type { Button } from '../src/model/card.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { mayHappen, stateOn } from '../src/model/life.ts'
import { overdueOn } from '../src/time/schedule.ts'
import type { Command, Context, Happening, Outcome } from './command.ts'
import { dutiesOfTasks, leftOut, ownUnits, tasksNamed } from './find.ts'
import { matching } from './match.ts'
import {
  answerRow,
  codeOf,
  dayWords,
  dutyLine,
  firstWords,
  roundWords,
  seen,
  textOf,
  titleOf,
  unitName,
} from './present.ts'
import { problem } from './problem.ts'
import { refuseForeign } from './refuse.ts'
import { roundsMeant } from './rounds.ts'
import { dutyRow } from './row.ts'

type Report = IntentOf<'report'>

const happenings = (c: Context, intent: Report, duty: DutyView): Happening[] => {
  const row = dutyRow(duty)
  const claimed = duty.state === 'unclaimed' ? [{ row, kind: 'claimed', body: { on: c.today } }] : []
  return [
    ...claimed,
    {
      row,
      kind: 'reported',
      body: {
        on: c.today,
        links: intent.links ?? [],
        zero: intent.zero ?? false,
        late: duty.dueOn !== null && overdueOn(duty.dueOn, c.today, c.calendar),
        ...(intent.via && { channel: intent.via }),
      },
      words: { text: c.message.text, room: { ...c.place.address } },
    },
    ...(saysCleared(c.message.text) ? [{ row, kind: 'cleared', body: { on: c.today } }] : []),
  ]
}

/** 已经保密审查, said in the report itself. */
const saysCleared = (text: string): boolean =>
  /(?:已|经|通过)[^，。；]{0,6}保密(?:审查|审核)|保密(?:审查|审核)[^，。；]{0,4}(?:已|通过|完成)/.test(text) &&
  !/(?:未|没|尚|待|正在)[^，。；]{0,6}保密/.test(text)

const taken = (c: Context, intent: Report, duties: DutyView[]): Outcome => {
  const stage = duties.every((duty) => stateOn(duty, c.today) === 'standing')
  const behalf = intent.via !== undefined || c.actor.role === 'office'
  return {
    reply: {
      title: stage ? '已记入阶段成果' : '已收到反馈，待审核',
      tone: 'good',
      blocks: [
        {
          kind: 'list',
          lines: duties.map((duty) => ({
            text: [
              titleOf(seen(c, duty)),
              behalf || c.actor.units.length > 1 ? unitName(c, duty.unit) : '',
              roundWords(duty.round, c.today),
            ]
              .filter(Boolean)
              .join(' · '),
          })),
        },
        ...(intent.links?.length
          ? [{ kind: 'fields' as const, fields: [['链接', intent.links.join('\n')] as [string, string]] }]
          : []),
        ...(intent.zero ? [{ kind: 'text' as const, text: '本期零报告。' }] : []),
      ],
      ...(!intent.zero && !saysCleared(c.message.text) && { buttons: [clearedButton(duties)] }),
    },
    rows: duties.map((duty) =>
      answerRow(c, seen(c, { ...duty, state: stage ? 'standing' : 'review', reportedOn: c.today })),
    ),
    facts: duties.flatMap((duty) => happenings(c, intent, duty)),
  }
}

const clearedButton = (duties: readonly DutyView[]): Button => ({
  label: '已经保密审查',
  intent: { intent: 'secrecy', tasks: [...new Set(duties.map((duty) => duty.number))] },
})

const choose = (c: Context, intent: Report, duties: DutyView[]): Outcome => ({
  reply: {
    title: new Set(duties.map((duty) => duty.unit)).size > 1 ? '请说明是哪个单位' : '请说明是哪一期',
    tone: 'plain',
    blocks: [
      {
        kind: 'list',
        lines: duties.map((duty, i) => ({
          text: `${i + 1}. ${dutyLine(c, seen(c, duty), c.actor.units.length > 1).text}`,
        })),
      },
      {
        kind: 'note',
        text: `回复序号即可；或写明期次，例：${duties[0]?.number ?? ''} ${roundWords(duties[0]?.round ?? '', c.today)}的已公开`,
      },
      ...leftOut(intent, duties[0]?.number),
    ],
  },
  rows: duties.map((duty) => answerRow(c, seen(c, duty))),
  ask: {
    intent,
    want: 'period',
    options: duties.map((duty) => ({
      ...intent,
      tasks: [duty.number],
      plan: duty.planCode,
      units: [unitName(c, duty.unit)],
      period: duty.round,
    })),
  },
})

/** Why a duty that is the speaker's takes no report now. */
const whyNot = (c: Context, duties: DutyView[]): Outcome => {
  const items = duties.map((duty) => seen(c, duty))
  const [first] = items
  const state = first?.state
  const words =
    state === 'done'
      ? `已于${first?.duty.closedOn ? dayWords(first.duty.closedOn, c.today) : '此前'}办结。`
      : state === 'asleep'
        ? '是配合事项，牵头单位收材料时再报即可。'
        : state === 'waiting'
          ? '还在等待触发事项发生；事项发生后由主管科室登记，再开始计时。'
          : state === 'review'
            ? '的反馈已收到，正在等主管科室审核。'
            : '本期还没有开始。'
  return {
    reply: problem(
      '这项任务现在不需要反馈',
      `${first ? codeOf(first.duty) : ''} ${words}`,
      '回复“任务清单”可查看本单位全部任务。',
    ),
    rows: items.map((item) => answerRow(c, item)),
  }
}

/** The period that was named is none of this task's. */
const noSuchRound = (c: Context, duties: DutyView[], periods: readonly string[]): Outcome => {
  const [first] = duties
  const known = [...new Set(duties.map((duty) => roundWords(duty.round, c.today)))].filter(Boolean)
  const asked = periods.map((period) => roundWords(period, c.today) || period).join('、')
  return {
    reply: problem(
      '没有这一期',
      `${first ? codeOf(first) : ''} 没有“${asked}”这一期，${known.length > 0 ? `有：${known.join('、')}` : '它不分期'}。`,
      known.length > 0 ? `例：${first?.number ?? ''} ${known[0]}的已公开` : `例：${first?.number ?? ''} 已完成`,
    ),
    rows: duties.map((duty) => answerRow(c, seen(c, duty))),
  }
}

const byNumber = async (c: Context, intent: Report, units: string[]): Promise<Outcome> => {
  const tasks = await tasksNamed(c, intent, units)
  if ('outcome' in tasks) return tasks.outcome
  const all = await dutiesOfTasks(c, tasks.ok)
  const own = all.filter((duty) => units.includes(duty.unit))
  const foreign = tasks.ok.filter((task) => !own.some((duty) => duty.task === task.id))
  if (foreign.length > 0) return refuseForeign(c, foreign, all)
  const periods = intent.periods ?? (intent.period ? [intent.period] : [])
  const meant: DutyView[] = []
  for (const task of tasks.ok) {
    const holders = new Set(own.filter((duty) => duty.task === task.id).map((duty) => duty.unit))
    if (holders.size > 1 && !intent.units?.length) {
      const open = own.filter((duty) => duty.task === task.id && mayReport(c, duty) && duty.state !== 'review')
      const rounds = [...holders].flatMap((unit) => {
        const found = roundsMeant(
          open.filter((duty) => duty.unit === unit),
          periods,
          c.today,
        )
        return 'choose' in found ? found.choose : found.meant
      })
      if (rounds.length > 1) return choose(c, intent, rounds)
    }
    for (const unit of holders) {
      const duties = own.filter((duty) => duty.task === task.id && duty.unit === unit)
      const found = roundsMeant(duties, periods, c.today)
      if ('choose' in found) return choose(c, intent, found.choose)
      if (periods.length > 0 && found.meant.length === 0) return noSuchRound(c, duties, periods)
      const open = found.meant.filter((duty) => mayReport(c, duty))
      if (open.length === 0) return whyNot(c, found.meant.length > 0 ? found.meant : duties.slice(0, 1))
      meant.push(...open)
    }
  }
  return taken(c, intent, meant)
}

const mayReport = (c: Context, duty: DutyView): boolean =>
  duty.state === 'unclaimed' || mayHappen('reported', stateOn(duty, c.today))

/** A report without a number is matched by its words against the speaker's own open duties. */
const byWords = async (c: Context, intent: Report, units: string[]): Promise<Outcome> => {
  const own = await findDuties(c.db, { units, states: ['open', 'returned', 'unclaimed', 'standing'], role: 'lead' })
  const numbers = [...new Set(matching(own, intent.keyword ?? '').map((duty) => `${duty.planCode} ${duty.number}`))]
  if (numbers.length === 0)
    return {
      reply: problem('请写明任务编号', '没有认出是哪一项任务。', '例：12号 7月的已公开 http://…'),
    }
  const options = numbers.slice(0, 5).map((name) => {
    const [plan = '', number = ''] = name.split(' ')
    return { ...intent, tasks: [number], plan }
  })
  const [only] = options
  if (options.length === 1 && only) return byNumber(c, only, units)
  const lines = options.map((option, i) => {
    const duty = own.find((one) => one.number === option.tasks[0] && one.planCode === option.plan)
    return { text: `${i + 1}. ${duty ? `${codeOf(duty)} ${firstWords(textOf(duty))}` : ''}` }
  })
  return {
    reply: {
      title: '是哪一项任务？',
      tone: 'plain',
      blocks: [
        { kind: 'list', lines },
        { kind: 'note', text: '回复序号即可。' },
      ],
    },
    ask: { intent, want: 'task', options },
  }
}

export const report: Command<'report'> = {
  intent: 'report',
  title: '报完成',
  usage: '编号 [期次] 已完成 [链接]',
  example: '1-2 7月的已公开 http://…',
  roles: ['liaison', 'office', 'admin'],
  run: async (c, intent) => {
    const units = ownUnits(c, intent.units)
    if ('outcome' in units) return units.outcome
    return intent.tasks?.length ? byNumber(c, intent, units.ok) : byWords(c, intent, units.ok)
  },
}
