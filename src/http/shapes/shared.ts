import { z } from 'zod'

/** What the API answers with where it does not do what was asked: one line that says what would be right. */
export const Problem = z.object({ error: z.string(), now: z.unknown().optional() })
export type Problem = z.infer<typeof Problem>

/** What a file that is handed in may be large at most. */
export const FILE_MB = 20

/** A page of rows: from `offset`, at most `limit`. */
export const Paging = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

/** Several values in one query parameter, by commas: `unit=u1,u2`. Absent or empty: none. */
export const listed = z
  .string()
  .optional()
  .transform((text) => (text ?? '').split(',').filter(Boolean))
