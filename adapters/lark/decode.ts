import { z } from 'zod'
import type { Address, Incoming, ReplyBy } from '../../src/model/message.ts'
import { Refused } from '../../src/model/problem.ts'
import { readPressed } from '../button.ts'
import { Id } from '../id.ts'
import { readShape } from '../read.ts'
import type { LarkEvent } from './event.ts'
import { replyHandle } from './handle.ts'
import { decodeHappening, happenings, isHappening } from './happenings.ts'
import { contentOf, type Mention, type Mentions } from './text.ts'

/** Who we are in this app: `openId` is asked from the platform only when a message of a group mentions somebody. */
export interface Self {
  route: string
  openId?: string
}

const Header = z.object({
  header: z.object({
    event_id: Id,
    event_type: z.string(),
    // A time that is none is no reason to lose the event.
    create_time: z
      .string()
      .regex(/^\d{1,16}$/)
      .optional()
      .catch(undefined),
  }),
})

const Message = z.object({
  sender: z.object({ sender_type: z.string(), sender_id: z.object({ open_id: Id }).nullish() }),
  message: z.object({
    message_id: Id,
    parent_id: Id.or(z.literal('')).optional(),
    thread_id: z.string().min(1).optional(),
    create_time: z.string().regex(/^\d{1,15}$/),
    chat_id: Id,
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: z
      .array(
        z.object({
          key: z.string(),
          id: z.object({ open_id: z.string().optional() }).nullish(),
          name: z.string().optional(),
        }),
      )
      .nullish(),
  }),
})
type Message = z.infer<typeof Message>
type Glanced = { chat_type?: unknown; mentions?: unknown } | null

const Press = z.object({
  operator: z.object({ open_id: Id }),
  action: z.object({ value: z.unknown(), form_value: z.record(z.string(), z.unknown()).nullish() }),
  context: z.object({ open_chat_id: Id, open_message_id: Id.optional() }),
})

/** Undefined for the old schema 1.0, of which nothing is wanted. */
export function eventOf(body: unknown): LarkEvent | undefined {
  const read = Header.safeParse(body)
  if (!read.success) return undefined
  const { event_id, event_type, create_time } = read.data.header
  return { id: event_id, type: event_type, created: create_time, event: (body as { event?: unknown }).event }
}

export const isPress = (event: LarkEvent): boolean => event.type === 'card.action.trigger'

const isGroup = (message: Message['message']) => message.chat_type !== 'p2p'

/** Must our own open_id be known to tell whether this was said to us? */
export function needsSelf(event: LarkEvent): boolean {
  if (event.type !== 'im.message.receive_v1') return false
  // Looked at, not read: decode reads it once, and refuses it where it is not of its shape.
  const { sender, message } = (event.event ?? {}) as { sender?: Partial<Message['sender']>; message?: Glanced }
  const mentions = message?.mentions
  return (
    sender?.sender_type === 'user' && message?.chat_type !== 'p2p' && Array.isArray(mentions) && mentions.length > 0
  )
}

function room(self: Self, chat: string, person: string | undefined): Address {
  const at = { platform: 'lark' as const, route: self.route }
  return person === undefined ? { ...at, kind: 'room', id: chat } : { ...at, kind: 'person', id: person }
}

/** A reply in a group quotes what it answers, and stays in its topic; the way back is the message itself and lasts an hour. */
const REPLY_LASTS = 3_600_000
const wayBack = ({ message_id, thread_id }: Message['message'], at: Date): ReplyBy => ({
  handle: replyHandle(message_id, thread_id !== undefined),
  until: new Date(at.getTime() + REPLY_LASTS),
})

function decodeMessage(event: unknown, self: Self): Incoming[] {
  const { sender, message } = readShape(Message, event)
  // Other bots' words and our own: answering them would let two bots talk for ever.
  if (sender.sender_type !== 'user') return []
  const person = sender.sender_id?.open_id
  if (!person) throw new Refused(400)
  const mentions: Mentions = new Map()
  for (const { key, id, name } of message.mentions ?? []) {
    const self_ = self.openId !== undefined && id?.open_id === self.openId
    mentions.set(key, { name: name ?? '', self: self_ } satisfies Mention)
  }
  const { text, files } = contentOf(message.message_id, message.message_type, message.content, mentions)
  const group = isGroup(message)
  const addressed = !group || [...mentions.values()].some((mention) => mention.self)
  if (!addressed && text === '' && files.length === 0) return []
  const at = new Date(Number(message.create_time))
  return [
    {
      // Not the event's id: a message can come under two of those, and it is the message that is taken once.
      id: message.message_id,
      platform: 'lark',
      route: self.route,
      at,
      from: { id: person, name: '' },
      room: room(self, message.chat_id, group ? undefined : person),
      addressed,
      text,
      ...(message.parent_id ? { quotes: message.parent_id } : {}),
      ...(files.length > 0 ? { files } : {}),
      ...(group || message.thread_id !== undefined ? { replyBy: wayBack(message, at) } : {}),
    },
  ]
}

function decodePress(event: LarkEvent, self: Self, received: Date): Incoming[] {
  const { operator, action, context } = readShape(Press, event.event)
  const button = readPressed(action.value)
  const micros = Number(event.created)
  return [
    {
      id: event.id,
      platform: 'lark',
      route: self.route,
      at: Number.isFinite(micros) ? new Date(event.created?.length === 16 ? micros / 1000 : micros) : received,
      from: { id: operator.open_id, name: '' },
      room: room(self, context.open_chat_id, button.in === 'person' ? operator.open_id : undefined),
      addressed: true,
      text: '',
      ...(context.open_message_id ? { quotes: context.open_message_id } : {}),
      button: button.intent,
      ...(action.form_value ? { filled: action.form_value } : {}),
    },
  ]
}

/** The events that the bot lives on; everything else passes. */
export const heardEvents = ['im.message.receive_v1', 'card.action.trigger', ...happenings]

/** What people said or pressed, and what happened to the bot; events of no interest give nothing. @throws Refused 400 */
export function decode(event: LarkEvent, self: Self, received: Date): Incoming[] {
  if (event.type === 'im.message.receive_v1') return decodeMessage(event.event, self)
  if (isPress(event)) return decodePress(event, self, received)
  if (isHappening(event)) return decodeHappening(event, self.route, received)
  return []
}
