import { and, type Column, eq, getTableColumns, gte, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Card } from '../../src/model/card.ts'
import { among } from '../among.ts'
import { bulkInsert } from '../bulk.ts'
import { type Params, prepare, prepareWrite } from '../prepare.ts'
import type { OfficeStore, Query, Reader, Write } from '../store.ts'
import type { OutboxRow } from './outbox.ts'

/** Messages whose buttons rest on duties, and the rows that put them right in place when a duty moves. */

interface Moved {
  /** Made of what moved: with a message's id it makes that of the row. */
  cause: string
  ord: string
  now: Date
  until: Date
  /** On which platforms messages are put right. */
  platforms: readonly string[]
  /** What was sent before is left as it is; `sinceEdit` is for what changes by a code. */
  since: Date
  sinceEdit: Date
  /** The platform's id of a message that shows it already. */
  except?: string
}

/** What stands behind a message's room in the room of its updates: they wait for nothing but each other. */
const APART = '#'

/** Said so that no index is chosen by it: the messages are looked up by their ids. */
const plain = (column: Column): SQL => sql`coalesce(${column}, '')`

/** A value as the column's own type: PostgreSQL takes it for text else. */
const cell = (column: Column, value: unknown): SQL => sql`cast(${value} as ${sql.raw(column.getSQLType())})`

type Values = Omit<Moved, 'platforms'> & { except: string; of: string | string[] }

const isOn = (room: Column, platform: string): SQL =>
  sql`(${plain(room)} >= ${`${platform}:`} and ${plain(room)} < ${`${platform};`})`

/** The messages of which `of` speaks: those that show one of a list of duties, or one alone. */
type By = 'duties' | 'message'

/**
 * Queues one row for each such message that was sent, and late enough: `edits` says which. What stands of it is looked up
 * when it is sent. One statement, that looks at these messages alone.
 */
const queueing = (platforms: readonly string[], by: By) =>
  prepareWrite(`queue edits by ${by} on ${platforms.join()}`, (q, t, p: Params<Values>) => {
    const { outbox: o, shown } = t
    const duties = and(eq(shown.office, p.office), among(shown.duty, p.of as SQL))
    const own: Record<string, SQL> = {
      ...{ id: sql`'edit:' || ${o.id} || ':' || ${p.cause}`, room: sql`${o.room} || ${APART} || ${o.id}` },
      ...{ office: sql`${o.office}`, address: sql`${o.address}`, edits: sql`${o.id}` },
      ...{ ord: cell(o.ord, p.ord), dueAt: cell(o.dueAt, p.now), validUntil: cell(o.validUntil, p.until) },
    }
    const set: Record<string, unknown> = { lane: 'push', origin: 'person', state: 'waiting', tasks: [], units: [] }
    const fields = Object.entries<Column>(getTableColumns(o)).map(([name, column]) => {
      const value = name in set ? set[name] : (column.default ?? null)
      return own[name] ?? cell(column, value === null ? null : column.mapToDriverValue(value))
    })
    const fresh = or(and(isNull(o.edit), gte(o.dueAt, p.since)), and(isNotNull(o.edit), gte(o.dueAt, p.sinceEdit)))
    const those = sql`select ${shown.message} as id from ${shown} where ${duties}`
    const isPostgres = o.id.columnType.startsWith('Pg')
    // PostgreSQL looks up each by its key, also while it knows nothing of the tables: read as a whole, the outbox would set
    // this batch against every answer that is stored meanwhile.
    const from =
      isPostgres && by === 'duties'
        ? sql`(select distinct id from (${those}) as shows) as shows
            cross join lateral (select * from ${o} where ${o.office} = ${p.office} and ${o.id} = shows.id limit 1) as ${o}`
        : sql`${o}`
    const messages = and(
      eq(o.office, p.office),
      by === 'message' ? eq(o.id, p.of as SQL) : isPostgres ? undefined : sql`${o.id} in (${those})`,
      ...[sql`${plain(o.state)} = 'sent'`, isNotNull(o.card), isNull(o.edits), fresh],
      ...[sql`${plain(o.ref)} <> ''`, sql`${plain(o.ref)} <> ${p.except}`],
      or(...platforms.map((platform) => isOn(o.room, platform))),
    )
    return q
      .insert(o)
      .select(sql`select ${sql.join(fields, sql`, `)} from ${from} where ${messages}`)
      .onConflictDoNothing()
  })

