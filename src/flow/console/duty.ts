import type { Context } from '../../../commands/command.ts'
import { dutiesRead, readScope, withoutMerged } from '../../../commands/find.ts'
import { type Fact, factWords } from '../../../commands/history.ts'
import { lastYear } from '../../../commands/last-year.ts'
import {
  codeOf,
  dayWords,
  dueWords,
  isClassLine,
  partWord,
  roundWords,
  seen,
  textOf,
  unitName,
} from '../../../commands/present.ts'
import { partNames } from '../../../commands/tick.ts'
import { type DutyView, factsOf, findDuties, findTasks, type TaskView } from '../../../db/queries/duties.ts'
import { stateWords } from '../../model/duty.ts'
import type { Actor } from '../../model/person.ts'
import { timeOf } from '../../time/day.ts'
import { lightOf } from '../../time/schedule.ts'
import type { Deps } from '../deps.ts'
import { contextFor } from './context.ts'
import { deedsOn } from './duty/deeds.ts'
import { evidenceTold } from './duty/evidence.ts'
import { factsTold, fatesOf, type ReportFate } from './duty/facts.ts'
import { excerptOf } from './duty/source.ts'

/** A duty beside the one that is shown. */
const shareOf = (c: Context, duty: DutyView) => {
  const item = seen(c, duty)
  return {
    id: duty.id,
    unit: unitName(c, duty.unit),
    role: duty.role,
    state: item.state,
    stateWords: stateWords[item.state],
    light: item.light,
    due: dueWords(c, item),
  }
}

const roundLabel = (c: Context, duty: DutyView): string =>
  roundWords(duty.round, c.today) ||
  (duty.round === 'standing' ? '持续推进' : duty.round === 'waiting' ? '等待触发' : dayWords(duty.round, c.today))

/** Facts that set the day that counts. */
const dayMoving = (fact: Fact): boolean =>
  ['extension-granted', 'returned', 'collected', 'event'].includes(fact.kind) ||
  (['amended', 'recomputed', 'joined'].includes(fact.kind) && 'dueOn' in fact.body)

/** Why the due day is as it is: provisional, put off, or set by whom; empty where it is simply the plan's. */
const whyThatDay = (c: Context, duty: DutyView, facts: readonly Fact[]): string => {
  const moved = facts.filter(dayMoving)
  const last = moved[moved.length - 1]
  const first = duty.firstDueOn ? `，原定${dayWords(duty.firstDueOn, c.today)}` : ''
  const provisional = duty.provisional ? `暂定：${duty.dueOn?.slice(0, 4)}年放假安排公布后可能顺延` : ''
  const words = last
    ? `${dayWords(String(last.body.on ?? ''), c.today)}${factWords(c, { ...last, words: null })}${first}`
    : ''
  return [provisional, words].filter(Boolean).join('；')
}

/** What the reader may read of a duty's task: the duty itself, and what else of the task is theirs. */
export interface Readable {
  duty: DutyView
  /** All duties of the task that the reader may read. */
  held: DutyView[]
}

/** The duty where whoever asks may read it; undefined for one that is not theirs just as for one that is not there. */
export const readable = async (c: Context, id: string): Promise<Readable | undefined> => {
  const [found] = await findDuties(c.db, { ids: [id] })
  const scope = readScope(c, undefined)
  if (!found || 'outcome' in scope) return undefined
  const held = await dutiesRead(c, [{ id: found.task }], scope.ok)
  const duty = held.find((one) => one.id === id)
  return duty && { duty, held }
}

const sameDemand = (duty: DutyView, one: DutyView): boolean =>
  one.demand === duty.demand && (one.round === duty.round || duty.round === 'standing' || one.round === 'standing')

const partsTold = async (c: Context, duty: DutyView) => {
  const names = await partNames(c, duty)
  return duty.parts.map(({ n, until, doneOn }) => ({ name: names[n - 1] ?? `第${n}份`, until, doneOn }))
}

const fateWords: Record<ReportFate, string> = {
  waiting: '待审核',
  approved: '已通过',
  returned: '已退回',
  withdrawn: '已撤回',
}

const askedTold = (c: Context, { asked }: DutyView) =>
  asked?.kind === 'decline' && asked.to !== '' ? { ...asked, to: unitName(c, asked.to) } : asked

