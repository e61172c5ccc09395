import { z } from 'zod'

/** 2021: 国办公开办函〔2021〕30号; 2014: the form in use for 2017. */
export const AnnualForm = z.enum(['2021', '2014'])
export type AnnualForm = z.infer<typeof AnnualForm>

export const annualFormWords: Record<AnnualForm, string> = { '2021': '2021年格式', '2014': '2014年统计表' }

/** A row of the form of 2014 as the office wants it. */
export const AnnualRow = z.object({ words: z.string(), unit: z.string() })
export type AnnualRow = z.infer<typeof AnnualRow>

/**
 * What people enter for a year's report: cells that no register feeds, figures of the year before, and texts, by their
 * names. `rows`: rows of the form of 2014 that the office changed, added, or (null) took out.
 */
export const AnnualContent = z.object({
  v: z.literal(1),
  cells: z.record(z.string(), z.number()),
  last: z.record(z.string(), z.number()),
  texts: z.record(z.string(), z.string()),
  rows: z.record(z.string(), AnnualRow.nullable()).optional(),
})
export type AnnualContent = z.infer<typeof AnnualContent>
