import { and, type Column, eq, getTableColumns, gte, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Card } from '../../src/model/card.ts'
import { among } from '../among.ts'
import { bulkInsert } from '../bulk.ts'
import { type Params, prepare } from '../prepare.ts'
import type { OfficeStore, Query, Reader, Write } from '../store.ts'
import type { OutboxRow } from './outbox.ts'

/** Messages whose buttons rest on duties, and the rows that put them right in place when a duty moves. */

/** On which platforms messages are put right, and from when on they were sent: with what changing takes besides, and without. */
export interface Fresh {
  platform: string
  since: Date
  sinceEdit: Date
}

interface Moved {
  /** Made of what moved: with a message's id it makes that of the row. */
  cause: string
  ord: string
  now: Date
  until: Date
  fresh: readonly Fresh[]
  /** The platform's id of a message that shows it already. */
  except?: string
}

/** What stands behind a message's room in the room of its updates: they wait for nothing but each other. */
const APART = '#'

/** Said so that no index is chosen by it: the messages are looked up by their ids. */
const plain = (column: Column): SQL => sql`coalesce(${column}, '')`

const isFresh = ({ outbox: o }: Reader['t'], fresh: readonly Fresh[]): SQL | undefined =>
  or(
    ...fresh.map(({ platform, since, sinceEdit }) => {
      const room = and(sql`${plain(o.room)} >= ${`${platform}:`}`, sql`${plain(o.room)} < ${`${platform};`}`)
      return and(room, or(and(isNull(o.edit), gte(o.dueAt, since)), and(isNotNull(o.edit), gte(o.dueAt, sinceEdit))))
    }),
  )

/** A value as the column's own type: PostgreSQL takes it for text else. */
const cell = (column: Column, value: unknown): SQL =>
  sql`cast(${value === null ? null : column.mapToDriverValue(value)} as ${sql.raw(column.getSQLType())})`

/**
 * Queues one row for each sent message on a list that is fresh enough: `edits` says which. What stands of it is looked up
 * when it is sent. One statement, that looks at the messages of these duties alone.
 */
const queueEdits = ({ t, office }: Reader, q: Query, messages: SQL, moved: Moved): Write => {
  const o = t.outbox
  const own: Record<string, SQL> = {
    id: sql`'edit:' || ${o.id} || ':' || ${moved.cause}`,
    room: sql`${o.room} || ${APART} || ${o.id}`,
    office: sql`${o.office}`,
    address: sql`${o.address}`,
    edits: sql`${o.id}`,
  }
  const set: Record<string, unknown> = {
    ...{ lane: 'push', origin: 'person', ord: moved.ord, dueAt: moved.now, validUntil: moved.until, state: 'waiting' },
    ...{ tasks: [], units: [] },
  }
  const fields = Object.entries<Column>(getTableColumns(o)).map(
    ([name, column]) => own[name] ?? cell(column, name in set ? set[name] : (column.default ?? null)),
  )
  const which = and(
    ...[eq(o.office, office), sql`${o.id} in (${messages})`, sql`${plain(o.state)} = 'sent'`],
    ...[sql`${plain(o.ref)} <> ''`, isNotNull(o.card), isNull(o.edits), isFresh(t, moved.fresh)],
    ...(moved.except === undefined ? [] : [sql`${plain(o.ref)} <> ${moved.except}`]),
  )
  return q
    .insert(o)
    .select(sql`select ${sql.join(fields, sql`, `)} from ${o} where ${which}`)
    .onConflictDoNothing()
}

/** For a batch in which these duties move: each message that shows one of them is put right. */
export const queueEditsOf = (reader: Reader, q: Query, duties: readonly string[], moved: Moved): Write => {
  const { shown } = reader.t
  const messages = sql`select ${shown.message} from ${shown} where ${and(eq(shown.office, reader.office), among(shown.duty, duties))}`
  return queueEdits(reader, q, messages, moved)
}

const rowsOf = (office: string, message: string, duties: readonly string[]) =>
  duties.map((duty) => ({ office, duty, message }))

/** Notes on which duties the buttons of a message rest that was just sent. */
export const noteShown = (store: OfficeStore, message: string, duties: readonly string[]): Promise<unknown> =>
  store.atomic((q) => bulkInsert(store, q, store.t.shown, rowsOf(store.office, message, duties), { ignore: true }))

/** Queues an update of a message that was overtaken while it was on its way. */
export const queueEditOf = (store: OfficeStore, message: string, moved: Moved): Promise<unknown> =>
  store.one((q) => queueEdits(store, q, sql`select cast(${message} as text)`, moved))

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
