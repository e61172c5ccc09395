import type { Day, Deadline } from '../model/deadline.ts'
import type { DocumentHead, PlanDraft, Question, TaskDraft } from '../model/plan.ts'
import type { Calendar } from '../time/calendar.ts'
import { addDays } from '../time/day.ts'
import type { Registry } from '../unit/names.ts'
import { readLimits } from './limit-words.ts'
import { headField, questionKey, quoted, tasksOf } from './questions.ts'
import { readDay } from './sheet-in.ts'
import { splitNames } from './workbook.ts'

/** What a clerk's answer to a question makes of a draft. */

export interface SettleContext {
  /** The roster with what the plan brings to it. */
  registry: Registry
  calendar: Calendar
}

export interface Settled {
  draft: PlanDraft
  /** A name that is a unit of its own, although the roster's rules read it as another. */
  apart?: string
}

type Change = (task: TaskDraft) => TaskDraft
/** What the answer makes, or what is wrong with it. */
type Made = Settled | string

const PROPOSAL = /^(?:按建议|同意|是|建议)?$/

/** Whether an answer takes the proposal. */
const takesProposal = (question: Question, answer: string): boolean =>
  PROPOSAL.test(answer) || answer === question.proposal

const changed = (draft: PlanDraft, tasks: readonly TaskDraft[], change: Change): Settled => {
  const ids = new Set(tasks.map(({ id }) => id))
  return { draft: { ...draft, tasks: draft.tasks.map((task) => (ids.has(task.id) ? change(task) : task)) } }
}

/** The units that an answer names, by the roster's names; or which of them it does not know. */
function unitsIn(answer: string, { registry }: SettleContext): string[] | string {
  const names: string[] = []
  for (const word of splitNames(answer.replace(/[ 　]+/g, '、'))) {
    const found = registry.resolve(word)
    if (found.kind === 'several')
      return `“${word}”可能是${found.units.map(({ name }) => `“${name}”`).join('或')}，请写全称`
    if (found.kind === 'none' && !registry.classOf(word)) return `通讯录里没有“${word}”，请写通讯录上的单位，用、隔开`
    names.push(found.kind === 'one' ? found.unit.name : word)
  }
  return names.length > 0 ? [...new Set(names)] : '请写单位名称，用、隔开'
}

interface Named {
  name: string
  source: TaskDraft['source']
}

const namedIn = (task: TaskDraft, role: 'lead' | 'support'): Named[] =>
  task[role].map((name, i) => ({ name, source: task.sources[role][i] ?? task.source }))

const withNames = (task: TaskDraft, role: 'lead' | 'support', all: readonly Named[]): TaskDraft => {
  const names = all.filter(({ name }, i) => all.findIndex((one) => one.name === name) === i)
  return {
    ...task,
    [role]: names.map(({ name }) => name),
    sources: { ...task.sources, [role]: names.map(({ source }) => source) },
  }
}

/** Units in the place of a name, with its source. */
const inPlaceOf =
  (name: string, units: readonly string[]): Change =>
  (task) =>
    (['lead', 'support'] as const).reduce(
      (made, role) =>
        withNames(
          made,
          role,
          namedIn(made, role).flatMap((one) =>
            one.name === name ? units.map((unit) => ({ ...one, name: unit })) : [one],
          ),
        ),
      task,
    )

const ledBy =
  (units: readonly string[], keep: boolean): Change =>
  (task) => {
    const known = namedIn(task, 'lead')
    const sourceOf = (name: string) => known.find((one) => one.name === name)?.source ?? { ...task.source, raw: name }
    const added = units.map((name) => ({ name, source: sourceOf(name) }))
    return withNames(task, 'lead', keep ? [...known, ...added] : added)
  }

function forName(draft: PlanDraft, question: Question, units: string[]): Settled {
  const name = quoted(question.text)
  const made = changed(draft, tasksOf(question, draft), inPlaceOf(name, units)).draft
  const common = made.common.map((one) =>
    one.units.includes(name)
      ? { ...one, units: [...new Set(one.units.flatMap((each) => (each === name ? units : [each])))] }
      : one,
  )
  return { draft: { ...made, common } }
}

