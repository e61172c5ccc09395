import { and, count, desc, eq, gt, gte, inArray, isNull, lte, max, notLike, or, sql } from 'drizzle-orm'
import type { Card } from '../../src/model/card.ts'
import type { Address } from '../../src/model/message.ts'
import { among } from '../among.ts'
import { type Params, prepare, prepareWrite } from '../prepare.ts'
import type { Tables } from '../schema.ts'
import type { OfficeStore, Query, Reader, Write } from '../store.ts'
import type { Keys } from './people.ts'

export type OutboxRow = Tables['outbox']['$inferSelect']
export type OutboxState = OutboxRow['state']
export type Lane = OutboxRow['lane']

/** How many notices of the office stand in each state; together they are all that were ever queued. */
export const outboxDepth = async ({ q, t, office }: Reader): Promise<Record<OutboxState, number>> => {
  const rows = await q
    .select({ state: t.outbox.state, n: count() })
    .from(t.outbox)
    .where(eq(t.outbox.office, office))
    .groupBy(t.outbox.state)
  const depth: Record<OutboxState, number> = { waiting: 0, sent: 0, dropped: 0, dead: 0, unsure: 0 }
  for (const { state, n } of rows) depth[state] = n
  return depth
}

/**
 * Asks for `n` sends of an app in one minute (an instant at its full minute) that allows `max`. Returns how many are
 * granted, from 0 to n. The counter holds what was asked for while something was left, so it may stand above `max`.
 */
export const takeQuota = async (
  office: OfficeStore,
  app: string,
  minute: Date,
  n: number,
  max: number,
): Promise<number> => {
  const { quotas } = office.t
  const rows = await office.one((q) =>
    q
      .insert(quotas)
      .values({ office: office.office, app, minute, used: n })
      .onConflictDoUpdate({
        target: [quotas.office, quotas.app, quotas.minute],
        set: { used: sql`${quotas.used} + ${n}` },
        setWhere: sql`${quotas.used} < ${max}`,
      })
      .returning({ used: quotas.used }),
  )
  const used = rows[0]?.used
  return used === undefined ? 0 : Math.max(0, Math.min(n, max - (used - n)))
}

const used = prepare('quota used', (q, t, p: Params<{ minute: Date }>) =>
  q
    .select({ app: t.quotas.app, used: t.quotas.used })
    .from(t.quotas)
    .where(and(eq(t.quotas.office, p.office), eq(t.quotas.minute, p.minute))),
)

/** How much of its sends of one minute each app has used. */
export const quotaUsed = async (reader: Reader, minute: Date): Promise<Map<string, number>> =>
  new Map((await used(reader, { minute })).map((row) => [row.app, row.used]))

const issued = prepare('last issued', (q, t, p: Params<{ own: string; any: string; since: Date }>) =>
  q
    .select({ tasks: t.outbox.tasks })
    .from(t.outbox)
    .where(
      and(
        eq(t.outbox.office, p.office),
        or(eq(t.outbox.room, p.own), eq(t.outbox.room, p.any)),
        inArray(t.outbox.lane, ['clock', 'push']),
        eq(t.outbox.state, 'sent'),
        gte(t.outbox.settledAt, p.since),
        // What was guessed of somebody's words is the answer to them, and issues nothing.
        notLike(t.outbox.id, 'guess:%'),
      ),
    )
    .orderBy(desc(t.outbox.ord))
    .limit(1),
)

/** Codes of the tasks that the last push into a room since then spoke of; empty where there was none. */
export const lastIssued = async (reader: Reader, [own, any]: Keys, since: Date): Promise<string[]> =>
  (await issued(reader, { own, any, since }))[0]?.tasks ?? []

const said = prepare('last said', (q, t, p: Params<{ own: string; any: string; after: string; since: Date }>) =>
  q
    .select({ card: t.outbox.card, asks: t.outbox.asks, lane: t.outbox.lane, units: t.outbox.units })
    .from(t.outbox)
    .where(
      and(
        eq(t.outbox.office, p.office),
        or(eq(t.outbox.room, p.own), eq(t.outbox.room, p.any)),
        inArray(t.outbox.lane, ['answer', 'clock', 'push']),
        inArray(t.outbox.state, ['sent', 'unsure']),
        gte(t.outbox.ord, p.after),
        gte(t.outbox.settledAt, p.since),
      ),
    )
    .orderBy(desc(t.outbox.settledAt), desc(t.outbox.ord))
    .limit(20),
)

/**
 * The last cards that were sent into a place since then, the newest first, of those whose order begins at `after`; `asks`:
 * it asked something back; of an answer `units` are those of who asked.
 */
