import type { DutyView, TaskView } from '../db/queries/duties.ts'
import type { Intent } from '../src/model/intent.ts'
import type { Context, Outcome } from './command.ts'
import { dutiesOfTasks, type Found, leftOut, ownUnits, readScope, tasksNamed, tasksSorted } from './find.ts'
import { type Move, may } from './happen.ts'
import { allUnclear } from './partly.ts'
import { answerRow, codeOf, dutyLine, roundWords, seen, unitName } from './present.ts'
import { dutiesShown, withState } from './present-state.ts'
import { problem } from './problem.ts'
import { refuseForeign } from './refuse.ts'
import { periodsSaid, periodsUnknown, roundsMeant } from './rounds.ts'

/** A frame that names tasks, and may name units, a period, or the very duties that a choice showed (`duty@version`). */
export type Naming = Intent & {
  tasks?: string[]
  units?: string[]
  period?: string
  periods?: string[]
  plan?: string
  reports?: string[]
}

/** What a command wants to do, so that it finds the duties to which it may. */
export interface Aim {
  /** The fact that is to happen: only duties to which it may are meant. */
  kind: Move | Move[]
  /** What the state alone does not tell (has asked for an extension). */
  also?: (duty: DutyView) => boolean
  /** One round, asked for where several fit (`one`), the likeliest (`first`: what closes nothing), or all that are left. */
  rounds: 'one' | 'first' | 'all'
  /** What is said of a task is said of all its units, unless one is named. */
  everyUnit?: true
  /** An example of the right form. */
  example: string
  /** Why nothing of the task fits: `公开17-12 …`. */
  none: string
  /** What is said instead, of the duties as they stand. */
  instead?: (duties: DutyView[]) => Outcome
  /** A round that has not begun is not meant unless it is named. */
  begun?: true
}

