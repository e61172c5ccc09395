/**
 * What a person can do wrong, told in one line that says what would be right. At the command line: exit 2; in the chat:
 * a card. Everything else that throws is a bug.
 */
export class BadInput extends Error {
  override name = 'BadInput'
}

/** What an adapter's `receive` throws at the door: unproven, too large, or proven but undecodable. */
export class Refused extends Error {
  override name = 'Refused'
  constructor(readonly status: 400 | 401 | 413) {
    super(`refused ${status}`)
  }
}

/** Why a delivery did not arrive. */
export const REASONS = ['later', 'gone', 'forbidden', 'malformed', 'no-route', 'unsure'] as const

/**
 * What an adapter's `deliver` throws. `later`: it was surely not sent, and is tried again (after `after` ms where the
 * platform says so). `unsure`: it may have been sent; it is repeated only where the platform takes a key.
 */
export class DeliveryError extends Error {
  override name = 'DeliveryError'
  constructor(
    readonly reason: (typeof REASONS)[number],
    message: string,
    readonly after?: number,
  ) {
    super(message)
  }
}

/**
 * The class of a delivery's error as its row keeps it: the reason that the text begins with, also where people were told in
 * the room's place or others spoke there in the group robot's; `other` for none.
 */
export const reasonClass = (error: string | null): string =>
  /^(?:群里发不出（|群机器人 )?(gone|forbidden|no-route|malformed|later|unsure)\b/.exec(error ?? '')?.[1] ?? 'other'
