import type { Adapter } from '../../../adapters/adapter.ts'
import type { Settlement } from '../../../db/queries/lease.ts'
import type { OutboxRow } from '../../../db/queries/outbox.ts'
import { describeError } from '../../log.ts'
import { DeliveryError } from '../../model/problem.ts'

/** How a delivery ends, or when it is tried again. Pure: `at` is the moment, `chance` a number from 0 up to 1. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Who asked sits there and waits: an answer is tried again soon, and not given up to an hour's pause. */
const WAITS = {
  answer: { first: 2000, most: MINUTE },
  clock: { first: MINUTE / 2, most: HOUR },
  push: { first: MINUTE / 2, most: HOUR },
}
/** Clocks of two servers differ by no more; beyond it a clock was set back, and nobody knows how long ago a try was. */
const SKEW = 5 * MINUTE

export interface Moment {
  at: Date
  chance: number
}

const settlementOf = ({
  id,
  state,
  dueAt,
  error,
  ref,
  edit,
  card,
  tasks,
  attempts,
  triedAt,
  settledAt,
}: OutboxRow): Settlement => ({
  ...{ id, state, dueAt, error, ref, edit, card, tasks, attempts, triedAt, settledAt },
})

/** It was sent, or there is no more to be done about it. */
export const settled = (row: OutboxRow, at: Date, more: Partial<Settlement>): Settlement => ({
  ...settlementOf(row),
  settledAt: at,
  ...more,
})

/** It is not sent. Where an earlier try may have arrived, that is what the account says. */
export const ended = (row: OutboxRow, state: 'dropped' | 'dead', at: Date, reason: string): Settlement =>
  row.triedAt === null
    ? settled(row, at, { state, error: reason })
    : settled(row, at, { state: 'unsure', error: `可能已发出：${reason}` })

/** It waits for its hour; it was not tried, and holds nothing back meanwhile. */
export const held = (row: OutboxRow, until: Date, reason: string): Settlement => ({
  ...settlementOf(row),
  ...{ dueAt: until, attempts: 0, error: reason },
})

/**
 * 30 s, 1, 2, 4 … minutes, at most an hour; of an answer 2, 4, 8 … seconds, at most a minute. Up to half of it is chance.
 * What a platform asks for is never cut short.
 */
const waitFor = ({ lane, attempts }: OutboxRow, chance: number, after: number | undefined): number => {
  const { first, most } = WAITS[lane]
  return after === undefined
    ? Math.min(most, first * 2 ** Math.min(20, Math.max(0, attempts - 1))) * (1 - chance / 2)
    : after * (1 + chance / 10)
}

/** It was surely not sent by this try: it waits, as long as it is of use. */
export const later = (row: OutboxRow, { at, chance }: Moment, reason: string, after?: number): Settlement => ({
  ...settlementOf(row),
  ...{ dueAt: new Date(at.getTime() + waitFor(row, chance, after)), error: reason },
})

/** When nobody knows any more whether the platform still remembers the key of the first try. */
const forgottenAt = (triedAt: Date, once: number): number => triedAt.getTime() + once

/**
 * May a row, of which an earlier try may have arrived, be tried again? Only with its key, as long as the platform
 * remembers that, and the same way.
 */
export const repeatable = (row: OutboxRow, at: Date, once: number | undefined): boolean => {
  if (row.triedAt === null) return true
  if (once === undefined) return false
  const now = at.getTime()
  const wayEnded = row.replyUntil !== null && row.triedAt < row.replyUntil && row.replyUntil <= at
  return !wayEnded && now > row.triedAt.getTime() - SKEW && now < forgottenAt(row.triedAt, once)
}

/** Nobody knows whether it was sent: once more with its key, the last time a minute before that is forgotten; else it is listed. */
const doubtful = (
  row: OutboxRow,
  moment: Moment,
  reason: string,
  once: number | undefined,
  after?: number,
): Settlement => {
  const { at } = moment
  const unsure = settled(row, at, { state: 'unsure', error: reason })
  if (once === undefined || row.triedAt === null) return unsure
  const next = later(row, moment, reason, after)
  const last = new Date(forgottenAt(row.triedAt, once) - MINUTE)
  if (next.dueAt <= last) return next
  return last.getTime() > at.getTime() + MINUTE ? { ...next, dueAt: last } : unsure
}

/**
 * What an adapter's error means. `row` is as it was taken, `tried` as it was handed over: what the platform surely
 * refused is in no more doubt than before. A bug of ours may have come after the sending.
 */
export const afterError = (
  row: OutboxRow,
  tried: OutboxRow,
  error: unknown,
  moment: Moment,
  { once }: Pick<Adapter, 'once'>,
): Settlement => {
  if (!(error instanceof DeliveryError)) return doubtful(tried, moment, describeError(error).class, once)
  if (error.reason === 'unsure') return doubtful(tried, moment, error.message, once, error.after)
  const refused = { ...tried, triedAt: row.triedAt, card: row.card, tasks: row.tasks }
  if (error.reason !== 'later') return ended(refused, 'dead', moment.at, `${error.reason}: ${error.message}`)
  return row.triedAt === null
    ? later(refused, moment, error.message, error.after)
    : doubtful(refused, moment, error.message, once, error.after)
}
