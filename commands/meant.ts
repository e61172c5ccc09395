import type { DutyView, TaskView } from '../db/queries/duties.ts'
import type { Intent } from '../src/model/intent.ts'
import type { Context, Outcome } from './command.ts'
import { dutiesOfTasks, type Found, leftOut, ownUnits, readScope, tasksNamed } from './find.ts'
import { type Move, may } from './happen.ts'
import { answerRow, codeOf, dutyLine, roundWords, seen, unitName } from './present.ts'
import { problem } from './problem.ts'
import { refuseForeign } from './refuse.ts'
import { roundsMeant } from './rounds.ts'

/** A frame that names tasks, and may name units, a period, or the very duties that a choice showed (`duty@version`). */
type Naming = Intent & { tasks?: string[]; units?: string[]; period?: string; plan?: string; reports?: string[] }

/** What a command wants to do, so that it finds the duties to which it may. */
interface Aim {
  /** The fact that is to happen: only duties to which it may are meant. */
  kind: Move | Move[]
  /** What the state alone does not tell (has asked for an extension). */
  also?: (duty: DutyView) => boolean
  /** One round, asked for where several fit (`one`), or every round that is left (`all`). */
  rounds: 'one' | 'all'
  /** What is said of a task is said of all its units, unless one is named. */
  everyUnit?: true
  /** An example of the right form. */
  example: string
  /** Why nothing of the task fits: `公开17-12 …`. */
  none: string
}

const shownAs = ({ id, version }: DutyView): string => `${id}@${version}`

const narrowed = (c: Context, intent: Naming, duty: DutyView): Intent =>
  ({
    ...intent,
    tasks: [duty.number],
    plan: duty.planCode,
    units: [unitName(c, duty.unit)],
    ...('period' in intent || 'reports' in intent ? { period: duty.round } : {}),
    reports: [shownAs(duty)],
  }) as Intent

/** Several fit: each is an option, and where the office may mean them all, so is the whole. */
export const chooseDuty = (c: Context, intent: Naming, duties: DutyView[], whole: boolean): Outcome => {
  const shown = duties.slice(0, 9)
  const units = new Set(duties.map((duty) => duty.unit)).size > 1
  const everyone = { ...intent, reports: duties.map(shownAs) } as Intent
  const first = duties[0]
  return {
    reply: {
      title: units ? '请说明是哪个单位' : '请说明是哪一期',
      tone: 'plain',
      blocks: [
        {
          kind: 'list',
          lines: [
            ...shown.map((duty, i) => ({ text: `${i + 1}. ${dutyLine(c, seen(c, duty), units).text}` })),
            ...(whole ? [{ text: `${shown.length + 1}. 以上全部（${duties.length}项）` }] : []),
          ],
        },
        {
          kind: 'note',
          text: units
            ? '回复序号即可，或写明单位再说一次。'
            : `回复序号即可，或写明期次，例：${roundWords(first?.round ?? '', c.today) || '7月'}的`,
        },
        ...leftOut(intent, first?.number),
      ],
    },
    rows: duties.map((duty) => answerRow(c, seen(c, duty))),
    ask: {
      intent,
      want: units ? 'unit' : 'period',
      options: [...shown.map((duty) => narrowed(c, intent, duty)), ...(whole ? [everyone] : [])],
    },
  }
}

/** The number is asked for, and answers alone. */
export const askTask = (intent: Intent, example: string): { outcome: Outcome } => ({
  outcome: {
    reply: problem('请写明任务编号', '没有写明是哪一项任务，回复编号即可。', example),
    ask: { intent, want: 'task', options: [] },
  },
})

const nothingFits = (c: Context, aim: Aim, code: string, duties: DutyView[]): Found<never> => {
  const lines = duties.slice(0, 5).map((duty) => dutyLine(c, seen(c, duty), true))
  return {
    outcome: {
      reply: {
        title: '这次没有登记',
        tone: 'warn',
        blocks: [
          { kind: 'text', text: `${code} ${aim.none}` },
          ...(lines.length > 0 ? [{ kind: 'list' as const, title: '目前状态', lines }] : []),
          { kind: 'note', text: aim.example },
        ],
      },
      rows: duties.map((duty) => answerRow(c, seen(c, duty))),
    },
  }
}

/** A choice takes the duties as they were shown; one that has moved since is shown anew. */
const asShown = (reports: readonly string[], duties: readonly DutyView[]): Found<DutyView[]> => {
  const same = duties.filter((duty) => reports.includes(shownAs(duty)))
  if (same.length === reports.length) return { ok: same }
  return {
    outcome: {
      reply: problem('情况已有变化', '列出以后台账又有变动，本次没有登记。', '请再说一次刚才的话，按新的清单选择。'),
    },
  }
}

