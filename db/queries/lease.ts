import {
  aliasedTable,
  and,
  asc,
  type Column,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  not,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import { among } from '../among.ts'
import { cells, valuesFrom } from '../bulk.ts'
import { type Params, prepareWrite } from '../prepare.ts'
import type { OfficeStore, Query } from '../store.ts'
import type { Lane, OutboxRow } from './outbox.ts'

/** In the order of their turn. */
const LANES: readonly Lane[] = ['answer', 'clock', 'push']

/** In each lane first what may have arrived: doubt is settled while the platform remembers the key, however much waits. */
const turnAt = ({ lane, triedAt }: OutboxRow): number => LANES.indexOf(lane) * 2 + (triedAt === null ? 1 : 0)

interface Values {
  /** Who delivers; everything that follows is fenced by it, so each run of delivery has a name of its own. */
  owner: string
  now: Date
  /** Later than the sending call's own time-out. */
  until: Date
  limit: number
}
interface Narrowed {
  /** Platforms that this process can send to; what is for others waits for a process that can. All where absent. */
  platforms?: readonly string[] | undefined
  /** What may take no more in this minute: `lark:cli_1`, and in which lanes. */
  closed?: readonly { prefix: string; lanes: readonly Lane[] }[] | undefined
}
type Lease = Values & Narrowed

/** The values of a lease, or their places in a query that is prepared. */
type Asked = { readonly [K in keyof (Values & { office: string })]: (Values & { office: string })[K] | SQL }

/** The condition that a room's key begins with these parts; no index is chosen by it. */
const begins = (t: OfficeStore['t'], prefix: string): SQL | undefined => {
  const room = sql`coalesce(${t.outbox.room}, '')`
  return and(gte(room, `${prefix}:`), lt(room, `${prefix};`))
}

/**
 * Still unsettled, said so that no index is chosen by it: what is taken or settled is looked up by its id, not among all
 * that waits.
 */
const isWaiting = ({ t }: Pick<OfficeStore, 't'>): SQL => sql`coalesce(${t.outbox.state}, '') = 'waiting'`

/** Ids of rows whose turn it is, in their order; on PostgreSQL those that no rival looks at just now. */
type Turns = (store: Pick<OfficeStore, 'dialect' | 't'>, q: Query, asked: Asked, narrowed: Narrowed) => SQL

/** Those of the lane that were never tried, or surely in vain; `doubtful`: of all lanes those whose earlier try may have arrived. */
const turnOf =
  (of: Lane | 'doubtful'): Turns =>
  ({ dialect, t }, q, { office: name, now, limit }, { platforms, closed = [] }) => {
    const own = t.outbox
    const before = aliasedTable(own, 'earlier')
    const older = or(lt(before.ord, own.ord), and(eq(before.ord, own.ord), lt(before.id, own.id)))
    // What has not come to its hour and was never tried holds nobody back; what is to be tried again does.
    const first = and(older, or(lte(before.dueAt, now), gt(before.attempts, 0)))
    const held = and(ne(before.id, own.id), gt(before.leaseUntil, now))
    const sameLane = eq(before.lane, of === 'doubtful' ? own.lane : of)
    const blocking = q
      .select({ id: before.id })
      .from(before)
      .where(
        and(
          ...[eq(before.office, name), eq(before.state, 'waiting'), sameLane],
          ...[eq(before.room, own.room), or(first, held)],
        ),
      )
    const isPostgres = dialect === 'postgres'
    const turn = sql<number>`case ${own.lane} when 'answer' then 0 when 'clock' then 2 else 4 end + case when ${own.triedAt} is null then 1 else 0 end`
    const rows = q
      .select({ id: own.id, turn: turn.as('turn') })
      .from(own)
      .where(
        and(
          eq(own.office, name),
          // The doubtful are few, and found by an index of their own: nothing is said by which another one would serve as well.
          ...(of === 'doubtful'
            ? [isNotNull(own.triedAt), isNull(own.settledAt), isWaiting({ t })]
            : [eq(own.state, 'waiting'), eq(own.lane, of), isNull(own.triedAt)]),
          ...[lte(own.dueAt, now), or(isNull(own.leaseUntil), lte(own.leaseUntil, now))],
          platforms && or(...platforms.map((platform) => begins(t, platform))),
          ...closed.map(({ prefix, lanes }) => not(and(begins(t, prefix), inArray(own.lane, [...lanes])) as SQL)),
          // Said so that PostgreSQL makes no join of it, which would read the whole lane, and takes the index of rooms, which
          // has that order, even where it knows nothing of how many rows wait.
          isPostgres ? sql`${blocking.orderBy(asc(before.ord)).limit(1)} is null` : notExists(blocking),
        ),
      )
      .orderBy(...(of === 'doubtful' ? [sql`turn`] : []), asc(own.dueAt), asc(own.ord))
      .limit(limit as number)
    const picked = isPostgres ? rows.for('update', { skipLocked: true }) : rows
    return sql`select id, turn from ${picked.as(`turn_${of}`)}`
  }

/** D1 takes no more than five. */
const TURNS = (['doubtful', ...LANES] as const).map(turnOf)

const leasing = (store: Pick<OfficeStore, 'dialect' | 't'>, q: Query, asked: Asked, narrowed: Narrowed) => {
  const { outbox } = store.t
  const turns = sql.join(
    TURNS.map((turn) => turn(store, q, asked, narrowed)),
    sql` union all `,
  )
  const free = or(isNull(outbox.leaseUntil), lte(outbox.leaseUntil, asked.now))
  const due = sql`(with due as (select id from (${turns}) as turns order by turn limit ${asked.limit}) select id from due)`
  return q
    .update(outbox)
    .set({
      leaseOwner: asked.owner,
      leaseUntil: asked.until,
      lapsed: sql`${outbox.lapsed} + case when ${outbox.leaseOwner} is null then 0 else 1 end`,
    })
    .where(and(eq(outbox.office, asked.office), sql`${outbox.id} in ${due}`, isWaiting(store), free))
    .returning()
}

const leasingOn = (dialect: 'sqlite' | 'd1', platforms: readonly string[] | undefined) =>
  prepareWrite(`lease outbox of ${platforms?.join() ?? 'all'} on ${dialect}`, (q, t, p: Params<Values>) =>
    leasing({ dialect, t }, q, p, platforms ? { platforms } : {}),
  )
const known = new Map<string, ReturnType<typeof leasingOn>>()

/**
 * Built once for the platforms of a process: what nobody's quota narrows is asked after every message. PostgreSQL plans it
 * anew each time, by how much waits now.
 */
const leaseWrite = (office: OfficeStore, q: Query, { platforms, closed, ...values }: Lease) => {
  if (office.dialect === 'postgres' || closed?.length)
    return leasing(office, q, { ...values, office: office.office }, { platforms, closed })
  const name = `${office.dialect} ${platforms?.join() ?? ''}`
  const prepared = known.get(name) ?? leasingOn(office.dialect, platforms)
  known.set(name, prepared)
  return prepared(office, values)
}

/**
 * Takes up to `limit` due notices until `until`, in the order of their turn: answers, hour clocks, pushes; of each first
 * those whose earlier try may have arrived. Of each room and lane only the oldest unsettled one, and none while another of
 * them is held. A lease that ran out may be taken by another; `lapsed` counts how often that has happened in a row.
 */
export const leaseOutbox = async (office: OfficeStore, lease: Lease): Promise<OutboxRow[]> => {
  const rows = await office.one((q) => leaseWrite(office, q, lease))
  return rows.sort((a, b) => turnAt(a) - turnAt(b) || +a.dueAt - +b.dueAt || (a.ord < b.ord ? -1 : 1))
}

const mine = (office: OfficeStore, owner: string): SQL | undefined => {
  const { outbox } = office.t
  return and(eq(outbox.office, office.office), eq(outbox.leaseOwner, owner), isWaiting(office))
}

/**
 * Writes down that rows are being handed to their platform from now on. Returns those that are still the owner's: the
 * others must not be sent.
 */
export const markSending = async (
  office: OfficeStore,
  owner: string,
  ids: readonly string[],
  { now, until }: Pick<Lease, 'now' | 'until'>,
): Promise<Set<string>> => {
  const { outbox } = office.t
  const rows = await office.one((q) =>
    q
      .update(outbox)
      .set({
        attempts: sql`${outbox.attempts} + 1`,
        triedAt: sql`coalesce(${outbox.triedAt}, ${sql.param(now, outbox.triedAt)})`,
        leaseUntil: until,
      })
      .where(and(mine(office, owner), among(outbox.id, ids)))
      .returning({ id: outbox.id }),
  )
  return new Set(rows.map(({ id }) => id))
}

/** Writes down what is about to be said, for a repeat in the same words: of rows that are still the owner's. */
export const keepWords = async (
  office: OfficeStore,
  owner: string,
  said: readonly Pick<OutboxRow, 'id' | 'card' | 'tasks'>[],
): Promise<void> => {
  const { outbox } = office.t
  const columns = (['id', 'card', 'tasks'] as const).map((name): [string, Column] => [name, outbox[name]])
  const { source, value } = valuesFrom(office, columns, said)
  await office.one((q) =>
    q
      .update(outbox)
      .set({ card: value('card'), tasks: value('tasks') })
      .from(source)
      .where(and(mine(office, owner), sql`${outbox.id} = ${value('id')}`)),
  )
}

/** Keeps rows that are still the owner's until then: what is made of them takes longer than other notices. */
export const keepLonger = (office: OfficeStore, owner: string, ids: readonly string[], until: Date): Promise<unknown> =>
  office.one((q) =>
    q
      .update(office.t.outbox)
      .set({ leaseUntil: until })
      .where(and(mine(office, owner), among(office.t.outbox.id, ids))),
  )

/** Gives rows back as they were taken. */
export const releaseOutbox = (office: OfficeStore, owner: string, ids: readonly string[]): Promise<unknown> =>
  office.one((q) =>
    q
      .update(office.t.outbox)
      .set({ leaseOwner: null, leaseUntil: null })
      .where(and(mine(office, owner), among(office.t.outbox.id, ids))),
  )

/** A way back is a key to somebody's conversation: it is kept no longer than until the answer is settled. */
const wayBackOf =
  ({ replyHandle }: OfficeStore['t']['outbox']) =>
  (state: SQL) => ({ replyHandle: sql`case when ${state} = 'waiting' then ${replyHandle} end` })

const SETTLED = ['state', 'dueAt', 'error', 'ref', 'edit', 'attempts', 'triedAt', 'settledAt'] as const
const WORDS = ['card', 'tasks'] as const

/** How one delivery ended, or that it is to be tried again: `waiting` with a later `dueAt`. Words that are absent stay as stored. */
export type Settlement = Pick<OutboxRow, 'id' | (typeof SETTLED)[number]> &
  Partial<Pick<OutboxRow, (typeof WORDS)[number]>>

const columnsOf = ({ outbox }: OfficeStore['t'], names: readonly (keyof Settlement)[]) =>
  (['office', 'id', ...names] as const).map((name): [string, Column] => [name, outbox[name]])

const settling = (name: string, names: readonly (keyof Settlement)[]) => {
  const write = prepareWrite(name, (q, t, p: Params<{ owner: string; rows: unknown[][] }>) => {
    const { outbox } = t
    const dialect = outbox.id.columnType.startsWith('Pg') ? 'postgres' : 'sqlite'
    const { source, value } = valuesFrom({ dialect }, columnsOf(t, names), p.rows)
    const set = Object.fromEntries(names.map((name) => [name, value(name)]))
    // The office too comes from the values: SQLite then begins with them and looks each row up by its key.
    const own = and(sql`${outbox.office} = ${value('office')}`, sql`${outbox.id} = ${value('id')}`)
    return q
      .update(outbox)
      .set({ ...set, ...wayBackOf(outbox)(value('state')), leaseOwner: null, leaseUntil: null, lapsed: 0 })
      .from(source)
      .where(and(own, eq(outbox.leaseOwner, p.owner), isWaiting({ t })))
      .returning({ id: outbox.id })
  })
  return async (office: OfficeStore, owner: string, settlements: readonly Settlement[]): Promise<string[]> => {
    if (settlements.length === 0) return []
    const columns = columnsOf(office.t, names)
    const rows = settlements.map((one) => cells(columns, { ...one, office: office.office }))
    return (await office.one(() => write(office, { owner, rows }))).map(({ id }) => id)
  }
}

const settleWorded = settling('settle with words', [...SETTLED, ...WORDS])
const settleBare = settling('settle', SETTLED)

/**
 * Writes down how deliveries ended, in one write, or two where some have new words, and gives their leases back. Returns
 * the ids of those that were still the owner's; nothing is written of the others.
 */
export const settleOutbox = async (
  office: OfficeStore,
  owner: string,
  settlements: readonly Settlement[],
): Promise<Set<string>> => {
  const worded = settlements.filter((one) => 'card' in one)
  const others = settlements.filter((one) => !('card' in one))
  return new Set([...(await settleWorded(office, owner, worded)), ...(await settleBare(office, owner, others))])
}
