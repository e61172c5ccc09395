import { type DutyView, findDuties } from '../../db/queries/duties.ts'
import type { Day } from '../../src/model/deadline.ts'
import { isList, type Told } from '../../src/model/recipe.ts'
import { daysBetween } from '../../src/time/day.ts'
import { toldUpTo } from '../../src/time/remind.ts'
import type { Context } from '../command.ts'
import { entryLine } from '../page.ts'
import type { Seen } from '../present.ts'
import { dutyLines, type Part, part, seenAll } from './parts.ts'

/** What waits for the office's word. */

const since = (c: Context, duty: DutyView): Day => duty.reportedOn ?? c.today

/** Reports that wait, the oldest first. */
export const waiting = async (c: Context): Promise<Seen[]> => {
  const reports = await findDuties(c.db, { states: ['review'] })
  const day = (duty: DutyView) => since(c, duty)
  return seenAll(
    c,
    [...reports].sort((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : 0)),
  )
}

/** How many reports wait, for how long, and which. */
export const waitingPart = (c: Context, reports: readonly Seen[]): Part[] => {
  const [first] = reports
  if (!first) return []
  const days = daysBetween(since(c, first.duty), c.today)
  const oldest = days > 0 ? `，最早${days}天前` : '，今天报送'
  const late = reports.filter(({ duty }) => duty.late).length
  return part(`待审核${reports.length}项${oldest}${late > 0 ? `，逾期报送${late}项` : ''}`, dutyLines(c, reports))
}

const running = ['open', 'returned', 'standing', 'waiting', 'unconfirmed', 'asleep'] as const

/** What units have asked for: more time, or that a duty is not theirs. */
export const requests = async (c: Context): Promise<Part[]> => {
  const asked = seenAll(c, await findDuties(c.db, { states: running, asked: true }))
  const of = (kind: 'extension' | 'decline') => asked.filter(({ duty }) => duty.asked?.kind === kind)
  const [more, not] = [of('extension'), of('decline')]
  return [
    ...part(`待答复的延期申请${more.length}项`, dutyLines(c, more)),
    ...part(`待确认的不涉及${not.length}项`, dutyLines(c, not)),
  ]
}

const owned = ['open', 'returned', 'review', 'done', 'standing', 'waiting', 'suspended', 'unconfirmed'] as const

/** Tasks whose claim day is over and that nobody has taken: on list days all, else those whose day has just passed. */
export const unclaimed = async (c: Context, told: Told): Promise<Part[]> => {
  const from = isList(told) ? '' : toldUpTo(c.today, told.since, c.calendar)
  const found = seenAll(c, await findDuties(c.db, { states: ['unclaimed'], claimBefore: c.today }))
  const tasks = [...new Set(found.map(({ duty }) => duty.task))]
  const taken = new Set([
    ...found.flatMap(({ state, duty }) => (state === 'unclaimed' ? [] : [duty.task])),
    ...(await findDuties(c.db, { tasks, states: owned, role: 'lead' })).map(({ task }) => task),
  ])
  const left = found.filter(({ duty }) => !taken.has(duty.task) && (duty.claimBy ?? '') >= from)
  const byTask = new Map<string, Seen[]>()
  for (const item of left) byTask.set(item.duty.task, [...(byTask.get(item.duty.task) ?? []), item])
  return part(
    `过了认领期还没有单位认领的${byTask.size}项`,
    [...byTask.values()].map((items) => entryLine(c, items, true)),
  )
}
