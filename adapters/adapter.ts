import type { Card } from '../src/model/card.ts'
import type { Account, Address, Attached, Incoming, Platform, ReplyBy } from '../src/model/message.ts'

/** What became of one message, in the order of `Received.messages`. */
export interface Outcome {
  message: Incoming
  /** `answered`: stored now. `seen`: a redelivery, with the stored answer. `silent`: nothing to say. */
  status: 'answered' | 'seen' | 'silent'
  reply?: Card
  /** Whoever spoke reached for what is not theirs: of a pressed card that all see, only that person need hear of it. */
  refused?: true
}

export interface Received {
  messages: Incoming[]
  /** The platform takes the answer in the response itself (WeCom smart bot), so flow sends no second one. */
  inline: boolean
  /** Makes the HTTP response after the batch; a challenge or an event of no interest answers with no messages. */
  answer(outcomes: Outcome[]): Response | Promise<Response>
}

export interface Delivery {
  to: Address
  card: Card
  /** Made from the cause and equal on every try: the platform's own duplicate check takes it where there is one. */
  key: string
  replyBy?: ReplyBy
  /** An earlier try may have arrived: the same way once more, and no other one. */
  again?: boolean
  /** Whom a push concerns, by their accounts on this platform: @-mentioned where the platform has a real @. */
  mention?: readonly Account[]
  /** The key of the group robot that was put into the room: a secret that stands in no id and no log. */
  webhook?: string
}

/** `ref`: the platform's id of what was sent, by which a later message quotes it. `edit`: what changing it later takes besides. */
export interface Delivered {
  ref?: string
  edit?: string
}

/** A card that was sent, as it now stands. */
export interface Update extends Delivered {
  to: Address
  ref: string
  card: Card
}

/** What a platform says of us when it is asked: who we are there, or what is missing and where it is set (Chinese, a line each). */
export interface Probe {
  identity?: string
  /** The platform has no way to ask, or asking would do harm: the identity is what was configured. */
  unasked?: true
  problems: string[]
}

/** Where a long connection hands in what it hears. Resolves when all is stored; with `inline` the answer goes back over the connection itself. */
export type Sink = (message: Incoming, inline?: boolean) => Promise<Outcome>

/** One attempt of somebody to sign in on the web: where the browser comes back to, what it brings along, and PKCE's secret. */
export interface SignOnAsked {
  back: string
  /** Letters and digits. */
  state: string
  verifier: string
}

/** Signing in on the web by the account that somebody has on the platform. */
export interface SignOn {
  /** Where the browser is sent. `inside`: it is the platform's own. */
  ask(asked: SignOnAsked & { inside: boolean }): Promise<string>
  /** Whose account it is that came back with these parameters; undefined where the platform vouches for nobody. @throws DeliveryError */
  answer(asked: SignOnAsked, query: URLSearchParams): Promise<string | undefined>
}

/** The whole port. What a platform lacks is absent; `verify`, `decode` and `render` are pure and tested on their own. */
export interface Adapter {
  platform: Platform
  /** The app or bot: part of every message, room and person key. */
  route: string
  /** Sends a minute the platform allows this app; taken at lease time. */
  perMinute: number
  /** Sends a second, where the platform minds that too. */
  perSecond?: number
  /** For how many ms the platform remembers a delivery's key and lets no second one through; absent: it takes no key. */
  once?: number
  /** The platform knows a repeat by its words alone: what was handed over once is said again as it was, not composed anew. */
  sameWords?: true
  /** Can a push reach a group or a person that has not just spoken? */
  canStart: { room: boolean; person: boolean }
  /** verify → decrypt → decode on the raw bytes. @throws Refused 401 unproven, 413 too large, 400 undecodable. */
  receive?(request: Request): Promise<Received>
  /** A long connection; ends when the signal aborts, or when the connection is lost and `alone`. @throws Error of one word why it was lost */
  listen?(sink: Sink, signal: AbortSignal): Promise<void>
  /** The platform keeps one connection of us: only the process that holds the row of this app listens. */
  alone?: true
  /** It shows buttons as numbers to answer with: a bare number is the press of that button of the last message there. */
  numbered?: true
  /** Whether it can deliver now, where that takes a connection that stands; absent: always. */
  ready?(): boolean
  /** The moment from which the platform takes the next message for that place, where it minds the pace of each; undefined: now. */
  readyAt?(to: Address): Date | undefined
  /** @throws DeliveryError */
  deliver(delivery: Delivery): Promise<Delivered>
  /** Puts a card that was sent into its present state, in place. @throws DeliveryError `gone` where it is too old or was recalled */
  update?(update: Update): Promise<void>
  /** What somebody sent, at most 20 MB. @throws DeliveryError */
  fetchFile?(file: Attached): Promise<{ name: string; bytes: Uint8Array }>
  /** Accounts by mobile number as the platform itself has verified it; numbers of nobody are absent. @throws DeliveryError */
  find?(mobiles: readonly string[]): Promise<Map<string, string>>
  /** By which its people sign in to the console. */
  signOn?: SignOn
  /** Asks the platform whether what was configured is right; never throws. */
  probe?(): Promise<Probe>
}
