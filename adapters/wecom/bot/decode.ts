import { z } from 'zod'
import type { Attached, Incoming } from '../../../src/model/message.ts'
import { Refused } from '../../../src/model/problem.ts'
import { readPressed } from '../../button.ts'
import { Id } from '../../id.ts'
import { readJson, readShape } from '../../read.ts'
import { handleOf } from './handle.ts'
import { withoutMention } from './mention.ts'

/** What an answer needs besides the message. */
export interface BotMessage {
  message: Incoming
  /** Of a pressed card: an update must name it. */
  taskId?: string
}

const Words = z.object({ content: z.string() })
const Media = z.object({ url: z.string().min(1), aeskey: z.string().optional() })
const Item = z.object({ msgtype: z.string(), text: Words.optional(), image: Media.optional() })
const Content = z.object({
  msgtype: z.string(),
  text: Words.optional(),
  voice: Words.optional(),
  image: Media.optional(),
  file: Media.optional(),
  video: Media.optional(),
  mixed: z.object({ msg_item: z.array(Item) }).optional(),
})
type Content = z.infer<typeof Content>

const CardEvent = z.object({ event_key: z.string(), task_id: z.string() })
const MOST_SECONDS = 4_102_444_800
const Event = z.looseObject({ eventtype: z.string() })
const Body = Content.extend({
  msgid: Id,
  chatid: Id.optional(),
  chattype: z.enum(['single', 'group']),
  from: z.object({ userid: Id }),
  /** Seconds; what is no time of this century is none. */
  create_time: z.number().min(0).max(MOST_SECONDS).optional().catch(undefined),
  response_url: z.string().optional(),
  quote: Content.nullish().catch(undefined),
  event: Event.optional(),
})
type Body = z.infer<typeof Body>

const MESSAGES = ['text', 'voice', 'mixed', 'image', 'file', 'video']
/** The others (a verdict on an answer, and what may come later) want nothing of us. */
const EVENTS = ['template_card_event', 'enter_chat']

/** The platform takes one answer within an hour; five minutes less, for clocks that differ. */
const RESPONSE_LASTS = 55 * 60_000

/** The words of a text, a voice (turned into text by the platform) or a mixed message; none in pictures and files. */
function wordsOf({ msgtype, text, voice, mixed }: Content): string {
  if (msgtype === 'text') return text?.content ?? ''
  if (msgtype === 'voice') return voice?.content ?? ''
  const items = msgtype === 'mixed' ? mixed?.msg_item : undefined
  return (items ?? []).flatMap((item) => item.text?.content ?? []).join('\n')
}

/** The name of a file is told only where it is fetched. */
function filesOf({ msgtype, image, file, video, mixed }: Content, received: Date): Attached[] {
  const attached = (kind: Attached['kind'], media: z.infer<typeof Media> | undefined): Attached[] =>
    media ? [{ kind, name: '', handle: handleOf({ url: media.url, key: media.aeskey, received }) }] : []
  if (msgtype === 'image') return attached('image', image)
  if (msgtype === 'file') return attached('file', file)
  if (msgtype === 'video') return attached('video', video)
  const items = msgtype === 'mixed' ? mixed?.msg_item : undefined
  return (items ?? []).flatMap((item) => attached('image', item.image))
}

/** The documentation nests a card event's fields, Tencent's own package has them flat: both are read. */
const cardEvent = (event: z.infer<typeof Event>): z.infer<typeof CardEvent> =>
  readShape(CardEvent, event.template_card_event ?? event)

const Kind = z.object({ msgtype: z.string(), event: z.object({ eventtype: z.string() }).optional().catch(undefined) })

/** What of a callback says what it is; undefined where it is none. */
export const eventOf = (json: unknown): string | undefined => Kind.safeParse(json).data?.event?.eventtype

function asBody(json: unknown): Body | undefined {
  // A poll for more of a stream and what may come later have other fields; nothing is wanted of them.
  const { msgtype, event } = readShape(Kind, json)
  if (msgtype === 'event' ? !EVENTS.includes(event?.eventtype ?? '') : !MESSAGES.includes(msgtype)) return undefined
  return readShape(Body, json)
}

/** What was quoted: its words, and what it carried, since a file by itself does not reach a bot in a group. */
function quotedOf({ quote }: Body, received: Date): { quoted?: string; files: Attached[] } {
  if (!quote) return { files: [] }
  const quoted = wordsOf(quote)
  return { ...(quoted !== '' && { quoted }), files: filesOf(quote, received) }
}

/**
 * What somebody said to the bot, sent or pressed, or that they looked at it; undefined for events and messages of no
 * interest. Every group message here mentions the bot: the platform sends no others. A quote brings the words of the
 * quoted message, but no id of it (developer.work.weixin.qq.com/document/path/100719).
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
  const words = body.event ? '' : wordsOf(body)
  const group = body.chattype === 'group'
  if (group && !body.chatid) throw new Refused(400)
  const { quoted, files: quotedFiles } = quotedOf(body, received)
  const files = [...filesOf(body, received), ...quotedFiles]
  const message: Incoming = {
    id: body.msgid,
    platform: 'wecom',
    route: self.route,
    at: body.create_time === undefined ? received : new Date(body.create_time * 1000),
    from: { id: body.from.userid, name: '' },
    room: {
      platform: 'wecom',
      route: self.route,
      kind: group ? 'room' : 'person',
      id: (group && body.chatid) || body.from.userid,
    },
    addressed: true,
    text: group ? withoutMention(words, self.botName) : words.trim(),
    ...(quoted !== undefined && { quoted }),
    ...(files.length > 0 && { files }),
    ...(body.event && !press && { happened: 'entered' as const }),
    ...(press && { button: readPressed(readJson(press.event_key)).intent }),
    ...(body.response_url && {
      replyBy: { handle: body.response_url, until: new Date(received.getTime() + RESPONSE_LASTS) },
    }),
  }
  return press ? { message, taskId: press.task_id } : { message }
}
