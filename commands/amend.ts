import type { DutyView, TaskView } from '../db/queries/duties.ts'
import { findTimes } from '../src/chat/times.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { answered, change, tellUnits } from './change.ts'
import type { Command, Context, Happening, Notice, Outcome } from './command.ts'
import { dutiesOfTasks, tasksNamed } from './find.ts'
import { may } from './happen.ts'
import { officeMeant } from './meant.ts'
import { codeOf, dayWords, isClassLine, seen, unitName } from './present.ts'
import { problem } from './problem.ts'
import { reassign } from './reassign.ts'

type Amend = IntentOf<'amend'>

const example = '例：12号时限改为9月30日，因上级文件调整；12号内容改为：…；12号增加配合单位市科技局'

const unfinished = (duty: DutyView): boolean => !['done', 'waived', 'review'].includes(duty.state)

/** What the office changes: said behind 改为, 更正为. */
const wordingOf = (text: string): string | undefined =>
  /(?:内容|表述|文字|任务|要求)[^改更]{0,6}(?:改为|改成|更正为|调整为|修改为|应为)\s*[:：]?\s*[“"「]?(.{4,}?)[”"」]?\s*$/s.exec(
    text,
  )?.[1]

const proofsOf = (text: string): string[] | undefined => {
  const said = /(?:佐证|证明)(?:材料)?(?:要求)?[^:：]{0,6}[:：]\s*(.+)$/s.exec(text)?.[1]
  return said
    ?.split(/[、,，;；和及]/)
    .map((one) => one.trim().replace(/[。.]$/, ''))
    .filter(Boolean)
}

const taskFact = (c: Context, task: TaskView, body: Happening['body'], words?: Happening['words']): Happening => ({
  row: { subject: 'task', id: task.id, version: task.version, head: task.head },
  kind: 'corrected',
  body: { on: c.today, ...body },
  ...(words && { words }),
})

/** Every unit that still has something to do with the task hears it, once. */
const tellAll = async (c: Context, tasks: readonly TaskView[], text: string): Promise<Notice[]> => {
  const duties = (await dutiesOfTasks(c, tasks)).filter((duty) => unfinished(duty) && !isClassLine(c, duty.unit))
  const codes = tasks.map(codeOf)
  return [...new Set(duties.map((duty) => duty.unit))].map((unit) => ({
    cause: `amended:${c.message.key}:${unit}`,
    to: { unit },
    tasks: codes,
    card: { title: `任务更正：${codes.join('、')}`, tone: 'warn', blocks: [{ kind: 'text', text }] },
  }))
}

const reworded = async (c: Context, task: TaskView, now: string): Promise<Outcome> => ({
  reply: {
    title: `已更正 ${codeOf(task)}`,
    tone: 'good',
    blocks: [
      {
        kind: 'fields',
        fields: [
          ['原文', task.text],
          ['现文', now],
        ],
      },
    ],
  },
  facts: [taskFact(c, task, {}, { was: task.text, now })],
  notices: await tellAll(c, [task], `任务内容更正为：${now}`),
})

const withProofs = async (c: Context, task: TaskView, proofs: string[]): Promise<Outcome> => ({
  reply: {
    title: `已更正 ${codeOf(task)}`,
    tone: 'good',
    blocks: [{ kind: 'fields', fields: [['需要的佐证', proofs.join('、')]] }],
  },
  facts: [taskFact(c, task, { proofs })],
  notices: await tellAll(c, [task], `办结时需要：${proofs.join('、')}`),
})

/** A new day for the rounds that are meant; figures judge by it from now on. */
const moved = async (c: Context, intent: Amend, until: string): Promise<Outcome> => {
  const found = await officeMeant(c, intent, {
    kind: 'amended',
    also: (duty) => unfinished(duty) && duty.role === 'lead' && duty.dueOn !== null,
    rounds: 'one',
    everyUnit: true,
    example,
    none: '没有可以改时限的责任：已经反馈、办结，或没有到期日。',
  })
  if ('outcome' in found) return found.outcome
  if (until < c.today)
    return { reply: problem('日期已过', `${dayWords(until, c.today)}已经过去，请写以后的日期。`, example) }
  const changed = change(
    c,
    found.ok,
    'amended',
    { reason: '主管科室更正', dueOn: until, owedOn: until },
    { text: c.message.text },
  )
  const fields: [string, string][] = [['现时限', dayWords(until, c.today)]]
  return {
    ...answered(c, changed, { title: '已更正时限', tone: 'good', fields }),
    notices: tellUnits(c, 'amended', changed, { title: '任务时限已更正', tone: 'warn', fields }),
  }
}

