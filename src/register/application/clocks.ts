import { count } from '../../clock/count.ts'
import type { Channel } from '../../clock/rules/disclosure.ts'
import { type ClockEvent, runClock } from '../../clock/run.ts'
import type { Case, CaseEvent } from '../../model/case.ts'
import { type Clock, dayIn, type Moment } from '../../model/clock.ts'
import type { Day } from '../../model/deadline.ts'
import type { Calendar } from '../../time/calendar.ts'
import { eventsOf, lastOf } from '../register.ts'
import { endOf } from './course.ts'
import { cited, feesOn, lawOf, receivedOn } from './law.ts'
import { type Asked, askingOf, dueOfOpinion, type Opinion, opinionsOf } from './opinions.ts'

/** By what the clocks run: the calendar, and up to when (a day, or the minute). */
export interface Seen {
  calendar: Calendar
  now: Moment
}

/** The last day on which 补正 may be asked for; undefined where the rules have none. */
export const noticeDue = (it: Case, calendar: Calendar): Day | undefined => {
  const { notice } = lawOf(it).supplement
  return notice && dayIn(count(receivedOn(it), notice.span, calendar).due)
}

/** Was 补正 asked for too late? Then the limit to answer does not run anew: the law lets it only after a notice in time. */
export const isLateNotice = (it: Case, calendar: Calendar): boolean => {
  const [asked, due] = [lastOf(it, 'supplement-asked'), noticeDue(it, calendar)]
  return asked !== undefined && due !== undefined && dayIn(asked.at) > due
}

const started = (it: Case): ClockEvent => {
  const { answer } = lawOf(it)
  const opened = eventsOf(it, 'registered')[0]
  const { word, day, basis } = lawOf(it).receipt[(opened?.body.channel ?? 'inPerson') as Channel]
  return {
    event: `收到申请（${word}，以${day}为准，${cited(basis)}）`,
    ...{ at: opened?.at ?? '', does: 'start', span: answer.span, basis: answer.basis },
  }
}

const supplemented = (it: Case, { calendar }: Seen): ClockEvent[] => {
  const { supplement, answer } = lawOf(it)
  if (isLateNotice(it, calendar)) return []
  return eventsOf(it, 'supplement-asked', 'supplemented').map(
    ({ kind, at }): ClockEvent =>
      kind === 'supplemented'
        ? { event: '收到补正', at, does: 'restart', span: answer.span, basis: supplement.restart }
        : { event: '告知补正', at, does: 'pause', basis: supplement.restart },
  )
}

const asked: Record<Asked, readonly [asking: string, answer: string, silent: string]> = {
  third: ['征求第三方意见', '收到第三方意见', '第三方逾期未提出意见，由本机关决定'],
  others: ['征求其他机关意见', '收到其他机关意见', '共同制作机关逾期未答复，视为同意'],
}

/** Silence ends a pause by itself on the last day, whether or not anybody has written it down. */
const endOfPause = (opinion: Opinion, due: Day | undefined, { now }: Seen): [Moment, silent: boolean] | undefined => {
  const { answered } = opinion
  const silent = answered === undefined || answered.body.opinion === 'silence'
  if (due !== undefined && silent) return dayIn(now) > due ? [due, true] : undefined
  return answered && [due !== undefined && answered.at > due ? due : answered.at, false]
}

const paused = (it: Case, who: Asked, seen: Seen): ClockEvent[] =>
  opinionsOf(it, who).flatMap((opinion) => {
    const rule = askingOf(it, opinion)
    if (!rule?.uncounted) return []
    const [asking, answer, silent] = asked[who]
    const end = endOfPause(opinion, dueOfOpinion(it, opinion, seen.calendar), seen)
    const basis = end?.[1] ? rule.basis : rule.uncounted
    return [
      { event: asking, at: opinion.asked.at, does: 'pause', basis: rule.uncounted },
      ...(end ? [{ event: end[1] ? silent : answer, at: end[0], does: 'resume', basis } as const] : []),
    ] satisfies ClockEvent[]
  })

/** The wait for a fee does not count. That the limit runs anew afterwards is in no text that we could read: it goes on. */
const paid = (it: Case): ClockEvent[] =>
  eventsOf(it, 'fee-told', 'paid').map(({ kind, at }): ClockEvent => {
    const basis = { ...feesOn(dayIn(at)).payment.basis, confirmed: false } as const
    return kind === 'paid'
      ? { event: '缴费', at, does: 'resume', basis }
      : { event: '收费通知', at, does: 'pause', basis }
  })

const extended = (it: Case): ClockEvent[] =>
  eventsOf(it, 'extended').map(({ at, body }) => {
    const { span, basis } = lawOf(it).extension
    return { event: '延长答复期限', at, does: 'extend', span: { ...span, n: Number(body.days ?? span.n) }, basis }
  })

