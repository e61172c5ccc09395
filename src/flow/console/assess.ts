import { type Assessed, assessed, asUnitSees } from '../../../commands/assessed.ts'
import {
  objected,
  objectionAnswered,
  officeScored,
  type Place,
  type Scored,
  selfScored,
} from '../../../commands/scoring.ts'
import { type AssessmentRow, assessmentOf, assessments, scoresOf } from '../../../db/queries/scores.ts'
import type { ScoreRules } from '../../model/assessment.ts'
import { type Actor, isOffice, readsAll } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import type { IndicatorLine } from '../../plan/indicators.ts'
import {
  changeRules,
  closeAssessment,
  importAssessment,
  openAssessment,
  refuseMarked,
  storeScored,
  tellAssessment,
} from '../assess/deeds.ts'
import { onRoster, unknownWords } from '../assess/table.ts'
import type { Deps } from '../deps.ts'
import { contextFor } from './context.ts'
import type { Done } from './plans/deeds.ts'
import { sessionStamp } from './sign-in.ts'

/** 考核 as the console shows it: the office and leaders all units, a unit its own. */

const headOf = ({ id, title, state, from, to, objectBy, version }: AssessmentRow) => ({
  ...{ id, title, state, from, to, objectBy, version },
})

/** A draft is the office's own. */
const sees = (actor: Actor, row: AssessmentRow): boolean => row.state !== 'draft' || isOffice(actor)

const isTold = ({ state }: AssessmentRow): boolean => state === 'told' || state === 'closed'

/** Assessments that somebody may see, the newest first. */
export const assessmentList = async (deps: Deps, actor: Actor) => ({
  rows: (await assessments(deps.store)).filter((row) => sees(actor, row)).map(headOf),
  reads: deps.readIndicators !== undefined,
})

const rowFor = async (deps: Deps, actor: Actor, id: string): Promise<AssessmentRow | undefined> => {
  const row = await assessmentOf(deps.store, id)
  return row && sees(actor, row) ? row : undefined
}

const totalOf = (names: ReadonlyMap<string, string>, { result, rows }: Assessed, open: boolean) => ({
  ...{ unit: result.unit, name: names.get(result.unit) ?? result.unit, full: result.full, waiting: result.waiting },
  total: result.percent === null ? null : result.total,
  // A part is no result: what still waits for a score would read as lost.
  percent: result.waiting > 0 ? null : (result.percent?.value ?? null),
  contributes: result.waiting > 0 ? null : (result.contributes?.value ?? null),
  open,
  objections: open ? rows.filter(({ objection }) => objection && !objection.answered).length : 0,
})

/** Units that somebody reads totals of: all, or one's own; others' once they are told and where the office lets units read them. */
const readableBy = (actor: Actor, row: AssessmentRow): readonly string[] | undefined =>
  readsAll(actor) || (isTold(row) && row.rules.othersShown) ? undefined : actor.units

/** One assessment with a table of the units that whoever asks may see; undefined where there is none for them. */
export const assessmentPage = async (deps: Deps, actor: Actor, id: string) => {
  const row = await rowFor(deps, actor, id)
  if (!row) return undefined
  const c = await contextFor(deps, actor)
  const names = new Map(c.office.units.map((unit) => [unit.id, unit.name]))
  const all = await assessed(c, row, readableBy(actor, row))
  return {
    ...headOf(row),
    rules: row.rules,
    indicators: row.indicators.map(({ units, ...one }) => ({
      ...one,
      units: units.map((unit) => names.get(unit) ?? unit),
    })),
    units: all.map((one) => {
      const own = readsAll(actor) || actor.units.includes(one.result.unit)
      return totalOf(names, readsAll(actor) ? one : asUnitSees(row, one), own)
    }),
    office: isOffice(actor),
  }
}

const indicatorsOf = ({ result, rows }: Assessed) =>
  result.indicators.map(({ indicator: { units: _, ...indicator }, result: points, how, apart }) => {
    const given = rows.find((one) => one.indicator === indicator.number)
    const { objection } = given ?? {}
    return {
      ...indicator,
      ...{ result: points, how, apart, version: given?.version ?? 0 },
      ...{ own: given?.own ?? null, proof: given?.proof ?? '', given: given?.given ?? null },
      ...{ third: given?.third ?? null, reason: given?.reason ?? '' },
      objection: objection
        ? {
            ...{ on: objection.on, text: objection.text, answer: objection.answered?.text ?? null },
            changed: objection.answered?.changed ?? false,
          }
        : null,
    }
  })

/** Who answers for a unit at the console, or in its place. */
const speaksFor = (actor: Actor, unit: string): boolean =>
  isOffice(actor) || ((actor.role === 'liaison' || actor.role === 'head') && actor.units.includes(unit))

/** A unit's points line by line: its own people, leaders and the office; undefined for everybody else. */
export const unitScore = async (deps: Deps, actor: Actor, id: string, unit: string) => {
  const row = await rowFor(deps, actor, id)
  if (!row || !(readsAll(actor) || actor.units.includes(unit))) return undefined
  const c = await contextFor(deps, actor)
  const [found] = await assessed(c, row, [unit])
  if (!found) return undefined
  const one = readsAll(actor) ? found : asUnitSees(row, found)
  const { ledger } = one
  const own = speaksFor(actor, unit)
  const open = row.state === 'open'
  return {
    assessment: headOf(row),
    total: totalOf(new Map(c.office.units.map((each) => [each.id, each.name])), one, true),
    indicators: indicatorsOf(one),
    ledger: ledger
      ? {
          ...{ score: ledger.score, full: ledger.full, counted: ledger.counted },
          lines: ledger.lines.map(({ seq: _, rounded: __, ...line }) => line),
          left: ledger.left.map(({ duty, code, round, why }) => ({ duty, code, round, why })),
        }
      : null,
    may: {
      self: open && own,
      office: isOffice(actor) && (open || row.state === 'told'),
      third: isOffice(actor) && open && row.rules.third > 0,
      object: own && row.state === 'told' && (row.objectBy === null || c.today <= row.objectBy),
    },
  }
}

