import { z } from 'zod'
import type { Attached, Incoming } from '../../../src/model/message.ts'
import { readPressed } from '../../button.ts'
import { Id, idOf } from '../../id.ts'
import { readJson, readShape } from '../../read.ts'
import type { Fields, Selected } from '../xml.ts'
import { NOT_CHOSEN } from './form.ts'
import { refOfTask } from './render.ts'
import type { Callback } from './verify.ts'

/** `unreadable`: somebody sent a voice, a place or the like, and is to hear that it was not read. */
export type Decoded = { message: Incoming } | { unreadable: string } | undefined

const Common = z.object({
  FromUserName: Id,
  CreateTime: z.string().regex(/^\d{1,12}$/),
  MsgType: z.string().min(1),
})
/** A MsgId has 64 bits, more than a number of JavaScript keeps. */
const Text = Common.extend({ Content: z.string(), MsgId: Id })
const Media = Common.extend({ MediaId: Id, MsgId: Id, FileName: z.string().optional() })
const Event = Common.extend({
  Event: z.string(),
  EventKey: z.string().optional(),
  TaskId: Id.or(z.literal('')).optional(),
  ResponseCode: Id.or(z.literal('')).optional(),
})
type Event = z.infer<typeof Event>

/** A code is good for 72 hours and once; five minutes are left for clocks that differ. */
const CODE_LASTS = 72 * 3_600_000 - 5 * 60_000

/** What can be fetched and looked at later. A file is in no page of the vendor's, but some editions send one. */
const FETCHED: Record<string, Attached['kind']> = { image: 'image', file: 'file' }

/** Events have no id; who, when, what, on which card and what was chosen there make one. */
const eventId = async (
  { FromUserName, CreateTime, Event: name, EventKey, TaskId }: Event,
  filled: Record<string, unknown> = {},
): Promise<string> => {
  const chosen = Object.keys(filled).length > 0 ? [filled] : []
  const cause = JSON.stringify([FromUserName, CreateTime, name, EventKey, TaskId, ...chosen])
  return `event-${await idOf(cause)}`
}

type Said = Pick<Incoming, 'id' | 'text'> & Partial<Incoming>

/** The choices of a form's lists by question: one as a text, several as a list; what was left open is absent. */
const filledOf = (selected: Selected): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(selected).flatMap(([name, options]) => {
      const chosen = options.filter((option) => option !== NOT_CHOSEN)
      return chosen.length === 0 ? [] : [[name, chosen.length === 1 ? chosen[0] : chosen]]
    }),
  )

async function pressedOn(event: Event, selected: Selected): Promise<Said> {
  const { EventKey, TaskId, ResponseCode, CreateTime } = event
  const filled = filledOf(selected)
  const until = new Date(Number(CreateTime) * 1000 + CODE_LASTS)
  return {
    id: await eventId(event, filled),
    text: '',
    button: readPressed(readJson(EventKey ?? '')).intent,
    ...(Object.keys(filled).length > 0 ? { filled } : {}),
    ...(TaskId ? { quotes: refOfTask(TaskId) } : {}),
    ...(ResponseCode ? { replyBy: { handle: ResponseCode, until } } : {}),
  }
}

/**
 * A button carries its frame, a menu's key is what the person says by choosing it. Who comes into the app's range is
 * there anew; opening the app says nothing: that comes with every look at it.
 */
async function ofEvent(event: Event, selected: Selected): Promise<Said | undefined> {
  const { Event: name, EventKey } = event
  if (name === 'click' && EventKey) return { id: await eventId(event), text: EventKey.trim() }
  if (name === 'subscribe') return { id: await eventId(event), text: '', happened: 'entered' }
  if (name !== 'template_card_event' && name !== 'template_card_menu_event') return undefined
  return pressedOn(event, selected)
}

function ofMedia(callback: Fields, kind: Attached['kind']): Said {
  const { MsgId, MediaId, FileName = '' } = readShape(Media, callback)
  return { id: MsgId, text: '', files: [{ kind, name: FileName, handle: MediaId }] }
}

/**
 * What a member said to the app, sent or pressed (paths 90239, 90240), always in their single chat: groups are never
 * passed on. @throws Refused 400
 */
export async function decode({ fields: callback, selected }: Callback, self: { route: string }): Promise<Decoded> {
  const { FromUserName, CreateTime, MsgType } = readShape(Common, callback)
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
    const { MsgId, Content } = readShape(Text, callback)
    return of({ id: MsgId, text: Content.trim() })
  }
  const kind = FETCHED[MsgType]
  if (kind) return of(ofMedia(callback, kind))
  if (MsgType !== 'event') return { unreadable: FromUserName }
  const said = await ofEvent(readShape(Event, callback), selected)
  return said && of(said)
}
