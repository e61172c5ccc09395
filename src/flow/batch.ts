import { and, eq, sql } from 'drizzle-orm'
import type { Context, Notice, Outcome } from '../../commands/command.ts'
import { guard, staleIf } from '../../db/guard.ts'
import { roomOf, roomsOf } from '../../db/queries/people.ts'
import type { Query, Write } from '../../db/store.ts'
import { type Address, addressKey, anyRouteKey, type Incoming } from '../model/message.ts'
import type { Deps } from './deps.ts'
import { factRow, happeningWrites, officeMoves, readWrites, type Stamp } from './ledger.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const DIALOGUE_MS = 10 * MINUTE

interface Decided {
  message: Incoming
  key: string
  context: Context
  outcome: Outcome
  inline: boolean
}

const codesIn = (outcome: Outcome): string[] => [
  ...new Set((outcome.rows ?? []).map((row) => `${row.plan}-${row.task}`)),
]

const answerWrite = (deps: Deps, q: Query, { message, key, context, outcome, inline }: Decided): Write[] => {
  if (!outcome.reply) return []
  const now = context.now
  return [
    q.insert(deps.store.t.outbox).values({
      office: deps.store.office,
      id: `answer:${key}`,
      lane: 'answer',
      room: addressKey(message.room),
      ord: deps.newId(),
      address: message.room,
      card: outcome.reply,
      recipe: null,
      replyHandle: message.replyBy?.handle ?? null,
      replyUntil: message.replyBy?.until ?? null,
      dueAt: now,
      validUntil: new Date(now.getTime() + DAY),
      state: inline ? 'sent' : 'waiting',
      settledAt: inline ? now : null,
      tasks: codesIn(outcome),
    }),
  ]
}

/** Where a notice goes: the rooms bound to the unit (or the office). Nobody bound: nobody to tell, and nothing queued. */
const addressesOf = (rooms: Awaited<ReturnType<typeof roomsOf>>, to: Notice['to']): Address[] => {
  if ('address' in to) return [to.address]
  if ('office' in to) return rooms.filter((room) => room.scope === 'office').map((room) => room.address)
  return rooms.filter((room) => room.scope === 'units' && room.units.includes(to.unit)).map((room) => room.address)
}

const noticeWrites = (
  deps: Deps,
  q: Query,
  notices: readonly (Notice & { addresses: Address[] })[],
  now: Date,
): Write[] =>
  notices.flatMap(({ cause, card, tasks, addresses }) =>
    addresses.map((address) =>
      q
        .insert(deps.store.t.outbox)
        .values({
          office: deps.store.office,
          id: `${cause}:${addressKey(address)}`,
          lane: 'push',
          room: addressKey(address),
          ord: deps.newId(),
          address,
          card,
          recipe: null,
          dueAt: now,
          validUntil: new Date(now.getTime() + 3 * DAY),
          state: 'waiting',
          tasks,
        })
        .onConflictDoNothing(),
    ),
  )

const dialogueWrites = (deps: Deps, q: Query, { context, outcome, message }: Decided): Write[] => {
  const { t, office } = deps.store
  const values = {
    office,
    room: addressKey(message.room),
    person: context.actor.id,
    ask: {
      v: 1 as const,
      ...(outcome.ask ?? { intent: { intent: 'none' as const }, want: 'task' as const, options: [] }),
    },
    expiresAt: new Date(context.now.getTime() + (outcome.ask ? DIALOGUE_MS : 0)),
  }
  if (!outcome.ask && !outcome.reply) return []
  return [
    q
      .insert(t.dialogues)
      .values(values)
      .onConflictDoUpdate({
        target: [t.dialogues.office, t.dialogues.room, t.dialogues.person],
        set: { ask: values.ask, expiresAt: values.expiresAt },
      }),
  ]
}

/** A group that the office binds: the room's fact and row. */
const roomWrites = async (deps: Deps, { context, outcome, message }: Decided, stamp: Stamp) => {
  const bound = outcome.room
  if (!bound) return () => []
  const { t, office } = deps.store
  const key = addressKey(message.room)
  const known = await roomOf(deps.store, [key, anyRouteKey(message.room)])
  const id = known?.key ?? key
  const before = { version: known?.version ?? 0, head: known?.head ?? '' }
  const body = { on: context.today, scope: bound.scope, units: bound.units }
  const fact = factRow(
    deps,
    { subject: 'room', id, seq: before.version + 1, prev: before.head, kind: 'bound', body },
    stamp,
  )
  const row = {
    office,
    key: id,
    scope: bound.scope,
    units: bound.units,
    address: message.room,
    version: fact.seq,
    head: fact.hash,
  }
  return (q: Query): Write[] => [
    guard(t, q, office, 'rooms', id, known ? known.version : null),
    q.insert(t.facts).values(fact),
    q
      .insert(t.rooms)
      .values(row)
      .onConflictDoUpdate({ target: [t.rooms.office, t.rooms.key], set: row }),
    officeMoves(deps, q),
  ]
}

/** The sender's account becomes the person's; the code is used up, and two who say it at once cannot both have it. */
const boundWrites = (deps: Deps, q: Query, { context, outcome, message }: Decided): Write[] => {
  const { bound } = outcome
  if (!bound) return []
  const { t, office } = deps.store
  const code = and(eq(t.codes.office, office), eq(t.codes.digest, bound.digest))
  const key = addressKey({ ...message, id: message.from.id })
  return [
    staleIf(t, q, office, sql`exists (select 1 from ${t.codes} where ${code} and ${t.codes.usedAt} is not null)`),
    q.update(t.codes).set({ usedAt: context.now }).where(code),
    q
      .insert(t.identities)
      .values({ office, key, person: bound.person })
      .onConflictDoUpdate({ target: [t.identities.office, t.identities.key], set: { person: bound.person } }),
  ]
}

/**
 * Stores the receipt, what happened, the answer and the notices of one message, all or none.
 * @throws conflict when a row that the decision rested on has moved on, or the message was taken meanwhile
 */
export const messageWrites = async (deps: Deps, decided: Decided): Promise<void> => {
  const { message, key, context, outcome } = decided
  const { t, office } = deps.store
  const stamp: Stamp = { by: context.actor.id, via: key, at: context.now }
  const rooms = outcome.notices?.length ? await roomsOf(deps.store) : []
  const notices = (outcome.notices ?? []).map((notice) => ({ ...notice, addresses: addressesOf(rooms, notice.to) }))
  const room = await roomWrites(deps, decided, stamp)
  await deps.store.atomic((q) => [
    ...readWrites(deps, q, outcome.reads ?? []),
    ...happeningWrites(deps, q, outcome.facts ?? [], stamp),
    ...room(q),
    ...boundWrites(deps, q, decided),
    q.insert(t.receipts).values({ office, key, at: message.at, answer: outcome.reply ?? null }),
    ...answerWrite(deps, q, decided),
    ...noticeWrites(deps, q, notices, context.now),
    ...dialogueWrites(deps, q, decided),
  ])
}
