import type { DutyView } from '../db/queries/duties.ts'
import type { DutySeed } from '../src/model/duty.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { stateOnceOwned } from '../src/model/life.ts'
import { answered, type Changed, change, tellUnits } from './change.ts'
import type { Command, Context, Notice, OpenedDuties, Outcome } from './command.ts'
import { dutiesOfTasks, tasksNamed } from './find.ts'
import { afterwards, happen, may } from './happen.ts'
import { officeMeant } from './meant.ts'
import { codeOf, isClassLine, seen, textOf, unitName } from './present.ts'
import { problem } from './problem.ts'
import { statedReason } from './reason.ts'
import { dutyRow } from './row.ts'
import { partiesSaid } from './said.ts'
import { unitSaid } from './units.ts'

const example = '例：73号改派市交通运输局；73号改派市交通运输局、市住房城乡建设局'

/** A duty that waits to be claimed is its new unit's at once: the office has decided. */
const moved = (c: Context, duty: DutyView, to: string, reason: string): Changed => {
  const facts = happen(c, duty, 'reassigned', { to, from: duty.unit }, { reason })
  const now = afterwards(duty, facts)
  const claimed = now.state === 'unclaimed' ? [{ row: dutyRow(duty), kind: 'claimed', body: { on: c.today } }] : []
  return { duty, facts: [...facts, ...claimed], after: afterwards(now, claimed) }
}

/** Who worked beside the lead is the lead: its share takes the lead's day. */
const risen = (c: Context, { share, duty }: Division['rises'][number], reason: string): Changed[] => {
  const { dueOn, owedOn, provisional, times } = duty
  const dueAt = duty.dueAt?.toISOString() ?? null
  const body = { role: 'lead', state: shareOf(duty, share.unit).state, dueOn, owedOn, dueAt, provisional, times }
  return change(c, [share], 'amended', { reason: '主管科室改派', setDueOn: null, ...body }, { reason })
}

/** Another unit's share of the same demand and round. */
export const shareOf = (duty: DutyView, unit: string): Omit<DutySeed, 'task'> => ({
  ...{ unit, role: 'lead', demand: duty.demand, round: duty.round, times: duty.times, named: true },
  ...{ dueOn: duty.owedOn ?? duty.dueOn, dueAt: duty.dueAt?.toISOString() ?? null, provisional: duty.provisional },
  state: duty.state === 'unconfirmed' ? 'unconfirmed' : stateOnceOwned(duty),
})

interface Division {
  moves: { duty: DutyView; to: string }[]
  /** Its place is taken by what a unit has already. */
  ends: DutyView[]
  opens: { duty: DutyView; unit: string }[]
  /** A 配合 share of the same round becomes the lead's. */
  rises: { share: DutyView; duty: DutyView }[]
}

/** Each unit gets one share of a round: the duties that are there move to whoever has none, and what is left over ends. */
const divide = (duties: readonly DutyView[], held: readonly DutyView[], to: readonly string[]): Division => {
  const keyOf = (duty: DutyView) => `${duty.task} ${duty.demand} ${duty.round}`
  const all: Division = { moves: [], ends: [], opens: [], rises: [] }
  for (const key of new Set(duties.map(keyOf))) {
    // What has a report that waits is moved rather than ended.
    const own = duties.filter((duty) => keyOf(duty) === key)
    const sorted = [...own.filter((duty) => duty.state === 'review'), ...own.filter((duty) => duty.state !== 'review')]
    const shares = held.filter((duty) => to.includes(duty.unit) && keyOf(duty) === key)
    const free = to.filter((unit) => !shares.some((duty) => duty.unit === unit))
    all.moves.push(...sorted.slice(0, free.length).map((duty, i) => ({ duty, to: free[i] ?? '' })))
    all.ends.push(...sorted.slice(free.length))
    const [first] = own
    if (!first) continue
    all.opens.push(...free.slice(sorted.length).map((unit) => ({ duty: first, unit })))
    all.rises.push(...shares.flatMap((share) => (share.role === 'support' ? [{ share, duty: first }] : [])))
  }
  return all
}

const askReceiver = (intent: IntentOf<'reassign'>): Outcome => ({
  reply: problem(
    '请写明改派给哪个单位',
    intent.to ? `通讯录里没有认出“${intent.to}”。` : '回复单位名称即可。',
    example,
  ),
  ask: { intent, want: 'to', options: [] },
})

