import type { Contact, Message, Room, Wechaty } from 'wechaty'
import type { Address, Happened, Incoming } from '../../src/model/message.ts'
import { addressAt, decode, mentions, placeId, ROUTE } from './decode.ts'
import type { Rooms } from './rooms.ts'

const OFFICIAL = 2

/** What wechaty cannot tell is nothing, and keeps no message back. */
const orNothing = <T>(what: Promise<T>): Promise<T | undefined> => what.catch(() => undefined)

const namesIn = async (bot: Wechaty, room: Room | undefined): Promise<string[]> => {
  const alias = room && (await orNothing(room.alias(bot.currentUser)))
  return [alias, bot.currentUser.name()].filter((name): name is string => Boolean(name))
}

/** A message as we take it; undefined where it is none of ours to answer. */
export async function messageOf(bot: Wechaty, rooms: Rooms, message: Message): Promise<Incoming | undefined> {
  const [room, from] = [message.room(), message.talker()]
  const names = await namesIn(bot, room)
  const listed = room ? await orNothing(message.mentionSelf()) : true
  const mentioned = listed ?? mentions(message.text(), names)
  if (!mentioned) return undefined
  return decode(
    {
      ...{ id: message.id, type: message.type(), text: message.text(), at: message.date(), age: message.age() },
      self: message.self(),
      from: { id: from.id, name: from.name(), official: from.type() === OFFICIAL },
      ...(room && { place: await rooms.idOf(room) }),
      mentioned,
    },
    names,
  )
}

/** `by`: who did it. The platform gives such events no id: its moment is one. */
const event = (happened: Happened, room: Address, by: Contact, at: Date): Incoming => ({
  ...{ id: `${happened}:${room.id}:${at.getTime()}`, platform: 'wechat', route: ROUTE, at },
  from: { id: by.id, name: by.name() },
  ...{ room, addressed: false, text: '', happened },
})

/** We were put into a group, or taken out of it; undefined where it was somebody else. */
export async function movedOf(
  happened: 'joined' | 'left',
  rooms: Rooms,
  room: Room,
  who: readonly Contact[],
  by: Contact,
  at: Date,
): Promise<Incoming | undefined> {
  if (!who.some((contact) => contact.self())) return undefined
  return event(happened, addressAt('room', await rooms.idOf(room)), by, at)
}

/** A group that goes by its name has another one: its binding ends, as if we had left, and it is told how to be bound again. */
export async function renamedOf(rooms: Rooms, room: Room, old: string, by: Contact, at: Date): Promise<Incoming[]> {
  const [before, now] = [placeId(room.id, old.trim(), true), await rooms.idOf(room)]
  if (before === room.id || before === now) return []
  return [event('left', addressAt('room', before), by, at), event('joined', addressAt('room', now), by, at)]
}

/** Somebody has become a contact of ours. */
export const metOf = (contact: Contact, at: Date): Incoming =>
  event('entered', addressAt('person', contact.id), contact, at)