/** A time limit in the place of one, and others gone. */
const withLimit =
  (at: number, limits: readonly Deadline[], gone: readonly number[] = []): Change =>
  (task) => {
    const from = task.sources.deadlines[at] ?? { ...task.source, from: 'text' as const }
    const dated = task.deadlines.flatMap((deadline, i) => {
      if (i === at)
        return limits.map((limit) => ({ deadline: { ...limit, raw: deadline.raw || limit.raw }, source: from }))
      return gone.includes(i) ? [] : [{ deadline, source: task.sources.deadlines[i] ?? from }]
    })
    return {
      ...task,
      deadlines: dated.map(({ deadline }) => deadline),
      sources: { ...task.sources, deadlines: dated.map(({ source }) => source) },
    }
  }

const momentOf = ({ document }: PlanDraft) => ({
  asOf: document.issuedOn || `${document.year || 1970}-01-01`,
  year: document.year,
})

const NO_DAY = '请写日期，如 2017-08-25'
const NO_LIMIT = '请写时限，如 2017-08-25、每季度、每月10日前'

function contradiction(draft: PlanDraft, question: Question, answer: string): Made {
  const [task] = tasksOf(question, draft)
  if (!task) return '没有这一项任务'
  const raws = [quoted(question.text, 0), quoted(question.text, 1)]
  const a = task.deadlines.findIndex(({ raw }) => raw === raws[0])
  const b = task.deadlines.findIndex(({ raw }, i) => raw === raws[1] && i !== a)
  const [inText, inColumn] = [task.deadlines[a], task.deadlines[b]]
  if (!inText || !inColumn) return '这两个时限已经改过了'
  const isText = answer === '正文' || answer === inText.raw
  const isColumn = answer === '完成时限栏' || answer === '栏' || answer === inColumn.raw
  const limits = isText ? [inText] : isColumn ? [inColumn] : readLimits(answer, momentOf(draft))
  if (!limits?.length) return `${NO_DAY}，或写“正文”“栏”`
  return changed(draft, [task], withLimit(a, limits, [b]))
}

/** A merged cell is asked about once: the same words of the same line are the same day. */
function vagueDay(draft: PlanDraft, question: Question, answer: string): Made {
  const by = readDay(answer)
  if (!by) return NO_DAY
  const raw = quoted(question.text)
  const placeOf = (task: TaskDraft) =>
    task.deadlines.findIndex(
      (one, i) =>
        one.kind === 'date' &&
        one.raw === raw &&
        (task.id === question.task || task.sources.deadlines[i]?.line === question.line),
    )
  const tasks = draft.tasks.filter((task) => placeOf(task) >= 0)
  return changed(draft, tasks, (task) => withLimit(placeOf(task), [{ kind: 'date', raw, by }])(task))
}

/** The event has happened on a day: its clocks come to days. */
function happened(draft: PlanDraft, question: Question, answer: string, { calendar }: SettleContext): Made {
  const on = readDay(answer)
  if (!on) return `还没有发生请直接回车；已经发生${NO_DAY}`
  const event = quoted(question.text)
  const dayOf = (one: Extract<Deadline, { kind: 'relative' }>): Day => {
    if (one.unit === 'workday') return calendar.addWorkdays(on, one.n)
    return addDays(on, one.unit === 'hour' ? Math.ceil(one.n / 24) : one.n)
  }
  return changed(draft, tasksOf(question, draft), (task) => ({
    ...task,
    deadlines: task.deadlines.map(
      (one): Deadline =>
        one.kind === 'relative' && (one.event || one.raw) === event
          ? { kind: 'date', raw: one.raw, by: dayOf(one) }
          : one,
    ),
  }))
}

function noTime(draft: PlanDraft, question: Question, answer: string): Made {
  const limits = readLimits(answer, momentOf(draft))
  if (!limits?.length) return NO_LIMIT
  const [, first, last] = /第(.+?)—(.+?)号/.exec(question.text) ?? []
  const place = (id: string | undefined) => draft.tasks.findIndex((task) => task.id === id)
  const [from, to] = [place(first ?? question.task), place(last ?? question.task)]
  const tasks = draft.tasks.filter((task, i) => i >= from && i <= Math.max(from, to) && task.deadlines.length === 0)
  const source = { line: question.line, raw: answer, from: 'column' as const }
  return changed(draft, tasks, (task) => ({
    ...task,
    deadlines: limits,
    sources: { ...task.sources, deadlines: limits.map(() => source) },
  }))
}

