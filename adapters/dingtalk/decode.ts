import { z } from 'zod'
import type { Address, Attached, Incoming } from '../../src/model/message.ts'
import { Refused } from '../../src/model/problem.ts'
import { Id } from '../id.ts'
import { readShape } from '../read.ts'
import { type DingtalkHosts, isWayBack, joinWay } from './hosts.ts'

const Moment = z.number().int().min(0).max(8.64e15)

const Content = z.object({
  downloadCode: z.string().optional(),
  fileName: z.string().optional(),
  /** What a voice says, as the platform understood it. */
  recognition: z.string().optional(),
  richText: z
    .array(z.object({ type: z.string().optional(), text: z.string().optional(), downloadCode: z.string().optional() }))
    .optional(),
})
type Content = z.infer<typeof Content>

const Words = z.object({
  content: z.string(),
  /** Seen in the wild, in no document; what is not as expected there is passed over. */
  repliedMsg: z
    .object({ content: z.object({ text: z.string() }) })
    .optional()
    .catch(undefined),
})

const Message = z.object({
  msgId: Id,
  msgtype: z.string(),
  conversationId: Id,
  conversationType: z.enum(['1', '2']),
  senderId: Id,
  /** The userid inside the organisation; outsiders have none. */
  senderStaffId: z.union([Id, z.literal('')]).nullish(),
  senderCorpId: z.string().nullish(),
  senderNick: z.string().nullish(),
  chatbotUserId: z.string().optional(),
  chatbotCorpId: z.string().optional(),
  robotCode: z.string().optional(),
  isInAtList: z.boolean().optional(),
  createAt: Moment.optional(),
  sessionWebhook: z.string().optional(),
  sessionWebhookExpiredTime: Moment.optional(),
  /** The key that a push of ours was sent under, where it is quoted. */
  originalProcessQueryKey: Id.optional().catch(undefined),
  text: Words.optional(),
  content: Content.optional().catch(undefined),
})
export type DingtalkMessage = z.infer<typeof Message>

/** For clocks that differ and the call itself. */
const SPARE_MS = 5 * 60_000

/** A robot's message as the platform writes it, its fields not yet judged. @throws Refused 400 */
export const readMessage = (json: unknown): DingtalkMessage => readShape(Message, json)

const KINDS: Record<string, Attached['kind']> = { picture: 'image', file: 'file', audio: 'audio', video: 'video' }

const attached = (kind: Attached['kind'], { downloadCode, fileName }: Content): Attached[] =>
  downloadCode ? [{ kind, name: fileName ?? '', handle: downloadCode }] : []

/** Words and files of a message; a kind that is not known has neither. */
function saidIn({ msgtype, conversationType, text, content = {} }: DingtalkMessage): {
  text: string
  files: Attached[]
} {
  if (msgtype === 'text') {
    if (!text) throw new Refused(400)
    return { text: text.content.trim(), files: [] }
  }
  if (msgtype === 'richText') {
    const parts = content.richText ?? []
    const words = parts.map((part) => part.text ?? '\n').join('')
    return {
      // No page says whether the mention stands in it, as it does in the group's own view.
      text: (conversationType === '2' ? words.replace(/^\s*@\S+(?=\s|$)/, '') : words).trim(),
      files: parts.flatMap(({ downloadCode }) => (downloadCode ? attached('image', { downloadCode }) : [])),
    }
  }
  const kind = KINDS[msgtype]
  return { text: (content.recognition ?? '').trim(), files: kind ? attached(kind, content) : [] }
}

/** The userid within our organisation; one of another organisation may read the same and is nobody's here. */
function staffId({ senderStaffId, senderCorpId, chatbotCorpId }: DingtalkMessage): string | undefined {
  const ours = !senderCorpId || !chatbotCorpId || senderCorpId === chatbotCorpId
  return (ours && senderStaffId) || undefined
}

function replyBy(message: DingtalkMessage, hosts: DingtalkHosts): Pick<Incoming, 'replyBy'> {
  const { sessionWebhook, sessionWebhookExpiredTime: ends, conversationType } = message
  if (!sessionWebhook || !ends || !isWayBack(sessionWebhook, hosts)) return {}
  const speaker = conversationType === '2' ? staffId(message) : undefined
  return { replyBy: { handle: joinWay(sessionWebhook, speaker), until: new Date(Math.max(0, ends - SPARE_MS)) } }
}

/**
 * What somebody said; undefined for our own words. An outsider is known by the sender's encrypted id. In groups the platform
 * passes on only what mentions the robot.
 * @throws Refused 400
 */
export function decode(
  message: DingtalkMessage,
  { route, hosts }: { route: string; hosts: DingtalkHosts },
  received: Date,
): Incoming | undefined {
  if (message.senderId === message.chatbotUserId) return undefined
  const group = message.conversationType === '2'
  const person = staffId(message) ?? message.senderId
  const room: Address = {
    platform: 'dingtalk',
    route,
    kind: group ? 'room' : 'person',
    id: group ? message.conversationId : person,
  }
  const { text, files } = saidIn(message)
  const quoted = message.text?.repliedMsg?.content.text
  return {
    id: message.msgId,
    platform: 'dingtalk',
    route,
    at: message.createAt === undefined ? received : new Date(message.createAt),
    from: { id: person, name: message.senderNick ?? '' },
    room,
    addressed: !group || message.isInAtList !== false,
    text,
    ...(message.originalProcessQueryKey ? { quotes: message.originalProcessQueryKey } : {}),
    ...(quoted === undefined ? {} : { quoted }),
    ...(files.length > 0 ? { files } : {}),
    ...replyBy(message, hosts),
  }
}
