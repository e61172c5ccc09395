import type { Outcome as Answered } from '../../adapters/adapter.ts'
import type { Context, Outcome, Place } from '../../commands/command.ts'
import { isBound } from '../../commands/rooms.ts'
import { isConflict } from '../../db/conflict.ts'
import { type Heard, heardOf } from '../../db/queries/heard.ts'
import { answerOf, dialogueOf } from '../../db/queries/inbox.ts'
import type { AnswerRow, Card } from '../model/card.ts'
import { wordsIn } from '../model/form.ts'
import type { Intent } from '../model/intent.ts'
import { maskedCard } from '../model/mask.ts'
import { type Address, addressKey, anyRouteKey, type Incoming } from '../model/message.ts'
import type { Actor } from '../model/person.ts'
import { dayOf } from '../time/day.ts'
import { answerId, messageWrites } from './batch.ts'
import { codeDigest } from './codes.ts'
import { refusedFact, withoutRepeated } from './console/refused.ts'
import { newLink } from './console/sign-in/link.ts'
import { decide } from './decide.ts'
import { markDemo } from './demo-mark.ts'
import type { Deps } from './deps.ts'
import { withEvidence } from './evidence/coming.ts'
import { evidenceSoon } from './evidence/settle.ts'
import { filed } from './filed.ts'
import { tellFormer } from './former.ts'
import { frameOf } from './frame.ts'
import { guessed } from './guess.ts'
import { receiptKey } from './happened.ts'
import { machineContext } from './machine.ts'
import { type Meant, meant, storable } from './meant.ts'
import { contentOf } from './paper/draft.ts'
import { whyNotTaken } from './secrecy.ts'
import { impossibleDay, tellLeft } from './unheard.ts'

/** What became of a message: what the adapter answers with, and what `say --json` prints. */
export interface Turn extends Answered {
  intent: Intent
  rows: AnswerRow[]
  /** The answer asks back. */
  asks?: boolean
  /** Something was queued that waits for a run of delivery. */
  waits: boolean
}

/** A decision that meets another writer is taken again this often, then given back as an error with nothing stored. */
const TRIES = 50
const JITTER_MS = 20

const keysOf = (platform: Incoming['platform'], route: string, id: string): [string, string] => [
  addressKey({ platform, route, id }),
  anyRouteKey({ platform, id }),
]

const stranger = (message: Incoming): Actor => ({
  id: addressKey({ ...message, id: message.from.id }),
  name: message.from.name,
  role: 'unknown',
  units: [],
  charge: [],
})

const placeOf = ({ room }: Incoming, { room: found }: Heard): Place => {
  if (room.kind === 'person') return { address: room, scope: 'private', units: [] }
  const bound = found && isBound(found) ? found : undefined
  return {
    ...{ address: room, scope: bound?.scope ?? 'unbound', units: bound?.units ?? [] },
    ...(bound?.plan && { plan: bound.plan }),
  }
}

/** A platform sends again for hours what it could not hand over: a message belongs to the day on which it was said. */
const RESENT_MS = 12 * 60 * 60_000
const saidAt = (message: Incoming, now: Date): Date => {
  const late = now.getTime() - message.at.getTime()
  return late > 0 && late < RESENT_MS ? message.at : now
}

/** What is known of a message before anything is made of it. */
const heardAs = (deps: Deps, message: Incoming, key: string, id: string): Promise<Heard> =>
  heardOf(deps.store, {
    key,
    sender: keysOf(message.platform, message.route, id),
    room: keysOf(message.room.platform, message.room.route, message.room.id),
    place: addressKey(message.room),
    stranger: stranger(message).id,
    owner: deps.atOnce?.owner ?? '',
  })

/** Whoever is bound to the account that speaks, or to the other id of the same account where the platform told it. */
const heardFrom = async (deps: Deps, message: Incoming, key: string): Promise<Heard> => {
  const { id, alias } = message.from
  const heard = await heardAs(deps, message, key, id)
  return heard.actor || heard.receipt || alias === undefined ? heard : heardAs(deps, message, key, alias)
}

