import { and, eq, sql } from 'drizzle-orm'
import { registerView } from '../../commands/cases.ts'
import type { Context, Happening, Notice, Outcome } from '../../commands/command.ts'
import { isBound } from '../../commands/rooms.ts'
import { guard, guardRoster, staleIf } from '../../db/guard.ts'
import { DIALOGUE_MS, type Dialogue, guardDialogue, putDialogue, putReceipt } from '../../db/queries/inbox.ts'
import { putAnswer } from '../../db/queries/outbox.ts'
import { roomOf, roomsOf } from '../../db/queries/people.ts'
import { endSessionsOfFormer } from '../../db/queries/sessions.ts'
import type { Json } from '../../db/schema.ts'
import type { Query, Write } from '../../db/store.ts'
import { type Address, addressKey, anyRouteKey, type Incoming, type ReplyBy } from '../model/message.ts'
import type { FileRecipe, GuessRecipe, MovedRecipe } from '../model/recipe.ts'
import { scoredWrites } from './assess/deeds.ts'
import { caseNotices } from './case/told.ts'
import { caseWrites } from './case/writes.ts'
import { accountDigest } from './chain.ts'
import { ownLinkWrites } from './console/sign-in/link.ts'
import type { Deps } from './deps.ts'
import { evidenceWrites } from './evidence/writes.ts'
import { factRow, happeningWrites, officeMoves, readWrites, type Stamp } from './ledger.ts'
import { addedWrites, openedWrites } from './opened.ts'
import { draftWrites } from './paper/draft.ts'
import { plannedWrites } from './remind/planned.ts'
import { faceWrites, pressedOn } from './shown.ts'
import { codesIn } from './spoken.ts'
import type { AnswerRow, Taken } from './taken.ts'
import { tallyWrites } from './tally/writes.ts'
import { unmutedWrites } from './unmuted.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

interface Decided {
  message: Incoming
  key: string
  context: Context
  outcome: Outcome
  inline: boolean
  /** A question stands in the database for whoever spoke there. */
  open: boolean
  /** The question of a guess that this message answers, which is answered once. */
  settles?: Dialogue | undefined
  /** That whoever spoke was refused, where it is kept. */
  refusal: readonly Happening[]
  /** The answer is stored as taken and being sent. */
  taken?: Taken | undefined
}

/** Does the answer ask something of whoever spoke? The offer to show more of a list does not. */
const asksBack = ({ ask }: Outcome): boolean =>
  ask !== undefined && !(ask.options.length > 0 && ask.options.every((option) => 'offset' in option))

/** The notice that answers a message, by the message's key. */
export const answerId = (key: string): string => `answer:${key}`

/** The row of the answer, as it waits. */
const answerRow = (deps: Deps, { message, key, context, outcome, inline }: Decided): AnswerRow | undefined => {
  const { reply, rows = [] } = outcome
  if (!reply) return undefined
  const now = context.now
  const codes = rows.map((row) => `${row.plan}-${row.task}`)
  return {
    office: deps.store.office,
    id: answerId(key),
    batch: '',
    origin: 'person',
    lane: 'answer',
    units: context.actor.units,
    asks: asksBack(outcome),
    room: addressKey(message.room),
    ord: deps.newId(),
    address: message.room,
    card: reply,
    recipe: null,
    // Said in the response itself: the way back is used up, and a key to somebody's conversation is kept for nothing.
    replyHandle: inline ? null : (message.replyBy?.handle ?? null),
    replyUntil: message.replyBy?.until ?? null,
    dueAt: now,
    // A link is of no use when it has run out, and no card of it is sent after that.
    validUntil: outcome.link?.expiresAt ?? new Date(now.getTime() + DAY),
    state: inline ? 'sent' : 'waiting',
    settledAt: inline ? now : null,
    tasks: codesIn(reply, codes),
    leaseOwner: null,
    leaseUntil: null,
    attempts: 0,
    triedAt: null,
    lapsed: 0,
    error: null,
    ref: null,
    edit: null,
    edits: null,
  }
}

/** A pressed card that its answer replaces shows that from now on; a refusal is told beside it, and it stays. */
const pressedWrites = (deps: Deps, q: Query, { message, context, outcome, inline }: Decided): Write[] => {
  const ref = inline && !outcome.refused ? pressedOn(message) : undefined
  return ref === undefined ? [] : faceWrites(deps, q, ref, outcome.reply, context.now)
}

const answerWrite = (deps: Deps, row: AnswerRow, taken: Taken | undefined): Write =>
  putAnswer(deps.store, {
    ...row,
    ...(taken && { leaseOwner: taken.owner, leaseUntil: taken.until, attempts: 1, triedAt: taken.at }),
  })

/** Where a notice goes: the rooms bound to the unit (or the office). Nobody bound: nobody to tell, and nothing queued. */
const addressesOf = (rooms: Awaited<ReturnType<typeof roomsOf>>, to: Notice['to']): Address[] => {
  if ('address' in to) return [to.address]
  if ('office' in to) return rooms.filter((room) => room.scope === 'office').map((room) => room.address)
  return rooms.filter((room) => room.scope === 'units' && room.units.includes(to.unit)).map((room) => room.address)
}

