import type { ScoreRules } from '../model/assessment.ts'
import { BadInput } from '../model/problem.ts'
import { ruleTable, ruleValueOf, ruleValueWords } from '../score/rules.ts'

/** “late=0.5” or “逾期报送每项扣=0.5” → the rules that change. @throws BadInput with what there is */
export const rulesSaid = (said: readonly string[]): Partial<ScoreRules> =>
  Object.fromEntries(
    said.map((one) => {
      const [name = '', value, ...more] = one.split('=')
      const rule = ruleTable.find((known) => known.name === name || known.word === name)
      if (!rule || value === undefined || more.length > 0)
        throw new BadInput(
          `“${one}”应写成 规则=数，例如 late=0.5；规则有：${ruleTable.map((known) => known.name).join('、')}`,
        )
      return [rule.name, ruleValueOf(rule, value)]
    }),
  )

export const ruleLines = (rules: ScoreRules): string[] =>
  ruleTable.map((rule) => `${rule.name.padEnd(13)}${ruleValueWords(rule, rules).padEnd(9)} ${rule.word}`)