const ended = (it: Case): ClockEvent[] => {
  const end = endOf(it)
  if (!end) return []
  const { answer, supplement } = lawOf(it)
  if (end.kind === 'supplement-lapsed')
    return [{ event: '逾期不补正，视为放弃', at: end.at, does: 'lapse', basis: supplement.givenUp ?? answer.basis }]
  if (end.kind === 'fee-lapsed')
    return [{ event: '逾期不缴费，视为放弃', at: end.at, does: 'lapse', basis: feesOn(dayIn(end.at)).givenUp }]
  return [{ event: end.kind === 'voided' ? '登记作废' : '答复申请人', at: end.at, does: 'end', basis: answer.basis }]
}

/** Of one day: what starts first, what ends last, and what is over before what begins. */
const ORDER = ['start', 'restart', 'resume', 'extend', 'move', 'pause', 'lapse', 'end'] as const
const inOrder = (a: ClockEvent, b: ClockEvent): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : ORDER.indexOf(a.does) - ORDER.indexOf(b.does)

/** 答复申请人, with what paused, restarted, extended and ended it. */
export const answerClock = (it: Case, seen: Seen): Clock => {
  const between = [...supplemented(it, seen), ...paused(it, 'third', seen), ...paused(it, 'others', seen)]
  const events = [started(it), ...between, ...extended(it), ...paid(it)].sort(inOrder)
  return runClock({ name: 'answer', title: '答复申请人' }, [...events, ...ended(it)], seen)
}

/** A clock that starts, and ends where what it waits for has come. */
const waiting = (
  [name, title]: readonly [string, string],
  start: ClockEvent,
  end: (Pick<CaseEvent, 'at'> & { event: string }) | undefined,
  seen: Seen,
): Clock =>
  runClock({ name, title }, [start, ...(end ? [{ ...end, does: 'end' as const, basis: start.basis }] : [])], seen)

/** Is it over for the side clocks too: nothing is waited for once it is answered. */
const orEnd = (it: Case, event: CaseEvent | undefined, words: string) => {
  const end = event ?? endOf(it)
  return end && { at: end.at, event: event ? words : '本件已办结' }
}

const supplementClocks = (it: Case, seen: Seen): Clock[] => {
  const event = lastOf(it, 'supplement-asked')
  if (!event) return []
  const { givenUp, restart } = lawOf(it).supplement
  const basis = givenUp ?? restart
  const start = { event: '告知补正', at: event.at, does: 'start', due: String(event.body.until), basis } as const
  return [waiting(['supplement', '申请人补正'], start, orEnd(it, lastOf(it, 'supplemented'), '收到补正'), seen)]
}

const opinionClocks = (it: Case, who: Asked, seen: Seen): Clock[] =>
  opinionsOf(it, who).flatMap((opinion) => {
    const limit = askingOf(it, opinion)?.reply
    const due = dueOfOpinion(it, opinion, seen.calendar)
    if (!limit || due === undefined || opinion.received === undefined) return []
    const start = {
      event: '收到征求意见书',
      at: opinion.received,
      does: 'start',
      span: limit.span,
      basis: limit.basis,
    } as const
    const silent = dayIn(seen.now) > due && !opinion.answered ? { at: due, event: asked[who][2] } : undefined
    return [waiting([who, limit.title], start, silent ?? orEnd(it, opinion.answered, asked[who][1]), seen)]
  })

const feeClocks = (it: Case, seen: Seen): Clock[] => {
  const event = lastOf(it, 'fee-told')
  if (!event) return []
  const fee = feesOn(dayIn(event.at)).payment
  const start = { event: '收费通知', at: event.at, does: 'start', span: fee.span, basis: fee.basis } as const
  return [waiting(['fee', fee.title], start, orEnd(it, lastOf(it, 'paid'), '缴费'), seen)]
}

const ORDERED = { law: '主管科室交办', article: '要求' } as const

/** What the office has asked of the unit that has it. */
const unitClocks = (it: Case, seen: Seen): Clock[] => {
  const event = lastOf(it, 'assigned')
  if (!event || typeof event.body.until !== 'string') return []
  const start = { event: '交办', at: event.at, does: 'start', due: event.body.until, basis: ORDERED } as const
  const ready = eventsOf(it, 'noted').find(({ at, body }) => body.ready === true && at >= event.at)
  return [waiting(['unit', '承办单位报办理意见'], start, orEnd(it, ready, '承办单位已报办理意见'), seen)]
}

/** Every clock of an application, the one to the applicant first. */
export const clocksOf = (it: Case, seen: Seen): Clock[] => [
  answerClock(it, seen),
  ...supplementClocks(it, seen),
  ...opinionClocks(it, 'third', seen),
  ...opinionClocks(it, 'others', seen),
  ...feeClocks(it, seen),
  ...unitClocks(it, seen),
]