function newLimit(draft: PlanDraft, question: Question, answer: string): Made {
  const limits = readLimits(answer, momentOf(draft))
  if (!limits?.length) return NO_LIMIT
  const raw = quoted(question.text)
  return changed(draft, tasksOf(question, draft), (task) => {
    const at = task.deadlines.findIndex((one) => one.raw === raw)
    return at < 0 ? task : withLimit(at, limits)(task)
  })
}

function head(draft: PlanDraft, question: Question, answer: string): Made {
  const field = headField(question)
  const set = (part: Partial<DocumentHead>): Settled => ({
    draft: { ...draft, document: { ...draft.document, ...part } },
  })
  if (field === 'issuedOn') {
    const issuedOn = readDay(answer)
    const year = draft.document.year || Number(issuedOn?.slice(0, 4))
    return issuedOn ? set({ issuedOn, year }) : NO_DAY
  }
  if (field === 'year') {
    const [, year] = /^((?:19|20)\d\d)年?度?$/.exec(answer) ?? []
    return year ? set({ year: Number(year) }) : '请写四位年份，如 2017'
  }
  return field ? set({ [field]: answer }) : '请在工作簿的“文件”表里改'
}

/** Units under other names: enter a name as its own, or take it for one of the roster. */
function unknownUnit(draft: PlanDraft, question: Question, answer: string, context: SettleContext): Made {
  const name = quoted(question.text)
  if (/^(?:不是|否|分开|不同单位|另一个单位|录入|新单位)$/.test(answer)) return { draft, apart: name }
  const units = unitsIn(answer, context)
  if (typeof units === 'string') return units
  // Stray words of a list stand in no task: the units that they mean are added to the list.
  const listed = draft.tasks.some((task) => task.lead.includes(name) || task.support.includes(name))
  return listed ? forName(draft, question, units) : changed(draft, tasksOf(question, draft), ledBy(units, true))
}

function forUnits(draft: PlanDraft, question: Question, answer: string, context: SettleContext): Made {
  const [task] = tasksOf(question, draft)
  if (question.kind === 'no-unit' && !task) return '它不是一项任务；要单列，请在 parse --xlsx 的“任务”表里加一行'
  if (question.kind === 'narrower-subject' && answer === '全部') {
    const members = (task?.lead ?? []).flatMap((name) => {
      const meant = context.registry.classOf(name)
      const ids = meant?.kind === 'class' ? (meant.members ?? []) : []
      const names = ids.flatMap((id) => context.registry.roster.units.find((unit) => unit.id === id)?.name ?? [])
      return names.length > 0 ? names : [name]
    })
    return changed(draft, tasksOf(question, draft), ledBy(members, false))
  }
  const units = unitsIn(answer, context)
  if (typeof units === 'string') return units
  if (question.kind === 'class-without-members' || question.kind === 'succeeded-unit')
    return forName(draft, question, units)
  return changed(draft, tasksOf(question, draft), ledBy(units, false))
}

function made(draft: PlanDraft, question: Question, answer: string, context: SettleContext): Made {
  if (takesProposal(question, answer)) return { draft }
  switch (question.kind) {
    case 'contradiction':
      return contradiction(draft, question, answer)
    case 'vague-day':
      return vagueDay(draft, question, answer)
    case 'relative-event':
      return happened(draft, question, answer, context)
    case 'no-time':
      return noTime(draft, question, answer)
    case 'start-day':
      return newLimit(draft, question, answer)
    case 'head':
      return head(draft, question, answer)
    case 'unknown-unit':
      return unknownUnit(draft, question, answer, context)
    case 'class-without-members':
    case 'succeeded-unit':
    case 'narrower-subject':
    case 'no-unit':
      return forUnits(draft, question, answer, context)
    case 'unsure-row':
      return changed(draft, tasksOf(question, draft), (task) => ({
        ...task,
        note: [task.note, answer].filter(Boolean).join('；'),
      }))
  }
}

/** The draft with a question answered and gone from its list; or one line that says what the answer should be. */
export function settle(draft: PlanDraft, question: Question, answer: string, context: SettleContext): Made {
  const settled = made(draft, question, answer.trim(), context)
  if (typeof settled === 'string') return settled
  const key = questionKey(question)
  const questions = settled.draft.questions.filter((one) => questionKey(one) !== key)
  return { ...settled, draft: { ...settled.draft, questions } }
}
