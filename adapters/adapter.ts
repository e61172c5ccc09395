import type { Card } from '../src/model/card.ts'
import type { Address, Incoming, Platform, ReplyBy } from '../src/model/message.ts'

/** What became of one message, in the order of `Received.messages`. */
export interface Outcome {
  message: Incoming
  /** `answered`: stored now. `seen`: a redelivery, with the stored answer. `silent`: nothing to say. */
  status: 'answered' | 'seen' | 'silent'
  reply?: Card
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
  /** A long connection; ends when the signal aborts. */
  listen?(sink: (message: Incoming) => Promise<void>, signal: AbortSignal): Promise<void>
  /** @throws DeliveryError */
  deliver(delivery: Delivery): Promise<{ ref?: string }>
}
