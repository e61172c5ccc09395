import { peopleReached, roomsOf } from '../db/queries/people.ts'
import { type Address, anyRouteKey } from '../src/model/message.ts'
import { roleWords } from '../src/model/person.ts'
import type { Context } from './command.ts'
import { unitName } from './present.ts'

const NAMED = 2

/** The key of a place through whichever app: what was pushed into it and what was said in it have the same. */
export const placeKey = (key: string): string => {
  const [platform = '', , ...id] = key.split(':')
  return anyRouteKey({ platform: platform as Address['platform'], id: id.join(':') })
}

interface Place {
  room: string
  address: Address
  units: string[]
}

const groupName = (c: Context, units: readonly string[]): string => {
  const names = units.slice(0, NAMED).map((unit) => unitName(c, unit))
  return `${names.join('、')}${units.length > NAMED ? `等${units.length}家` : ''}群`
}

/** What people call the place of a push: 市财政局群, 全体工作群, 主管科室群, 周小舟（市财政局联络员）. */
export const placesNamed = async (c: Context): Promise<(place: Place) => string> => {
  const rooms = new Map((await roomsOf(c.db)).map((room) => [placeKey(room.key), room]))
  const people = new Map((await peopleReached(c.db)).map((person) => [placeKey(person.key), person]))
  return ({ room: key, address, units }) => {
    const room = rooms.get(placeKey(key))
    if (room?.scope === 'office') return '主管科室群'
    if (room?.scope === 'all') return '全体工作群'
    if (room) return groupName(c, room.units)
    const person = people.get(placeKey(key))
    const own = person?.units.map((unit) => unitName(c, unit)).slice(0, NAMED) ?? []
    if (person) return `${person.name}（${own.join('、')}${roleWords[person.role]}）`
    const kind = address.kind === 'person' ? '个人' : '群'
    return units.length > 0
      ? `${units
          .map((unit) => unitName(c, unit))
          .slice(0, NAMED)
          .join('、')}（未绑定的${kind}）`
      : `未绑定的${kind}`
  }
}
