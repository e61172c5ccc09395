import type { CaseEvent } from '../../model/case.ts'
import { officeRoles } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import { type Deed, lastOf } from '../register.ts'
import { dayAfter, dayText, isHandled, openOf } from './course.ts'
import { type FeeBasis, feeOf } from './fee.ts'
import { feesOn, isRevised } from './law.ts'
import { answerDueBefore, payDue } from './limits.ts'

const FEE = '国办函〔2020〕109号'

/** The fee that a notice has told, in yuan. */
export const feeTold = ({ body }: CaseEvent): number =>
  feeOf({ by: body.by as FeeBasis, count: Number(body.count), charged: Number(body.charged ?? 0) })

/** The fee for what is clearly too much: told within the limit to answer, paid within 20 workdays or given up. */
export const payingDeeds: readonly Deed[] = [
  {
    name: 'fee-told',
    title: '告知收费',
    roles: officeRoles,
    fields: [
      { name: 'at', label: '收费通知送达之日', type: 'day', optional: true },
      {
        name: 'by',
        label: '计费方式',
        type: 'choice',
        options: [
          ['items', '按件（同一申请人当月累计件数）'],
          ['pages', '按量（本件页数）'],
        ],
        hint: '两种方式只能用一种（国办函〔2020〕109号）',
      },
      { name: 'count', label: '件数或页数', type: 'number', hint: '按件的填当月累计件数，含本件；按量的填本件页数' },
      {
        name: 'charged',
        label: '其中已计费的件数',
        type: 'number',
        optional: true,
        hint: '只用于按件：当月以前的通知已经计过的件数',
      },
    ],
    fits: (it) => isHandled(it) && isRevised(it) && lastOf(it, 'fee-told') === undefined,
    check: (it, given, c) => {
      if (!it) return
      const day = dayAfter(it, given, c, { what: '收费通知', article: FEE })
      feesOn(day)
      const due = answerDueBefore(it, day, c)
      if (due !== undefined && day > due)
        throw new BadInput(`答复期限到${dayText(due)}为止：收费通知应在处理期限内送达（${FEE}），逾期不能再收费`)
      const told = { by: given.by as FeeBasis, count: Number(given.count), charged: Number(given.charged ?? 0) }
      if (told.by === 'pages' && told.charged > 0)
        throw new BadInput(`按量计费不扣除件数：按件、按量只能用一种（${FEE}），“其中已计费的件数”请留空`)
      if (told.charged > told.count)
        throw new BadInput(`已计费${told.charged}件多于累计${told.count}件：件数应含以前已计费的（${FEE}）`)
      if (feeOf(told) === 0)
        throw new BadInput(
          told.by === 'pages'
            ? `${told.count}页不收费：${FEE}规定30页以下（含30页）不收费，第31页起才收`
            : `累计${told.count}件没有应收的费用：${FEE}规定同一申请人一个月内10件以下（含10件）不收费，第11件起才收`,
        )
    },
  },
  {
    name: 'paid',
    title: '已缴费',
    roles: officeRoles,
    fields: [{ name: 'at', label: '缴费之日', type: 'day', optional: true }],
    fits: (it) => isHandled(it) && openOf(it, 'fee-told', 'paid') !== undefined,
    check: (it, given, c) => {
      if (it) dayAfter(it, given, c, { what: '缴费', article: FEE, follows: lastOf(it, 'fee-told') })
    },
  },
  {
    name: 'fee-lapsed',
    title: '逾期不缴费，不再处理',
    roles: officeRoles,
    fields: [{ name: 'at', label: '决定不再处理之日', type: 'day', optional: true }],
    fits: (it) => isHandled(it) && openOf(it, 'fee-told', 'paid') !== undefined,
    check: (it, given, c) => {
      if (!it) return
      const day = dayAfter(it, given, c, { what: '不再处理', article: FEE })
      const due = payDue(it, c.calendar)
      if (due !== undefined && day <= due)
        throw new BadInput(
          `缴费期限到${dayText(due)}为止：${FEE}规定自收到通知次日起20个工作日内缴费，逾期未缴的才视为放弃申请，最早${dayText(due)}的次日登记`,
        )
    },
  },
]