/** Where the bot may write to the speaker alone: the single chat, or one that the platform lets this app begin. */
const aloneWith = ({ adapters }: Deps, { room, platform, route, from }: Incoming): Address | undefined => {
  if (room.kind === 'person') return room
  const able = adapters.some((one) => one.platform === platform && one.route === route && one.canStart.person)
  return able ? { platform, route, kind: 'person', id: from.id } : undefined
}

const contextOf = async (deps: Deps, message: Incoming, key: string, heard: Heard, as?: Actor): Promise<Context> => {
  const office = await deps.cache(deps.store, heard.version)
  const { view, registry, calendar } = office
  const now = deps.now()
  const actor = as ?? heard.actor ?? stranger(message)
  const { publicUrl } = deps
  const alone = aloneWith(deps, message)
  return {
    db: deps.store,
    office: view,
    registry,
    calendar,
    zone: deps.zone,
    now,
    today: dayOf(saidAt(message, now), deps.zone),
    actor,
    place: placeOf(message, heard),
    message: { key, text: message.text },
    ...(publicUrl && { publicUrl }),
    ...(deps.several && { named: deps.store.office }),
    // Whom the terminal names is a role: there is nobody on the register whom a link could let in.
    ...(publicUrl && !as && { newLink: () => newLink(deps, publicUrl) }),
    ...(alone && { alone }),
    newId: deps.newId,
    draft: async (asked) => ({ id: deps.newId(), content: await contentOf(machineContext(deps, office), asked) }),
    // Whoever has just tried many is told that none is right, whatever it is.
    digestOfCode: (code) => (deps.throttle?.guesses(message) ? '' : codeDigest(deps, code)),
  }
}

/** The words in the slots of a frame that was sent, each on a line: a form of the console puts some there. */
const slotWords = (slot: unknown): string =>
  typeof slot === 'string'
    ? slot
    : typeof slot === 'object' && slot !== null
      ? Object.values(slot).map(slotWords).join('\n')
      : ''

/** Speaks somebody on the register? */
const actorKnown = (heard: Heard, as: Actor | undefined): boolean => (as ?? heard.actor) !== undefined

/** As it may be said in that place. */
const worded = (c: Context, card: Card): Card =>
  markDemo(c.office, c.place.address.kind === 'room' ? maskedCard(card) : card)

/** Said once, when somebody or a room begins to be too fast; what comes until it is calm again is dropped unanswered. */
const TOO_FAST: Card = {
  title: '太快了',
  tone: 'warn',
  blocks: [
    { kind: 'text', text: '一分钟内的消息太多，先不处理了，这一条和接下来的都没有登记。请过一两分钟再说一遍。' },
  ],
}

/** What is dropped: nothing of it is stored, and the platform is told that it arrived. */
const dropped = (message: Incoming): Turn => ({
  message,
  status: 'silent',
  intent: { intent: 'none' },
  rows: [],
  waits: false,
})

