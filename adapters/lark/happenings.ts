import { z } from 'zod'
import type { Address, Happened, Incoming } from '../../src/model/message.ts'
import { Id } from '../id.ts'
import { readShape } from '../read.ts'
import type { LarkEvent } from './event.ts'

const Operator = z.object({ open_id: Id })
/** Who did it may be of another tenant, and then has no id for us. */
const Chat = z.object({ chat_id: Id, operator_id: Operator.partial().nullish() })
const Entered = z.object({ operator_id: Operator })
/** The key is set in the console for each entry of the menu, and says what a person would type. */
const Menu = z.object({ operator: z.object({ operator_id: Operator }), event_key: z.string().min(1) })

const CHATS: Record<string, Happened> = {
  'im.chat.member.bot.added_v1': 'joined',
  'im.chat.member.bot.deleted_v1': 'left',
  'im.chat.disbanded_v1': 'left',
}
const ENTERED = 'im.chat.access_event.bot_p2p_chat_entered_v1'
const MENU = 'application.bot.menu_v6'

/** The types of events besides words and presses that are heard. */
export const happenings = [...Object.keys(CHATS), ENTERED, MENU]

export const isHappening = ({ type }: LarkEvent): boolean => happenings.includes(type)

const MILLIS = /^\d{1,15}$/

/** The bot put into a group or out of it, its single chat opened, its menu pressed. @throws Refused 400 */
export function decodeHappening({ id, type, created, event }: LarkEvent, route: string, received: Date): Incoming[] {
  const at = created !== undefined && MILLIS.test(created) ? new Date(Number(created)) : received
  const message = (from: string, kind: Address['kind'], place: string, text: string): Incoming => ({
    ...{ id, platform: 'lark', route, at, from: { id: from, name: '' } },
    ...{ room: { platform: 'lark', route, kind, id: place }, addressed: true, text },
  })
  if (type === MENU) {
    const { operator, event_key } = readShape(Menu, event)
    const person = operator.operator_id.open_id
    return [message(person, 'person', person, event_key)]
  }
  if (type === ENTERED) {
    const person = readShape(Entered, event).operator_id.open_id
    return [{ ...message(person, 'person', person, ''), happened: 'entered' }]
  }
  const happened = CHATS[type]
  const { chat_id, operator_id } = readShape(Chat, event)
  return happened ? [{ ...message(operator_id?.open_id ?? '', 'room', chat_id, ''), happened }] : []
}
