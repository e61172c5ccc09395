import { type Basis, type Clock, dayIn, type Moment, type Span, type Step } from '../model/clock.ts'
import type { Calendar } from '../time/calendar.ts'
import { daysBetween } from '../time/day.ts'
import { type Counted, count } from './count.ts'
import type { Periods } from './rules/periods.ts'

/** What happened to a clock, in the order in which it happened. */
export interface ClockEvent {
  /** As people read it: 收到申请, 征求第三方意见. */
  event: string
  at: Moment
  does: Step['does']
  /** What `start`, `restart` and `extend` allow; a restart without one has the span anew that the clock started with. */
  span?: Span
  /** From when a start or a restart counts, where it is not from the event: a longer limit that holds from the beginning. */
  from?: Moment
  /** A day that is set as it stands (1月31日, a day the office has ordered) and is not counted or moved. */
  due?: Moment
  basis: Basis
  /** The law whose way of counting holds, where it is not the civil law's. */
  by?: Periods
}

/** How a clock stands after a step. */
interface Standing {
  state: Clock['state']
  due: Moment | null
  /** The last day by the count alone, before it was moved off a day of rest; what is added is added to it. */
  last: Moment | null
  /** What was allowed at first, and what the limit is counted in. */
  whole: Span | undefined
  /** When it stopped, and how many are still waited for: two may be asked at once. */
  stopped: { at: Moment; left: Span; waiting: number } | undefined
  provisional: boolean
}

interface Seen {
  calendar: Calendar
  now: Moment
}

type Shown = Pick<Step, 'span' | 'counts' | 'due' | 'skipped' | 'worked' | 'movedFrom' | 'paused' | 'counting'>

const before: Standing = {
  ...{ state: 'running', due: null, last: null, whole: undefined, stopped: undefined, provisional: false },
}

/** What lies from one day to a later one, in workdays or in days: a limit in months that was stopped goes on in days. */
const between = (from: Moment, to: Moment, { type }: Span, { calendar }: Seen): Span =>
  type === 'workday'
    ? { n: calendar.workdaysBetween(dayIn(from), dayIn(to)), type }
    : { n: daysBetween(dayIn(from), dayIn(to)), type: 'day' }

const shown = ({ counts, due, skipped, worked, movedFrom, counting }: Counted, span: Span): Shown => ({
  ...{ span, counts, due, skipped },
  ...(worked.length > 0 && { worked }),
  ...(movedFrom && { movedFrom }),
  ...(counting.length > 0 && { counting }),
})

const standingBy = (was: Standing, counted: Counted): Standing => ({
  ...was,
  ...{ state: 'running', due: counted.due, last: counted.movedFrom ?? counted.due },
  provisional: counted.provisional,
})

type Turn = [Standing, Shown]

const startAt = (event: ClockEvent, was: Standing, { calendar }: Seen): Turn => {
  const span = event.span ?? was.whole
  if (event.due !== undefined)
    return [
      { ...before, due: event.due, last: event.due, whole: span },
      { ...(span && { span }), due: event.due },
    ]
  if (!span) return [before, {}]
  const counted = count(event.from ?? event.at, span, calendar, event.by)
  return [standingBy({ ...before, whole: span }, counted), shown(counted, span)]
}

/** What is over already is not brought back by asking others afterwards; hours stop for nobody. */
const pause = ({ at }: ClockEvent, was: Standing, seen: Seen): Turn => {
  if (was.stopped) return [{ ...was, stopped: { ...was.stopped, waiting: was.stopped.waiting + 1 } }, {}]
  const { due, last, whole } = was
  if (due === null || last === null) return [was, {}]
  if (!whole || whole.type === 'hour' || dayIn(at) > due) return [was, { due }]
  const left = between(at, last > dayIn(at) ? last : at, whole, seen)
  return [{ ...was, state: 'paused', due: null, stopped: { at, left, waiting: 1 }, provisional: false }, { span: left }]
}

/** Goes on from the day after the answer came; the day of asking has counted, the day of the answer has not. */
const resume = ({ at, by }: ClockEvent, was: Standing, seen: Seen): Turn => {
  const { stopped } = was
  if (!stopped) return [was, was.due === null ? {} : { due: was.due }]
  if (stopped.waiting > 1) return [{ ...was, stopped: { ...stopped, waiting: stopped.waiting - 1 } }, {}]
  const counted = count(at, stopped.left, seen.calendar, by)
  const paused = between(stopped.at, at, stopped.left, seen).n
  return [standingBy({ ...was, stopped: undefined }, counted), { ...shown(counted, stopped.left), paused }]
}

/** The span begins where the limit so far ends; what is left of one that stands still grows by it. */
const extend = ({ span, by }: ClockEvent, was: Standing, seen: Seen): Turn => {
  if (!span || was.last === null) return [was, span ? { span } : {}]
  if (was.stopped) {
    const left = { ...was.stopped.left, n: was.stopped.left.n + span.n }
    return [{ ...was, stopped: { ...was.stopped, left } }, { span }]
  }
  const counted = count(was.last, span, seen.calendar, by)
  return [standingBy(was, counted), shown(counted, span)]
}

const move = ({ due }: ClockEvent, was: Standing): Turn =>
  due === undefined
    ? [was, was.due === null ? {} : { due: was.due }]
    : [{ ...was, state: 'running', due, last: due, stopped: undefined, provisional: false }, { due }]

const over =
  (state: 'ended' | 'lapsed') =>
  (_: ClockEvent, was: Standing): Turn => [
    { ...was, state, due: null, stopped: undefined, provisional: false },
    was.due === null ? {} : { due: was.due },
  ]

const turns: Record<Step['does'], (event: ClockEvent, was: Standing, seen: Seen) => Turn> = {
  ...{ start: startAt, restart: startAt, pause, resume, extend, move, end: over('ended'), lapse: over('lapsed') },
}

const isOver = ({ state }: Standing): boolean => state === 'ended' || state === 'lapsed'

/** What is over can only begin anew. */
const turn = (event: ClockEvent, was: Standing, seen: Seen): Turn =>
  isOver(was) && event.does !== 'start' && event.does !== 'restart' ? [was, {}] : turns[event.does](event, was, seen)

/** A clock that stands still says for how long it has done so. */
const stillStopped = (steps: Step[], { stopped }: Standing, seen: Seen): Step[] => {
  if (!stopped) return steps
  const at = steps.findLastIndex((step) => step.does === 'pause' && step.at === stopped.at && step.span !== undefined)
  const { n } = between(stopped.at, seen.now, stopped.left, seen)
  return steps.map((step, index) => (index === at ? { ...step, paused: n } : step))
}

/**
 * Runs a clock over what happened, each thing with its work shown. A pause does not count the days after the day of asking
 * up to and including the day of the answer; a restart counts the whole span anew; an extension is counted from the end.
 */
export const runClock = (
  { name, title }: Pick<Clock, 'name' | 'title'>,
  events: readonly ClockEvent[],
  seen: Seen,
): Clock => {
  let standing = before
  const steps = events.map((event): Step => {
    const [next, work] = turn(event, standing, seen)
    standing = next
    const { event: said, at, does, from, basis } = event
    return { event: said, at, does, ...(from && { from }), ...work, basis }
  })
  const { state, due, provisional } = standing
  return { name, title, state, due, steps: stillStopped(steps, standing, seen), provisional }
}
