import { z } from 'zod'

/** 考核: 草拟, 进行中, 已结. */
export const Assessed = z.enum(['draft', 'open', 'closed'])
export type Assessed = z.infer<typeof Assessed>

/** Points in hundredths, so that they add up. */
const Points = z.number().int()

/** One line of the table that an office imports (指标、分值、标准、责任单位). */
export const Indicator = z.object({
  number: z.string(),
  name: z.string(),
  points: Points.nonnegative(),
  standard: z.string(),
  /** Unit ids that it is for; empty: all. */
  units: z.array(z.string()),
  /** `rules`: from the ledger, by the table of rules; `people`: self-score, office and third party. */
  by: z.enum(['rules', 'people']),
})
export type Indicator = z.infer<typeof Indicator>

/** How the ledger gives points, as an office edits it. Stored in `assessments.rules`. */
export const ScoreRules = z.object({
  v: z.literal(1),
  /** Points taken or given for each: negative takes. */
  onTime: Points,
  late: Points,
  overdue: Points,
  /** For each workday over, at most `overdueMost` for one duty. */
  overdueDay: Points,
  overdueMost: Points,
  returned: Points,
  extended: Points,
  /** Weights in hundredths: what a duty counts for. */
  lead: Points,
  support: Points,
  /** Share of the unit's whole performance score in hundredths of a percent (seed: not less than 4 %); null where none is set. */
  share: z.number().int().nullable(),
})
export type ScoreRules = z.infer<typeof ScoreRules>

/** 异议 of a unit to one of its scores. */
export const Objection = z.object({
  v: z.literal(1),
  on: z.string(),
  text: z.string(),
  /** What the office answered: kept as it is, or changed. */
  answered: z.object({ on: z.string(), changed: z.boolean(), text: z.string() }).nullable(),
})
export type Objection = z.infer<typeof Objection>
