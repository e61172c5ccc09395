import type { Day } from './deadline.ts'
import type { DutyState } from './duty.ts'

/** What the office above has done to a duty that it handed down, as the office below is told of it. */
export type FromAbove =
  | 'new' // 交办
  | 'day' // 时限有调整
  | 'suspended' // 中止
  | 'resumed' // 恢复办理
  | 'gone' // 不再交办
  | 'review' // 已上报，待审核
  | 'returned' // 退回
  | 'again' // 通过一次，还要再报
  | 'approved' // 通过
  | 'same' // 没有要办的变化

/** Body of the fact `above` of a task that came from above: the duty there as it then stood. */
export interface AboveFact {
  on: Day
  /** The office above, and its duty's id and version. */
  office: string
  duty: string
  version: number
  /** The task's code there (公开26-5-1), and the round. */
  code: string
  round: string
  state: DutyState
  dueOn: Day | null
  what: FromAbove
}

/** The register of what came from above in a year: 上级26. */
export const aboveRegister = (year: string) => ({
  code: `上级${year.slice(2)}`,
  title: `${year}年上级交办`,
  year: Number(year),
})

export const isAboveCode = (code: string): boolean => /^上级\d{2}$/.test(code)
