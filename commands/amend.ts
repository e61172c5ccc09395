import type { DutyView, TaskView } from '../db/queries/duties.ts'
import { findTimes } from '../src/chat/times.ts'
import type { Day } from '../src/model/deadline.ts'
import type { IntentOf } from '../src/model/intent.ts'
import { answered, change, tellUnits } from './change.ts'
import type { Command, Context, Notice, Outcome } from './command.ts'
import { dutiesOfTasks, tasksNamed } from './find.ts'
import { may } from './happen.ts'
import { joined } from './join.ts'
import { askTask, officeMeant } from './meant.ts'
import { codeOf, dayWords, isClassLine, unitName } from './present.ts'
import { problem } from './problem.ts'
import { proofsSaid } from './proofs.ts'
import { askReason, statedReason } from './reason.ts'
import { reassign } from './reassign.ts'
import { isOfPeriod } from './rounds.ts'
import { dutyRow, taskFact } from './row.ts'
import { partiesSaid, runsOf } from './said.ts'

type Amend = IntentOf<'amend'>

const example = '例：12号时限改为9月30日，因上级文件调整；12号内容改为：…；12号增加配合单位市科技局'

const unfinished = (duty: DutyView): boolean => !['done', 'waived', 'review'].includes(duty.state)

const CHANGED = /改为|改成|更正为|调整为|调整到|修改为|变更为|应为|改到|提前到|推迟到|延后到|顺延到|顺延至|延至/
const BECAUSE = /[，,；;。]\s*(?:(?:理由|原因)(?:是|为)?[:：]|因为?|由于)\s*(.+)$/s

/** 理由：…, 因…, at the end of the words; what the day or the wording is stands before it. */
const parted = (text: string): { body: string; reason: string } => {
  const because = BECAUSE.exec(text)
  return because ? { body: text.slice(0, because.index), reason: because[1]?.trim() ?? '' } : { body: text, reason: '' }
}

/** What the wording is from now on: said behind 内容改为. */
const wordingOf = (body: string): string | undefined =>
  /(?:内容|表述|文字|任务|要求)[^改更]{0,6}(?:改为|改成|更正为|调整为|修改为|应为)\s*[:：]?\s*[“"「]?(.{4,}?)[”"」。]?\s*$/s.exec(
    body,
  )?.[1]

/** Every unit that has something to do with the task hears it, once; a part that sleeps is not asked for yet. */
const tellAll = async (c: Context, task: TaskView, fields: [string, string][]): Promise<Notice[]> => {
  const duties = (await dutiesOfTasks(c, [task])).filter(
    (duty) => !['done', 'waived', 'asleep'].includes(duty.state) && !isClassLine(c, duty.unit),
  )
  return [...new Set(duties.map((duty) => duty.unit))].map((unit) => ({
    cause: `amended:${c.message.key}:${unit}`,
    to: { unit },
    tasks: [codeOf(task)],
    card: { title: `任务更正：${codeOf(task)}`, tone: 'warn', blocks: [{ kind: 'fields', fields }] },
  }))
}

const corrected = (task: TaskView, fields: [string, string][]): Outcome['reply'] => ({
  title: `已更正 ${codeOf(task)}`,
  tone: 'good',
  blocks: [{ kind: 'fields', fields }],
})

const reworded = async (c: Context, task: TaskView, now: string, reason: string): Promise<Outcome> => {
  const fields: [string, string][] = [
    ['原文', task.text],
    ['现文', now],
    ['理由', reason],
  ]
  return {
    reply: corrected(task, fields),
    facts: [taskFact(c, task, {}, { was: task.text, now, reason })],
    notices: await tellAll(c, task, fields),
  }
}

const withProofs = async (c: Context, task: TaskView, proofs: string[]): Promise<Outcome> => {
  const fields: [string, string][] = [['办结时需要的佐证', proofs.join('、')]]
  return {
    reply: corrected(task, fields),
    facts: [taskFact(c, task, { proofs })],
    notices: await tellAll(c, task, fields),
  }
}

/** 设为内部, 不再是工作秘密: what the words make of a task; undefined where they say nothing of it. */
const secrecySaid = (body: string): boolean | undefined => {
  if (/不再(?:是|作为)?(?:内部|工作秘密)|(?:取消|解除)(?:内部|工作秘密)/.test(body)) return false
  return /(?:设为|标为|列为|定为|改为)(?:内部|工作秘密)/.test(body) ? true : undefined
}

/** From now on no chat is told more of it than its number; or again all of it. */
const withSecrecy = (c: Context, task: TaskView, secret: boolean): Outcome => ({
  reply: {
    title: secret ? `${codeOf(task)} 已设为内部` : `${codeOf(task)} 已不再是内部`,
    tone: 'good',
    blocks: [
      {
        kind: 'text',
        text: secret
          ? '群里和私聊里只显示编号，内容请到办公室领取。已经发出的消息不会收回。'
          : '群里和私聊里重新显示内容。',
      },
    ],
  },
  facts: [taskFact(c, task, { secret })],
})

/** The round that is named before the word that changes: 7月的时限改为…. */
const periodSaid = (c: Context, body: string): string | undefined => {
  const head = body.slice(0, CHANGED.exec(body)?.index ?? 0)
  return findTimes(head, c.today).times.flatMap((time) => (time.day || time.before ? [] : time.periods))[0]
}

/** The day behind the word that changes; a month or a quarter means its last. */
const daySaid = (c: Context, body: string): Day | undefined => {
  const change = CHANGED.exec(body)
  const words = change ? body.slice(change.index + change[0].length) : body
  const { times } = findTimes(words, c.today)
  return (times.find((time) => time.day || time.before) ?? times[0])?.to
}

