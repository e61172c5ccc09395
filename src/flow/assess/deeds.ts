import { assessed } from '../../../commands/assessed.ts'
import type { Scored } from '../../../commands/scoring.ts'
import { guard } from '../../../db/guard.ts'
import {
  type AssessmentRow,
  assessmentOf,
  assessments,
  type ScoreRow,
  scoresOf,
  scoresStand,
} from '../../../db/queries/scores.ts'
import type { Query, Write } from '../../../db/store.ts'
import { type GivenBy, Indicator, ScoreRules, usualRules } from '../../model/assessment.ts'
import type { Day } from '../../model/deadline.ts'
import type { Body, Json } from '../../model/fact.ts'
import { BadInput } from '../../model/problem.ts'
import { checkRules } from '../../score/result.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import type { Stamp } from '../ledger.ts'
import { machineContext } from '../machine.ts'
import { whyNotTaken } from '../secrecy.ts'
import { born, happens } from '../subjects.ts'

/** An assessment's own life: imported, ruled, opened, told, closed. Each step is a fact. */

/** What people type is refused by the same marks as everything else. @throws BadInput */
export const refuseMarked = (...texts: readonly string[]): void => {
  if (texts.some((text) => whyNotTaken(text))) throw new BadInput('这里带有密级标志：涉密内容不能放到这里，没有保存')
}

/** @throws BadInput where there is none */
export const theAssessment = async (deps: Deps, id: string): Promise<AssessmentRow> => {
  const row = await assessmentOf(deps.store, id)
  if (!row) throw new BadInput('没有这次考核')
  return row
}

interface NewAssessment {
  title: string
  from: Day
  to: Day
  indicators: readonly Indicator[]
  rules?: Partial<ScoreRules>
}

/** Stores a draft of an assessment with its table, whole or not at all. @throws BadInput, conflict where the title is taken meanwhile */
export const importAssessment = async (deps: Deps, made: NewAssessment, stamp: Stamp): Promise<{ id: string }> => {
  const { title, from, to } = made
  if (title.trim() === '') throw new BadInput('请给这次考核一个名称，例如 --title 2017年政务公开考核')
  if (from > to) throw new BadInput(`考核期的开始${from}不应晚于结束${to}`)
  refuseMarked(title, ...made.indicators.flatMap(({ name, theme, standard }) => [name, theme, standard]))
  if ((await assessments(deps.store)).some((one) => one.title === title))
    throw new BadInput(`已经有“${title}”这次考核：请换一个名称`)
  const read = Indicator.array().min(1).max(500).safeParse(made.indicators)
  if (!read.success) throw new BadInput('指标表不对：每项指标要有编号、名称和大于0的分值，名称不超过500字')
  const rules = checkRules(ScoreRules.parse({ ...usualRules, ...made.rules }))
  const id = deps.newId()
  const numbers = read.data.map(({ number, points, by }) => ({ number, points, by }))
  const body = { from, to, indicators: numbers, rules: { ...rules } } as unknown as Body
  const facts = [{ kind: 'tabled', body, words: { title, indicators: read.data as unknown as Json } }]
  const row = { state: 'draft' as const, title, from, to, indicators: read.data, rules }
  await deps.store.atomic((q) => born(deps, q, { subject: 'assessment', id, facts, row }, stamp))
  return { id }
}

const move = async (
  deps: Deps,
  was: AssessmentRow,
  {
    kind,
    body,
    words,
    set,
    rests,
  }: {
    kind: string
    body: Body
    words?: Body
    set: Partial<AssessmentRow>
    /** All that was given, where the step rests on it. */
    rests?: readonly ScoreRow[]
  },
  stamp: Stamp,
): Promise<void> => {
  const facts = [{ kind, body, ...(words && { words }) }]
  const { office: _, id: __, version: ___, head: ____, ...columns } = set
  await deps.store.atomic((q) => [
    ...(rests ? [scoresStand(deps.store, q, was.id, rests)] : []),
    ...happens(deps, q, { subject: 'assessment', was, facts, set: columns }, stamp),
  ])
}

const today = (deps: Deps, stamp: Stamp): Day => dayOf(stamp.at, deps.zone)

/** The office changes how points are given; not once the result was told. @throws BadInput, conflict */
export const changeRules = async (
  deps: Deps,
  was: AssessmentRow,
  change: Partial<ScoreRules>,
  stamp: Stamp,
): Promise<ScoreRules> => {
  if (was.state === 'told' || was.state === 'closed')
    throw new BadInput(`“${was.title}”的结果已经公示，评分规则不能再改`)
  const read = ScoreRules.safeParse({ ...was.rules, ...change })
  if (!read.success) throw new BadInput(`评分规则不对：${read.error.issues[0]?.path.join('.')} 应是范围内的数`)
  const rules = checkRules(read.data)
  await move(deps, was, { kind: 'ruled', body: { on: today(deps, stamp), rules: { ...rules } }, set: { rules } }, stamp)
  return rules
}