/** What is told to a unit is not said in a room that is another's by the time it is sent. */
const waitingFor = (
  recipe: MovedRecipe | FileRecipe | GuessRecipe,
  to: Notice['to'],
  address: Address,
): Record<string, Json> =>
  ({ ...recipe, ...('unit' in to && { to: address, unit: to.unit }) }) as unknown as Record<string, Json>

const noticeWrites = (
  deps: Deps,
  q: Query,
  notices: readonly (Notice & { addresses: Address[]; units: string[] })[],
  now: Date,
  way: ReplyBy | undefined,
): Write[] =>
  notices.flatMap(({ cause, tasks, addresses, units, until, answers, ...said }) =>
    addresses.map((address) =>
      q
        .insert(deps.store.t.outbox)
        .values({
          office: deps.store.office,
          id: `${cause}:${addressKey(address)}`,
          lane: 'push',
          units,
          room: addressKey(address),
          ord: deps.newId(),
          address,
          card: 'card' in said ? said.card : null,
          recipe: 'recipe' in said ? waitingFor(said.recipe, said.to, address) : null,
          ...(answers && { asks: true, replyHandle: way?.handle ?? null, replyUntil: way?.until ?? null }),
          dueAt: now,
          validUntil: until ?? new Date(now.getTime() + 3 * DAY),
          state: 'waiting',
          tasks,
        })
        .onConflictDoNothing(),
    ),
  )

const nothingAsked = { intent: { intent: 'none' as const }, want: 'task' as const, options: [] }

/** What the answer asks takes the place of an open question; an answer that asks nothing ends it. */
const dialogueWrites = (deps: Deps, { context, outcome, message, open, settles }: Decided): Write[] => {
  if (!settles && (outcome.waits || (!outcome.ask && !(outcome.reply && open)))) return []
  return [
    putDialogue(deps.store, {
      room: addressKey(message.room),
      person: context.actor.id,
      ask: outcome.ask ? { v: 1, ...outcome.ask, said: context.message.text } : { v: 1, ...nothingAsked },
      expiresAt: new Date(context.now.getTime() + (outcome.ask ? DIALOGUE_MS : 0)),
    }),
  ]
}