/** A new day for the rounds that are meant; figures judge by it from now on. */
const moved = async (c: Context, intent: Amend, until: Day, reason: string): Promise<Outcome> => {
  const period = intent.period ?? periodSaid(c, parted(c.message.text).body)
  const found = await officeMeant(c, intent, {
    kind: 'amended',
    also: (duty) =>
      unfinished(duty) &&
      (duty.role === 'lead' || duty.state === 'open' || duty.state === 'returned') &&
      duty.dueOn !== null &&
      (!period || isOfPeriod(duty, period)) &&
      (duty.role === 'lead' || intent.units !== undefined),
    rounds: 'one',
    everyUnit: true,
    example,
    none: '没有可以改时限的责任：已经反馈、办结，或没有到期日。',
  })
  if ('outcome' in found) return found.outcome
  if (until < c.today)
    return { reply: problem('日期已过', `${dayWords(until, c.today)}已经过去，请写以后的日期。`, example) }
  if (reason === '')
    return askReason({ ...intent, reports: found.ok.map(({ id, version }) => `${id}@${version}`) }, '理由', example)
  const days = { dueOn: until, owedOn: until, setDueOn: until, dueAt: null, provisional: false }
  const changed = change(c, found.ok, 'amended', { reason: '主管科室更正', ...days }, { reason })
  const was = [...new Set(found.ok.map(({ dueOn }) => (dueOn ? dayWords(dueOn, c.today) : '')))].join('、')
  const fields: [string, string][] = [
    ['原时限', was],
    ['现时限', dayWords(until, c.today)],
    ['理由', reason],
  ]
  return {
    ...answered(c, changed, { title: '已更正时限', tone: 'good', fields }),
    notices: tellUnits(c, 'amended', changed, { title: '任务时限已更正', tone: 'warn', fields }),
  }
}

/** A unit answers for the task no longer; somebody has to. */
const left = async (c: Context, task: TaskView, units: readonly string[], reason: string): Promise<Outcome> => {
  const all = await dutiesOfTasks(c, [task])
  const duties = all.filter((duty) => units.includes(duty.unit) && may(c, 'waived', duty))
  const names = units.map((unit) => unitName(c, unit)).join('、')
  if (duties.length === 0)
    return { reply: problem('没有可以去掉的责任', `${codeOf(task)} 没有${names}在办的责任。`, example) }
  const staying = all.filter(({ unit, role, state }) => role === 'lead' && state !== 'waived' && !units.includes(unit))
  if (staying.length === 0 && duties.some(({ role }) => role === 'lead'))
    return {
      reply: problem(
        '去掉以后没有责任单位',
        `${codeOf(task)} 只有${names}负责，请改派，或免予办理。`,
        `例：${task.number}改派市财政局`,
      ),
    }
  const changed = change(c, duties, 'waived', { reason: '主管科室更正责任单位' }, { reason })
  const fields: [string, string][] = [['理由', reason]]
  return {
    ...answered(c, changed, { title: '已去掉责任单位', tone: 'good', fields }),
    // Two that are struck off at once would leave the task to nobody.
    reads: staying.map(dutyRow),
    notices: tellUnits(c, 'waived', changed, { title: '本单位不再承担这项任务', tone: 'plain', fields }),
  }
}

/** The office corrects a unit, a day, the wording or the proofs; each a fact with its reason, and the units hear it once. */
export const amend: Command<'amend'> = {
  intent: 'amend',
  title: '更正任务',
  usage: '编号 时限/内容/责任单位/佐证 改为…，因…',
  example: '12号时限改为9月30日，因上级文件调整',
  roles: ['office', 'admin'],
  run: async (c, intent) => {
    if (!intent.tasks?.length) return askTask(intent, example).outcome
    const tasks = await tasksNamed(c, intent)
    if ('outcome' in tasks) return tasks.outcome
    const [task] = tasks.ok
    if (!task) return askTask(intent, example).outcome
    const { body, reason: because } = parted(c.message.text)
    const secret = secrecySaid(body)
    if (secret !== undefined) return withSecrecy(c, task, secret)
    const proofs = proofsSaid(c.message.text)
    if (proofs) return withProofs(c, task, proofs)
    const wording = wordingOf(body)
    if (wording) return because === '' ? askReason(intent, '理由', example) : reworded(c, task, wording, because)
    const reason = because || statedReason(body)
    const units = [...new Set(runsOf(c, body).flatMap((run) => run.units))]
    if (units.length > 0 && /去掉|删除|减去|剔除|去除|取消/.test(body))
      return reason === '' ? askReason(intent, '理由', example) : left(c, task, units, reason)
    if (units.length > 0 && /增加|加上|加一?个?|补充|增列|漏/.test(body))
      return reason === ''
        ? askReason(intent, '理由', example)
        : joined(c, task, units, /配合|协助/.test(body) ? 'support' : 'lead', reason)
    const day =
      /时限|期限|截止|时间|日期|提前|推迟|延后|顺延|到期/.test(body) || units.length === 0
        ? daySaid(c, body)
        : undefined
    if (day) return moved(c, intent, day, reason)
    const { from, to } = partiesSaid(c, body)
    if (to.length > 0) {
      const names = from.filter((unit) => !to.includes(unit)).map((unit) => unitName(c, unit))
      return reassign.run(c, {
        ...{ intent: 'reassign', tasks: [task.number], plan: task.planCode, to: unitName(c, to[0] ?? '') },
        ...(names.length > 0 && { units: names }),
        ...(intent.reports && { reports: intent.reports }),
      })
    }
    return { reply: problem('请写明改成什么', `${codeOf(task)} 要改时限、内容、责任单位还是佐证？`, example) }
  },
}
