import {
  and,
  asc,
  type Column,
  count,
  desc,
  eq,
  gte,
  inArray,
  isNull,
  like,
  lte,
  max,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { Card } from '../../src/model/card.ts'
import type { Address } from '../../src/model/message.ts'
import { among } from '../among.ts'
import { type Params, prepare, prepareWrite } from '../prepare.ts'
import type { Tables } from '../schema.ts'
import type { OfficeStore, Reader } from '../store.ts'
import type { Keys } from './people.ts'

export type OutboxRow = Tables['outbox']['$inferSelect']
export type OutboxState = OutboxRow['state']

interface Lease {
  /** Who delivers; settling is fenced by it, so each run of delivery has a name of its own. */
  owner: string
  now: Date
  /** Later than the sending call's own time-out. */
  until: Date
  limit: number
  /** Platforms that this process can send to; what is for others waits for a process that can. All where absent. */
  platforms?: readonly string[]
}

/**
 * Takes up to `limit` due notices until `until`: of each room and lane only the oldest unsettled one, answers before
 * pushes. A lease that ran out may be taken by another. The condition stands inside and outside the subquery: on
 * PostgreSQL a rival's row is looked at again by the outer one.
 */
export const leaseOutbox = (
  office: OfficeStore,
  { owner, now, until, limit, platforms }: Lease,
): Promise<OutboxRow[]> => {
  const { t, office: name } = office
  const { id, room, lane, ord, dueAt, leaseUntil } = t.outbox
  const ours = platforms && or(...platforms.map((platform) => like(t.outbox.room, `${platform}:%`)))
  const waiting = and(eq(t.outbox.office, name), eq(t.outbox.state, 'waiting'), ours)
  const free = (row: { dueAt: Column; leaseUntil: Column }): SQL | undefined =>
    and(lte(row.dueAt, now), or(isNull(row.leaseUntil), lte(row.leaseUntil, now)))
  return office.one((q) => {
    const place = sql<number>`row_number() over (partition by ${room}, ${lane} order by ${ord}, ${id})`.as('place')
    const lanes = q.select({ id, lane, ord, dueAt, leaseUntil, place }).from(t.outbox).where(waiting).as('lanes')
    const due = q
      .select({ id: lanes.id })
      .from(lanes)
      .where(and(eq(lanes.place, 1), free(lanes)))
      .orderBy(asc(lanes.lane), asc(lanes.dueAt), asc(lanes.ord))
      .limit(limit)
    return q
      .update(t.outbox)
      .set({ leaseOwner: owner, leaseUntil: until, attempts: sql`${t.outbox.attempts} + 1` })
      .where(and(waiting, free(t.outbox), inArray(id, due)))
      .returning()
  })
}

/** What a delivery may say of its notice; `state: 'waiting'` with a later `dueAt` is another attempt. */
export type Settlement = Pick<OutboxRow, 'state'> &
  Partial<Pick<OutboxRow, 'dueAt' | 'error' | 'ref' | 'card' | 'tasks' | 'attempts' | 'settledAt'>>

/** Writes down how a delivery ended and gives the lease back. False where the lease has passed to another meanwhile: then nothing is written. */
export const settleOutbox = async (
  office: OfficeStore,
  id: string,
  owner: string,
  set: Settlement,
): Promise<boolean> => {
  const { t, office: name } = office
  const mine = and(eq(t.outbox.office, name), eq(t.outbox.id, id), eq(t.outbox.leaseOwner, owner))
  const rows = await office.one((q) =>
    q
      .update(t.outbox)
      .set({ ...set, leaseOwner: null, leaseUntil: null })
      .where(and(mine, eq(t.outbox.state, 'waiting')))
      .returning({ id: t.outbox.id }),
  )
  return rows.length === 1
}

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

const issued = prepare('last issued', (q, t, p: Params<{ own: string; any: string; since: Date }>) =>
  q
    .select({ tasks: t.outbox.tasks })
    .from(t.outbox)
    .where(
      and(
        eq(t.outbox.office, p.office),
        or(eq(t.outbox.room, p.own), eq(t.outbox.room, p.any)),
        eq(t.outbox.lane, 'push'),
        eq(t.outbox.state, 'sent'),
        gte(t.outbox.settledAt, p.since),
      ),
    )
    .orderBy(desc(t.outbox.ord))
    .limit(1),
)

/** Codes of the tasks that the last push into a room since then spoke of; empty where there was none. */
export const lastIssued = async (reader: Reader, [own, any]: Keys, since: Date): Promise<string[]> =>
  (await issued(reader, { own, any, since }))[0]?.tasks ?? []

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
  }),
)

/** What nobody could send in its time is no longer true: dropped, whichever platform it was for. */
export const dropExpired = (office: OfficeStore, now: Date): Promise<unknown> => {
  const { t, office: name } = office
  const expired = and(eq(t.outbox.office, name), eq(t.outbox.state, 'waiting'), lte(t.outbox.validUntil, now))
  return office.one((q) =>
    q.update(t.outbox).set({ state: 'dropped', error: '已过时效', settledAt: now }).where(expired),
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
