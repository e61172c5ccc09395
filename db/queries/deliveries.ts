import { and, asc, count, desc, eq, gte, inArray, isNotNull, isNull, lt, max, or, type SQL, sql } from 'drizzle-orm'
import { among, holds } from '../among.ts'
import type { Reader } from '../store.ts'
import type { OutboxRow, OutboxState } from './outbox.ts'

/** Pushes of one batch (`week:2026-04-20`), or all that were due from one moment to before another. */
export type Which = { batch: string } | { from: Date; to: Date }

const states: OutboxState[] = ['dead', 'unsure', 'waiting', 'dropped', 'sent']
/** What is no answer: pushes, in whichever lane they wait for their turn. A message put right in place is no message more. */
const isPush = ({ t }: Pick<Reader, 't'>): SQL =>
  sql`${t.outbox.lane} in ('push', 'clock') and ${t.outbox.edits} is null`
const inAnyLane = ({ t }: Pick<Reader, 't'>): SQL =>
  sql`${t.outbox.lane} in ('answer', 'push', 'clock') and ${t.outbox.edits} is null`

/** In the order in which they are told. */
const unsent: OutboxState[] = ['dead', 'unsure', 'waiting', 'dropped']

const chosen = (reader: Reader, which: Which, among: OutboxState[]) => {
  const o = reader.t.outbox
  const own = and(eq(o.office, reader.office), isPush(reader), inArray(o.state, among))
  return 'batch' in which
    ? and(own, eq(o.batch, which.batch))
    : and(own, gte(o.dueAt, which.from), lt(o.dueAt, which.to))
}

/** How many pushes of each batch stand in each state; what a person caused is of no batch (''). */
export const countDeliveries = (
  reader: Reader,
  which: Which,
): Promise<{ batch: string; state: OutboxState; n: number }[]> => {
  const o = reader.t.outbox
  // As an expression, or SQLite walks the index of batches from the office's first day on.
  const batch = sql<string>`coalesce(${o.batch}, '')`
  return reader.q
    .select({ batch, state: o.state, n: count() })
    .from(o)
    .where(chosen(reader, which, states))
    .groupBy(batch, o.state)
}

export type Unsent = Pick<OutboxRow, 'batch' | 'state' | 'error' | 'room' | 'address' | 'units' | 'attempts' | 'dueAt'>

