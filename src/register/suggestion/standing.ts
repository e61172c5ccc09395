import { ruleOn } from '../../clock/rules/rule.ts'
import { deputyRules, proposalRules } from '../../clock/rules/suggestions.ts'
import type { Case } from '../../model/case.ts'
import { dayIn } from '../../model/clock.ts'
import type { Day } from '../../model/deadline.ts'
import { eventsOf, lastOf } from '../register.ts'

export const sources = [
  ['deputy', '人大代表建议'],
  ['proposal', '政协提案'],
] as const

export const results = [
  ['solved', '已经解决或采纳'],
  ['planned', '列入计划解决'],
  ['kept', '暂难解决，留作参考'],
] as const

export const reasons = [
  ['secret', '涉及国家秘密、工作秘密'],
  ['private', '涉及商业秘密、个人隐私'],
  ['stability', '可能危及国家安全、公共安全、经济安全、社会稳定'],
  ['internal', '内部事务、过程性信息'],
  ['asked', '代表、委员要求不公开'],
] as const

export const satisfactions = [
  ['yes', '满意'],
  ['mostly', '基本满意'],
  ['no', '不满意'],
] as const

type Options = readonly (readonly [string, string])[]
export const wordOf = (options: Options, value: unknown): string => options.find(([code]) => code === value)?.[1] ?? ''

export const isDeputy = (it: Case): boolean => it.events[0]?.body.source === 'deputy'
export const givenOn = (it: Case): Day => dayIn(it.events[0]?.at ?? '')
/** The rules of the day of handing over. */
export const rulesOf = (it: Case) => ruleOn(isDeputy(it) ? deputyRules : proposalRules, givenOn(it))
export const isHard = (it: Case): boolean => it.events[0]?.body.hard === true || lastOf(it, 'regraded') !== undefined
export const isOpen = (it: Case): boolean => lastOf(it, 'finished', 'cancelled') === undefined
/** The reply stands: it was not sent back since. */
export const isReplied = (it: Case): boolean => lastOf(it, 'replied', 'returned-anew')?.kind === 'replied'

/** Where the reply was published, or nothing. */
export const linkOf = (it: Case): string => {
  const event = eventsOf(it, 'replied', 'linked').filter(({ body }) => typeof body.link === 'string')
  return String(event[event.length - 1]?.body.link ?? '')
}
