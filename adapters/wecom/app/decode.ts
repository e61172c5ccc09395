import { z } from 'zod'
import type { Incoming } from '../../../src/model/message.ts'
import { Refused } from '../../../src/model/problem.ts'
import { readPressed } from '../../button.ts'
import { digest, toHex } from '../../crypto.ts'
import type { Fields } from '../xml.ts'

/** `unreadable`: somebody sent a picture, a voice or the like, and is to hear that it was not read. */
export type Decoded = { message: Incoming } | { unreadable: string } | undefined

const Common = z.object({
  FromUserName: z.string().min(1),
  CreateTime: z.string().regex(/^\d{1,12}$/),
  MsgType: z.string().min(1),
})
/** A MsgId has 64 bits, more than a number of JavaScript keeps. */
const Text = Common.extend({ Content: z.string(), MsgId: z.string().min(1) })
const Event = Common.extend({
  Event: z.string(),
  EventKey: z.string().optional(),
  TaskId: z.string().optional(),
})
type Event = z.infer<typeof Event>

function fields<T extends z.ZodType>(shape: T, value: Fields): z.infer<T> {
  const read = shape.safeParse(value)
  if (!read.success) throw new Refused(400)
  return read.data
}

function readKey(key: string | undefined): unknown {
  try {
    return JSON.parse(key ?? '')
  } catch {
    throw new Refused(400)
  }
}

/** Events have no id; who, when, what and on which card make one. */
const eventId = async ({ FromUserName, CreateTime, Event: name, EventKey, TaskId }: Event): Promise<string> => {
  const cause = JSON.stringify([FromUserName, CreateTime, name, EventKey, TaskId])
  return `event-${toHex(await digest('SHA-256', cause)).slice(0, 32)}`
}

type Said = Pick<Incoming, 'id' | 'text'> & Partial<Incoming>

/** A button carries its frame, a menu's key is what the person says by choosing it; nothing is wanted of other events. */
async function ofEvent(event: Event): Promise<Said | undefined> {
  const { Event: name, EventKey, TaskId } = event
  if (name === 'click' && EventKey) return { id: await eventId(event), text: EventKey.trim() }
  if (name !== 'template_card_event') return undefined
  const button = readPressed(readKey(EventKey)).intent
  return { id: await eventId(event), text: '', button, ...(TaskId ? { quotes: TaskId } : {}) }
}

/**
 * What a member said to the app or pressed (paths 90239, 90240), always in their single chat: groups are never passed on.
 * @throws Refused 400
 */
export async function decode(callback: Fields, self: { route: string }): Promise<Decoded> {
  const { FromUserName, CreateTime, MsgType } = fields(Common, callback)
  const of = ({ id, text, ...more }: Said): Decoded => ({
    message: {
      id,
      platform: 'wecom',
      route: self.route,
      at: new Date(Number(CreateTime) * 1000),
      from: { id: FromUserName, name: '' },
      room: { platform: 'wecom', route: self.route, kind: 'person', id: FromUserName },
      addressed: true,
      text,
      ...more,
    },
  })
  if (MsgType === 'text') {
    const { MsgId, Content } = fields(Text, callback)
    return of({ id: MsgId, text: Content.trim() })
  }
  if (MsgType !== 'event') return { unreadable: FromUserName }
  const said = await ofEvent(fields(Event, callback))
  return said && of(said)
}
