import { z } from 'zod'
import type { Intent } from './intent.ts'

export const Platform = z.enum(['lark', 'wecom', 'wechat', 'dingtalk', 'console'])
export type Platform = z.infer<typeof Platform>

/** A place that lasts: a group or a person on one platform. `route` is the app or bot; a session URL is never an address. */
export const Address = z.object({
  platform: Platform,
  route: z.string(),
  kind: z.enum(['room', 'person']),
  id: z.string(),
})
export type Address = z.infer<typeof Address>

/** `lark:cli_1:oc_2`: part of every message, room and person key. */
export const addressKey = (a: Pick<Address, 'platform' | 'route' | 'id'>): string => `${a.platform}:${a.route}:${a.id}`

/** The address behind a key, a group's or a person's; undefined where it is none. */
export const addressFrom = (key: string, kind: Address['kind']): Address | undefined => {
  const [platform, route, ...id] = key.split(':')
  const address = Address.safeParse({ platform, route, kind, id: id.join(':') })
  return address.success ? address.data : undefined
}

/** The key of the same place through any app of the platform, as the command line binds it. */
export const anyRouteKey = (a: Pick<Address, 'platform' | 'id'>): string => `${a.platform}:*:${a.id}`

/** A one-time way back that a platform gives with a message; kept only in the outbox row and tried first. */
export interface ReplyBy {
  handle: string
  until: Date
}

/** A file or picture that came with a message: `handle` is what the adapter fetches it by, and no address of anybody's. */
export interface Attached {
  kind: 'file' | 'image' | 'audio' | 'video'
  /** As the sender's file is called; empty where the platform does not say. */
  name: string
  handle: string
}

/** An account of somebody's on one platform, as it was bound: through one app or bot, or any (`*`). */
export interface Account {
  route: string
  id: string
  name: string
}

/** What happened to the bot where nobody said anything: put into a group, taken out of one, looked at in a single chat. */
export type Happened = 'joined' | 'left' | 'entered'

/** One message as an adapter decoded it: plain data, proven to come from the platform. */
export interface Incoming {
  /** The platform's own id of the message; with platform and route it is the receipt's key. */
  id: string
  platform: Platform
  route: string
  at: Date
  /** `alias`: another id of the same account, asked from the platform itself (WeCom's plain userid beside an open_userid). */
  from: { id: string; name: string; mobile?: string; alias?: string }
  /** Where it was said: the group, or the person in a single chat. */
  room: Address
  /** Said to the bot: a mention, a single chat, a pressed button. */
  addressed: boolean
  text: string
  /** The platform's id of the message that this one quotes or answers. */
  quotes?: string
  /** Its words, where the platform sends those and no id. */
  quoted?: string
  /** The frame that a pressed button carries. */
  button?: Intent
  /** What was put into the form that the button sends off, by the names of its inputs: as it came, read by nobody yet. */
  filled?: Record<string, unknown>
  files?: Attached[]
  /** Then there are no words. */
  happened?: Happened
  replyBy?: ReplyBy
}
