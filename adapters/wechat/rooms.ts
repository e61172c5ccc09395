import type { Contact, Room, Wechaty } from 'wechaty'
import type { Address } from '../../src/model/message.ts'
import { DeliveryError } from '../../src/model/problem.ts'
import { goesByTopic, placeId, topicOf } from './decode.ts'

export interface Rooms {
  /** A group's id in its address. */
  idOf(room: Room): Promise<string>
  /** @throws DeliveryError `gone` where there is none, `forbidden` where it is not sure which */
  find(bot: Wechaty, to: Address): Promise<Room | Contact>
  /** A new login: the groups' own ids are others from now on. */
  forget(): void
}

const gone = (message: string) => new DeliveryError('gone', message)

/**
 * Groups by address. Where ids change with every login a group goes by its name, and only as long as no other group has that
 * name, and as it is still the group that had it since the login: whoever gives a group another one's name hears nothing.
 */
export function createRooms(): Rooms {
  /** The group that has had a name since the login. */
  const pinned = new Map<string, string>()

  const isTheOne = (id: string, topic: string, ids: readonly string[]): boolean => {
    if (ids.length !== 1 || ids[0] !== id) return false
    const known = pinned.get(topic)
    if (known === undefined) pinned.set(topic, id)
    return known === undefined || known === id
  }

  const named = async (bot: Pick<Wechaty, 'Room'>, topic: string): Promise<Room[]> => bot.Room.findAll({ topic })

  return {
    async idOf(room) {
      if (!goesByTopic(room.id)) return room.id
      const topic = (await room.topic()).trim()
      const ids = topic === '' ? [] : (await named(room.wechaty, topic)).map(({ id }) => id)
      return placeId(room.id, topic, isTheOne(room.id, topic, ids))
    },
    async find(bot, to) {
      if (to.kind === 'person') {
        const contact = await bot.Contact.find({ id: to.id })
        if (!contact) throw gone('微信里没有这个联系人：重新登录后编号会变，请本人重新绑定')
        return contact
      }
      const topic = topicOf(to.id)
      const rooms = topic === undefined ? [await bot.Room.find({ id: to.id })] : await named(bot, topic)
      const [room, other] = rooms.flatMap((each) => each ?? [])
      if (!room) throw gone('微信里没有这个群：群名改了或机器人已不在群里，请在群里重新绑定')
      if (other || (topic !== undefined && !isTheOne(room.id, topic, [room.id])))
        throw new DeliveryError('forbidden', '有同名的微信群，分不清是哪一个：请改成不同的群名后重新绑定')
      return room
    },
    forget: () => pinned.clear(),
  }
}
