import { z } from 'zod'
import { Day } from './deadline.ts'
import type { Address, Attached } from './message.ts'

/** 佐证: what a unit brings to show that its report is true. */
export const EvidenceKind = z.enum(['link', 'picture', 'file'])
export type EvidenceKind = z.infer<typeof EvidenceKind>

/** `waiting` to be fetched or looked at, `kept` (a copy is here), `looked` (a link without a copy), `failed`, `erased`. */
export const EvidenceState = z.enum(['waiting', 'kept', 'looked', 'failed', 'erased'])
export type EvidenceState = z.infer<typeof EvidenceState>

/** Where a file comes from: the place, whose app or bot fetches it and where its fate is told. */
export interface EvidenceSource {
  v: 1
  /** Absent for a link. */
  file?: Attached
  room: Address
}

/** What a look at it found, for whoever checks the report: a hint, never a verdict. Stored in `evidence.hint`. */
export const Hint = z.object({
  v: z.literal(1),
  outcome: z.enum(['open', 'broken', 'refused', 'skipped', 'kept', 'lost']),
  status: z.number().int().nullable().default(null),
  /** Why it is not open, in words. */
  why: z.string().default(''),
  /** What it is: 网页, PDF…, with its size. */
  what: z.string().default(''),
  title: z.string().default(''),
  /** Days that the page says, those of the round first. */
  days: z.array(Day).default([]),
  /** Does it say a day within the round? null where the duty has no round with days. */
  inRound: z.boolean().nullable().default(null),
  /** Words of the task that it says, of `ofWords` that were looked for. */
  words: z.array(z.string()).default([]),
  ofWords: z.number().int().default(0),
})
export type Hint = z.infer<typeof Hint>
