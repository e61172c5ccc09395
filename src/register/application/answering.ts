import type { Case, CaseEvent, Field } from '../../model/case.ts'
import { results, resultWords } from '../../model/disclosure.ts'
import { answers2014 } from '../../model/disclosure-2014.ts'
import { officeRoles } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import { type Deed, eventsOf, type Given, lastOf, type RegisterContext } from '../register.ts'
import { dayAfter, dayText, isHandled } from './course.ts'
import { cited, isRevised, lawOf } from './law.ts'
import { answerDueBefore, extraDays } from './limits.ts'

/** These two come about by themselves, each by a step of its own. */
const BY_LAPSE: readonly string[] = ['supplement-lapsed', 'fee-lapsed']

const MOVES_LIMIT = [
  ...['supplement-asked', 'supplemented', 'third-asked', 'third-answered', 'others-asked', 'others-answered'],
  ...['extended', 'fee-told', 'paid'],
]

export const deliveries = [
  ['hand', '当面交付（以签收之日为准）'],
  ['post', '邮寄（以交邮之日为准）'],
  ['electronic', '网络、电子邮件'],
  ['fax', '传真'],
  ['else', '其他'],
] as const

const answerFields = (options: Field['options']): Field[] => [
  {
    name: 'at',
    label: '答复之日',
    type: 'day',
    optional: true,
    hint: '当面交付填申请人签收之日，邮寄填交邮之日（国办公开办函〔2016〕235号）',
  },
  { name: 'result', label: '办理结果', type: 'choice', ...(options && { options }) },
  { name: 'number', label: '答复书文号', type: 'text', kept: true, optional: true },
  { name: 'delivery', label: '送达方式', type: 'choice', options: deliveries, optional: true },
  { name: 'reason', label: '理由', type: 'long', optional: true, hint: '写入答复书；只有主管科室看得到' },
]

/** What moved the limit last: an answer of before it would leave a course that never was. */
const latestStep = (it: Case): CaseEvent | undefined =>
  eventsOf(it, ...MOVES_LIMIT).reduce<CaseEvent | undefined>(
    (last, event) => (last && last.at > event.at ? last : event),
    undefined,
  )

const checkAnswer = (it: Case | undefined, given: Given, c: RegisterContext): void => {
  if (!it) return
  const follows = latestStep(it)
  dayAfter(it, given, c, { what: '答复', article: cited(lawOf(it).answer.basis), follows })
  if (given.result === 'still-unclear' && !lastOf(it, 'supplemented'))
    throw new BadInput(
      '还没有登记过补正：《条例》第三十条要求先一次性告知补正，收到补正后仍不明确的才能以“补正后申请内容仍不明确”答复',
    )
}

const answering = (name: string, fits: Deed['fits'], options: Field['options']): Deed => ({
  ...{ name, title: '答复申请人', roles: officeRoles, fields: answerFields(options), check: checkAnswer },
  fits: (it, c) => isHandled(it) && fits(it, c),
})

const extending: Deed = {
  name: 'extended',
  title: '延长答复期限',
  roles: officeRoles,
  fields: [
    { name: 'at', label: '告知申请人之日', type: 'day', optional: true },
    { name: 'by', label: '同意的负责人', type: 'text', hint: '政府信息公开工作机构负责人' },
    { name: 'days', label: '延长的工作日数', type: 'number', optional: true, hint: '不填的按上限' },
    { name: 'why', label: '延长的理由', type: 'long', optional: true },
  ],
  fits: isHandled,
  check: (it, given, c) => {
    if (!it) return
    const article = cited(lawOf(it).answer.basis)
    const before = lastOf(it, 'extended')
    if (before)
      throw new BadInput(`${dayText(before.at)}已经延长过答复期限：${article}只准延长一次，请在现有期限内答复`)
    const day = dayAfter(it, given, c, { what: '延期告知', article })
    const due = answerDueBefore(it, day, c)
    if (due !== undefined && day > due)
      throw new BadInput(
        `答复期限到${dayText(due)}为止，不能在${dayText(day)}延长：${article}要求期限届满以前经负责人同意并告知申请人，请尽快答复`,
      )
    const most = extraDays(it)
    const days = Number(given.days ?? most)
    if (days < 1 || days > most)
      throw new BadInput(`不能延长${days}个工作日：${article}规定延长最长不超过${most}个工作日`)
  },
}

/** Extension and answer; the kinds of answer are those of the form that the rules of the day of receipt go with. */
export const answeringDeeds: readonly Deed[] = [
  extending,
  answering(
    'answered',
    (it) => isRevised(it),
    results.filter(({ id }) => !BY_LAPSE.includes(id)).map((one) => [one.id, resultWords(one)]),
  ),
  answering(
    'answered-2007',
    (it) => !isRevised(it),
    answers2014.map(({ id, words }) => [id, words]),
  ),
]