/** Two who say yes to the same question at once cannot both be taken for it. */
const settledOnce = (deps: Deps, q: Query, { settles, message, context }: Decided): Write[] => {
  const waits = settles && { room: addressKey(message.room), person: context.actor.id, expiresAt: settles.expiresAt }
  return waits ? [guardDialogue(deps.store, q, waits)] : []
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
    since: known && isBound(known) ? (known.since ?? context.now) : context.now,
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
const boundWrites = (deps: Deps, q: Query, { context, outcome, message }: Decided, stamp: Stamp): Write[] => {
  const { bound } = outcome
  if (!bound) return []
  const { t, office } = deps.store
  const code = and(eq(t.codes.office, office), eq(t.codes.digest, bound.digest))
  const key = addressKey({ ...message, id: message.from.id })
  const fact = factRow(
    deps,
    {
      ...{ subject: 'person' as const, id: bound.person, seq: bound.version + 1, prev: bound.head, kind: 'bound' },
      body: { on: context.today, accounts: [accountDigest(deps.alg, office, key)] },
      words: { accounts: [key] },
    },
    stamp,
  )
  return [
    guard(t, q, office, 'people', bound.person, bound.version),
    q.insert(t.facts).values(fact),
    q
      .update(t.people)
      .set({ version: fact.seq, head: fact.hash })
      .where(and(eq(t.people.office, office), eq(t.people.id, bound.person))),
    officeMoves(deps, q),
    staleIf(t, q, office, sql`exists (select 1 from ${t.codes} where ${code} and ${t.codes.usedAt} is not null)`),
    q.update(t.codes).set({ usedAt: context.now }).where(code),
    ...endSessionsOfFormer(deps.store, q, { key, person: bound.person }, context.now),
    q
      .insert(t.identities)
      .values({ office, key, person: bound.person })
      .onConflictDoUpdate({ target: [t.identities.office, t.identities.key], set: { person: bound.person } }),
  ]
}

/** A subscription that begins: its row and first fact. Whose chat it goes to is an account, which the chain keeps as a digest. */
const subscribedWrites = (deps: Deps, q: Query, { context, outcome }: Decided, stamp: Stamp): Write[] => {
  const { subscribed } = outcome
  if (!subscribed) return []
  const { t, office } = deps.store
  const { id, room, content, every, on, at, startsOn } = subscribed
  const body = { on: context.today, content, every, day: on, at, from: startsOn }
  const fact = factRow(
    deps,
    {
      ...{ subject: 'subscription' as const, id, seq: 1, prev: '', kind: 'begun' },
      body: { ...body, room: accountDigest(deps.alg, office, room) },
      words: { room },
    },
    stamp,
  )
  return [
    q.insert(t.facts).values(fact),
    q
      .insert(t.subscriptions)
      .values({ office, ...subscribed, person: context.actor.id, version: fact.seq, head: fact.hash }),
    officeMoves(deps, q),
  ]
}

/** The link that the speaker was given, by its digest. Its words stand in the card alone, which is sent no longer than it is good. */
const linkWrites = (deps: Deps, q: Query, { context, outcome }: Decided): Write[] =>
  outcome.link ? ownLinkWrites(deps, q, context.actor.id, outcome.link) : []

/** When a room may hear of something: now, or when it is no longer muted. */
const heardAt = (rooms: Awaited<ReturnType<typeof roomsOf>>, address: Address, now: Date): Date => {
  const keys = [addressKey(address), anyRouteKey(address)]
  const until = rooms.find((room) => keys.includes(room.key))?.mutedUntil
  return until && until > now ? until : now
}

/**
 * What happens to people, rooms and units says who may do what and who hears of it: nothing that was decided before it may
 * be stored after it, and what is cached of them is read again.
 */
const movesRoster = ({ facts = [] }: Outcome): boolean =>
  facts.some(({ row: { subject } }) => subject !== 'duty' && subject !== 'task')

const changesAnything = ({ facts = [], added = [], opened = [], cases = [], tallied = [], ...one }: Outcome): boolean =>
  facts.length + added.length + opened.length + cases.length + tallied.length > 0 ||
  [one.bound, one.room, one.subscribed, one.drafted, one.scored].some((each) => each !== undefined)

/**
 * Stores the receipt, what happened, the answer and the notices of one message, all or none; sends the answer where it was
 * taken. Returns whether anything waits for a run of delivery.
 * @throws conflict when a row that the decision rested on has moved on, or the message was taken meanwhile
 */
export const messageWrites = async (deps: Deps, decided: Decided): Promise<boolean> => {
  const { key, context, outcome, inline, taken } = decided
  const stamp: Stamp = { by: context.actor.id, via: key, at: context.now }
  const rooms = outcome.notices?.length ? await roomsOf(deps.store) : []
  const notices = (outcome.notices ?? []).map((notice) => ({
    ...notice,
    addresses: addressesOf(rooms, notice.to),
    units: 'unit' in notice.to ? [notice.to.unit] : (notice.units ?? []),
  }))
  const room = await roomWrites(deps, decided, stamp)
  const handed = outcome.cases ? await caseNotices(deps, outcome.cases, registerView(context)) : []
  const unmuted = await unmutedWrites(deps, context, outcome)
  const answer = answerRow(deps, decided)
  await deps.store.atomic((q) => [
    // Who may do what, which plans run and which rooms hear of it was read from the roster as it then stood.
    ...(changesAnything(outcome) ? [guardRoster(deps.store.t, q, deps.store.office, context.office.version)] : []),
    ...settledOnce(deps, q, decided),
    ...readWrites(deps, q, outcome.reads ?? []),
    // Before the facts: what opens in a task is guarded by the task as it was read.
    ...openedWrites(deps, q, outcome.opened ?? [], stamp),
    ...addedWrites(deps, q, outcome.added ?? [], stamp),
    ...happeningWrites(deps, q, [...(outcome.facts ?? []), ...decided.refusal], stamp, pressedOn(decided.message)),
    ...evidenceWrites(deps, q, outcome, key, stamp),
    ...pressedWrites(deps, q, decided),
    ...(movesRoster(outcome) ? [officeMoves(deps, q)] : []),
    ...room(q),
    ...boundWrites(deps, q, decided, stamp),
    ...subscribedWrites(deps, q, decided, stamp),
    ...linkWrites(deps, q, decided),
    ...(outcome.drafted ? draftWrites(deps, q, outcome.drafted, context.today, stamp) : []),
    ...(outcome.cases ?? []).flatMap((deed) => caseWrites(deps, q, deed, registerView(context), stamp)),
    ...tallyWrites(deps, q, outcome.tallied ?? [], stamp),
    ...plannedWrites(deps, q, handed),
    ...(outcome.scored ? scoredWrites(deps, q, outcome.scored, stamp) : []),
    // By our clock, not the platform's: a receipt must outlive every redelivery before it is swept.
    putReceipt(deps.store, { key, at: context.now }),
    ...(answer ? [answerWrite(deps, answer, taken)] : []),
    ...notices.flatMap((notice) =>
      notice.addresses.flatMap((address) =>
        noticeWrites(
          deps,
          q,
          [{ ...notice, addresses: [address] }],
          notice.answers ? context.now : heardAt(rooms, address, context.now),
          decided.message.replyBy,
        ),
      ),
    ),
    ...unmuted(q),
    ...dialogueWrites(deps, decided),
  ])
  if (answer && taken) deps.atOnce?.send(answer, taken)
  return (answer !== undefined && !inline && !taken) || notices.length > 0 || changesAnything(outcome)
}
