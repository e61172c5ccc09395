import type { DutyView } from '../db/queries/duties.ts'
import type { Intent, IntentOf } from '../src/model/intent.ts'
import { asShown, checking } from './approvals.ts'
import type { Context, Outcome } from './command.ts'
import { dutiesOfTasks, type Found, leftOut, readScope, tasksNamed } from './find.ts'
import { answerRow, codeOf, dutyLine, seen, unitName } from './present.ts'
import { dutiesShown, withState } from './present-state.ts'
import { problem } from './problem.ts'

type Check = IntentOf<'approve'> | IntentOf<'return'>

const verbs = { approve: '通过', return: '退回' } as const

/** Several reports wait: each is an option, and where all of them may be meant, so is the whole. */
const chooseReport = (c: Context, intent: Check, duties: DutyView[]): Outcome => {
  const shown = duties.slice(0, 9)
  const everyone: Intent = {
    ...intent,
    reports: duties.map(asShown),
  }
  return {
    reply: {
      title: `有${duties.length}份反馈待审核，请选择`,
      tone: 'plain',
      blocks: [
        {
          kind: 'list',
          lines: [
            ...shown.map((duty, i) => ({ text: `${i + 1}. ${dutyLine(c, seen(c, duty), true).text}` })),
            { text: `${shown.length + 1}. 以上全部（${duties.length}份）` },
          ],
        },
        {
          kind: 'note',
          text: `回复序号，或写明单位，例：${verbs[intent.intent]} ${unitName(c, duties[0]?.unit ?? '')} ${duties[0]?.number ?? ''}`,
        },
        ...leftOut(intent, duties[0]?.number),
      ],
    },
    rows: duties.map((duty) => answerRow(c, seen(c, duty))),
    ask: { intent, want: 'unit', options: [...shown.map((duty) => checking(c, intent, duty)), everyone] },
  }
}

const CLOSES = /销号|核销|结案|办结/

/** A report that waits; 销号 also means what has no end of its own. */
const isMeant = (c: Context, { intent }: Check, { state }: DutyView): boolean =>
  state === 'review' || (intent === 'approve' && state === 'standing' && CLOSES.test(c.message.text))

/**
 * The reports that the office means by a number, a unit and a period. Exactly one waiting report is taken at once;
 * several are asked about, unless the units name them all. A choice takes the reports that were shown and no others.
 */
export const reportsMeant = async (c: Context, intent: Check): Promise<Found<DutyView[]>> => {
  if (!intent.tasks?.length)
    return {
      outcome: {
        reply: problem(
          '请写明任务编号',
          '审核要写明是哪一项任务，回复编号即可。',
          '例：通过 1-2；退回 1-2，链接打不开',
        ),
        ask: { intent, want: 'task', options: [] },
      },
    }
  const scope = readScope(c, intent.units)
  if ('outcome' in scope) return scope
  const tasks = await tasksNamed(c, intent)
  if ('outcome' in tasks) return tasks
  const duties = await dutiesOfTasks(c, tasks.ok, intent.units?.length ? scope.ok : undefined)
  const waiting = duties.filter(
    (duty) => isMeant(c, intent, duty) && (intent.period === undefined || duty.round === intent.period),
  )
  if (intent.reports) return reportsShown(c, intent.reports, waiting, duties)
  for (const task of tasks.ok) {
    const own = waiting.filter((duty) => duty.task === task.id)
    if (own.length === 0)
      return {
        outcome: nothingWaits(
          c,
          intent,
          codeOf(task),
          duties.filter((duty) => duty.task === task.id),
        ),
      }
    // One report a named unit is what was meant; a unit's second round was not.
    const units = new Set(own.map((duty) => duty.unit))
    if (own.length > 1 && !(units.size === own.length && intent.units?.length === units.size))
      return { outcome: chooseReport(c, intent, own) }
  }
  return { ok: waiting }
}

/** The reports of a choice, as long as each stands as it was shown. */
const reportsShown = (
  c: Context,
  shown: readonly string[],
  waiting: readonly DutyView[],
  all: readonly DutyView[],
): Found<DutyView[]> => {
  const same = waiting.filter((duty) => shown.includes(asShown(duty)))
  if (same.length === shown.length) return { ok: same }
  const reply = problem(
    '反馈已有变化',
    '列出以后又有单位重报，或已经有人审核，本次没有登记。',
    '请重新查看：待审核的反馈',
  )
  const now = dutiesShown(shown, all)
  return { outcome: { reply: withState(c, reply, now), rows: now.map((duty) => answerRow(c, seen(c, duty))) } }
}

const nothingWaits = (c: Context, intent: Check, code: string, duties: DutyView[]): Outcome => {
  const whose = intent.units?.join('、') || '单位'
  const lasting = intent.intent === 'approve' ? duties.find((duty) => duty.state === 'standing') : undefined
  const example = lasting
    ? `持续推进的事项要结束，请回复：销号 ${unitName(c, lasting.unit)} ${lasting.number}`
    : '例：待审核的反馈'
  const states = duties.slice(0, 5).map((duty) => dutyLine(c, seen(c, duty), true))
  return {
    reply: {
      title: '没有待审核的反馈',
      tone: 'warn',
      blocks: [
        { kind: 'text', text: `${code} 目前没有${whose}报送的反馈。` },
        ...(states.length > 0 ? [{ kind: 'list' as const, lines: states }] : []),
        { kind: 'note', text: example },
      ],
    },
    rows: duties.map((duty) => answerRow(c, seen(c, duty))),
  }
}