/** The office moves a task's duties to other units; where one has the same share already, the old one ends. */
export const reassign: Command<'reassign'> = {
  intent: 'reassign',
  title: '改派',
  usage: '编号 改派 单位',
  example: '73号改派市交通运输局',
  roles: ['office', 'admin'],
  run: async (c, intent) => {
    const said = partiesSaid(c, c.message.text)
    const named = unitSaid(c, intent.to)
    const to = said.to.length > 0 ? said.to : named ? [named.id] : []
    if (to.length === 0) return askReceiver(intent)
    const from = said.from.filter((unit) => !to.includes(unit)).map((unit) => unitName(c, unit))
    const units = intent.units ?? (from.length > 0 ? from : undefined)
    const names = to.map((unit) => unitName(c, unit)).join('、')
    const found = await officeMeant(
      c,
      { ...intent, to: unitName(c, to[0] ?? ''), ...(units && { units }) },
      {
        kind: 'reassigned',
        also: (duty) => !to.includes(duty.unit) && duty.role === 'lead',
        rounds: 'all',
        example,
        none: `没有可以改派给${names}的责任：已经办结，或本来就是它的。`,
      },
    )
    if ('outcome' in found) return found.outcome
    const tasks = await tasksNamed(c, intent)
    if ('outcome' in tasks) return tasks.outcome
    const plan = divide(found.ok, await dutiesOfTasks(c, tasks.ok, to), to)
    const [stuck] = [
      ...plan.ends.filter((duty) => !may(c, 'waived', duty)),
      ...plan.rises.flatMap(({ share }) => (['review', 'done'].includes(share.state) ? [share] : [])),
    ]
    if (stuck)
      return {
        reply: problem(
          '不能改派',
          `${names}已有同一期的责任，请先审核${unitName(c, stuck.unit)} ${codeOf(stuck)} 的反馈。`,
          example,
        ),
      }
    const reason = statedReason(c.message.text)
    const changed = [
      ...plan.moves.map(({ duty, to: unit }) => moved(c, duty, unit, reason)),
      ...plan.rises.flatMap((one) => risen(c, one, reason)),
    ]
    const ended = change(c, plan.ends, 'waived', { reason: `${names}已负责同一事项` }, { reason })
    const fields: [string, string][] = [['说明', reason]]
    const was = [...new Set(found.ok.map((duty) => unitName(c, duty.unit)))].join('、')
    const late = changed.some(({ after }) => seen(c, after).overdue)
    const opened = tasks.ok.flatMap((task): OpenedDuties[] => {
      const own = plan.opens.filter(({ duty }) => duty.task === task.id)
      return own.length > 0 ? [{ task, seeds: own.map(({ duty, unit }) => shareOf(duty, unit)) }] : []
    })
    return {
      ...answered(c, [...changed, ...ended], {
        title: `已改派给${names}`,
        tone: 'good',
        fields: [['原责任单位', was]],
        notes: late ? [`已过原定日期，要给新的时限请回复：${found.ok[0]?.number}时限改为…，因…`] : [],
      }),
      opened,
      notices: [
        ...tellUnits(c, 'reassigned', changed, { title: '有任务改派给本单位', tone: 'plain', fields }),
        ...tellNew(c, plan.opens, reason),
        ...tellFormer(c, [...changed, ...ended], to, names),
      ],
    }
  },
}

/** A unit that joins where others had a share before. */
const tellNew = (c: Context, opens: Division['opens'], reason: string): Notice[] =>
  [...new Set(opens.map(({ unit }) => unit))].map((unit) => {
    const duties = opens.filter((one) => one.unit === unit).map(({ duty }) => ({ ...duty, unit }))
    const tasks = [...new Map(duties.map((duty) => [duty.task, duty])).values()]
    return {
      cause: `reassigned-to:${c.message.key}:${unit}`,
      to: { unit },
      tasks: tasks.map(codeOf),
      card: {
        title: '有任务改派给本单位',
        tone: 'plain',
        blocks: [
          { kind: 'list', lines: tasks.map((duty) => ({ text: `${codeOf(duty)} ${textOf(duty)}` })) },
          ...(reason ? [{ kind: 'fields' as const, fields: [['说明', reason] as [string, string]] }] : []),
        ],
      },
    }
  })

/** The unit that had them hears that they are gone; a class's line was nobody's. */
const tellFormer = (c: Context, changed: readonly Changed[], to: readonly string[], names: string): Notice[] =>
  [...new Set(changed.map(({ duty }) => duty.unit))]
    .filter((unit) => !to.includes(unit) && !isClassLine(c, unit))
    .map((unit) => {
      const own = changed.filter(({ duty }) => duty.unit === unit)
      const codes = [...new Set(own.map(({ duty }) => codeOf(duty)))]
      return {
        cause: `reassigned-from:${own[0]?.duty.id}:${own[0]?.duty.version}`,
        to: { unit },
        card: {
          title: '任务已改派',
          tone: 'plain' as const,
          blocks: [{ kind: 'text' as const, text: `${codes.join('、')} 已改派给${names}，本单位不再负责。` }],
        },
        tasks: codes,
      }
    })
