import type { TaskView } from '../db/queries/duties.ts'
import type { Block, Line } from '../src/model/card.ts'
import { type DutyState, stateWords } from '../src/model/duty.ts'
import type { Command, Context } from './command.ts'
import { evidence } from './evidence.ts'
import { dutiesRead, readScope, tasksNamed, withoutMerged } from './find.ts'
import { type Fact, factsSince, historyLines, wordsSaid } from './history.ts'
import { lastYear } from './last-year.ts'
import { together } from './page.ts'
import {
  answerRow,
  asOf,
  codeOf,
  dayWords,
  dueWords,
  firstWords,
  partWord,
  roundWords,
  type Seen,
  seen,
  textOf,
  unitName,
} from './present.ts'
import { problem } from './problem.ts'
import { refuseReading } from './refuse.ts'
import { reportForm } from './report-form.ts'
import { partNames } from './tick.ts'

/** Lines of one answer, and units in one of them. */
const SHOWN = 10
const NAMED = 5
const FACTS = 5

const fieldsOf = (task: TaskView): [string, string][] => [
  ['出处', task.section.join(' › ') || '—'],
  ['时限', [...new Set(task.deadlines.map(({ raw }) => raw))].join('；') || '未写明'],
  ['牵头', task.draft.lead.join('、') || '—'],
  ...(task.draft.support.length > 0 ? [['配合', task.draft.support.join('、')] as [string, string]] : []),
  ...(task.proofs.length > 0 ? [['要交', task.proofs.join('、')] as [string, string]] : []),
]

/** 市财政局、市审计局等22家, or nothing where one unit alone is spoken of. */
const unitsIn = (c: Context, items: readonly Seen[], withUnit: boolean): string => {
  const names = [...new Set(items.map(({ duty }) => unitName(c, duty.unit)))]
  if (!withUnit) return ''
  return names.length <= NAMED ? names.join('、') : `${names.slice(0, NAMED).join('、')}等${names.length}家`
}

/** The code and the words stand above: a line says who, which round, and how it stands. */
const lineOf = (c: Context, items: readonly Seen[], withUnit: boolean): Line => {
  const [first] = items as [Seen, ...Seen[]]
  const rounds = [...new Set(items.map(({ duty }) => roundWords(duty.round, c.today)))].filter(Boolean)
  const parts = [
    unitsIn(c, items, withUnit),
    rounds.join('、'),
    partWord(first),
    dueWords(c, first),
    first.duty.times > 1 ? `已报${first.duty.approved}/${first.duty.times}次` : '',
  ]
  return { text: parts.filter(Boolean).join(' · '), ...(first.light && { light: first.light }) }
}

/** 在办22、待认领24: every unit and round counted once. */
const countWords = (items: readonly Seen[]): string => {
  const counts = new Map<DutyState, number>()
  for (const { state } of items) counts.set(state, (counts.get(state) ?? 0) + 1)
  const late = items.filter(({ overdue }) => overdue).length
  const said = [...counts].map(([state, n]) => `${stateWords[state]}${n}`).join('、')
  return `共${items.length}条：${said}${late > 0 ? `；其中逾期${late}` : ''}`
}

/** What is wanted now comes before what was done and what comes later. */
const urgency = (c: Context, { overdue, state, duty }: Seen): number =>
  overdue
    ? 0
    : state === 'returned' || state === 'review'
      ? 1
      : state === 'done'
        ? 4
        : duty.dueOn && duty.dueOn >= c.today
          ? 2
          : 3

const ordered = (c: Context, items: readonly Seen[]): Seen[] =>
  items
    .map((item, i) => ({ item, i }))
    .sort((a, b) => urgency(c, a.item) - urgency(c, b.item) || a.i - b.i)
    .map(({ item }) => item)

/** Why it was sent back and what a leader has said of it, in the words of the last such fact that still holds. */
const spokenOf = (c: Context, facts: readonly Fact[], items: readonly Seen[]): [string, string][] => {
  const returned = new Set(items.filter(({ state }) => state === 'returned').map(({ duty }) => duty.id))
  const back = facts.filter(({ kind, id }) => kind === 'returned' && returned.has(id)).at(-1)
  const instructed = facts.filter(({ kind }) => kind === 'instructed').at(-1)
  const words = (fact: Fact | undefined, key: 'text' | 'reason'): string => {
    const text = wordsSaid(fact, key)
    return text && `${firstWords(text, 60)}（${dayWords(String(fact?.body.on), c.today)}）`
  }
  return [
    ['退回原因', words(back, 'reason')],
    ['领导批示', words(instructed, 'text')],
  ].filter(([, text]) => text !== '') as [string, string][]
}