/** A duty as it stood when it was shown; its id alone stands for it however it stands. */
export const shownAs = ({ id, version }: DutyView): string => `${id}@${version}`

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
  const tasks = new Set(duties.map((duty) => duty.task)).size > 1
  const others = (intent.tasks ?? []).filter((number) => !duties.some((duty) => duty.number === number))
  return {
    reply: {
      title: units ? '请说明是哪个单位' : tasks ? '请说明是哪一项' : '请说明是哪一期',
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
            : tasks
              ? '回复序号，可以一次几项，例：1、2'
              : `回复序号即可，或写明期次，例：${roundWords(first?.round ?? '', c.today) || '7月'}的`,
        },
        ...leftOut({ tasks: others }, undefined),
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

const nothingFits = (c: Context, aim: Aim, code: string, duties: DutyView[]): Outcome => {
  const lines = duties.slice(0, 5).map((duty) => dutyLine(c, seen(c, duty), true))
  return {
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
  }
}

const isShown = (reports: readonly string[] = [], duty: DutyView): boolean =>
  reports.includes(shownAs(duty)) || reports.includes(duty.id)

/** A choice takes the duties as they were shown, of those that still fit; of one that has moved since is told how it stands. */
export const asShown = (
  c: Context,
  reports: readonly string[],
  fit: readonly DutyView[],
  all: readonly DutyView[],
): Found<DutyView[]> => {
  const same = fit.filter((duty) => isShown(reports, duty))
  if (same.length === reports.length) return { ok: same }
  const reply = problem('情况已有变化', '列出以后台账又有变动，本次没有登记。', '请再说一次刚才的话，按新的清单选择。')
  const shown = dutiesShown(reports, all)
  return {
    outcome: { reply: withState(c, reply, shown), rows: shown.map((duty) => answerRow(c, seen(c, duty))) },
  }
}

const fitting = (c: Context, aim: Aim, duties: readonly DutyView[]): DutyView[] =>
  duties.filter((duty) => [aim.kind].flat().some((kind) => may(c, kind, duty)) && (aim.also?.(duty) ?? true))

/** The period that was named is none of this task's. */
const noSuchRound = (c: Context, duties: DutyView[], periods: readonly string[]): Outcome => {
  const [first] = duties
  const known = [...new Set(duties.map((duty) => roundWords(duty.round, c.today)))].filter(Boolean)
  const asked = periods.map((period) => roundWords(period, c.today) || period).join('、')
  return {
    reply: problem(
      '没有这一期',
      `${first ? codeOf(first) : ''} 没有“${asked}”这一期，有：${known.join('、')}。`,
      `例：${first?.number ?? ''} ${known[0]}的已公开`,
    ),
    rows: duties.map((duty) => answerRow(c, seen(c, duty))),
  }
}

/** A task is several units' of one speaker: asked which of them it is, or all. */
export const chooseUnit = (c: Context, intent: Intent, units: readonly string[]): Outcome => {
  const names = units.map((unit) => unitName(c, unit))
  return {
    reply: {
      title: '请说明是哪个单位',
      tone: 'plain',
      blocks: [
        { kind: 'list', lines: [...names, '以上全部'].map((name, i) => ({ text: `${i + 1}. ${name}` })) },
        { kind: 'note', text: '回复序号即可，或写明单位再说一次。' },
      ],
    },
    ask: {
      intent,
      want: 'unit',
      options: [...names.map((name) => [name]), names].map((named) => ({ ...intent, units: named }) as Intent),
    },
  }
}

interface Sorted {
  meant: DutyView[]
  unclear: Outcome[]
}

/** Of one task of the speaker's own: the duties that are meant, and what has to be asked or told first. */
const ofTask = (c: Context, intent: Naming, aim: Aim, duties: DutyView[]): Sorted => {
  const unclear = (outcome: Outcome): Sorted => ({ meant: [], unclear: [outcome] })
  const fit = fitting(c, aim, duties)
  const [first] = duties
  const none = (of: DutyView[]) => aim.instead?.(of) ?? nothingFits(c, aim, first ? codeOf(first) : '', of)
  if (fit.length === 0) return unclear(none(duties))
  const units = [...new Set(fit.map((duty) => duty.unit))]
  if (aim.rounds === 'all')
    return units.length > 1 && !intent.units?.length
      ? unclear(chooseUnit(c, intent, units))
      : { meant: fit, unclear: [] }
  const named = intent.periods ?? (intent.period ? [intent.period] : undefined)
  const periods = named ?? periodsSaid(c.message.text, c.today)
  const unknown = periodsUnknown(duties, periods)
  const told = unknown.length > 0 ? [noSuchRound(c, duties, unknown)] : []
  const known = periods.filter((period) => !unknown.includes(period))
  if (periods.length > 0 && known.length === 0) return { meant: [], unclear: told }
  const rounds = units.map((unit) =>
    roundsMeant(
      fit.filter((duty) => duty.unit === unit),
      known,
      c.today,
    ),
  )
  const found = rounds.flatMap((round) => ('choose' in round ? round.choose : round.meant))
  const several = rounds.some((round) => 'choose' in round) || new Set(found.map((duty) => duty.unit)).size > 1
  // What was named is there and takes nothing now; or nothing has begun.
  const ofPeriod = roundsMeant(duties, known, c.today)
  if (found.length === 0 && known.length > 0 && 'meant' in ofPeriod && ofPeriod.meant.length > 0)
    return { meant: [], unclear: [none(ofPeriod.meant), ...told] }
  if (found.length === 0 && aim.begun) return unclear(none(fit))
  const meant = found.length > 0 ? found : fit
  if (aim.rounds === 'first') {
    const likeliest = meant.find((duty) => duty.state !== 'review') ?? meant[0]
    return { meant: likeliest ? [likeliest] : [], unclear: told }
  }
  return several || (found.length === 0 && fit.length > 1)
    ? { meant: [], unclear: [chooseDuty(c, intent, meant, false), ...told] }
    : { meant, unclear: told }
}

/** What was found, and what is to be said of the rest of the message: what is clear is entered at once. */
export type Partly = { ok: DutyView[]; rest?: Outcome } | { outcome: Outcome }

/**
 * The speaker's own duties of the tasks it names to which the fact may happen. Of the other numbers it is told or asked:
 * what is another unit's is refused and written down, what cannot be is told with its state, several rounds are asked about.
 */
export const ownMeant = async (c: Context, intent: Naming, aim: Aim): Promise<Partly> => {
  if (!intent.tasks?.length) return askTask(intent, aim.example)
  const units = ownUnits(c, intent.units)
  if ('outcome' in units) return units
  const { tasks, unclear } = await tasksSorted(c, intent, units.ok)
  const all = await dutiesOfTasks(c, tasks)
  const own = all.filter((duty) => units.ok.includes(duty.unit))
  const foreign = tasks.filter((task) => !own.some((duty) => duty.task === task.id))
  if (intent.reports && foreign.length === 0 && unclear.length === 0) {
    const others = all.filter((duty) => !own.includes(duty) && isShown(intent.reports, duty))
    if (others.length > 0) return { outcome: await refuseForeign(c, tasks, others) }
    return asShown(c, intent.reports, fitting(c, aim, own), own)
  }
  const sorted = tasks
    .filter((task) => !foreign.includes(task))
    .map((task) =>
      ofTask(
        c,
        { ...intent, tasks: [task.number], plan: task.planCode },
        aim,
        own.filter((duty) => duty.task === task.id),
      ),
    )
  const meant = sorted.flatMap((one) => one.meant)
  const rest = allUnclear([
    ...sorted.flatMap((one) => one.unclear),
    ...unclear,
    ...(foreign.length > 0 ? [await refuseForeign(c, foreign, all)] : []),
  ])
  if (!rest) return { ok: meant }
  return meant.length > 0 ? { ok: meant, rest } : { outcome: rest }
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
  if (intent.reports) return asShown(c, intent.reports, fitting(c, aim, duties), duties)
  const meant: DutyView[] = []
  for (const task of tasks.ok) {
    const own = duties.filter((duty) => duty.task === task.id)
    const fit = fitting(c, aim, own)
    if (fit.length === 0) return { outcome: nothingFits(c, aim, codeOf(task), own) }
    const units = new Set(fit.map((duty) => duty.unit))
    const each = aim.rounds === 'all' || fit.length === units.size
    const clear = each && (units.size === 1 || named !== undefined || aim.everyUnit)
    if (!clear) return { outcome: chooseDuty(c, intent, fit, true) }
    meant.push(...fit)
  }
  return { ok: meant }
}
