import { officeMark } from '../../../db/queries/office.ts'
import type { Day } from '../../model/deadline.ts'
import type { PaperKind } from '../../model/paper.ts'
import { naturalOf, type PaperAsk } from '../../model/paper-life.ts'
import type { Settings } from '../../model/settings.ts'
import type { Calendar } from '../../time/calendar.ts'
import { addDays, dayOf, startOf } from '../../time/day.ts'
import { nthWorkday } from '../../time/nth-workday.ts'
import { isDigestTime } from '../../time/remind.ts'
import type { Deps } from '../deps.ts'
import { draftPaper } from './draft.ts'

const about = (kind: PaperKind, from: Day, to: Day): PaperAsk => ({ kind, window: { from, to }, plan: '', units: [] })

/** Papers that the office's settings ask for by this day: each of the month or quarter before, from its workday on. */
const scheduledBy = (today: Day, { papers }: Settings, calendar: Calendar): PaperAsk[] => {
  const due = (period: 'month' | 'quarter', n: number | null, kind: PaperKind): PaperAsk[] => {
    const first = startOf(today, period)
    // A schedule that begins late drafts nothing of long ago: a missed day is made up for within the month.
    if (n === null || startOf(today, 'month') !== first || today < nthWorkday(first, n, calendar)) return []
    const to = addDays(first, -1)
    return [about(kind, startOf(to, period), to)]
  }
  return [...due('month', papers.monthly, 'dispatch'), ...due('quarter', papers.quarterly, 'bulletin')]
}

/**
 * Drafts what is due by the schedule, once: before the day's digests are planned for the first time, so that the office's
 * own tells of it, and only then, so that a tick costs nothing else. A paper of the same that anybody drafted stands for it.
 */
export const draftScheduled = async (deps: Deps): Promise<void> => {
  const { view, calendar } = await deps.cache(deps.store)
  if (view.settings.papers.monthly === null && view.settings.papers.quarterly === null) return
  if (!isDigestTime(deps.now(), view.settings, calendar, deps.zone)) return
  const today = dayOf(deps.now(), deps.zone)
  const planned = (await officeMark(deps.store))?.planned ?? ''
  if (planned.slice(0, 10) >= today) return
  for (const asked of scheduledBy(today, view.settings, calendar)) {
    const stamp = { by: 'duban', via: `schedule:${naturalOf(asked)}`, at: deps.now() }
    await draftPaper(deps, asked, stamp, 'first')
  }
}