/** A file's table of indicators on this roster; nothing is stored. @throws BadInput where it is none, or does not add up */
export const readTable = async (deps: Deps, bytes: Uint8Array, name: string) => {
  if (!deps.readIndicators) throw new BadInput('这里读不了文件：请在命令行导入 duban assess import 文件')
  refuseMarked(name)
  const lines = await deps.readIndicators(bytes, name)
  const { registry } = await deps.cache(deps.store)
  const { unknown } = onRoster(lines, registry)
  return { lines, unknown, sum: lines.reduce((sum, { points }) => sum + points, 0) }
}

const LEDGER_ALONE: IndicatorLine = {
  ...{ line: 1, number: '1', theme: '', name: '督办事项办理情况', points: 10_000, units: '', by: 'rules' },
  standard: '按台账和评分规则计分',
}

/** Stores the table that was looked at as a draft. @throws BadInput where a name is still not told */
export const importTable = async (
  deps: Deps,
  person: string,
  asked: {
    title: string
    from: string
    to: string
    lines?: IndicatorLine[] | undefined
    means: Record<string, string>
  },
): Promise<{ id: string }> => {
  const { registry } = await deps.cache(deps.store)
  const { lines = [LEDGER_ALONE], means, title, from, to } = asked
  const numbers = lines.map(({ number }) => number)
  const twice = numbers.find((number, i) => numbers.indexOf(number) !== i)
  if (twice !== undefined) throw new BadInput(`编号“${twice}”重复：请改正后再导入`)
  const { indicators, unknown } = onRoster(lines, registry, { means })
  if (unknown.length > 0) throw new BadInput(`${unknown.map(unknownWords).join('；')}。请先选定是哪个单位`)
  return importAssessment(deps, { title, from, to, indicators }, sessionStamp(deps, person))
}

/** The row as it was looked at, or what stands there now. @throws BadInput where there is none */
const seen = async (
  deps: Deps,
  actor: Actor,
  id: string,
  version: number,
): Promise<{ row: AssessmentRow } | { stale: unknown } | undefined> => {
  const row = await rowFor(deps, actor, id)
  if (!row) return undefined
  return row.version === version ? { row } : { stale: headOf(row) }
}

const steps = { open: openAssessment, tell: tellAssessment, close: closeAssessment }

/** The next step of an assessment's life. @throws BadInput, conflict */
export const stepAssessment = async (
  deps: Deps,
  actor: Actor,
  id: string,
  { version, step }: { version: number; step: keyof typeof steps },
): Promise<Done<null> | undefined> => {
  const at = await seen(deps, actor, id, version)
  if (!at || 'stale' in at) return at
  await steps[step](deps, at.row, sessionStamp(deps, actor.id))
  return { done: null }
}

/** @throws BadInput, conflict */
export const setRules = async (
  deps: Deps,
  actor: Actor,
  id: string,
  { version, rules }: { version: number; rules: ScoreRules },
): Promise<Done<null> | undefined> => {
  const at = await seen(deps, actor, id, version)
  if (!at || 'stale' in at) return at
  await changeRules(deps, at.row, rules, sessionStamp(deps, actor.id))
  return { done: null }
}

interface Deed {
  unit: string
  indicator: string
  version: number
  deed: 'self' | 'office' | 'third' | 'object' | 'answer'
  points: number | null
  text: string
}

const needed = (points: number | null): number => {
  if (points === null) throw new BadInput('请填写分数，例如 4.5')
  return points
}

const decided = (place: Place, { deed, points, text }: Deed): Scored => {
  if (deed === 'self') return selfScored(place, { points: needed(points), proof: text })
  if (deed === 'object') return objected(place, text)
  if (deed === 'answer') return objectionAnswered(place, { points, text })
  return officeScored(place, { points: needed(points), reason: text, third: deed === 'third' })
}

/** One score, objection or answer. Undefined where it is not theirs to give. @throws BadInput, conflict */
export const giveScore = async (deps: Deps, actor: Actor, id: string, asked: Deed): Promise<Done<null> | undefined> => {
  const row = await rowFor(deps, actor, id)
  const units = asked.deed === 'self' || asked.deed === 'object' ? speaksFor(actor, asked.unit) : isOffice(actor)
  if (!row || !units) return undefined
  const c = await contextFor(deps, actor)
  const unit = c.office.units.find((one) => one.id === asked.unit)
  if (!unit) return undefined
  const was = (await scoresOf(deps.store, id, [asked.unit])).find((one) => one.indicator === asked.indicator)
  if ((was?.version ?? 0) !== asked.version) return { stale: await unitScore(deps, actor, id, asked.unit) }
  const place = { row, unit: unit.id, unitName: unit.name, indicator: asked.indicator, was, today: c.today }
  await storeScored(deps, decided(place, asked), sessionStamp(deps, actor.id))
  return { done: null }
}
