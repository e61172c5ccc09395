import { z } from 'zod'

/** 2021: 国办公开办函〔2021〕30号; 2014: the form in use for 2017. */
export const AnnualForm = z.enum(['2021', '2014'])
export type AnnualForm = z.infer<typeof AnnualForm>

/** What people enter for a year's report: cells that no register feeds, figures of the year before, and texts, by their names. */
export const AnnualContent = z.object({
  v: z.literal(1),
  cells: z.record(z.string(), z.number()),
  last: z.record(z.string(), z.number()),
  texts: z.record(z.string(), z.string()),
})
export type AnnualContent = z.infer<typeof AnnualContent>
