import { z } from 'zod'
import { Day } from '../../model/deadline.ts'
import { Brought, DutyDeed, Told } from './duty.ts'
import { listed, Paging } from './shared.ts'

export const ReviewKind = z.enum(['report', 'again', 'extension', 'decline', 'disclaimed'])
export type ReviewKind = z.infer<typeof ReviewKind>

export const ReviewQuery = Paging.extend({ unit: listed, plan: listed, kind: ReviewKind.optional() })

const ReviewRow = z.object({
  kind: ReviewKind,
  id: z.string(),
  version: z.number().int(),
  code: z.string(),
  title: z.string(),
  text: z.string(),
  unit: z.string(),
  role: z.enum(['lead', 'support']),
  round: z.string(),
  secret: z.boolean(),
  due: z.string(),
  dueOn: Day.nullable(),
  light: z.enum(['green', 'yellow', 'red']).nullable(),
  reportedOn: Day.nullable(),
  late: z.boolean(),
  /** The secrecy review was given, and by whom. */
  cleared: z.boolean(),
  clearedBy: z.string(),
  times: z.number().int(),
  approved: z.number().int(),
  /** Proofs that the task asks for and that are not there. */
  missing: z.array(z.string()),
  asked: z.object({ until: Day, late: z.boolean() }).nullable(),
  /** The unit that ought to do it, as the one that declines says. */
  suggests: z.string(),
  returnedFor: z.string(),
  handedIn: z.array(Told),
  evidence: z.array(Brought),
  deeds: z.array(DutyDeed),
})
export type ReviewRow = z.infer<typeof ReviewRow>

export const ReviewQueue = z.object({
  asOf: z.iso.datetime(),
  counts: z.record(ReviewKind, z.number().int()),
  total: z.number().int(),
  rows: z.array(ReviewRow),
  units: z.array(z.object({ id: z.string(), name: z.string() })),
  plans: z.array(z.object({ id: z.string(), code: z.string() })),
})
export type ReviewQueue = z.infer<typeof ReviewQueue>

/** One answer to many reports, or to many that ask for a later day: the day that each asked for, or none. */
export const ReviewMany = z
  .object({
    id: z.string().min(8).max(64),
    act: z.enum(['approve', 'return', 'grant', 'refuse']),
    items: z
      .array(z.object({ duty: z.string().max(200), version: z.number().int() }))
      .min(1)
      .max(200),
    text: z.string().max(4000).default(''),
    until: Day.optional(),
  })
  .refine(({ act, text }) => (act !== 'return' && act !== 'refuse') || text.trim() !== '', {
    error: '退回、不同意要写明原因',
    path: ['text'],
  })

export const ReviewedMany = z.object({
  results: z.array(
    z.object({ duty: z.string(), outcome: z.enum(['done', 'overtaken', 'refused']), words: z.string() }),
  ),
})
export type ReviewedMany = z.infer<typeof ReviewedMany>
