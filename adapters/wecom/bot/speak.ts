import type { Address } from '../../../src/model/message.ts'
import { DeliveryError } from '../../../src/model/problem.ts'
import type { Delivery } from '../../adapter.ts'
import { unanswered } from '../../ask.ts'
import { idOf } from '../../id.ts'
import type { Pace } from '../../pace.ts'
import type { Calls } from './calls.ts'
import { isKindRefused, isUnsubscribed, isWayEnded, problemOf } from './problems.ts'
import { render, renderButtons, renderNumbered, renderNumbers, type Stream } from './render.ts'

const NOT_CONNECTED = '智能机器人的长连接没有接通'
const CHAT_TYPE = { person: 1, room: 2 }

export interface Connection {
  calls: Calls
  pace: Pace
  ready(): boolean
  now(): Date
  /** The platform no longer knows this connection: it is to be made anew. */
  renew(): void
}

/**
 * Says a card over the connection: as the answer to a message where the way back is open, else of its own accord. Buttons
 * are a card of their own in a single chat, and numbers to answer with in a group, where the platform takes no cards.
 * @throws DeliveryError `unsure` where no answer came: there is no key that would make a repeat harmless
 */
export function createSpeak({ calls, pace, ready, now, renew }: Connection) {
  /** One message of a conversation, at its pace. Returns the errcode. */
  const say = async (to: Address, cmd: string, body: unknown, reqId?: string): Promise<number> => {
    const at = pace.readyAt(to.id)
    if (at) throw new DeliveryError('later', '这个会话一分钟内说得太多', at.getTime() - now().getTime())
    pace.took(to.id)
    const code = await calls.call(cmd, body, reqId).catch((error: unknown) => unanswered('wecom-bot', error))
    if (isUnsubscribed(code)) renew()
    return code
  }

  /** @throws DeliveryError for what is refused */
  const said = (code: number): void => {
    if (code !== 0) throw problemOf(code)
  }

  const start = (to: Address, message: object): Promise<number> =>
    say(to, 'aibot_send_msg', { chatid: to.id, chat_type: CHAT_TYPE[to.kind], ...message })
  const markdown = (to: Address, content: string) => start(to, { msgtype: 'markdown', markdown: { content } })

  /** Whether the words went the way back that came with the message; false where it has ended. */
  const answered = async (to: Address, reqId: string, stream: Stream): Promise<boolean> => {
    const code = await say(to, 'aibot_respond_msg', { msgtype: 'stream', stream }, reqId)
    if (isWayEnded(code)) return false
    said(code)
    return true
  }

  return async ({ to, card, key, replyBy }: Delivery): Promise<void> => {
    if (!ready()) throw new DeliveryError('later', NOT_CONNECTED)
    const id = await idOf(key)
    const content = to.kind === 'room' ? renderNumbered(card) : render(card, to.kind)
    const open = replyBy && replyBy.until > now()
    const back = open && (await answered(to, replyBy.handle, { id, finish: true, content }))
    if (!back) said(await markdown(to, content))
    const buttons = to.kind === 'person' ? renderButtons(card, id, to.kind) : undefined
    if (!buttons) return
    // The words are there: from here on nothing is repeated as a whole.
    try {
      const code = await start(to, { msgtype: 'template_card', template_card: buttons })
      said(isKindRefused(code) ? await markdown(to, renderNumbers(card)) : code)
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error
      throw new DeliveryError('unsure', `文字已发出，按钮没有：${error.message}`)
    }
  }
}
