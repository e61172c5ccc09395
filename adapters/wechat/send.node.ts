import { setTimeout as pause } from 'node:timers/promises'
import type { Contact, Wechaty } from 'wechaty'
import { DeliveryError } from '../../src/model/problem.ts'
import type { Delivery } from '../adapter.ts'
import { render } from './render.ts'
import type { Rooms } from './rooms.ts'
import type { Turns } from './turns.ts'
import { within } from './within.node.ts'

export interface Sending {
  rooms: Rooms
  turns: Turns
  /** Milliseconds between two messages of the account. */
  gap: number
  /** Milliseconds that one message may take. */
  timeout: number
}

const doubt = (what: string) => new DeliveryError('unsure', `wechat ${what}`)

/**
 * A card as messages of words, each in its turn. wechaty gives no id and takes no key: what has no answer may have been sent.
 * @throws DeliveryError
 */
export async function send(bot: Wechaty, { to, card, mention = [] }: Delivery, sending: Sending): Promise<void> {
  const messages = render(card)
  const began = performance.now() + sending.turns.take(performance.now(), messages.length)
  const place = await sending.rooms.find(bot, to)
  const found = await Promise.all(mention.map(({ id }) => bot.Contact.find({ id }).catch(() => undefined)))
  const called = found.filter((contact): contact is Contact => contact !== undefined)
  for (const [i, message] of messages.entries()) {
    await pause(Math.max(0, began + i * sending.gap - performance.now()))
    const saying = 'topic' in place && i === 0 ? place.say(message, ...called) : place.say(message)
    await within(sending.timeout, Promise.resolve(saying), () => doubt('没有回音')).catch((error: unknown) => {
      throw error instanceof DeliveryError ? error : doubt('发送时出错')
    })
  }
}