const headOf = (c: Context, duty: DutyView, facts: readonly Fact[]) => {
  const item = seen(c, duty)
  const { dueOn, reportedOn } = duty
  const lit = { state: item.state, dueOn, dueAt: duty.dueAt?.toISOString() ?? null, reportedOn }
  return {
    ...{ id: duty.id, version: duty.version, code: codeOf(duty), unit: unitName(c, duty.unit), role: duty.role },
    ...{ isClass: isClassLine(c, duty.unit), part: partWord(item), round: roundLabel(c, duty), text: textOf(duty) },
    ...{ secret: duty.secret, state: item.state, stateWords: stateWords[item.state], light: item.light },
    lightReason: lightOf(lit, c.today, c.calendar, { now: c.now.toISOString() }).reason,
    // What sleeps shows no day.
    dueOn: item.state === 'asleep' ? null : dueOn,
    dueTime: duty.dueAt ? timeOf(duty.dueAt, c.zone) : '',
    due: dueWords(c, item),
    whyDue: item.state === 'asleep' ? '' : whyThatDay(c, duty, facts),
    ...{ provisional: duty.provisional, firstDueOn: duty.firstDueOn, claimBy: duty.claimBy, late: duty.late },
    ...{ reportedOn, closedOn: duty.closedOn, clearedOn: duty.clearedOn, acceptedOn: duty.acceptedOn },
    ...{ times: duty.times, approved: duty.approved, wanted: duty.wanted, proofs: duty.proofs },
    asked: askedTold(c, duty),
  }
}

/** How the task's predecessor ended, of the units that the reader reads, as the chat tells it. */
const beforeTold = async (c: Context, task: TaskView) => {
  const scope = readScope(c, undefined)
  if ('outcome' in scope) return []
  return (await lastYear(c, task, scope.ok)).map(([label, text]) => ({ label, text }))
}

const livingUnits = (c: Context): string[] =>
  c.office.units.filter(({ kind, succession }) => kind === 'unit' && !succession).map(({ name }) => name)

const taskTold = (task: TaskView) => ({
  section: task.section,
  deadlines: [...new Set(task.deadlines.map(({ raw }) => raw))].filter(Boolean),
  lead: task.draft.lead,
  support: task.draft.support,
  note: task.draft.note,
})

/** One duty with all that whoever asks may know of it, and what they may do; undefined where it is not theirs to read. */
export const dutyPage = async (deps: Deps, actor: Actor, id: string) => {
  const c = await contextFor(deps, actor)
  const found = await readable(c, id)
  if (!found) return undefined
  const { duty } = found
  const held = await withoutMerged(c, found.held)
  const task = (await findTasks(c.db, [duty.number], duty.planCode)).find((one) => one.id === duty.task)
  if (!task) return undefined
  const facts = await factsOf(c.db, 'duty', [id])
  const told = await factsTold(c, facts, duty.secret)
  const fates = fatesOf(facts)
  const shares = held.filter((one) => sameDemand(duty, one))
  const plan = c.office.plans.find((one) => one.id === duty.plan)
  const deeds = await deedsOn(c, duty, held)
  return {
    asOf: c.now.toISOString(),
    ...headOf(c, duty, facts),
    parts: await partsTold(c, duty),
    plan: { id: duty.plan, code: duty.planCode, title: plan?.document.title ?? '' },
    task: duty.secret ? { section: [], deadlines: [], lead: [], support: [], note: '' } : taskTold(task),
    leads: shares.filter(({ role }) => role === 'lead').map((one) => shareOf(c, one)),
    supports: shares.filter(({ role }) => role === 'support').map((one) => shareOf(c, one)),
    rounds: held
      .filter((one) => one.unit === duty.unit && one.id !== id && one.role === duty.role)
      .map((one) => ({ ...shareOf(c, one), round: roundLabel(c, one) })),
    before: duty.secret ? [] : await beforeTold(c, task),
    facts: told,
    reports: told
      .filter(({ kind }) => kind === 'reported')
      .map((fact) => {
        const fate = fates.get(fact.seq) ?? 'waiting'
        const stage = fate === 'waiting' && duty.state === 'standing'
        return { ...fact, fate, fateWords: stage ? '阶段成果' : fateWords[fate] }
      }),
    evidence: (await evidenceTold(c, [duty])).get(id) ?? [],
    source: duty.secret ? { kept: false, lines: [] } : await excerptOf(c.db, task),
    deeds,
    // To choose from, where one may be named.
    units: deeds.some(({ name }) => name === 'reassign' || name === 'decline') ? livingUnits(c) : [],
  }
}
