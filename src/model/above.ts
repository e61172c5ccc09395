import type { Day } from './deadline.ts'
import type { DutyState } from './duty.ts'

/** What the office above has done to a duty that it handed down, as the office below is told of it. */
export const aboveWords = {
  new: '新交办',
  day: '上级调整了时限',
  suspended: '上级已中止',
  resumed: '上级已恢复办理',
  gone: '上级不再交办',
  review: '已上报，等上级审核',
  returned: '上级退回',
  again: '上级要求再报',
  approved: '上级已审核通过',
  /** It was not taken there, and goes up again once something of it has changed. */
  refused: '上级没有收下上报',
  /** What the office sent up by its own word stands in the ledger there. */
  sent: '已上报上级',
  /** Nothing that anybody has to do with. */
  same: '其他变化',
}
export type FromAbove = keyof typeof aboveWords

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
  /** Of what was sent up by the office's word, or was not taken: the message that carried it. */
  report?: string
}

/** Body of the fact `sent-up` of such a task: the office wants it told above; its words stand beside it. */
export interface UpFact {
  on: Day
  /** It is called done: a report. Else a word on the way, to what is not standing. */
  done: boolean
  links: string[]
}

/** The register of what came from above in a year: 上级26. */
export const aboveRegister = (year: string) => ({
  code: `上级${year.slice(2)}`,
  title: `${year}年上级交办`,
  year: Number(year),
})

export const isAboveCode = (code: string): boolean => /^上级\d{2}$/.test(code)
