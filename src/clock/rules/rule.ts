import type { Basis, Span } from '../../model/clock.ts'
import type { Day } from '../../model/deadline.ts'
import { BadInput } from '../../model/problem.ts'

/** One time limit of a rule. */
export interface Limit {
  /** What is due: 答复申请人. */
  title: string
  span: Span
  basis: Basis
}

/** Rules as they stood from a day on. */
export interface Rules {
  /** As people name them: 政府信息公开条例（2019年修订）. */
  law: string
  since: Day
}

/** The rules that hold on a day. `rules` from the oldest on. @throws BadInput where there were none yet */
export const ruleOn = <R extends Rules>(rules: readonly R[], day: Day): R => {
  const held = rules.filter(({ since }) => since <= day)
  const last = held[held.length - 1]
  if (last) return last
  throw new BadInput(`${rules[0]?.law ?? ''}自${rules[0]?.since ?? ''}起施行，${day}还没有施行：请核对日期`)
}