/** Pushes that were not sent, dead ones first; those from `offset` on, `limit` at most. */
export const unsentDeliveries = (
  reader: Reader,
  which: Which,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Promise<Unsent[]> => {
  const o = reader.t.outbox
  const rank = sql`case ${o.state} when 'dead' then 0 when 'unsure' then 1 when 'waiting' then 2 else 3 end`
  return reader.q
    .select({
      ...{ batch: o.batch, state: o.state, error: o.error, room: o.room, address: o.address },
      ...{ units: o.units, attempts: o.attempts, dueAt: o.dueAt },
    })
    .from(o)
    .where(chosen(reader, which, unsent))
    .orderBy(rank, asc(o.room), asc(o.id))
    .limit(limit)
    .offset(offset)
}

/** Those pushes, whatever became of them, by their ids. */
export const pushesOf = (reader: Reader, ids: readonly string[]): Promise<(Unsent & { id: string })[]> => {
  const o = reader.t.outbox
  return reader.q
    .select({
      ...{ id: o.id, batch: o.batch, state: o.state, error: o.error, room: o.room, address: o.address },
      ...{ units: o.units, attempts: o.attempts, dueAt: o.dueAt },
    })
    .from(o)
    .where(and(eq(o.office, reader.office), among(o.id, ids)))
}

/** The last moment of that stretch at which a push was due that had something to say; undefined for none. */
export const lastDelivery = async (reader: Reader, which: { from: Date; to: Date }): Promise<Date | undefined> => {
  const o = reader.t.outbox
  const [row] = await reader.q
    .select({ dueAt: o.dueAt })
    .from(o)
    .where(chosen(reader, which, ['dead', 'unsure', 'waiting', 'sent']))
    .orderBy(desc(o.dueAt))
    .limit(1)
  return row?.dueAt
}

/** Messages that were for the same units, counted: pushes by who made them, answers by whether they ask something back. */
export const messagesTo = (reader: Reader, { from, to }: { from: Date; to: Date }) => {
  const o = reader.t.outbox
  return reader.q
    .select({ units: o.units, lane: o.lane, origin: o.origin, asks: o.asks, n: count() })
    .from(o)
    .where(
      and(
        eq(o.office, reader.office),
        inArray(o.state, ['sent', 'unsure']),
        inAnyLane(reader),
        gte(o.dueAt, from),
        lt(o.dueAt, to),
      ),
    )
    .groupBy(o.units, o.lane, o.origin, o.asks)
}

/** The tick's messages of those days, each with its push, its place, the units that it was for, and when it arrived. */
export const unasked = (reader: Reader, { from, to }: { from: Date; to: Date }) => {
  const o = reader.t.outbox
  return reader.q
    .select({ units: o.units, batch: o.batch, address: o.address, at: o.settledAt })
    .from(o)
    .where(
      and(
        ...[eq(o.office, reader.office), eq(o.state, 'sent'), isPush(reader), eq(o.origin, 'tick')],
        ...[gte(o.dueAt, from), lt(o.dueAt, to)],
      ),
    )
}

/** What the tick has told units of one batch or another since then, or has still waiting for them: in which place, by which recipe. */
export const toldUnits = ({ q, t, office }: Reader, batches: readonly string[], since: Date) => {
  const { room, units, state, address, recipe, batch, settledAt } = t.outbox
  return q
    .select({ room, units, state, address, recipe })
    .from(t.outbox)
    .where(
      and(
        ...[eq(t.outbox.office, office), among(batch, batches)],
        or(eq(state, 'waiting'), and(inArray(state, ['sent', 'unsure']), gte(settledAt, since))),
      ),
    )
}

/** Messages of those batches that arrived: into which room, and when. */
export const arrivals = ({ q, t, office }: Reader, batches: readonly string[]) => {
  const o = t.outbox
  return q
    .select({ room: o.room, at: o.settledAt })
    .from(o)
    .where(and(eq(o.office, office), among(o.batch, batches), eq(o.state, 'sent')))
}

/** When somebody in each room was last answered since then: who is answered has spoken. */
export const lastWords = ({ q, t, office }: Reader, since: Date) => {
  const o = t.outbox
  return q
    .select({ room: o.room, at: max(o.dueAt) })
    .from(o)
    .where(and(eq(o.office, office), inArray(o.state, states), eq(o.lane, 'answer'), gte(o.dueAt, since)))
    .groupBy(o.room)
}

const endedPushes = (reader: Reader, state: 'dead' | 'dropped', since: Date) => {
  const o = reader.t.outbox
  return reader.q
    .select({ room: o.room, error: o.error, at: max(o.settledAt) })
    .from(o)
    .where(and(eq(o.office, reader.office), eq(o.state, state), isPush(reader), gte(o.dueAt, since)))
    .groupBy(o.room, o.error)
}

/** Pushes since then that could not be sent, or not into that room: into which room, why, and when the last of them was. */
export const deadPushes = async (reader: Reader, since: Date) => [
  ...(await endedPushes(reader, 'dead', since)),
  // A state at a time, or SQLite walks through all of the office's rooms.
  ...(await endedPushes(reader, 'dropped', since)),
]

/** When each of the rooms was last reached by a push. */
export const lastReached = (reader: Reader, rooms: readonly string[]) => {
  const o = reader.t.outbox
  return reader.q
    .select({ room: o.room, at: max(o.settledAt) })
    .from(o)
    .where(and(eq(o.office, reader.office), among(o.room, rooms), isPush(reader), eq(o.state, 'sent')))
    .groupBy(o.room)
}

/** Pushes into those rooms since then that arrived though something failed on the way: where, what, and the last time. */
export const limping = (reader: Reader, rooms: readonly string[], since: Date) => {
  const o = reader.t.outbox
  const arrived = and(eq(o.office, reader.office), among(o.room, rooms), isPush(reader), eq(o.state, 'sent'))
  return reader.q
    .select({ room: o.room, error: o.error, at: max(o.settledAt) })
    .from(o)
    .where(and(arrived, isNotNull(o.error), gte(o.dueAt, since)))
    .groupBy(o.room, o.error)
}

/** When each of the rooms was last reached by a push that met nothing on its way. */
export const lastUnhindered = (reader: Reader, rooms: readonly string[]) => {
  const o = reader.t.outbox
  return reader.q
    .select({ room: o.room, at: max(o.settledAt) })
    .from(o)
    .where(
      and(...[eq(o.office, reader.office), among(o.room, rooms), isPush(reader), eq(o.state, 'sent'), isNull(o.error)]),
    )
    .groupBy(o.room)
}

/** Which pushes of some days are looked at. `batch`: one push's; of clocks and subscriptions (`clock:`) all together. */
export interface Looked {
  from: Date
  to: Date
  batch?: string | undefined
  states: readonly OutboxState[]
  unit?: string | undefined
  /** Keys of the place, through whichever app. */
  rooms?: readonly string[] | undefined
}

const looked = (reader: Reader, { from, to, batch, states: wanted, unit, rooms }: Looked): SQL | undefined => {
  const o = reader.t.outbox
  // As an expression, or SQLite walks the index of batches from the office's first day on.
  const ofBatch = sql<string>`coalesce(${o.batch}, '')`
  const several = batch?.endsWith(':')
  return and(
    chosen(reader, { from, to }, wanted.length > 0 ? [...wanted] : states),
    batch === undefined ? undefined : several ? sql`${ofBatch} like ${`${batch}%`}` : sql`${ofBatch} = ${batch}`,
    unit === undefined ? undefined : holds(o.units, unit),
    rooms === undefined ? undefined : among(o.room, rooms),
  )
}

export type Told = Unsent & { id: string; settledAt: Date | null }

/** Pushes one by one, whatever became of them, the newest first, with how many there are. */
export const pushesLooked = async (
  reader: Reader,
  which: Looked,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ total: number; rows: Told[] }> => {
  const o = reader.t.outbox
  const where = looked(reader, which)
  const [all] = await reader.q.select({ n: count() }).from(o).where(where)
  const rows = await reader.q
    .select({
      ...{ id: o.id, batch: o.batch, state: o.state, error: o.error, room: o.room, address: o.address },
      ...{ units: o.units, attempts: o.attempts, dueAt: o.dueAt, settledAt: o.settledAt },
    })
    .from(o)
    .where(where)
    .orderBy(desc(o.dueAt), asc(o.id))
    .limit(limit)
    .offset(offset)
  return { total: all?.n ?? 0, rows }
}
