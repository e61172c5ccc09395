import { z } from 'zod'
import type { Incoming } from '../../../src/model/message.ts'
import { Refused } from '../../../src/model/problem.ts'
import { readPressed } from '../../button.ts'

/** A quote brings the words of the quoted message, but no id of it (developer.work.weixin.qq.com/document/path/100719). */
export type BotIncoming = Incoming & { quoted?: string }

/** What an answer needs besides the message. */
export interface BotMessage {
  message: BotIncoming
  /** Of a pressed card: an update must name it. */
  taskId?: string
}

const Words = z.object({ content: z.string() })
const Mixed = z.object({ msg_item: z.array(z.object({ msgtype: z.string(), text: Words.optional() })) })
const Content = z.object({
  msgtype: z.string(),
  text: Words.optional(),
  voice: Words.optional(),
  mixed: Mixed.optional(),
})
type Content = z.infer<typeof Content>

const CardEvent = z.object({ event_key: z.string(), task_id: z.string() })
const Body = Content.extend({
  msgid: z.string().min(1),
  chatid: z.string().optional(),
  chattype: z.enum(['single', 'group']),
  from: z.object({ userid: z.string().min(1) }),
  create_time: z.number().optional(),
  response_url: z.string().optional(),
  quote: Content.nullish(),
  event: z.looseObject({ eventtype: z.string() }).optional(),
})
type Body = z.infer<typeof Body>

/** The platform takes one answer within an hour; five minutes less, for clocks that differ. */
const RESPONSE_LASTS = 55 * 60_000

/** The words of a text, a voice (turned into text by the platform) or a mixed message; undefined for pictures and files. */
function wordsOf(content: Content): string | undefined {
  if (content.msgtype === 'text') return content.text?.content
  if (content.msgtype === 'voice') return content.voice?.content
  if (content.msgtype !== 'mixed') return undefined
  const texts = content.mixed?.msg_item.flatMap((item) => item.text?.content ?? []) ?? []
  return texts.length > 0 ? texts.join('\n') : undefined
}

/** Where the bot is mentioned, -1 where not: `@助手小王` is somebody else. */
function mentionAt(text: string, mention: string): number {
  for (let at = text.indexOf(mention); at >= 0; at = text.indexOf(mention, at + 1)) {
    if (!/^[\p{L}\p{N}]/u.test(text.slice(at + mention.length, at + mention.length + 2))) return at
  }
  return -1
}

/**
 * A name may hold spaces, so it is looked for as it is; after it may stand any kind of space. Where it is not there, the
 * bot goes by another name in this group, and what leads the text is that.
 */
function withoutMention(text: string, botName: string | undefined): string {
  const mention = `@${botName ?? ''}`
  const at = botName ? mentionAt(text, mention) : -1
  if (at < 0) return text.replace(/^\s*@\S+(?=\s|$)/, '').trim()
  const parts = [text.slice(0, at).trimEnd(), text.slice(at + mention.length).trimStart()]
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .trim()
}

/** The documentation nests a card event's fields, Tencent's own package has them flat: both are read. */
function cardEvent(event: NonNullable<Body['event']>): z.infer<typeof CardEvent> {
  const read = CardEvent.safeParse(event.template_card_event ?? event)
  if (!read.success) throw new Refused(400)
  return read.data
}

function readKey(key: string): unknown {
  try {
    return JSON.parse(key)
  } catch {
    throw new Refused(400)
  }
}

function asBody(json: unknown): Body | undefined {
  // A poll for more of a stream and what may come later have other fields; nothing is wanted of them.
  const kind = z.object({ msgtype: z.string() }).safeParse(json)
  if (!kind.success) throw new Refused(400)
  if (!['text', 'voice', 'mixed', 'event'].includes(kind.data.msgtype)) return undefined
  const read = Body.safeParse(json)
  if (!read.success) throw new Refused(400)
  return read.data
}

/**
 * What somebody said to the bot or pressed; undefined for events and messages of no interest. Every group message here
 * mentions the bot: the platform sends no others.
 * @throws Refused 400
 */
export function decode(
  json: unknown,
  self: { route: string; botName?: string },
  received: Date,
): BotMessage | undefined {
  const body = asBody(json)
  if (!body) return undefined
  const press = body.event?.eventtype === 'template_card_event' ? cardEvent(body.event) : undefined
  const words = press ? '' : wordsOf(body)
  if (words === undefined) return undefined
  const group = body.chattype === 'group'
  if (group && !body.chatid) throw new Refused(400)
  const at = body.create_time === undefined ? received : new Date(body.create_time * 1000)
  const quoted = body.quote ? wordsOf(body.quote) : undefined
  const message: BotIncoming = {
    id: body.msgid,
    platform: 'wecom',
    route: self.route,
    at,
    from: { id: body.from.userid, name: '' },
    room: {
      platform: 'wecom',
      route: self.route,
      kind: group ? 'room' : 'person',
      id: (group && body.chatid) || body.from.userid,
    },
    addressed: true,
    text: group ? withoutMention(words, self.botName) : words.trim(),
    ...(quoted === undefined ? {} : { quoted }),
    ...(press ? { button: readPressed(readKey(press.event_key)).intent } : {}),
    ...(body.response_url
      ? { replyBy: { handle: body.response_url, until: new Date(received.getTime() + RESPONSE_LASTS) } }
      : {}),
  }
  return press ? { message, taskId: press.task_id } : { message }
}