const fitting = (c: Context, aim: Aim, duties: readonly DutyView[]): DutyView[] =>
  duties.filter((duty) => [aim.kind].flat().some((kind) => may(c, kind, duty)) && (aim.also?.(duty) ?? true))

/**
 * The speaker's own duties of the tasks it names to which the fact may happen: what is another unit's is refused and
 * written down, what cannot be is told with its state, several rounds are asked about.
 */
export const ownMeant = async (c: Context, intent: Naming, aim: Aim): Promise<Found<DutyView[]>> => {
  if (!intent.tasks?.length) return askTask(intent, aim.example)
  const units = ownUnits(c, intent.units)
  if ('outcome' in units) return units
  const tasks = await tasksNamed(c, intent, units.ok)
  if ('outcome' in tasks) return tasks
  const all = await dutiesOfTasks(c, tasks.ok)
  const own = all.filter((duty) => units.ok.includes(duty.unit))
  const foreign = tasks.ok.filter((task) => !own.some((duty) => duty.task === task.id))
  if (foreign.length > 0) return { outcome: await refuseForeign(c, foreign, all) }
  if (intent.reports) return asShown(intent.reports, fitting(c, aim, own))
  const meant: DutyView[] = []
  for (const task of tasks.ok) {
    const duties = own.filter((duty) => duty.task === task.id)
    const fit = fitting(c, aim, duties)
    if (fit.length === 0) return nothingFits(c, aim, codeOf(task), duties)
    if (aim.rounds === 'all') meant.push(...fit)
    else {
      const found = roundsMeant(fit, intent.period ? [intent.period] : [], c.today)
      const rounds = 'choose' in found ? found.choose : found.meant
      if (rounds.length > 1 || (rounds.length === 0 && fit.length > 1))
        return { outcome: chooseDuty(c, intent, rounds.length > 1 ? rounds : fit, false) }
      meant.push(...(rounds.length === 1 ? rounds : fit))
    }
  }
  return { ok: meant }
}

/** The units that are named have no share in the task: told whose it is. */
const notTheirs = async (c: Context, task: TaskView, units: readonly string[]): Promise<Outcome> => {
  const duties = await dutiesOfTasks(c, [task])
  const holders = [...new Set(duties.map((duty) => unitName(c, duty.unit)))]
  const whose = `${holders.slice(0, 3).join('、')}${holders.length > 3 ? `等${holders.length}家` : ''}`
  return {
    reply: problem(
      '不是这个单位的任务',
      `${codeOf(task)} 不由${units.map((unit) => unitName(c, unit)).join('、')}负责，责任单位是${whose}，本次没有登记。`,
    ),
    rows: duties.map((duty) => answerRow(c, seen(c, duty))),
  }
}

/**
 * The duties that the office means by numbers and units. Of several units without one named it asks, and takes them all
 * only where it is told so; all rounds of a unit are one choice where the fact is for all of them.
 */
export const officeMeant = async (c: Context, intent: Naming, aim: Aim): Promise<Found<DutyView[]>> => {
  if (!intent.tasks?.length) return askTask(intent, aim.example)
  const scope = readScope(c, intent.units)
  if ('outcome' in scope) return scope
  const tasks = await tasksNamed(c, intent)
  if ('outcome' in tasks) return tasks
  const named = intent.units?.length ? scope.ok : undefined
  const duties = await dutiesOfTasks(c, tasks.ok, named)
  const foreign = tasks.ok.find((task) => !duties.some((duty) => duty.task === task.id))
  if (foreign && named) return { outcome: await notTheirs(c, foreign, named) }
  if (intent.reports) return asShown(intent.reports, fitting(c, aim, duties))
  const meant: DutyView[] = []
  for (const task of tasks.ok) {
    const own = duties.filter((duty) => duty.task === task.id)
    const fit = fitting(c, aim, own)
    if (fit.length === 0) return nothingFits(c, aim, codeOf(task), own)
    const units = new Set(fit.map((duty) => duty.unit))
    const each = aim.rounds === 'all' || fit.length === units.size
    const clear = each && (units.size === 1 || named !== undefined || aim.everyUnit)
    if (!clear) return { outcome: chooseDuty(c, intent, fit, true) }
    meant.push(...fit)
  }
  return { ok: meant }
}