/** What is in of what one unit's duties must bring: proofs, and the parts of its own sections. */
const broughtOf = async (c: Context, items: readonly Seen[]): Promise<[string, string][]> => {
  const fields: [string, string][] = []
  for (const { duty } of items.slice(0, 3)) {
    const left = duty.wanted.filter((proof) => !duty.proofs.includes(proof))
    if (duty.proofs.length > 0)
      fields.push(['已交', `${duty.proofs.join('、')}${left.length > 0 ? `；还差${left.join('、')}` : ''}`])
    const names = await partNames(c, duty)
    const parts = duty.parts.map(({ n, doneOn }) => `${names[n - 1] ?? `科室${n}`}${doneOn ? '已交' : '未交'}`)
    if (parts.length > 0) fields.push(['科室', parts.join('、')])
  }
  return fields
}

/** One task in detail: its words, limits and units, how each unit stands, what was said of it, and the last facts. */
export const task: Command<'task'> = {
  intent: 'task',
  title: '看一项任务',
  usage: '编号是什么 / 看下 编号',
  example: '12号任务是什么',
  roles: ['liaison', 'head', 'leader', 'office', 'admin', 'unknown'],
  run: async (c, intent) => {
    if (!intent.tasks?.length) return { reply: problem('请写明任务编号', '要看哪一项任务？', '例：12号任务是什么') }
    const scope = readScope(c, undefined)
    if ('outcome' in scope) return scope.outcome
    const tasks = await tasksNamed(c, intent, scope.ok)
    if ('outcome' in tasks) return tasks.outcome
    const [one] = tasks.ok
    if (!one) return { reply: problem('没有这个编号', '台账里没有这项任务。') }
    const mine = ({ unit }: { unit: string }) => scope.ok === undefined || scope.ok.includes(unit)
    const held = await dutiesRead(c, [one], scope.ok)
    const items = ordered(
      c,
      (await withoutMerged(c, held)).map((duty) => seen(c, duty)),
    )
    if (items.length === 0) return refuseReading([one])
    const withUnit = new Set(items.map(({ duty }) => duty.unit)).size > 1 || scope.ok?.length !== 1
    const entries = together(items)
    const since = await factsSince(c, held)
    // Nobody's words of a 工作秘密 task go to a chat.
    const facts = one.secret ? since.map((fact) => ({ ...fact, words: null })) : since
    const history = await historyLines(c, facts, held, FACTS)
    const brought =
      scope.ok?.length === 1
        ? await broughtOf(
            c,
            items.filter(({ duty }) => mine(duty)),
          )
        : []
    const before = await lastYear(c, one, scope.ok)
    const spoken = [...spokenOf(c, facts, items), ...brought]
    const blocks: Block[] = [
      { kind: 'text', text: textOf(one) },
      { kind: 'fields', fields: one.secret ? [] : [...fieldsOf(one), ...before] },
      {
        kind: 'list',
        title: '办理情况',
        lines: entries.slice(0, SHOWN).map((entry) => lineOf(c, entry, withUnit)),
      },
      ...(spoken.length > 0 ? [{ kind: 'fields' as const, fields: spoken }] : []),
      ...(one.secret
        ? []
        : await evidence(
            c,
            items.map(({ duty }) => duty),
          )),
      ...(history.length > 0 ? [{ kind: 'list' as const, title: '最近记录', lines: history }] : []),
      {
        kind: 'note',
        text: `${asOf(c)}，${countWords(items)}。${withUnit ? `回复“${one.number}号还差谁”看各单位情况。` : ''}`,
      },
    ]
    const form = reportForm(c, held)
    return {
      reply: { title: codeOf(one), tone: 'plain', blocks, ...(form && { form }) },
      rows: items.map((item) => answerRow(c, item)),
    }
  },
}
