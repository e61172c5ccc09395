import type { Context } from '../../../commands/command.ts'
import { withoutMerged } from '../../../commands/find.ts'
import { codeOf, isClassLine, roundWords, type Seen, seen, textOf, unitName } from '../../../commands/present.ts'
import { type DutyView, findDuties } from '../../../db/queries/duties.ts'
import { ledgerStateWords, roleOfDuty } from '../../model/ledger.ts'
import type { Paper, PaperBlock } from '../../model/paper.ts'
import { type Asked, fullDay, oneUnit, type Scope, scopeOf } from './asked.ts'

/** The year that a paper is of: its window's, else today's. */
const yearOf = ({ c, window }: Scope): number => Number((window?.from ?? c.today).slice(0, 4))

/** Whether a duty is of the year: by its day; what has none is of the years of its plan, as in the ledger. */
const inYear = ({ c }: Scope, year: number): ((duty: DutyView) => boolean) => {
  const years = new Map(c.office.plans.map(({ id, document }) => [id, document]))
  return ({ dueOn, plan }) => {
    if (dueOn !== null) return dueOn.startsWith(`${year}-`)
    const document = years.get(plan)
    if (!document) return false
    const first = document.year ?? Number(document.issuedOn.slice(0, 4))
    return first <= year && year <= (document.untilYear ?? first)
  }
}

/** A unit's duties of the year, its own and its parts for others, in the plans' order. */
export const dutiesOfYear = async (scope: Scope, year: number): Promise<Seen[]> => {
  const { c, units, plans } = scope
  const found = await findDuties(c.db, { ...(units && { units }), ...(plans && { plans }) })
  const own = (await withoutMerged(c, found)).filter(inYear(scope, year))
  const place = new Map(c.office.plans.map(({ id }, i) => [id, i]))
  return own
    .map((duty) => seen(c, duty))
    .sort((a, b) => (place.get(a.duty.plan) ?? 0) - (place.get(b.duty.plan) ?? 0) || a.duty.ord - b.duty.ord)
}

/** One task as a unit has it: all its rounds of one demand, or of one role. */
const together = (items: readonly Seen[]): Seen[][] => {
  const rows = new Map<string, Seen[]>()
  for (const item of items) {
    const { task, role } = item.duty
    const key = `${task} ${role}`
    rows.set(key, [...(rows.get(key) ?? []), item])
  }
  return [...rows.values()]
}

/** 8月：2026-08-31到期，在办（逾期3天）. */
const standsWords = (c: Context, { duty, state, overdue }: Seen): string => {
  const round = roundWords(duty.round, '')
  const due = duty.dueOn && state !== 'asleep' ? `${duty.dueOn}到期` : ''
  const undivided = state === 'unclaimed' && isClassLine(c, duty.unit)
  const late = state === 'done' && duty.late ? '（逾期报送）' : overdue ? '（逾期）' : ''
  const stands = `${ledgerStateWords[undivided ? 'undivided' : state]}${late}`
  return `${round ? `${round}：` : ''}${[due, stands].filter(Boolean).join('，')}`
}

const taskText = ({ duty }: Seen): string => (duty.secret ? '工作秘密事项，内容从略' : textOf(duty))

const rowOf = (c: Context, items: readonly Seen[], n: number): string[] => {
  const [first] = items
  if (!first) return []
  return [
    String(n),
    codeOf(first.duty),
    taskText(first),
    roleOfDuty[first.duty.role],
    items.map((item) => standsWords(c, item)).join('\n'),
  ]
}

const tableOf = (c: Context, rows: readonly Seen[][]): PaperBlock => ({
  kind: 'table',
  columns: [
    { title: '序号', width: 11 },
    { title: '任务编号', width: 26 },
    { title: '任务内容', width: 60, align: 'left' },
    { title: '职责', width: 12 },
    { title: '期次、到期日和办理情况', width: 48, align: 'left' },
  ],
  rows: rows.map((items, i) => rowOf(c, items, i + 1)),
})

/** 任务清单 of one unit: every duty that it has in the year, as lead or as a part for others, and how each stands. */
export const list = async (c: Context, asked: Asked): Promise<Paper> => {
  const unit = oneUnit(asked, '任务清单')
  const scope = scopeOf(c, asked)
  const year = yearOf(scope)
  const items = await dutiesOfYear(scope, year)
  const rows = together(items)
  const roles = (role: 'lead' | 'support') => rows.filter(([first]) => first?.duty.role === role).length
  const intro =
    items.length === 0
      ? `${year}年台账中没有${unitName(c, unit)}的任务。`
      : `${year}年${unitName(c, unit)}承担任务${rows.length}项（牵头${roles('lead')}项、配合${roles('support')}项），按期次计${items.length}条，截至${fullDay(c.today)}的办理情况如下。`
  return {
    ...{ v: 1, kind: 'list', title: `${unitName(c, unit)}${year}年任务清单`, to: '', asOf: c.today },
    issuer: unitName(c, unit),
    blocks: [{ kind: 'text', text: intro }, ...(rows.length > 0 ? [tableOf(c, rows)] : [])],
    ...{ units: [unit], duties: [], remarks: [] },
  }
}
