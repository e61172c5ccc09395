import { inspectionRules } from '../../clock/rules/inspections.ts'
import { ruleOn } from '../../clock/rules/rule.ts'
import type { Case, CaseEvent } from '../../model/case.ts'
import { dayIn } from '../../model/clock.ts'
import type { Day } from '../../model/deadline.ts'
import { eventsOf, lastOf } from '../register.ts'

/** The kinds of the regulation's 第十四条. */
export const sorts = [
  ['general', '综合督查'],
  ['special', '专项督查'],
  ['event', '事件调查'],
  ['daily', '日常督办'],
  ['clue', '线索核查'],
] as const

/** Rounds that an office plans. The other kinds follow from what happened and are not held to a number in a year. */
export const isPlanned = (sort: unknown): boolean => sort === 'general' || sort === 'special'

export const outcomes = [
  ['upheld', '维持原结论'],
  ['changed', '变更原结论'],
  ['revoked', '撤销原结论'],
] as const

export const sortOf = (it: Case): unknown => it.events[0]?.body.sort
export const openedOn = (it: Case): Day => dayIn(it.events[0]?.at ?? '')
export const rulesOf = (it: Case) => ruleOn(inspectionRules, openedOn(it))

/** Ids of the units that are inspected: they are set with the plan. */
export const objectsOf = (it: Pick<Case, 'events'>): readonly string[] => {
  const said = it.events[0]?.body.objects
  return Array.isArray(said) ? said : []
}

export const isOpen = (it: Case): boolean => lastOf(it, 'finished', 'cancelled') === undefined
export const isCancelled = (it: Case): boolean => lastOf(it, 'cancelled') !== undefined

/** What was found with a unit and what became of it, in its order. */
export const courseWith = (it: Case, unit: string): CaseEvent[] =>
  eventsOf(it, 'found', 'rectified', 'checked').filter(({ body }) => body.object === unit)

/** What a unit still has to put right, or what is told to be and was not looked at yet. */
export const standingWith = (it: Case, unit: string): 'none' | 'open' | 'told' | 'done' => {
  const course = courseWith(it, unit)
  const last = course[course.length - 1]
  if (!last) return 'none'
  if (last.kind === 'rectified') return 'told'
  return last.kind === 'checked' && last.body.passed === true ? 'done' : 'open'
}

/** Units with which something is still to be put right or looked at. */
export const unsettled = (it: Case): string[] =>
  objectsOf(it).filter((unit) => ['open', 'told'].includes(standingWith(it, unit)))

/** An objection that is not decided yet. */
export const openObjection = (it: Case): CaseEvent | undefined => {
  const last = lastOf(it, 'review-asked', 'review-decided')
  return last?.kind === 'review-asked' ? last : undefined
}
