import { type ClockEvent, runClock } from '../../src/clock/run.ts'
import type { Basis, Clock, DayRun, Span, Step } from '../../src/model/clock.ts'
import { type Calendar, openCalendar } from '../../src/time/calendar.ts'

const short = (day: string) => day.slice(5)

/** 周末09-28 国庆节10-01~10-07 */
export const saidRuns = (runs: readonly DayRun[] = []): string =>
  runs.map(({ from, to, why }) => `${why}${short(from)}${from === to ? '' : `~${short(to)}`}`).join(' ')

export const saidBasis = ({ law, article, confirmed }: Basis): string =>
  `${law}${article}${confirmed === false ? '（待核对）' : ''}`

const saidSpan = ({ n, type }: Span): string =>
  `${n}${{ workday: '工作日', day: '日', hour: '小时', month: '个月' }[type]}`

/** One step as a line: what happened and when, what is allowed, by what, until when, what does not count and what does. */
const saidStep = (step: Step): string =>
  [
    `${step.at} ${step.event}`,
    saidBasis(step.basis),
    step.span ? saidSpan(step.span) : '',
    step.due ?? '不计时',
    saidRuns(step.skipped),
    saidRuns(step.worked),
    step.paused === undefined ? '' : `停${step.paused}`,
    step.movedFrom ? `原${step.movedFrom}` : '',
  ]
    .join(' | ')
    .replace(/(?: \| )+$/, '')

/** A clock's steps as lines. */
export const saidClock = ({ steps }: Clock): string[] => steps.map(saidStep)

export const national: Calendar = openCalendar()

/** A clock run by the national calendar; `now` is long after unless a row says when. */
export const ran = (events: readonly ClockEvent[], now = '2030-01-01', calendar: Calendar = national): Clock =>
  runClock({ name: 'answer', title: '答复申请人' }, events, { calendar, now })
