import { type Unfinished, unfinishedOf } from '../../../db/queries/yearend.ts'
import type { Day } from '../../model/deadline.ts'
import { type DutyState, stateWords } from '../../model/duty.ts'
import { stateOn } from '../../model/life.ts'
import type { DocumentHead } from '../../model/plan.ts'
import { BadInput } from '../../model/problem.ts'
import { dayOf } from '../../time/day.ts'
import { lightOf } from '../../time/schedule.ts'
import type { Deps } from '../deps.ts'
import type { OfficeNow } from '../office.ts'
import { readPlan, type StoredPlan } from './read.ts'

/** What is open of a plan on the day of its close, and what is proposed for each. Reads only. */

/** 结转, or 归档 with a reason; what merely stands (持续推进) ends with the year and needs none. */
export type Fate = 'carry' | 'archive'

/** How a duty stands in the list of what is open, in the order of the list. */
export const openGroups = [
  ...(['review', 'overdue', 'returned', 'open', 'waiting', 'unclaimed', 'suspended', 'unconfirmed'] as const),
  ...(['asleep', 'standing'] as const),
] as const
export type OpenGroup = (typeof openGroups)[number]

export const groupWords: Record<OpenGroup, string> = {
  ...(stateWords as Record<Exclude<OpenGroup, 'overdue'>, string>),
  overdue: '逾期',
}

export interface OpenDuty {
  id: string
  version: number
  /** 公开17-45 */
  code: string
  number: string
  text: string
  secret: boolean
  unit: string
  role: 'lead' | 'support'
  round: string
  dueOn: Day | null
  group: OpenGroup
  fate: Fate
  /** Why this is proposed. */
  why: string
  row: Unfinished['duty']
}

export interface Ending {
  stored: StoredPlan
  now: OfficeNow
  today: Day
  /** Last day of the plan's years. */
  lastDay: Day
  open: OpenDuty[]
}

export const lastDayOf = ({ year, untilYear }: Pick<DocumentHead, 'year' | 'untilYear'>): Day =>
  `${untilYear ?? year}-12-31`

/** A round due after the plan's years is the next year's business; whatever else is open belongs to the year that ends. */
const proposal = (
  { state, dueOn, setDueOn, firstDueOn }: Pick<Unfinished['duty'], 'state' | 'dueOn' | 'setDueOn' | 'firstDueOn'>,
  lastDay: Day,
): { fate: Fate; why: string } => {
  if (state === 'standing') return { fate: 'archive', why: '持续推进事项随年度结束' }
  if (dueOn !== null && dueOn > lastDay)
    return { fate: 'carry', why: firstDueOn && setDueOn ? '已延期到年度之后' : '到期日在年度之后' }
  if (state === 'waiting') return { fate: 'archive', why: '年内没有触发' }
  if (state === 'asleep') return { fate: 'archive', why: '年内没有收配合材料' }
  return { fate: 'archive', why: '到期日在年度之内' }
}

const groupOf = (state: DutyState, overdue: boolean): OpenGroup =>
  overdue && state !== 'review' ? 'overdue' : (state as OpenGroup)

/** Is it the office's own register of a year (临时交办), for which no file was read? */
export const isRegister = ({ digest }: { digest: string }): boolean => digest === ''

/** The plan with what is open of it. @throws BadInput unless it is released */
export const endingOf = async (deps: Deps, plan: string): Promise<Ending> => {
  const stored = await readPlan(deps, plan)
  const { row } = stored
  if (row.state === 'draft') throw new BadInput(`${row.code} 还是草稿，没有下达：不要的草稿不用办结，重新导入即可替换`)
  if (row.state === 'closed') throw new BadInput(`${row.code} 已经办结，办结后不能再办结一次，也不能撤回`)
  const now = await deps.cache(deps.store)
  const at = deps.now()
  const today = dayOf(at, deps.zone)
  const lastDay = lastDayOf(row.document)
  const nameOf = new Map(now.view.units.map(({ id, name }) => [id, name]))
  const open = (await unfinishedOf(deps.store, plan)).map(({ duty, task }): OpenDuty => {
    const state = stateOn(duty, today)
    const lit = { ...duty, state, dueAt: duty.dueAt?.toISOString() ?? null }
    const { light } = lightOf(lit, today, now.calendar, { now: at.toISOString() })
    const { id, version, role, round, dueOn } = duty
    return {
      ...{ id, version, role, round, dueOn, code: `${row.code}-${task.number}`, number: task.number },
      text: task.secret ? '' : task.text,
      secret: task.secret,
      unit: nameOf.get(duty.unit) ?? duty.unit.replace(/^class:/, ''),
      group: groupOf(state, light === 'red'),
      ...proposal({ ...duty, state }, lastDay),
      row: duty,
    }
  })
  const rank = ({ group }: OpenDuty) => openGroups.indexOf(group)
  return { stored, now, today, lastDay, open: open.sort((a, b) => rank(a) - rank(b)) }
}

/** Whether archiving it takes a reason of the office's own. */
export const needsReason = ({ group }: Pick<OpenDuty, 'group'>): boolean => group !== 'standing'
