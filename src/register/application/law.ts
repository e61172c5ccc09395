import { type DisclosureRules, disclosureRules } from '../../clock/rules/disclosure.ts'
import { feeRules } from '../../clock/rules/fees.ts'
import { ruleOn } from '../../clock/rules/rule.ts'
import type { Case } from '../../model/case.ts'
import { dayIn } from '../../model/clock.ts'
import type { Day } from '../../model/deadline.ts'
import { eventsOf } from '../register.ts'

/** The day of receipt, from which the rules and the first limit follow. */
export const receivedOn = (it: Case): Day => dayIn(eventsOf(it, 'registered')[0]?.at ?? '')

/** The 条例 that an application goes by to its end: as it stood on the day of receipt. */
export const lawOf = (it: Case): DisclosureRules => ruleOn(disclosureRules, receivedOn(it))

/** Has that 条例 the limits of 2019 (一次性告知补正, 视为放弃, 征求意见的期限)? */
export const isRevised = (it: Case): boolean => lawOf(it).supplement.givenUp !== undefined

/** The rules of fees as they stood on a day. @throws BadInput where there were none yet */
export const feesOn = (day: Day) => ruleOn(feeRules, day)

/** 政府信息公开条例（2019年修订）第三十三条第二款 */
export const cited = ({ law, article }: { law: string; article: string }): string => `${law}${article}`
