import { z } from 'zod'
import { Day } from './deadline.ts'

export const DutyState = z.enum([
  'unclaimed', // 待认领
  'asleep', // 配合，未收材料
  'waiting', // 等待触发
  'standing', // 持续推进
  'open', // 在办
  'review', // 待审核
  'returned', // 已退回
  'done', // 已办结
  'suspended', // 中止
  'waived', // 免予办理
  'unconfirmed', // 待核实
])
export type DutyState = z.infer<typeof DutyState>

export type Light = 'green' | 'yellow' | 'red'

/**
 * One unit's share of one demand of a task in one round; unit + task + demand + round is unique. `dueOn` (and `dueAt`
 * for hour clocks) is a projection of the rule and the calendar, `provisional` while that year's holiday notice is not out.
 */
export const DutySeed = z.object({
  task: z.string(),
  unit: z.string(),
  role: z.enum(['lead', 'support']),
  /** Which of the task's deadlines (from 0), or -1 for a task without one. */
  demand: z.number().int(),
  round: z.string(),
  dueOn: Day.nullable(),
  /** Office-zone instant of an hour clock, ISO. */
  dueAt: z.string().nullable(),
  provisional: z.boolean(),
  state: DutyState,
  /** Approved reports that it takes (不少于3次 → 3). */
  times: z.number().int(),
  /** The unit is named by name, so that its silence after the claim day means the duty is its own. */
  named: z.boolean(),
})
export type DutySeed = z.infer<typeof DutySeed>

/** A duty as its row holds it. `dueOn` is the day that counts: the rule's, or `setDueOn` where a person set another. */
export interface Duty {
  id: string
  plan: string
  task: string
  ord: number
  unit: string
  role: 'lead' | 'support'
  demand: number
  round: string
  dueOn: Day | null
  dueAt: Date | null
  provisional: boolean
  state: DutyState
  claimBy: Day | null
  named: boolean
  disclaimed: boolean
  times: number
  approved: number
  reportedOn: Day | null
  closedOn: Day | null
  setDueOn: Day | null
  /** The day that figures judge by: the rule's; being sent back does not move it. */
  owedOn: Day | null
  /** A report came late, whatever was agreed afterwards. */
  late: boolean
  /** 签收 */
  acceptedOn: Day | null
  /** What its unit asks for and the office has not answered. */
  asked: Asked | null
  /** The day before the first extension; shown beside the new one. */
  firstDueOn: Day | null
  /** The state to go back to: of a report that is taken back, of a suspension that ends. */
  before: DutyState | null
  /** The report that waits, or the last stage result, has passed the secrecy review. */
  clearedOn: Day | null
  /** Proofs that are there, of those that the task asks for. */
  proofs: string[]
  /** How its unit has divided it among its own sections (科室); their names stand in the fact's words. */
  parts: Part[]
  /** Its plan was closed while it was open. */
  archivedOn: Day | null
}

export type Asked =
  | { kind: 'extension'; on: Day; until: Day /** Asked after the due day. */; late: boolean }
  | { kind: 'decline'; on: Day /** The unit it names, or empty. */; to: string }

export interface Part {
  n: number
  until: Day | null
  doneOn: Day | null
}

/** What people read for a state. */
export const stateWords: Record<DutyState, string> = {
  unclaimed: '待认领',
  asleep: '配合，待牵头单位收材料',
  waiting: '等待触发',
  standing: '持续推进',
  open: '在办',
  review: '待审核',
  returned: '已退回',
  done: '已办结',
  suspended: '已中止',
  waived: '免予办理',
  unconfirmed: '待核实',
}
