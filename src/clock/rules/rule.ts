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

/** The rules that hold on a day; `rules` stand from the oldest on. @throws BadInput where there were none yet */
export const ruleOn = <R extends Rules>(rules: readonly R[], day: Day): R => {
  const held = rules.filter(({ since }) => since <= day)
  const last = held[held.length - 1]
  if (last) return last
  const [first] = rules
  throw new BadInput(`${day}的时候${first?.law}还没有施行（${first?.since}起施行）：请核对日期`)
}

const workdays = (n: number): Span => ({ n, type: 'workday' })
const days = (n: number): Span => ({ n, type: 'day' })
const hours = (n: number): Span => ({ n, type: 'hour' })
const months = (n: number): Span => ({ n, type: 'month' })
export const span = { workdays, days, hours, months }

/** A limit that the office itself has set, and says so. */
export const ownLimit = (title: string, limit: Span): Limit => ({
  ...{ title, span: limit },
  basis: { law: '本单位设定', article: title },
})
