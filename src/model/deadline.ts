import { z } from 'zod'

/** A calendar day of the office's zone, `YYYY-MM-DD`, one that there is. Days compare as text. */
export type Day = string
export const Day = z.iso.date()

export const Every = z.enum(['day', 'week', 'month', 'quarter', 'half-year', 'year'])
export type Every = z.infer<typeof Every>

/** The n-th day, workday, week or month of the period itself or of the one after it. */
export const Within = z.object({
  n: z.number().int().positive(),
  unit: z.enum(['day', 'workday', 'week', 'month']),
  of: z.enum(['next-period-start', 'period-start']),
})
export type Within = z.infer<typeof Within>

const raw = z.string()

/** A time limit as the document states it: the rule, never the day it comes to. */
export const Deadline = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('date'), raw, by: Day }),
  z.object({ kind: z.literal('ongoing'), raw, year: z.number().int() }),
  z.object({
    kind: z.literal('recurring'),
    raw,
    every: Every,
    within: Within.optional(),
    by: z
      .string()
      .regex(/^\d{2}-\d{2}$/)
      .optional(),
    times: z.number().int().positive().optional(),
  }),
  z.object({
    kind: z.literal('relative'),
    raw,
    event: z.string(),
    n: z.number().int().positive(),
    unit: z.enum(['hour', 'day', 'workday']),
  }),
  z.object({ kind: z.literal('prompt'), raw }),
])
export type Deadline = z.infer<typeof Deadline>
export type DeadlineOf<K extends Deadline['kind']> = Extract<Deadline, { kind: K }>
