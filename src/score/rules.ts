import type { RuleName, ScoreRules } from '../model/assessment.ts'
import { BadInput } from '../model/problem.ts'
import { pointsOf, pointWords } from './points.ts'

/** One rule as an office reads it. `points`: 分; `share`: percent; `days`: workdays; `yes`: 是 or 否. */
interface RuleWord {
  name: RuleName
  word: string
  as: 'points' | 'share' | 'days' | 'yes'
  /** It may be left unset. */
  open?: true
}

/** Every rule in the order in which they are read and edited. */
export const ruleTable: readonly RuleWord[] = [
  { name: 'full', word: '满分', as: 'points' },
  { name: 'onTime', word: '按时报送每项加', as: 'points' },
  { name: 'late', word: '逾期报送每项扣', as: 'points' },
  { name: 'overdue', word: '逾期未报每项扣', as: 'points' },
  { name: 'day', word: '每超过一个工作日再扣', as: 'points' },
  { name: 'daysMost', word: '按天最多扣', as: 'points' },
  { name: 'returned', word: '退回每次扣', as: 'points' },
  { name: 'extended', word: '到期前申请延期每次扣', as: 'points' },
  { name: 'extendedLate', word: '逾期后申请延期每次扣', as: 'points' },
  { name: 'lead', word: '牵头事项权重', as: 'share' },
  { name: 'support', word: '配合事项权重', as: 'share' },
  { name: 'share', word: '占绩效考核的分值权重', as: 'share', open: true },
  { name: 'shareLeast', word: '分值权重不低于', as: 'share', open: true },
  { name: 'third', word: '第三方评估权重', as: 'share' },
  { name: 'objectDays', word: '异议期工作日', as: 'days' },
  { name: 'othersShown', word: '公示后各单位互看', as: 'yes' },
]

/** The value as people read it: 0.50分, 4.00%, 5, 否, 未设. */
export const ruleValueWords = ({ name, as }: RuleWord, rules: ScoreRules): string => {
  const value = rules[name]
  if (value === null) return '未设'
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (as === 'days') return String(value)
  return `${pointWords(value)}${as === 'share' ? '%' : '分'}`
}

const numberOf = ({ word, as }: RuleWord, text: string): number => {
  if (as === 'days') {
    if (!/^\d{1,2}$/.test(text)) throw new BadInput(`“${word}”应是天数，例如 5，而不是“${text}”`)
    return Number(text)
  }
  const value = pointsOf(text)
  if (value === undefined)
    throw new BadInput(`“${word}”应是不小于0、最多两位小数的数，例如 ${as === 'share' ? '4%' : '0.5'}，而不是“${text}”`)
  if (as === 'share' && value > 10_000) throw new BadInput(`“${word}”应在0%到100%之间，而不是“${text}”`)
  return value
}

/** A rule's value out of words. @throws BadInput that says what would be right */
export const ruleValueOf = (rule: RuleWord, text: string): ScoreRules[RuleName] => {
  const said = text.normalize('NFKC').trim()
  if (rule.as === 'yes') {
    if (said !== '是' && said !== '否') throw new BadInput(`“${rule.word}”应是 是 或 否，而不是“${text}”`)
    return said === '是'
  }
  if (said === '未设' || said === '') {
    if (!rule.open) throw new BadInput(`“${rule.word}”不能空着`)
    return null
  }
  return numberOf(rule, said)
}