/** A unit joins: as 牵头 with the open rounds of the others, as 配合 with a part that sleeps until it is collected. */
const joined = async (
  c: Context,
  task: TaskView,
  units: readonly string[],
  role: 'lead' | 'support',
): Promise<Outcome> => {
  const all = await dutiesOfTasks(c, [task])
  const fresh = units.filter((unit) => !all.some((duty) => duty.unit === unit))
  if (fresh.length === 0)
    return {
      reply: problem('已经是责任单位', `${units.map((unit) => unitName(c, unit)).join('、')}已在这项任务里。`, example),
    }
  const rounds = new Map(
    all
      .filter((duty) => duty.role === 'lead' && unfinished(duty))
      .map((duty) => [`${duty.demand} ${duty.round}`, duty] as const),
  )
  const seeds = fresh.flatMap((unit) =>
    [...rounds.values()].map((duty) => ({
      ...{ unit, role, demand: duty.demand, round: duty.round, times: duty.times, named: true },
      ...{ dueOn: role === 'lead' ? duty.owedOn : null, dueAt: null, provisional: duty.provisional },
      state:
        role === 'support'
          ? ('asleep' as const)
          : duty.round === 'standing'
            ? ('standing' as const)
            : ('open' as const),
    })),
  )
  const names = fresh.map((unit) => unitName(c, unit)).join('、')
  const word = role === 'lead' ? '责任单位' : '配合单位'
  return {
    reply: {
      title: `已增加${word}`,
      tone: 'good',
      blocks: [
        {
          kind: 'fields',
          fields: [
            ['任务', codeOf(task)],
            [word, names],
          ],
        },
      ],
    },
    rows: seeds.map((seed) => ({
      ...{ plan: task.planCode, task: task.number, unit: unitName(c, seed.unit), round: seed.round },
      ...{ due: seed.dueOn, state: seed.state, light: null },
    })),
    facts: [taskFact(c, task, { joined: [...fresh], role })],
    opened: [{ task, seeds }],
    notices: fresh.map((unit) => ({
      cause: `joined:${task.id}:${unit}`,
      to: { unit },
      tasks: [codeOf(task)],
      card: {
        title: `本单位增列为${word}：${codeOf(task)}`,
        tone: 'plain',
        blocks: [{ kind: 'text', text: task.text }],
      },
    })),
  }
}

const left = async (c: Context, task: TaskView, units: readonly string[]): Promise<Outcome> => {
  const duties = (await dutiesOfTasks(c, [task], units)).filter((duty) => may(c, 'waived', duty))
  if (duties.length === 0)
    return { reply: problem('没有可以去掉的责任', `${codeOf(task)} 没有这个单位在办的责任。`, example) }
  const changed = change(c, duties, 'waived', { reason: '主管科室更正责任单位' }, { text: c.message.text })
  return {
    ...answered(c, changed, { title: '已去掉责任单位', tone: 'good' }),
    notices: tellUnits(c, 'waived', changed, { title: '本单位不再承担这项任务', tone: 'plain' }),
  }
}

/** The office corrects a unit, a day, the wording or the proofs; each a fact with its words, and the units hear it once. */
export const amend: Command<'amend'> = {
  intent: 'amend',
  title: '更正任务',
  usage: '编号 时限/内容/责任单位/佐证 改为…',
  example: '12号时限改为9月30日，因上级文件调整',
  roles: ['office', 'admin'],
  run: async (c, intent) => {
    const text = c.message.text
    const tasks = await tasksNamed(c, intent)
    if ('outcome' in tasks) return tasks.outcome
    const [task] = tasks.ok
    if (!task) return { reply: problem('请写明任务编号', '要更正哪一项任务？', example) }
    const wording = wordingOf(text)
    if (wording) return reworded(c, task, wording)
    const proofs = proofsOf(text)
    if (proofs?.length) return withProofs(c, task, proofs)
    const units = c.registry
      .find(text)
      .flatMap(({ units: found, of }) => (of === 'one' ? found.map((unit) => unit.id) : []))
    if (units.length > 0) {
      if (/去掉|删除|减去|剔除|去除|取消/.test(text)) return left(c, task, units)
      if (/增加|加上|加一?个?|补充|增列|漏/.test(text))
        return joined(c, task, units, /配合|协助/.test(text) ? 'support' : 'lead')
      return reassign.run(c, {
        intent: 'reassign',
        tasks: [task.number],
        plan: task.planCode,
        to: unitName(c, units[0] ?? ''),
      })
    }
    const day = findTimes(text, c.today).times.find((time) => time.day || time.before)
    if (day) return moved(c, intent, day.to)
    const now = (await dutiesOfTasks(c, [task])).slice(0, 3).map((duty) => seen(c, duty))
    return {
      reply: problem('请写明改成什么', `${codeOf(task)} 要改时限、内容、责任单位还是佐证？`, example),
      rows: now.map(({ duty, state, light }) => ({
        ...{ plan: duty.planCode, task: duty.number, unit: unitName(c, duty.unit), round: duty.round },
        ...{ due: duty.dueOn, state, light },
      })),
    }
  },
}
