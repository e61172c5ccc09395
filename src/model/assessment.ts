import { z } from 'zod'

/** 考核: 草拟 (the table may change), 自评评分中, 公示 (the result was told, 异议 may come), 已结. */
export const Assessed = z.enum(['draft', 'open', 'told', 'closed'])
export type Assessed = z.infer<typeof Assessed>

/** What people read for a state. */
export const assessedWords: Record<Assessed, string> = {
  draft: '草稿',
  open: '评分中',
  told: '公示中',
  closed: '已结',
}

/** Points in hundredths, so that they add up. */
const Points = z.number().int()
const Taken = Points.min(0).max(100_000)
/** Hundredths of a percent: 4.00 % is 400. */
const Share = z.number().int().min(0).max(10_000)

/** `rules`: from the ledger, by the table of rules; `people`: self-score, office and third party. */
export const GivenBy = z.enum(['rules', 'people'])
export type GivenBy = z.infer<typeof GivenBy>

/** One line of the table that an office imports (指标、分值、标准、责任单位). */
export const Indicator = z.object({
  number: z.string().min(1).max(20),
  /** 一级指标 that it stands under, or empty. */
  theme: z.string().max(200),
  name: z.string().min(1).max(500),
  points: Points.positive().max(1_000_000),
  standard: z.string().max(4000),
  /** Unit ids that it is for; empty: all. */
  units: z.array(z.string()),
  by: GivenBy,
})
export type Indicator = z.infer<typeof Indicator>

/**
 * How points are given, as an office edits it. Stored in `assessments.rules`. What is taken (扣分) is never negative, so that
 * more lateness never gives more.
 */
export const ScoreRules = z.object({
  v: z.literal(1),
  /** Full marks of the ledger's score, from which is taken. */
  full: Points.positive().max(1_000_000),
  /** Given for each duty handed in on time (加分); full marks are the ceiling. */
  onTime: Taken,
  /** Taken for each duty handed in late, and for each that is late and still open: not less than for one handed in. */
  late: Taken,
  overdue: Taken,
  /** Taken for each workday over the day, at most `daysMost` for one duty. */
  day: Taken,
  daysMost: Taken,
  /** Taken for each time that a report was sent back. */
  returned: Taken,
  /** Taken for each later day that was granted: asked in time, and asked after the due day. */
  extended: Taken,
  extendedLate: Taken,
  /** Weights in hundredths of a percent: what a duty's points count for. */
  lead: Share,
  support: Share,
  /** Share of the unit's whole performance score in hundredths of a percent; null where none is set. */
  share: Share.nullable(),
  /** The least that the office lets `share` be. */
  shareLeast: Share.nullable(),
  /** Weight of the third party beside the office's own score, in hundredths of a percent. */
  third: Share,
  /** Workdays after the result was told within which a unit may object. */
  objectDays: z.number().int().min(1).max(60),
  /** Units read each other's points once they are told. */
  othersShown: z.boolean(),
})
export type ScoreRules = z.infer<typeof ScoreRules>
export type RuleName = Exclude<keyof ScoreRules, 'v'>

/** What an office begins with: its own to change before the result is told. */
export const usualRules: ScoreRules = {
  v: 1,
  full: 10_000,
  ...{ onTime: 0, late: 50, overdue: 100, day: 10, daysMost: 200 },
  ...{ returned: 20, extended: 0, extendedLate: 20 },
  ...{ lead: 10_000, support: 5_000 },
  ...{ share: null, shareLeast: null, third: 0, objectDays: 5, othersShown: false },
}

/** 异议 of a unit to one of its scores; its words stand in the facts. */
export const Objection = z.object({
  v: z.literal(1),
  on: z.string(),
  text: z.string(),
  /** What the office answered: kept as it is, or changed to so many points. */
  answered: z.object({ on: z.string(), changed: z.boolean(), points: Points.nullable(), text: z.string() }).nullable(),
})
export type Objection = z.infer<typeof Objection>
