import type { Adapter } from '../../adapters/adapter.ts'
import type { OutboxRow } from '../../db/queries/outbox.ts'
import type { Card } from '../model/card.ts'
import type { Address } from '../model/message.ts'

/** An answer that whoever stores it may send: stored as taken and as being sent. */
export interface Taken {
  adapter: Adapter
  owner: string
  at: Date
  until: Date
}

/** The row of an answer, as it was before it was taken. */
export type AnswerRow = OutboxRow & { card: Card }

/**
 * Answers that the process which stores them sends at once. Each is stored as taken under the process's own name, so that
 * no other looks at it; where the process ends over it, its lease brings it back to the ordinary way.
 */
export interface AtOnce {
  /** Whose answers those are; where others wait too, none is taken. */
  owner: string
  /** May an answer for that place be stored as taken now? Undefined: it waits, and goes the ordinary way. */
  take(to: Address): Promise<Taken | undefined>
  /** Sends what was stored so, after what this process still sends there. */
  send(row: AnswerRow, taken: Taken): void
}