export const lastSaid = (reader: Reader, [own, any]: Keys, after: string, since: Date) =>
  said(reader, { own, any, after, since })

interface Answer {
  id: string
  units: string[]
  asks: boolean
  room: string
  ord: string
  address: Address
  card: Card
  replyHandle: string | null
  replyUntil: Date | null
  dueAt: Date
  validUntil: Date
  state: OutboxState
  settledAt: Date | null
  tasks: string[]
  leaseOwner: string | null
  leaseUntil: Date | null
  attempts: number
  triedAt: Date | null
}

/** The answer to a message, waiting, or `sent` where the platform takes it in its own response. */
export const putAnswer = prepareWrite('put answer', (q, t, p: Params<Answer>) =>
  q.insert(t.outbox).values({
    office: p.office,
    id: p.id,
    units: p.units,
    asks: p.asks,
    lane: 'answer',
    room: p.room,
    ord: p.ord,
    address: p.address,
    card: p.card,
    replyHandle: p.replyHandle,
    replyUntil: p.replyUntil,
    dueAt: p.dueAt,
    validUntil: p.validUntil,
    state: p.state,
    settledAt: p.settledAt,
    tasks: p.tasks,
    leaseOwner: p.leaseOwner,
    leaseUntil: p.leaseUntil,
    attempts: p.attempts,
    triedAt: p.triedAt,
  }),
)

/**
 * What nobody could send in its time did not arrive: dead with the last reason, or unsure where an earlier try may have
 * arrived; a message that was to be put right stays as it is. What is being sent at this moment is left to its sender.
 */
export const expireOutbox = (office: OfficeStore, now: Date): Promise<unknown> => {
  const { t, office: name } = office
  const { state, validUntil, leaseUntil, triedAt, edits, error } = t.outbox
  const expired = and(eq(t.outbox.office, name), eq(state, 'waiting'), lte(validUntil, now))
  const free = or(isNull(leaseUntil), lte(leaseUntil, now))
  return office.one((q) =>
    q
      .update(t.outbox)
      .set({
        state: sql`case when ${edits} is not null then 'dropped' when ${triedAt} is null then 'dead' else 'unsure' end`,
        error: sql`${EXPIRED} || coalesce('：' || ${error}, '')`,
        ...{ settledAt: now, leaseOwner: null, leaseUntil: null, replyHandle: null },
      })
      .where(and(expired, free)),
  )
}

/** Why a message that waited until it was of no use was not sent. */
export const EXPIRED = '过了时效没有送达'

/**
 * What a room's mute held back comes when the mute now ends, or at once (`to`): what the tick made and was held by
 * whatever reason is looked at again when it is sent; of what people did, only what waited for this mute (`held`).
 */
export const bringForward = (
  { office, t }: Reader,
  q: Query,
  rooms: readonly string[],
  held: Date,
  to: Date,
): Write => {
  const { state, room, lane, dueAt, leaseOwner, attempts, origin } = t.outbox
  return q
    .update(t.outbox)
    .set({ dueAt: to })
    .where(
      and(
        ...[eq(t.outbox.office, office), inArray(room, [...rooms]), eq(lane, 'push'), eq(state, 'waiting')],
        ...[isNull(leaseOwner), eq(attempts, 0), gt(dueAt, to), or(eq(origin, 'tick'), eq(dueAt, held))],
      ),
    )
}

/** Keys of rooms that have a message of one of the pushes: sent since then, or still to come. */
export const batchRooms = async (
  { q, t, office }: Reader,
  batches: readonly string[],
  since: Date,
): Promise<Set<string>> => {
  const { room, state, batch, settledAt } = t.outbox
  const rows = await q
    .selectDistinct({ room })
    .from(t.outbox)
    .where(
      and(
        eq(t.outbox.office, office),
        among(batch, batches),
        or(eq(state, 'waiting'), and(inArray(state, ['sent', 'unsure']), gte(settledAt, since))),
      ),
    )
  return new Set(rows.map((row) => row.room))
}

/** When each room was last told something unasked or by somebody's doing, by its key. */
export const lastPushes = async ({ q, t, office }: Reader): Promise<Map<string, Date>> => {
  const { room, lane, state, settledAt } = t.outbox
  const rows = await q
    .select({ room, at: max(settledAt) })
    .from(t.outbox)
    .where(and(eq(t.outbox.office, office), eq(lane, 'push'), eq(state, 'sent')))
    .groupBy(room)
  return new Map(rows.flatMap(({ room, at }) => (at ? [[room, at] as const] : [])))
}
