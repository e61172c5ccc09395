import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Card } from '../../src/model/card.ts'
import type { Actor } from '../../src/model/person.ts'
import { asStored, type Params, prepare } from '../prepare.ts'
import type { Tables } from '../schema.ts'
import type { Reader } from '../store.ts'
import type { Dialogue } from './inbox.ts'
import type { Keys, RoomView } from './people.ts'

/** What a message is read by: its own key, who sent it, where, and as whom where nobody is bound to the sender. */
export interface Sent {
  key: string
  sender: Keys
  room: Keys
  /** The room's own key, and the sender's where they are nobody's: of the question that waits for them there. */
  place: string
  stranger: string
  /** Who sends answers at once in this process. */
  owner: string
}

/** Undefined is what is not there; nothing at all before the office has a row. */
export interface Heard {
  version?: number
  /** Of an earlier delivery; `answer`: what it was answered, where an older program noted that here. */
  receipt?: { answer: Card | null }
  /** The person bound to the sender's account. */
  actor?: Actor
  room?: { scope: RoomView['scope']; units: string[]; plan: string }
  dialogue?: Dialogue
  /** An answer waits in that place that the owner has not taken. */
  waits: boolean
}

const waitsThere = ({ outbox }: Tables, p: { office: SQL; place: SQL; owner: SQL }): SQL<boolean> => {
  const there = and(eq(outbox.office, p.office), eq(outbox.room, p.place), eq(outbox.lane, 'answer'))
  const free = and(eq(outbox.state, 'waiting'), sql`coalesce(${outbox.leaseOwner}, '') <> ${p.owner}`)
  return sql`exists (select 1 from ${outbox} where ${and(there, free)})`.mapWith(Boolean)
}

const read = prepare(
  'heard',
  (
    q,
    t,
    p: Params<{
      key: string
      sender: string
      anySender: string
      room: string
      anyRoom: string
      place: string
      stranger: string
      owner: string
    }>,
  ) =>
    q
      .select({
        version: t.offices.rosterVersion,
        receipt: t.receipts.key,
        answer: t.receipts.answer,
        identity: t.identities.key,
        person: t.people.id,
        name: t.people.name,
        role: t.people.role,
        units: t.people.units,
        charge: t.people.charge,
        room: t.rooms.key,
        scope: t.rooms.scope,
        roomUnits: t.rooms.units,
        roomPlan: t.rooms.plan,
        ask: t.dialogues.ask,
        expiresAt: t.dialogues.expiresAt,
        waits: waitsThere(t, p),
      })
      .from(t.offices)
      .leftJoin(t.receipts, and(eq(t.receipts.office, p.office), eq(t.receipts.key, p.key)))
      .leftJoin(
        t.identities,
        and(
          eq(t.identities.office, p.office),
          inArray(
            t.identities.key,
            sql`(${asStored(t.identities.key, 'sender')}, ${asStored(t.identities.key, 'anySender')})`,
          ),
        ),
      )
      .leftJoin(t.people, and(eq(t.people.office, p.office), eq(t.people.id, t.identities.person)))
      .leftJoin(t.rooms, and(eq(t.rooms.office, p.office), inArray(t.rooms.key, sql`(${p.room}, ${p.anyRoom})`)))
      .leftJoin(
        t.dialogues,
        and(
          ...[eq(t.dialogues.office, p.office), eq(t.dialogues.room, p.place)],
          eq(t.dialogues.person, sql`coalesce(${t.people.id}, ${p.stranger})`),
        ),
      )
      .where(eq(t.offices.office, p.office)),
)

type Row = Awaited<ReturnType<typeof read>>[number]

const actorOf = ({ person, name, role, units, charge }: Row): Actor | undefined =>
  person !== null && name !== null && role !== null
    ? { id: person, name, role, units: units ?? [], charge: charge ?? [] }
    : undefined

/**
 * All that must be known of a message before it is understood, in one read: the office's version, the receipt of an earlier
 * delivery, the person and the room bound to its own app's keys before any app's, and what waits there.
 */
export const heardOf = async (reader: Reader, { key, sender, room, place, stranger, owner }: Sent): Promise<Heard> => {
  const [own, any] = sender
  const values = { key, sender: own, anySender: any, room: room[0], anyRoom: room[1], place, stranger, owner }
  const rows = await read(reader, values)
  const rank = (row: Row) =>
    (row.person === null ? 0 : 4) + (row.identity === own ? 2 : 0) + (row.room === room[0] ? 1 : 0)
  const [found] = rows.length > 1 ? rows.sort((a, b) => rank(b) - rank(a)) : rows
  if (!found) return { waits: false }
  const { version, receipt, answer, scope, roomUnits, roomPlan, ask, expiresAt, waits } = found
  const actor = actorOf(found)
  return {
    ...{ version, waits },
    ...(receipt !== null && { receipt: { answer } }),
    ...(actor && { actor }),
    ...(scope !== null && { room: { scope, units: roomUnits ?? [], plan: roomPlan ?? '' } }),
    ...(ask !== null && expiresAt !== null && { dialogue: { ask, expiresAt } }),
  }
}
