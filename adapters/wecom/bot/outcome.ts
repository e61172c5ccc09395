import type { Outcome } from '../../adapter.ts'
import { digest, toHex } from '../../crypto.ts'

/** Is there an answer to be given? */
export const isSaid = (outcome: Outcome | undefined): outcome is Required<Outcome> =>
  outcome?.reply !== undefined && outcome.status !== 'silent'

/** An id of a stream or a card, made of a message's or a delivery's own: equal on a repeat, of letters that a task id may have. */
export const idOf = async (own: string): Promise<string> => toHex(await digest('SHA-256', own)).slice(0, 32)