const known = new Map<string, ReturnType<typeof queueing>>()

const queued = (reader: Reader, by: By, of: string | string[], { platforms, ...moved }: Moved): Write => {
  const name = `${by} ${platforms.join()}`
  const write = known.get(name) ?? queueing(platforms, by)
  known.set(name, write)
  return write(reader, { except: '', ...moved, of })
}

/** For a batch in which these duties move: each message that shows one of them is put right. */
export const queueEditsOf = (reader: Reader, duties: readonly string[], moved: Moved): Write =>
  queued(reader, 'duties', [...duties], moved)

/** Queues an update of a message that was overtaken while it was on its way. */
export const queueEditOf = (store: OfficeStore, message: string, moved: Moved): Promise<unknown> =>
  store.atomic(() => [queued(store, 'message', message, moved)])

const rowsOf = (office: string, message: string, duties: readonly string[]) =>
  duties.map((duty) => ({ office, duty, message }))

/** Notes on which duties the buttons of a message rest that was just sent. */
export const noteShown = (store: OfficeStore, message: string, duties: readonly string[]): Promise<unknown> =>
  store.atomic((q) => bulkInsert(store, q, store.t.shown, rowsOf(store.office, message, duties), { ignore: true }))

/** A message is put right no more: what changing it takes is used up, or it is gone. */
export const forgetShown = (store: OfficeStore, message: string): Promise<unknown> => {
  const { shown } = store.t
  return store.one((q) => q.delete(shown).where(and(eq(shown.office, store.office), eq(shown.message, message))))
}

/** For the batch of a pressed button: the message that carried it shows this card from then on. */
export const newFace = (
  { t, office }: Reader,
  q: Query,
  ref: string,
  face: { card: Card; at: Date; duties: readonly string[] },
): Write[] => {
  const { outbox: o, shown } = t
  const pressed = and(eq(o.office, office), eq(o.ref, ref))
  const ids = sql`select ${o.id} from ${o} where ${pressed}`
  return [
    q.delete(shown).where(and(eq(shown.office, office), sql`${shown.message} in (${ids})`)),
    q.update(o).set({ card: face.card, settledAt: face.at }).where(pressed),
    ...face.duties.map((duty) =>
      q
        .insert(shown)
        .select(sql`select cast(${office} as text), cast(${duty} as text), ${o.id} from ${o} where ${pressed}`)
        .onConflictDoNothing(),
    ),
  ]
}

const message = prepare('message shown', (q, t, p: Params<{ id: string }>) =>
  q
    .select({
      ...{ id: t.outbox.id, address: t.outbox.address, card: t.outbox.card, ref: t.outbox.ref, edit: t.outbox.edit },
      ...{ dueAt: t.outbox.dueAt, settledAt: t.outbox.settledAt },
    })
    .from(t.outbox)
    .where(and(eq(t.outbox.office, p.office), eq(t.outbox.id, p.id))),
)

/** The message that an update puts right; undefined where it was swept. */
export const messageShown = async (reader: Reader, id: string) => (await message(reader, { id }))[0]

/** The versions at which duties are. */
export const versionsOf = async (
  { q, t, office }: Reader,
  duties: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const rows = await q
    .select({ id: t.duties.id, version: t.duties.version })
    .from(t.duties)
    .where(and(eq(t.duties.office, office), among(t.duties.id, duties)))
  return new Map(rows.map(({ id, version }) => [id, version]))
}

const newer = prepare('newer update', (q, t, p: Params<{ room: string; ord: string }>) =>
  q
    .select({ id: t.outbox.id })
    .from(t.outbox)
    .where(
      and(
        ...[eq(t.outbox.office, p.office), eq(t.outbox.room, p.room), eq(t.outbox.lane, 'push')],
        ...[eq(t.outbox.state, 'waiting'), sql`${t.outbox.ord} > ${p.ord}`],
      ),
    )
    .limit(1),
)

/** Does another update of the same message wait behind this one? */
export const hasNewer = async (reader: Reader, { room, ord }: Pick<OutboxRow, 'room' | 'ord'>): Promise<boolean> =>
  (await newer(reader, { room, ord })).length > 0