/** By what an indicator is given: the ledger's rules or people. A draft's alone. @throws BadInput, conflict */
export const changeBy = async (
  deps: Deps,
  was: AssessmentRow,
  by: Readonly<Record<string, GivenBy>>,
  stamp: Stamp,
): Promise<void> => {
  if (was.state !== 'draft') throw new BadInput(`“${was.title}”已经开始评分，计分方式不能再改`)
  const unknown = Object.keys(by).filter((number) => !was.indicators.some((one) => one.number === number))
  if (unknown.length > 0) throw new BadInput(`“${was.title}”里没有指标 ${unknown.join('、')}`)
  const indicators = was.indicators.map((one) => ({ ...one, by: by[one.number] ?? one.by }))
  await move(deps, was, { kind: 'ruled', body: { on: today(deps, stamp), by: { ...by } }, set: { indicators } }, stamp)
}

/** 开始评分: units give their own scores from now on. @throws BadInput, conflict */
export const openAssessment = async (deps: Deps, was: AssessmentRow, stamp: Stamp): Promise<void> => {
  if (was.state !== 'draft') throw new BadInput(`“${was.title}”已经开始评分`)
  await move(deps, was, { kind: 'opened', body: { on: today(deps, stamp) }, set: { state: 'open' } }, stamp)
}

const SHOWN = 5

/** 公示: what each unit has is told, and stays as the ledger stood at that moment. @throws BadInput where scores are lacking, conflict */
export const tellAssessment = async (deps: Deps, was: AssessmentRow, stamp: Stamp): Promise<{ objectBy: Day }> => {
  if (was.state !== 'open')
    throw new BadInput(was.state === 'draft' ? `“${was.title}”还没有开始评分` : `“${was.title}”的结果已经公示`)
  const day = today(deps, stamp)
  if (day <= was.to) throw new BadInput(`考核期到${was.to}为止，期满后才能公示结果`)
  const c = machineContext(deps, await deps.cache(deps.store))
  // Before the result is made of it: what is given meanwhile is then a conflict, and never missing in what was told.
  const rests = await scoresOf(deps.store, was.id)
  const all = await assessed(Object.assign(c, { now: stamp.at }), was)
  const lacking = all.flatMap(({ result }) =>
    result.indicators
      .filter(({ result: points, apart }) => points === null && !apart)
      .map(({ indicator }) => `${c.office.units.find(({ id }) => id === result.unit)?.name} ${indicator.number}`),
  )
  if (lacking.length > 0) {
    const more = lacking.length > SHOWN ? `等${lacking.length}项` : ''
    throw new BadInput(`还没有评分，不能公示：${lacking.slice(0, SHOWN).join('、')}${more}`)
  }
  const objectBy = c.calendar.addWorkdays(day, was.rules.objectDays)
  const results = Object.fromEntries(all.map(({ result }) => [result.unit, result.total]))
  const body = { on: day, objectBy, results }
  await move(deps, was, { kind: 'published', body, set: { state: 'told', objectBy }, rests }, stamp)
  return { objectBy }
}

/** 办结, once the time for objections is over and each is answered. @throws BadInput, conflict */
export const closeAssessment = async (deps: Deps, was: AssessmentRow, stamp: Stamp): Promise<void> => {
  if (was.state !== 'told')
    throw new BadInput(`“${was.title}”${was.state === 'closed' ? '已经办结' : '还没有公示结果'}`)
  const day = today(deps, stamp)
  if (was.objectBy !== null && day <= was.objectBy) throw new BadInput(`异议期到${was.objectBy}为止，期满后才能办结`)
  const rests = await scoresOf(deps.store, was.id)
  const open = rests.filter(({ objection }) => objection && !objection.answered)
  if (open.length > 0) throw new BadInput(`还有${open.length}项异议没有答复：请先答复，再办结`)
  await move(deps, was, { kind: 'ended', body: { on: day }, set: { state: 'closed' }, rests }, stamp)
}

/** Statements of what somebody gives: the assessment as it was read, the score's row and its fact. */
export const scoredWrites = (deps: Deps, q: Query, scored: Scored, stamp: Stamp): Write[] => {
  const { t, office } = deps.store
  const { assessment, was, unit, indicator, fact, set } = scored
  refuseMarked(...Object.values(fact.words).map(String))
  return [
    guard(t, q, office, 'assessments', assessment.id, assessment.version),
    ...(was
      ? happens(deps, q, { subject: 'score', was, facts: [fact], set }, stamp)
      : born(
          deps,
          q,
          {
            subject: 'score',
            id: deps.newId(),
            facts: [fact],
            row: { assessment: assessment.id, unit, indicator, ...set },
          },
          stamp,
        )),
  ]
}

/** @throws BadInput, conflict where somebody else was first */
export const storeScored = async (deps: Deps, scored: Scored, stamp: Stamp): Promise<void> => {
  await deps.store.atomic((q) => scoredWrites(deps, q, scored, stamp))
}
