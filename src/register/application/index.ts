import type { Case, CaseView } from '../../model/case.ts'
import { dayIn } from '../../model/clock.ts'
import type { Day } from '../../model/deadline.ts'
import { type ApplicantKind, applicantWords } from '../../model/disclosure.ts'
import { officeRoles } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import { titled } from '../plain.ts'
import { type Deed, eventsOf, lastOf, type Register, type RegisterContext } from '../register.ts'
import { answeringDeeds } from './answering.ts'
import { askingDeeds } from './asking.ts'
import { clocksOf } from './clocks.ts'
import { dayAfter, dayText, endOf, isHandled, openOf } from './course.ts'
import { headOf } from './head.ts'
import { receivedOn } from './law.ts'
import { maskedName } from './mask.ts'
import { opening } from './opening.ts'
import { payingDeeds } from './paying.ts'
import { courtOpen, remedyDeeds, reviewOpen } from './remedy.ts'

const states = {
  handling: '办理中',
  supplement: '等待补正',
  asking: '征求意见中',
  fee: '等待缴费',
  answered: '已答复',
  lapsed: '不再处理',
  disputed: '复议诉讼中',
  archived: '已归档',
  voided: '登记作废',
} as const

const assigned: Deed = {
  name: 'assigned',
  title: '交办',
  roles: officeRoles,
  fields: [
    { name: 'at', label: '交办之日', type: 'day', optional: true },
    { name: 'unit', label: '承办单位', type: 'unit' },
    { name: 'until', label: '报办理意见的期限', type: 'day', optional: true },
  ],
  fits: isHandled,
  check: (it, given, c) => {
    if (!it) return
    const day = dayAfter(it, given, c, { what: '交办', article: '《条例》第四十五条' })
    if (given.until !== undefined && String(given.until) < day)
      throw new BadInput(`报办理意见的期限${dayText(String(given.until))}早于交办之日：请填交办以后的日期`)
  },
}

const noted: Deed = {
  name: 'noted',
  title: '报进展',
  roles: officeRoles,
  unit: true,
  fields: [
    { name: 'at', label: '日期', type: 'day', optional: true },
    { name: 'text', label: '办理情况', type: 'long' },
    { name: 'ready', label: '办理意见已报齐', type: 'yes', optional: true },
  ],
  fits: isHandled,
  check: (it, given, c) => {
    if (it) dayAfter(it, given, c, { what: '报进展', article: '《条例》第四十五条' })
  },
}

const archived: Deed = {
  name: 'archived',
  title: '归档',
  roles: officeRoles,
  fields: [{ name: 'at', label: '归档之日', type: 'day', optional: true }],
  fits: (it) => !isHandled(it) && !isDisputed(it) && lastOf(it, 'archived', 'voided') === undefined,
  check: (it, given, c) => {
    if (it) dayAfter(it, given, c, { what: '归档', article: '《条例》第四十五条', follows: endOf(it) })
  },
}

/** An entry made in error counts nowhere; its number is not given again. */
const voided: Deed = {
  name: 'voided',
  title: '登记有误，作废',
  roles: officeRoles,
  fields: [{ name: 'why', label: '原因', type: 'text' }],
  fits: (it) => isHandled(it) && !isDisputed(it),
}

const isDisputed = (it: Case): boolean => reviewOpen(it) !== undefined || courtOpen(it) !== undefined

const endState = (it: Case): keyof typeof states => {
  const end = endOf(it)?.kind
  if (end === 'voided') return 'voided'
  if (isDisputed(it)) return 'disputed'
  if (lastOf(it, 'archived', 'review-ended', 'court-ended')?.kind === 'archived') return 'archived'
  return end === 'answered' || end === 'answered-2007' ? 'answered' : 'lapsed'
}

const stateOf = (it: Case, clocks: CaseView['clocks']): keyof typeof states => {
  if (!isHandled(it)) return endState(it)
  if (openOf(it, 'supplement-asked', 'supplemented')) return 'supplement'
  if (openOf(it, 'fee-told', 'paid')) return 'fee'
  if (clocks[0]?.state === 'paused') return 'asking'
  return isDisputed(it) ? 'disputed' : 'handling'
}

/** It is off the desk when it was answered or given up, and again when what was opened about it has ended. */
const closedOn = (it: Case): Day | null => {
  const end = endOf(it)
  if (!end || isDisputed(it)) return null
  const last = lastOf(it, 'review-ended', 'court-ended')
  return dayIn(last && last.at > end.at ? last.at : end.at)
}

/** 财政决算（张某，自然人）: as others may read it. */
const titleOf = (it: Case): string => {
  const opened = eventsOf(it, 'registered')[0]
  const kind = opened?.body.applicant as ApplicantKind
  const name = it.secret['registered.name']
  const who = [name === undefined ? '' : maskedName(name, kind), applicantWords[kind]].filter(Boolean).join('，')
  return `${opened?.body.subject ?? '公开申请'}（${who}）`
}

const view = (it: Case, c: RegisterContext): CaseView => {
  const clocks = clocksOf(it, c)
  return {
    ...{ title: titleOf(it), unit: titled(it).unit, openedOn: receivedOn(it), closedOn: closedOn(it) },
    ...{ state: stateOf(it, clocks), clocks, facts: headOf(it, c, clocks) },
  }
}

/** 依申请公开: from receipt to answer, by the 条例 of the day of receipt, with what may come after it. */
export const application: Register = {
  kind: 'application',
  word: '依申请',
  grain: 'day',
  states,
  opening,
  deeds: [assigned, noted, ...askingDeeds, ...payingDeeds, ...answeringDeeds, ...remedyDeeds, archived, voided],
  view,
}
