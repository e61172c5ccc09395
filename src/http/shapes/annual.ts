import { z } from 'zod'
import { AnnualForm, AnnualRow } from '../../model/annual.ts'
import { GridCell } from '../../model/paper.ts'

/** The annual report as the console shows it. */

const Year = z.coerce.number().int().min(2008).max(2199)
/** Without a year: the one whose report is being written. */
export const AnnualAsked = z.object({ year: Year.optional(), form: AnnualForm.optional() })
export const BehindAsked = z.object({ year: Year, form: AnnualForm.optional(), cell: z.string().max(80) })

/** One number with where it comes from. `permille`: how it moved since the year before, null from zero. */
const Cell = z.object({
  words: z.string(),
  unit: z.string(),
  value: z.number().nullable(),
  from: z.enum(['cases', 'tallies', 'entered', 'missing']),
  /** Cases or tallies behind it. */
  behind: z.number(),
  last: z.number().nullable(),
  lastFrom: z.enum(['report', 'entered']).nullable(),
  by: z.number().nullable(),
  permille: z.number().nullable(),
  aside: z.boolean(),
})
export type AnnualCell = z.infer<typeof Cell>

/** `cell`: which number stands there. `unconfirmed`: a row that nobody has compared with the form as it was issued. */
const PlacedCell = GridCell.extend({ cell: z.string().optional(), unconfirmed: z.boolean().optional() })
export const AnnualTable = z.object({ title: z.string(), rows: z.array(z.array(PlacedCell)) })
export type AnnualTable = z.infer<typeof AnnualTable>

const Finding = z.object({
  id: z.string(),
  words: z.string(),
  cells: z.array(z.string()),
  state: z.enum(['ok', 'fired', 'open']),
  told: z.string(),
})

export const AnnualPage = z.object({
  year: z.number(),
  years: z.array(z.number()),
  form: AnnualForm,
  version: z.number(),
  asOf: z.string(),
  /** Whether whoever asks may enter anything. */
  may: z.boolean(),
  dues: z.array(z.string()),
  /** The figures of the year before come out of its own report. */
  hasBefore: z.boolean(),
  cells: z.record(z.string(), Cell),
  tables: z.array(AnnualTable),
  findings: z.array(Finding),
  questions: z.array(z.string()),
  parts: z.array(
    z.object({
      title: z.string(),
      sections: z.array(
        z.object({
          ...{ id: z.string(), title: z.string(), ask: z.string(), own: z.string(), blank: z.string() },
          said: z.array(z.string()),
        }),
      ),
    }),
  ),
})
export type AnnualPage = z.infer<typeof AnnualPage>

const Numbers = z.record(z.string().max(80), z.number().nullable())
export const AnnualEntered = z.object({
  year: z.number().int(),
  version: z.number().int(),
  form: AnnualForm.optional(),
  cells: Numbers.optional(),
  last: Numbers.optional(),
  texts: z.record(z.string().max(40), z.string().max(20_000)).optional(),
  rows: z
    .record(z.string().max(60), AnnualRow.extend({ words: z.string().max(200), unit: z.string().max(20) }).nullable())
    .optional(),
  /** Every cell that has no number yet becomes zero. */
  zeros: z.literal(true).optional(),
})
export type AnnualEntered = z.infer<typeof AnnualEntered>

/** What stands behind a number: cases with their page, or tallies. */
export const AnnualBehind = z.object({
  cases: z.array(z.object({ id: z.string(), number: z.string(), title: z.string(), on: z.string() })),
  tallies: z.array(
    z.object({
      ...{ id: z.string(), unit: z.string(), period: z.string(), channel: z.string(), theme: z.string() },
      count: z.number(),
    }),
  ),
})
export type AnnualBehind = z.infer<typeof AnnualBehind>
