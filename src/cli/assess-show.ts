import { type Assessed, assessed } from '../../commands/assessed.ts'
import type { AssessmentRow } from '../../db/queries/scores.ts'
import { machineContext } from '../flow/compose.ts'
import { assessedWords } from '../model/assessment.ts'
import { pointWords } from '../score/points.ts'
import { ruleWords, type ScoreLine } from '../score/score.ts'
import type { Runtime } from './runtime.ts'

/** +0.00 → “0.00”, -50 → “-0.50”, 100 → “+1.00”. */
const signed = (points: number): string => `${points > 0 ? '+' : ''}${pointWords(points)}`

const lineWords = ({ rule, points, why, code, round }: ScoreLine): string =>
  ['  ', signed(points).padStart(8), [code, round].filter(Boolean).join(' '), ruleWords[rule], why]
    .filter(Boolean)
    .join('  ')

const totalWords = ({ result }: Assessed): string => {
  if (result.percent === null) return '没有应计事项'
  const share = result.contributes === null ? '' : `，计入绩效${pointWords(result.contributes.value)}分`
  const waits = result.waiting > 0 ? `，还有${result.waiting}项没有评分` : ''
  return `${pointWords(result.total)}／${pointWords(result.full)}，折合${pointWords(result.percent.value)}${share}${waits}`
}

const unitLines = (one: Assessed): string[] => [
  ...one.result.indicators.map(
    ({ indicator, result, how }) =>
      `  ${indicator.number} ${indicator.name}（${pointWords(indicator.points)}）：${result === null ? '—' : pointWords(result)}  ${how}`,
  ),
  ...(one.ledger
    ? [`  台账计分，计${one.ledger.counted}项，不计${one.ledger.left.length}项：`, ...one.ledger.lines.map(lineWords)]
    : []),
  ...(one.ledger?.left ?? []).map(({ code, round, why }) => `            ${code} ${round}  ${why}`),
]

/** A table of units, or one unit line by line. */
export const showAssessment = async ({ deps }: Runtime, row: AssessmentRow, units?: string[]): Promise<string[]> => {
  const c = machineContext(deps, await deps.cache(deps.store))
  const names = new Map(c.office.units.map(({ id, name }) => [id, name]))
  const all = await assessed(c, row, units)
  return [
    `${row.title}  ${assessedWords[row.state]}  ${row.from}至${row.to}${row.objectBy ? `  异议期到${row.objectBy}` : ''}`,
    ...all.flatMap((one) => [
      `${names.get(one.result.unit) ?? one.result.unit}  ${totalWords(one)}`,
      ...(units ? unitLines(one) : []),
    ]),
  ]
}
