import { count } from '../../clock/count.ts'
import { type ClockEvent, runClock } from '../../clock/run.ts'
import type { Case, CaseEvent } from '../../model/case.ts'
import { type Basis, type Clock, dayIn } from '../../model/clock.ts'
import type { Day } from '../../model/deadline.ts'
import type { Calendar } from '../../time/calendar.ts'
import { lastOf, type RegisterContext } from '../register.ts'
import { courseWith, objectsOf, openedOn, rulesOf } from './standing.ts'

const step = ({ at }: CaseEvent, event: string, does: ClockEvent['does'], basis: Basis): ClockEvent => ({
  ...{ event, at, does, basis },
})

const closing = (it: Case, basis: Basis): ClockEvent[] => {
  const closed = lastOf(it, 'finished', 'cancelled')
  return closed ? [step(closed, closed.kind === 'finished' ? '办结' : '撤销登记', 'end', basis)] : []
}

/** The round itself, up to the conclusion, by the last day that its plan has. */
const roundClock = (it: Case, c: RegisterContext): Clock[] => {
  const until = it.events[0]?.body.until
  if (typeof until !== 'string') return []
  const basis = rulesOf(it).plan
  const concluded = lastOf(it, 'concluded')
  const end = concluded ? [step(concluded, '反馈督查结论', 'end', basis)] : closing(it, basis)
  const start: ClockEvent = { event: '立项', at: openedOn(it), does: 'start', due: until, basis }
  return [runClock({ name: 'round', title: '完成督查' }, [start, ...end], c)]
}

const rectifying: Record<string, (event: CaseEvent, basis: Basis) => ClockEvent> = {
  found: (event, basis) => ({ ...step(event, '发现问题', 'restart', basis), due: String(event.body.by) }),
  rectified: (event, basis) => step(event, '报告整改', 'end', basis),
  checked: (event, basis) =>
    event.body.passed === true
      ? step(event, '核查通过', 'end', basis)
      : { ...step(event, '核查未通过', 'restart', basis), due: String(event.body.by) },
}

/** One for each unit with which something was found; the day was set with the finding, or when the check failed. */
const rectifyClocks = (it: Case, c: RegisterContext): Clock[] =>
  objectsOf(it).flatMap((unit, index, all) => {
    const basis = rulesOf(it).rectify
    const events = courseWith(it, unit).flatMap((event) => rectifying[event.kind]?.(event, basis) ?? [])
    if (events.length === 0) return []
    const title = all.length > 1 ? `整改（第${index + 1}个督查对象）` : '整改'
    return [runClock({ name: `rectify-${index + 1}`, title }, [...events, ...closing(it, basis)], c)]
  })

/** The last day for the objects to object; undefined before they were told. */
export const objectionDue = (it: Case, calendar: Calendar): Day | undefined => {
  const told = lastOf(it, 'concluded')
  return told && dayIn(count(told.at, rulesOf(it).objection.span, calendar).due)
}

/** The objects' thirty days: they end with an objection, or by themselves. */
const objectionClock = (it: Case, c: RegisterContext): Clock[] => {
  const told = lastOf(it, 'concluded')
  const due = objectionDue(it, c.calendar)
  if (!told || due === undefined) return []
  const { title, span, basis } = rulesOf(it).objection
  const asked = lastOf(it, 'review-asked')
  const end: ClockEvent[] = asked
    ? [step(asked, '申请复核', 'end', basis)]
    : c.today > due
      ? [{ event: '期满没有申请复核', at: due, does: 'lapse', basis }]
      : []
  return [runClock({ name: 'objection', title }, [{ ...step(told, '收到督查结论', 'start', basis), span }, ...end], c)]
}

/** The office's thirty days to decide on an objection. */
const decisionClock = (it: Case, c: RegisterContext): Clock[] => {
  const asked = lastOf(it, 'review-asked')
  if (!asked) return []
  const { title, span, basis } = rulesOf(it).decision
  const decided = lastOf(it, 'review-decided')
  const end = decided ? [step(decided, '复核决定', 'end', basis)] : []
  return [runClock({ name: 'decision', title }, [{ ...step(asked, '收到复核申请', 'start', basis), span }, ...end], c)]
}

export const clocksOf = (it: Case, c: RegisterContext): Clock[] => [
  ...roundClock(it, c),
  ...rectifyClocks(it, c),
  ...objectionClock(it, c),
  ...decisionClock(it, c),
]
