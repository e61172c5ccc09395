import type { Outcome } from '../../adapter.ts'

/** Is there an answer to be given? */
export const isSaid = (outcome: Outcome | undefined): outcome is Required<Outcome> =>
  outcome?.reply !== undefined && outcome.status !== 'silent'
