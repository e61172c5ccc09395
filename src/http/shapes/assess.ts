import { z } from 'zod'
import { Assessed, GivenBy, ScoreRules } from '../../model/assessment.ts'

const Points = z.number().int()
const Text = z.string().trim().max(1000)

export const AssessmentHead = z.object({
  ...{ id: z.string(), title: z.string(), state: Assessed, from: z.string(), to: z.string() },
  objectBy: z.string().nullable(),
  version: z.number().int(),
})
export type AssessmentHead = z.infer<typeof AssessmentHead>

export const AssessmentList = z.object({ rows: z.array(AssessmentHead), reads: z.boolean() })
export type AssessmentList = z.infer<typeof AssessmentList>

/** How a unit stands as a whole. `total` is null where it is not told (yet), or nothing counts. */
export const UnitTotal = z.object({
  ...{ unit: z.string(), name: z.string(), full: Points, waiting: z.number().int() },
  total: Points.nullable(),
  percent: Points.nullable(),
  contributes: Points.nullable(),
  /** Its lines may be read by whoever asks. */
  open: z.boolean(),
  objections: z.number().int(),
})
export type UnitTotal = z.infer<typeof UnitTotal>

export const AssessmentPage = AssessmentHead.extend({
  rules: ScoreRules,
  indicators: z.array(
    z.object({
      ...{ number: z.string(), theme: z.string(), name: z.string(), points: Points, standard: z.string() },
      by: GivenBy,
      /** Names of its units; empty: all. */
      units: z.array(z.string()),
    }),
  ),
  units: z.array(UnitTotal),
  /** Whoever looks is of the office. */
  office: z.boolean(),
})
export type AssessmentPage = z.infer<typeof AssessmentPage>

const Line = z.object({
  ...{ rule: z.string(), points: Points, why: z.string(), duty: z.string(), code: z.string(), round: z.string() },
  day: z.string().nullable(),
})

const IndicatorShown = z.object({
  ...{ number: z.string(), theme: z.string(), name: z.string(), points: Points, standard: z.string(), by: GivenBy },
  ...{ result: Points.nullable(), how: z.string(), apart: z.boolean() },
  /** Version of what people gave; 0 where nobody gave anything. */
  version: z.number().int(),
  ...{
    own: Points.nullable(),
    proof: z.string(),
    given: Points.nullable(),
    third: Points.nullable(),
    reason: z.string(),
  },
  objection: z
    .object({ on: z.string(), text: z.string(), answer: z.string().nullable(), changed: z.boolean() })
    .nullable(),
})

export const UnitScore = z.object({
  assessment: AssessmentHead,
  total: UnitTotal,
  indicators: z.array(IndicatorShown),
  ledger: z
    .object({
      score: Points.nullable(),
      full: Points,
      counted: z.number().int(),
      lines: z.array(Line),
      left: z.array(z.object({ duty: z.string(), code: z.string(), round: z.string(), why: z.string() })),
    })
    .nullable(),
  may: z.object({ self: z.boolean(), office: z.boolean(), third: z.boolean(), object: z.boolean() }),
})
export type UnitScore = z.infer<typeof UnitScore>

const TableLine = z.object({
  ...{ line: z.number().int(), number: z.string().max(20), theme: z.string().max(200), name: z.string().max(500) },
  ...{
    points: Points.positive().max(1_000_000),
    standard: z.string().max(4000),
    units: z.string().max(4000),
    by: GivenBy,
  },
})

/** A file's table as it was read, with the names in it that the roster does not know. */
export const TableShown = z.object({
  lines: z.array(TableLine),
  unknown: z.array(z.object({ name: z.string(), lines: z.array(z.number()), options: z.array(z.string()) })),
  sum: Points,
})
export type TableShown = z.infer<typeof TableShown>

export const TableImport = z.object({
  ...{ title: z.string().trim().min(1).max(100), from: z.iso.date(), to: z.iso.date() },
  /** Absent: by the ledger alone. */
  lines: z.array(TableLine).min(1).max(500).optional(),
  means: z.record(z.string().max(200), z.string().max(200)).default({}),
})
export type TableImport = z.infer<typeof TableImport>

export const RulesChange = z.object({ version: z.number().int(), rules: ScoreRules })
export const Step = z.object({ version: z.number().int(), step: z.enum(['open', 'tell', 'close']) })

/** What somebody gives or says to one indicator of a unit; `version` as it was shown. */
export const ScoreDeed = z.object({
  ...{ unit: z.string().max(64), indicator: z.string().max(20), version: z.number().int() },
  deed: z.enum(['self', 'office', 'third', 'object', 'answer']),
  points: Points.min(0).max(1_000_000).nullable(),
  text: Text,
})
export type ScoreDeed = z.infer<typeof ScoreDeed>

export const ScoresQuery = z.object({
  as: z.enum(['xlsx', 'docx']).default('xlsx'),
  unit: z.string().max(64).optional(),
})
