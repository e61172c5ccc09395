import type { Day, Deadline } from '../model/deadline.ts'
import type { DutySeed } from '../model/duty.ts'
import type { CommonDemand } from '../model/plan.ts'
import type { Calendar } from '../time/calendar.ts'
import { addDays } from '../time/day.ts'
import { roundsOf } from '../time/schedule.ts'

/** Tasks that the ledger adds to a plan's own: the check of everything without a day (调度), and everyone's work (共性). */

export interface AddedTask {
  number: string
  kind: 'demand' | 'check' | 'common'
  text: string
  section: string[]
  deadlines: Deadline[]
}

export type CheckEvery = 'quarter' | 'month' | 'half-year'

const CHECK = '调度'
export const COMMON = '共性'

const rhythm: Record<CheckEvery, string> = { quarter: '每季度', month: '每月', 'half-year': '每半年' }

export const checkTask = (every: CheckEvery): AddedTask => ({
  number: CHECK,
  kind: 'check',
  text: '逐项报告持续推进事项的进展和阶段成果',
  section: [],
  deadlines: [{ kind: 'recurring', raw: rhythm[every], every }],
})

export const commonTask = (demands: readonly CommonDemand[]): AddedTask => ({
  number: COMMON,
  kind: 'common',
  text: demands.map(({ text }) => text).join('；'),
  section: [],
  deadlines: demands.flatMap(({ deadlines }) => deadlines),
})

const FIRST_AFTER_DAYS = 30

export interface CheckPlan {
  every: CheckEvery
  issuedOn: Day | ''
  year: number
  untilYear?: number
  openYear?: number
  calendar: Calendar
  zone: string
  /** Rounds due before it are 待核实. */
  startOn: Day | ''
}

/**
 * One item a round for each of the units: it ends with its period. `closing` have the plan's year-end report, which takes
 * the place of their last one.
 */
export function checkSeeds(units: readonly string[], closing: ReadonlySet<string>, plan: CheckPlan): DutySeed[] {
  const deadline = checkTask(plan.every).deadlines[0]
  if (!deadline) return []
  const context = { ...plan, text: '', defaultEnd: 'period-end' } as const
  const { rounds } = roundsOf([{ deadline, from: 'column', index: 0 }], context)
  // A check that falls due within a month of the plan has nothing to check yet.
  const first = plan.issuedOn === '' ? '' : addDays(plan.issuedOn, FIRST_AFTER_DAYS)
  const open = rounds.filter(({ state, dueOn }) => state === 'open' && (dueOn ?? '') >= first)
  const isLastYear = (plan.openYear ?? plan.year) === (plan.untilYear ?? plan.year)
  return units.flatMap((unit) =>
    (closing.has(unit) && isLastYear ? open.slice(0, -1) : open).map(
      ({ demand, round, dueOn, dueAt, provisional, times }): DutySeed => ({
        ...{ task: CHECK, unit, role: 'lead', demand, round, dueOn, dueAt, provisional, times, named: false },
        state: dueOn && dueOn < plan.startOn ? 'unconfirmed' : 'open',
      }),
    ),
  )
}
