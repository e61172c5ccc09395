import { z } from 'zod'
import { Day } from './deadline.ts'

/** A day, or a minute of the office's zone where hours are counted: `2026-12-01`, `2026-12-01T08:30`. Both compare as text. */
export type Moment = string
export const Moment = z.union([
  Day,
  z.string().regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, '应为 YYYY-MM-DDTHH:MM'),
])

/** The day of a moment. */
export const dayIn = (moment: Moment): Day => moment.slice(0, 10)

/** 工作日, 日 (自然日), 小时, 月. */
export type DayType = 'workday' | 'day' | 'hour' | 'month'

export interface Span {
  n: number
  type: DayType
}

/** Where a rule stands: 政府信息公开条例（2019年修订）, 第三十三条第二款. A limit that the office has set names itself so. */
export interface Basis {
  law: string
  article: string
  /** The text itself could not be read when this was written: an office should look it up before it relies on it. */
  confirmed?: false
}

/** Days in a row, and why they do not count (周末, 国庆节, 本单位休息日) or count all the same (调休上班). */
export interface DayRun {
  from: Day
  to: Day
  why: string
}

/** One step of a clock, such that whoever checks it can count after. */
export interface Step {
  /** What happened: 收到申请. */
  event: string
  at: Moment
  does: 'start' | 'pause' | 'resume' | 'restart' | 'extend' | 'move' | 'end' | 'lapse'
  /** The day (or minute) from which the span is counted, where it is not that of the event. */
  from?: Moment
  /** What is allowed from here on, where the step sets or changes it; of a pause and what ends it: what is left. */
  span?: Span
  /** The first day (or minute) that counts, and the end of the clock as it stands after this step. */
  counts?: Moment
  due?: Moment
  /** Days between them that do not count; of a limit in days or months: those that its last day was moved over. */
  skipped?: DayRun[]
  /** Weekend days between them that count all the same. */
  worked?: DayRun[]
  /** The last day of a limit in days or months, where it was one of rest and the end was moved. */
  movedFrom?: Day
  /** What a pause did not count, in the unit of its span: so far, or when it is over. */
  paused?: number
  basis: Basis
  /** How the law has the span counted: 民法典第二百零一条 … */
  counting?: Basis[]
}

/** A clock with its work shown. `due` null: it stands still, or has ended. */
export interface Clock {
  /** Which clock of the case: `answer`, `supplement`, `statement`. */
  name: string
  /** What is due: 答复申请人. */
  title: string
  state: 'running' | 'paused' | 'ended' | 'lapsed'
  due: Moment | null
  steps: Step[]
  /** Days of a year whose holiday notice is not out were counted. */
  provisional: boolean
}
