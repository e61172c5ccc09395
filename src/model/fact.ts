import { CaseKind } from './case.ts'

export type Subject = 'plan' | 'task' | 'duty' | 'unit' | 'person' | 'room' | 'subscription' | 'office' | Kept

/** Subjects of oversight (proofs, papers, 考核 and its points) and of the registers. */
export const keptSubjects = [
  ...(['evidence', 'paper', 'assessment', 'score'] as const),
  ...CaseKind.options,
  ...(['tally', 'annual'] as const),
] as const
export type Kept = (typeof keptSubjects)[number]

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Body = Record<string, Json>

/**
 * What a command (or the office's machine) says happened to a subject. `body` is chained and holds no free text and no
 * personal data; those stand in `words`, which can be erased.
 */
export interface NewFact {
  subject: Subject
  id: string
  kind: string
  body: Body
  words?: Body
}