const once = async (deps: Deps, message: Incoming, key: string, inline: boolean, as?: Actor, fast = false) => {
  const known = await heardFrom(deps, message, key)
  const { receipt } = known
  if (receipt) {
    // Nobody asked: an event is answered once, however often it comes.
    const answer = message.happened ? undefined : (receipt.answer ?? (await answerOf(deps.store, answerId(key))))
    const seen: Turn = {
      message,
      status: 'seen',
      intent: { intent: 'none' },
      rows: [],
      waits: true,
      ...(answer && { reply: answer }),
    }
    return { turn: seen, clash: undefined }
  }
  const heard = await contextOf(deps, message, key, known, as)
  const asked = as ? await dialogueOf(deps.store, addressKey(message.room), as.id) : known.dialogue
  const secret = whyNotTaken([message.text, wordsIn(message.filled ?? {}), slotWords(message.button)].join('\n'))
  const {
    intent: said,
    words,
    left = [],
    instead,
    settles,
  }: Meant = secret || fast || message.happened
    ? { intent: { intent: 'none' }, words: '' }
    : await meant(deps, message, heard, asked)
  const intent = frameOf(heard, said)
  const context = { ...heard, message: { key, text: words } }
  const spoken = !fast && !message.button && ((intent !== undefined && intent.intent !== 'none') || message.addressed)
  const wrong = spoken ? impossibleDay(message.text, context.today) : undefined
  const made: Outcome = fast
    ? { reply: TOO_FAST }
    : secret
      ? { reply: secret, refused: 'secret' }
      : wrong
        ? { reply: wrong, waits: true }
        : (instead ??
          (await filed(context, message, deps)) ??
          (await guessed(deps, context, message, intent, as !== undefined)) ??
          (await decide(context, message.happened ?? intent, message.addressed, deps.botName)))
  const decided = fast ? made : await withEvidence(context, message, made, deps)
  const kept = decided.refused &&
    decided.facts && { facts: await withoutRepeated(deps, context.actor.id, decided.facts) }
  const outcome = decided.reply
    ? {
        ...decided,
        ...kept,
        reply: worded(context, tellFormer(context, tellLeft(decided, decided.reply, left))),
      }
    : decided
  const turn: Turn = {
    message,
    status: outcome.reply || outcome.notices?.some(({ answers }) => answers) ? 'answered' : 'silent',
    intent: intent ?? { intent: 'none' },
    rows: outcome.rows ?? [],
    waits: true,
    ...(outcome.reply && { reply: outcome.reply }),
    ...(outcome.refused && { refused: true }),
    ...(outcome.ask && { asks: true }),
  }
  const refusal =
    outcome.refused && actorKnown(known, as) && !outcome.facts?.length
      ? await refusedFact(deps, context.actor.id, { what: turn.intent.intent, why: outcome.refused })
      : []
  const taken = outcome.reply && !inline && !known.waits ? await deps.atOnce?.take(message.room) : undefined
  try {
    const waits = await messageWrites(deps, {
      message,
      key,
      context,
      outcome,
      inline,
      taken,
      open: asked !== undefined,
      settles,
      refusal,
    })
    evidenceSoon(deps, key, outcome)
    if (outcome.refused === 'code') deps.throttle?.guessed(message)
    return { turn: { ...turn, waits }, refused: outcome.refused, clash: undefined }
  } catch (error) {
    if (!isConflict(error)) throw error
    return { turn, clash: outcome.facts?.[0]?.row.id ?? key, error }
  }
}

/**
 * One message, one batch: read, decide, and store the receipt, what changed and the answer together or not at all. A
 * decision that another writer has overtaken is taken again. What is too fast is told so once, then dropped. `as` is trusted:
 * only the command line gives it.
 * @throws the conflict after the last try, with nothing stored
 */
export const dispatch = async (deps: Deps, sent: Incoming, inline = false, as?: Actor): Promise<Turn> => {
  const message: Incoming = {
    ...sent,
    text: storable(sent.text),
    ...(sent.quoted !== undefined && { quoted: storable(sent.quoted) }),
  }
  const key = receiptKey(message, deps)
  const started = deps.now().getTime()
  const log = (turn: Turn, outcome: string) =>
    deps.log({
      event: 'message',
      id: key,
      platform: message.platform,
      intent: turn.intent.intent,
      outcome,
      ms: deps.now().getTime() - started,
    })
  const admission = as ? 'heard' : (deps.throttle?.admit(message) ?? 'heard')
  if (admission === 'dropped') {
    const turn = dropped(message)
    log(turn, 'dropped')
    return turn
  }
  const fast = admission === 'told'
  const first = await once(deps, message, key, inline, as, fast)
  if (first.clash === undefined) {
    log(first.turn, first.refused ? `refused-${first.refused}` : first.turn.status)
    return first.turn
  }
  return deps.queue(first.clash, async () => {
    for (let tries = 2; ; tries++) {
      await deps.sleep(deps.random() * JITTER_MS)
      const again = await once(deps, message, key, inline, as, fast)
      if (again.clash === undefined) {
        log(again.turn, again.refused ? `refused-${again.refused}` : again.turn.status)
        return again.turn
      }
      if (tries >= TRIES) throw again.error
    }
  })
}
