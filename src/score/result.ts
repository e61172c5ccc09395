import type { Indicator, Objection, ScoreRules } from '../model/assessment.ts'
import { BadInput } from '../model/problem.ts'
import { pointWords, portion, type Rounded } from './points.ts'
import type { LedgerScore } from './score.ts'

/** What people have given a unit for one indicator. */
export interface Given {
  own: number | null
  given: number | null
  third: number | null
  objection: Objection | null
}

/** What one unit has for one indicator. `result` is null while nobody has given it, or where nothing of it was owed. */
interface IndicatorResult {
  indicator: Indicator
  result: number | null
  /** How it comes to that, in words. */
  how: string
  rounded: boolean
  /** It is none of the unit's marks: nothing was owed. */
  apart: boolean
}

const NOTHING: Given = { own: null, given: null, third: null, objection: null }

/** The office's score and the third party's by their weights; one of them alone where the other gave none. */
const combined = (
  { given, third }: Given,
  { third: weight }: ScoreRules,
): { value: Rounded; how: string } | undefined => {
  if (given === null) return undefined
  if (weight === 0) return { value: { value: given, rounded: false }, how: '主管科室评分' }
  if (third === null) return undefined
  const office = 10_000 - weight
  const value = portion(given * office + third * weight, 1, 10_000)
  const words = `主管科室${pointWords(given)}×${pointWords(office)}%＋第三方${pointWords(third)}×${pointWords(weight)}%`
  return { value, how: words }
}

const byPeople = (indicator: Indicator, given: Given, rules: ScoreRules): IndicatorResult => {
  const answered = given.objection?.answered
  if (answered?.changed && answered.points !== null) {
    const how = `异议后更改为${pointWords(answered.points)}`
    return { indicator, result: answered.points, how, rounded: false, apart: false }
  }
  const made = combined(given, rules)
  if (!made) return { indicator, result: null, how: '还没有评分', rounded: false, apart: false }
  const how = `${made.how}${made.value.rounded ? '，四舍五入到0.01分' : ''}`
  return { indicator, result: made.value.value, how, rounded: made.value.rounded, apart: false }
}

const byRules = (indicator: Indicator, ledger: LedgerScore | undefined, given: Given): IndicatorResult => {
  const answered = given.objection?.answered
  if (answered?.changed && answered.points !== null) {
    const how = `异议后更改为${pointWords(answered.points)}`
    return { indicator, result: answered.points, how, rounded: false, apart: false }
  }
  if (!ledger || ledger.score === null)
    return { indicator, result: null, how: '考核期内没有应计事项，本项不计', rounded: false, apart: true }
  const { value, rounded } = portion(ledger.score, indicator.points, ledger.full)
  const scaled = indicator.points === ledger.full ? '' : `×${pointWords(indicator.points)}÷${pointWords(ledger.full)}`
  const how = `台账得分${pointWords(ledger.score)}${scaled}${rounded ? '，四舍五入到0.01分' : ''}`
  return { indicator, result: value, how, rounded, apart: false }
}

/** A unit's whole result. `total` of `full`, in hundred's terms, and what it contributes to the unit's performance score. */
export interface UnitResult {
  unit: string
  indicators: IndicatorResult[]
  total: number
  full: number
  /** Indicators that still wait for a score; only with none is the result whole. */
  waiting: number
  /** The total as part of 100, null where nothing counts. */
  percent: Rounded | null
  /** Its share of the performance score: null where no share is set, or nothing counts. */
  contributes: Rounded | null
}

/** What a score of 100 gives with a share of the whole: 92.50 at 4.00 % is 3.70. */
export const contribution = (percent: number, share: number): Rounded => portion(percent, share, 10_000)

/** All indicators that are for the unit, summed; what nobody has given yet adds nothing and is told. */
export const unitResult = (
  unit: string,
  indicators: readonly Indicator[],
  rules: ScoreRules,
  of: { ledger: LedgerScore | undefined; given: ReadonlyMap<string, Given> },
): UnitResult => {
  const own = indicators
    .filter(({ units }) => units.length === 0 || units.includes(unit))
    .map((indicator) => {
      const given = of.given.get(indicator.number) ?? NOTHING
      return indicator.by === 'rules' ? byRules(indicator, of.ledger, given) : byPeople(indicator, given, rules)
    })
  const counting = own.filter(({ apart }) => !apart)
  const total = counting.reduce((sum, { result }) => sum + (result ?? 0), 0)
  const full = counting.reduce((sum, { indicator }) => sum + indicator.points, 0)
  const percent = full === 0 ? null : portion(total, 10_000, full)
  return {
    ...{ unit, indicators: own, total, full, percent },
    waiting: counting.filter(({ result }) => result === null).length,
    contributes: percent === null || rules.share === null ? null : contribution(percent.value, rules.share),
  }
}

/** Whether rules can stand as they are. @throws BadInput that says what would be right */
export const checkRules = (rules: ScoreRules): ScoreRules => {
  const refuse = (words: string): never => {
    throw new BadInput(words)
  }
  if (rules.overdue < rules.late)
    refuse(`逾期未报扣${pointWords(rules.overdue)}，不应少于逾期报送扣的${pointWords(rules.late)}：否则不报反而扣得少`)
  if (rules.support > rules.lead)
    refuse(`配合权重${pointWords(rules.support)}%不应高于牵头权重${pointWords(rules.lead)}%`)
  if (rules.share !== null && rules.shareLeast !== null && rules.share < rules.shareLeast)
    refuse(`所占分值权重${pointWords(rules.share)}%低于本机关设定的下限${pointWords(rules.shareLeast)}%`)
  return rules
}
