import type { AssessmentRow, ScoreRow } from '../db/queries/scores.ts'
import type { Indicator, Objection } from '../src/model/assessment.ts'
import type { Day } from '../src/model/deadline.ts'
import type { Body } from '../src/model/fact.ts'
import { BadInput } from '../src/model/problem.ts'
import { pointWords } from '../src/score/points.ts'

/** What people give: decided here for chat, console and command line alike; flow alone stores it. */

/** Points that somebody gives: what they rest on, and the fact with the columns it moves. */
export interface Scored {
  assessment: Pick<AssessmentRow, 'id' | 'version'>
  /** The score's row as it was read; null where nobody has given anything. */
  was: Pick<ScoreRow, 'id' | 'version' | 'head'> | null
  unit: string
  indicator: string
  fact: { kind: string; body: Body; words: Body }
  set: Partial<Pick<ScoreRow, 'own' | 'proof' | 'given' | 'third' | 'reason' | 'objection'>>
}

/** Where something is given: an assessment, a unit, one of its indicators, and what stands there. */
export interface Place {
  row: AssessmentRow
  unit: string
  unitName: string
  indicator: string
  was: ScoreRow | undefined
  today: Day
}

const refuse = (words: string): never => {
  throw new BadInput(words)
}

/** The indicator, where it is for that unit. @throws BadInput with those that are */
export const indicatorOf = ({ row, unit, unitName, indicator }: Place): Indicator => {
  const own = row.indicators.filter(({ units }) => units.length === 0 || units.includes(unit))
  const found = own.find(({ number }) => number === indicator)
  const elsewhere = row.indicators.some(({ number }) => number === indicator)
  return (
    found ??
    refuse(
      elsewhere
        ? `指标 ${indicator} 不考核${unitName}；考核${unitName}的有：${own.map(({ number }) => number).join('、')}`
        : `“${row.title}”里没有指标 ${indicator}，有：${row.indicators.map(({ number }) => number).join('、')}`,
    )
  )
}

const byPeople = (place: Place): Indicator => {
  const indicator = indicatorOf(place)
  if (indicator.by === 'rules')
    refuse(`指标 ${indicator.number} 由台账按规则计分，不用人评；对结果有意见，公示后可以提出异议`)
  return indicator
}

const whileOpen = ({ row }: Place, what: string): void => {
  if (row.state === 'draft') refuse(`“${row.title}”还没有开始评分，不能${what}`)
  if (row.state !== 'open') refuse(`“${row.title}”的结果已经公示，不能再${what}；有意见请提出异议`)
}

const within = (points: number, { number, points: most }: Indicator): void => {
  if (points > most) refuse(`指标 ${number} 满分${pointWords(most)}，不能评${pointWords(points)}`)
}

const made = ({ row, unit, indicator, was }: Place, fact: Scored['fact'], set: Scored['set']): Scored => ({
  assessment: { id: row.id, version: row.version },
  was: was ?? null,
  ...{ unit, indicator, fact, set },
})

/** 自评, with its proof in words. @throws BadInput */
export const selfScored = (place: Place, { points, proof }: { points: number; proof: string }): Scored => {
  whileOpen(place, '自评')
  within(points, byPeople(place))
  if (proof.trim() === '') refuse('自评要写明佐证，例如：自评 1.2 4.5分 见附件；没有材料的请写明理由')
  const body = { on: place.today, assessment: place.row.id, unit: place.unit, indicator: place.indicator, points }
  return made(place, { kind: 'self-scored', body, words: { proof } }, { own: points, proof })
}

/** 主管科室 or 第三方 gives points; what is taken needs a reason. @throws BadInput */
export const officeScored = (
  place: Place,
  { points, reason, third }: { points: number; reason: string; third: boolean },
): Scored => {
  whileOpen(place, '评分')
  const indicator = byPeople(place)
  within(points, indicator)
  if (third && place.row.rules.third === 0) refuse('这次考核没有第三方评估：请先在评分规则里设第三方权重，例如 30%')
  if (points < indicator.points && reason.trim() === '')
    refuse(`满分${pointWords(indicator.points)}，评${pointWords(points)}要写明扣分理由`)
  const body = { on: place.today, assessment: place.row.id, unit: place.unit, indicator: place.indicator, points }
  const kind = third ? 'third-scored' : 'scored'
  const set = third ? { third: points } : { given: points, reason }
  return made(place, { kind, body, words: { reason } }, set)
}

/** 异议 of the unit, within its time. @throws BadInput */
export const objected = (place: Place, text: string): Scored => {
  const { row, was, today } = place
  indicatorOf(place)
  if (row.state !== 'told')
    refuse(row.state === 'closed' ? `“${row.title}”已经办结，不再受理异议` : '结果公示后才能提出异议')
  if (row.objectBy !== null && today > row.objectBy) refuse(`异议期到${row.objectBy}为止，已经过了`)
  if (was?.objection?.answered) refuse(`指标 ${place.indicator} 的异议已经答复，不再受理`)
  if (was?.objection) refuse(`指标 ${place.indicator} 已经提出异议，等主管科室答复`)
  if (text.trim() === '') refuse('异议要写明理由')
  const objection: Objection = { v: 1, on: today, text, answered: null }
  const body = { on: today, assessment: row.id, unit: place.unit, indicator: place.indicator }
  return made(place, { kind: 'objected', body, words: { text } }, { objection })
}

/** What the office answers an objection: 维持, or 更改 to so many points. @throws BadInput */
export const objectionAnswered = (place: Place, { points, text }: { points: number | null; text: string }): Scored => {
  const { row, was, today } = place
  const indicator = indicatorOf(place)
  const before = was?.objection
  if (row.state !== 'told') refuse('这次考核不在公示中，没有等答复的异议')
  if (!before || before.answered) return refuse(`${place.unitName}的指标 ${place.indicator} 没有等答复的异议`)
  if (text.trim() === '') refuse('答复异议要写明理由')
  if (points !== null) within(points, indicator)
  const answered = { on: today, changed: points !== null, points, text }
  const body = { on: today, assessment: row.id, unit: place.unit, indicator: place.indicator, points }
  return made(
    place,
    { kind: 'objection-answered', body: { ...body, changed: points !== null }, words: { text } },
    { objection: { ...before, answered } },
  )
}
