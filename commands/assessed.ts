import type { OfficeView } from '../db/queries/office.ts'
import { type AssessmentRow, type ScoreRow, scoredDuties, scoresOf, toldAt } from '../db/queries/scores.ts'
import type { Reader } from '../db/store.ts'
import type { ScoreRules } from '../src/model/assessment.ts'
import type { Day } from '../src/model/deadline.ts'
import { type UnitResult, unitResult } from '../src/score/result.ts'
import { type LedgerScore, ledgerScores } from '../src/score/score.ts'
import type { Calendar } from '../src/time/calendar.ts'
import { withPredecessors } from '../src/unit/succession.ts'

/** What reading points takes of the office. */
interface Looking {
  db: Reader
  office: OfficeView
  calendar: Calendar
  zone: string
  now: Date
}

interface Span {
  from: Day
  to: Day
}

/** What the ledger gives units (all where none are named) for a span by the rules, as of a moment. */
export const ledgerOf = async (
  { db, office, calendar, zone }: Looking,
  { from, to }: Span,
  rules: ScoreRules,
  now: Date,
  units?: readonly string[],
): Promise<Map<string, LedgerScore>> => {
  const asked = units && withPredecessors(office.units, [...units])
  return ledgerScores(await scoredDuties(db, { from, to, units: asked }), rules, { from, to, now, zone, calendar })
}

/** One unit in an assessment: its result, what the ledger says, and what people gave. */
export interface Assessed {
  result: UnitResult
  ledger: LedgerScore | undefined
  rows: ScoreRow[]
}

/** Units that are assessed: those that are and are no class, in the roster's order, narrowed to those asked for. */
const unitsIn = ({ office }: Looking, row: AssessmentRow, asked: readonly string[] | undefined): string[] =>
  office.units
    .filter(({ id, kind, succession }) => kind === 'unit' && !succession && (asked?.includes(id) ?? true))
    .filter(({ id }) => row.indicators.some(({ units }) => units.length === 0 || units.includes(id)))
    .map(({ id }) => id)

/** The moment that the ledger is read up to: now, and the one of telling once the result was told. */
const momentOf = async ({ db, now }: Pick<Looking, 'db' | 'now'>, row: AssessmentRow): Promise<Date> =>
  row.state === 'told' || row.state === 'closed' ? ((await toldAt(db, row.id)) ?? now) : now

/** How units stand in an assessment; with one query for all their duties and one for what people gave. */
export const assessed = async (c: Looking, row: AssessmentRow, asked?: readonly string[]): Promise<Assessed[]> => {
  const units = unitsIn(c, row, asked)
  const byLedger = row.indicators.some(({ by }) => by === 'rules')
  const ledger = byLedger ? await ledgerOf(c, row, row.rules, await momentOf(c, row), asked && units) : new Map()
  const rows = await scoresOf(c.db, row.id, asked && units)
  const byUnit = new Map<string, ScoreRow[]>()
  for (const one of rows) byUnit.set(one.unit, [...(byUnit.get(one.unit) ?? []), one])
  return units.map((unit) => {
    const own = byUnit.get(unit) ?? []
    const given = new Map(own.map((one) => [one.indicator, one]))
    const score = ledger.get(unit)
    return { result: unitResult(unit, row.indicators, row.rules, { ledger: score, given }), ledger: score, rows: own }
  })
}

/**
 * The same as the unit itself may see it: before the result is told, what people gave is the office's own, and no total is
 * told that it is part of.
 */
export const asUnitSees = (row: AssessmentRow, one: Assessed): Assessed => {
  if (row.state === 'told' || row.state === 'closed') return one
  const indicators = one.result.indicators.map((own) =>
    own.indicator.by === 'people' ? { ...own, result: null, how: '公示后告知', rounded: false } : own,
  )
  const waiting = indicators.filter(({ result, apart }) => result === null && !apart).length
  const known = waiting === 0 ? {} : { total: 0, percent: null, contributes: null }
  return {
    ...one,
    result: { ...one.result, indicators, waiting, ...known },
    rows: one.rows.map((given) => ({ ...given, given: null, third: null, reason: '' })),
  }
}
