import { transition } from '../../clock/rules/disclosure.ts'
import type { Case, CaseEvent, CaseView } from '../../model/case.ts'
import { type Clock, dayIn } from '../../model/clock.ts'
import {
  type ApplicantKind,
  applicantWords,
  outcomeWords,
  remedyWords,
  results,
  resultWords,
} from '../../model/disclosure.ts'
import { answers2014 } from '../../model/disclosure-2014.ts'
import { eventsOf, lastOf, type RegisterContext } from '../register.ts'
import { deliveries } from './answering.ts'
import { isLateNotice, noticeDue } from './clocks.ts'
import { dayText, endOf, isHandled } from './course.ts'
import { applicationFigures } from './figures.ts'
import { isRevised, lawOf } from './law.ts'
import { channels, forms } from './opening.ts'
import { opinionsOf } from './opinions.ts'
import { feeTold } from './paying.ts'

type Facts = CaseView['facts']

const wordOf = (options: readonly (readonly [string, string])[], id: unknown): string =>
  options.find(([value]) => value === id)?.[1] ?? ''

/** 不予公开·属于国家秘密, in the words of the form that its rules go with. */
export const resultText = (id: string): string => {
  const row = results.find((one) => one.id === id)
  return row ? resultWords(row) : (answers2014.find((one) => one.id === id)?.words ?? '')
}

const opened = ({ body }: CaseEvent, it: Case): Facts => [
  ['申请人类别', applicantWords[body.applicant as ApplicantKind]],
  ['收到渠道', wordOf(channels, body.channel)],
  ...(typeof body.form === 'string' ? [['提供形式', wordOf(forms, body.form)] as [string, string]] : []),
  ['适用', isRevised(it) ? lawOf(it).law : `${lawOf(it).law}（${transition}）`],
]

/** Until when 补正 may still be asked for, or what became of a notice that was too late. */
const supplement = (it: Case, c: RegisterContext): Facts => {
  const due = noticeDue(it, c.calendar)
  const asked = lastOf(it, 'supplement-asked')
  if (due === undefined) return []
  if (asked)
    return isLateNotice(it, c.calendar)
      ? [['注意', `补正告知晚于${dayText(due)}（第三十条，7个工作日），答复期限仍自收到申请之日起算，没有重新计算`]]
      : []
  return isHandled(it) && c.today <= due ? [['需要补正的', `${dayText(due)}以前一次性告知（第三十条，7个工作日）`]] : []
}

const opinionWords: Record<string, string> = { consent: '同意公开', refusal: '不同意公开', silence: '逾期未提出意见' }

const opinions = (it: Case): Facts =>
  (['third', 'others'] as const).flatMap((who) =>
    opinionsOf(it, who).map(({ asked, answered }): [string, string] => [
      who === 'third' ? '第三方意见' : `${asked.body.organs}的意见`,
      answered ? (opinionWords[String(answered.body.opinion)] ?? '') : `${dayText(dayIn(asked.at))}发出，未答复`,
    ]),
  )

const fee = (it: Case): Facts => {
  const told = lastOf(it, 'fee-told')
  if (!told) return []
  const paid = lastOf(it, 'paid')
  return [['信息处理费', `${feeTold(told)}元${paid ? `，${dayText(dayIn(paid.at))}已缴` : '，未缴'}`]]
}

/** How late the answer was, by the limit that ended with it. */
const lateness = (it: Case, clock: Clock | undefined, c: RegisterContext): string => {
  const end = endOf(it)
  const due = clock?.steps[clock.steps.length - 1]?.due
  if (!end || due === undefined || dayIn(end.at) <= due) return ''
  return `，逾期${c.calendar.workdaysBetween(dayIn(due), dayIn(end.at))}个工作日`
}

const answer = (it: Case, clock: Clock | undefined, c: RegisterContext): Facts => {
  const end = endOf(it)
  const figures = applicationFigures(it)
  if (!end || !figures?.ended) return []
  const { result } = figures.ended
  const unasked = result === 'third-party' && !lastOf(it, 'third-asked')
  return [
    ['办理结果', `${resultText(result)}（${dayText(dayIn(end.at))}${lateness(it, clock, c)}）`],
    ...(typeof end.body.number === 'string' ? [['答复书文号', end.body.number] as [string, string]] : []),
    ...(end.body.delivery ? [['送达方式', wordOf(deliveries, end.body.delivery)] as [string, string]] : []),
    ...(unasked ? [['注意', '没有登记书面征求第三方意见（第三十二条）'] as [string, string]] : []),
  ]
}

const remedies = (it: Case): Facts =>
  (applicationFigures(it)?.remedies ?? []).map(({ remedy, filed, outcome }) => [
    remedyWords[remedy],
    `${outcomeWords[outcome]}（${dayText(filed)}起）`,
  ])

/** What stands in the head of an application: nobody's data. */
export const headOf = (it: Case, c: RegisterContext, clocks: readonly Clock[]): Facts => {
  const first = eventsOf(it, 'registered')[0]
  if (!first) return []
  return [
    ...opened(first, it),
    ...supplement(it, c),
    ...opinions(it),
    ...fee(it),
    ...answer(it, clocks[0], c),
    ...remedies(it),
  ]
}
