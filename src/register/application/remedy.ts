import { reviewRules } from '../../clock/rules/remedies.ts'
import { ruleOn } from '../../clock/rules/rule.ts'
import type { Case, CaseEvent, Field } from '../../model/case.ts'
import type { Day } from '../../model/deadline.ts'
import { outcomeWords } from '../../model/disclosure.ts'
import { officeRoles } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import { type Deed, lastOf } from '../register.ts'
import { dayAfter, dayGiven, openOf } from './course.ts'
import { cited } from './law.ts'

const COURT = '行政诉讼法'

/** The law as it stood on the day: of review it was written anew in 2023. */
const onReview =
  (limit: 'apply' | 'decide') =>
  (day: Day): string =>
    cited(ruleOn(reviewRules, day)[limit].basis)

export const reviewOpen = (it: Case): CaseEvent | undefined => openOf(it, 'review-opened', 'review-ended')
export const courtOpen = (it: Case): CaseEvent | undefined => openOf(it, 'court-opened', 'court-ended')

const number: Field = { name: 'number', label: '案号', type: 'text', kept: true, optional: true }
const outcome: Field = {
  ...{ name: 'outcome', label: '结果', type: 'choice' },
  options: (['upheld', 'corrected', 'other'] as const).map((id) => [id, outcomeWords[id]]),
}
const at = (label: string): Field => ({ name: 'at', label, type: 'day', optional: true })

const opening = (
  name: string,
  title: string,
  { article, fits, more = [] }: { article: (day: Day) => string; fits: Deed['fits']; more?: Field[] },
): Deed => ({
  ...{ name, title, roles: officeRoles, fields: [at('收到通知之日'), ...more, number], fits },
  check: (it, given, c) => {
    if (!it) return
    dayAfter(it, given, c, { what: title, article: article(dayGiven(given, c)) })
    if (given.remedy === 'after-review' && !lastOf(it, 'review-ended'))
      throw new BadInput(
        `没有登记过复议结果：“复议后起诉”是不服复议决定的（${COURT}第四十五条），请先登记复议，或选“未经复议直接起诉”`,
      )
  },
})

const ending = (
  name: string,
  title: string,
  { article, opened, fits }: { article: (day: Day) => string; opened: string; fits: Deed['fits'] },
): Deed => ({
  ...{ name, title, roles: officeRoles, fields: [at('收到结果之日'), outcome], fits },
  check: (it, given, c) => {
    if (it) dayAfter(it, given, c, { what: title, article: article(dayGiven(given, c)), follows: lastOf(it, opened) })
  },
})

/** 行政复议 and 行政诉讼, as Table 4 counts them; both may also be about an answer that never came. */
export const remedyDeeds: readonly Deed[] = [
  opening('review-opened', '行政复议', { article: onReview('apply'), fits: (it) => !isVoid(it) && !reviewOpen(it) }),
  ending('review-ended', '复议结果', {
    ...{ article: onReview('decide'), opened: 'review-opened', fits: (it) => reviewOpen(it) !== undefined },
  }),
  opening('court-opened', '行政诉讼', {
    article: () => `${COURT}第四十五条、第四十六条`,
    fits: (it) => !isVoid(it) && !courtOpen(it),
    more: [
      {
        name: 'remedy',
        label: '起诉方式',
        type: 'choice',
        options: [
          ['direct', '未经复议直接起诉'],
          ['after-review', '复议后起诉'],
        ],
      },
    ],
  }),
  ending('court-ended', '诉讼结果', {
    ...{ article: () => COURT, opened: 'court-opened', fits: (it) => courtOpen(it) !== undefined },
  }),
]

const isVoid = (it: Case): boolean => lastOf(it, 'voided') !== undefined
