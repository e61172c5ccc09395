import { arrivals, deadPushes, lastReached, lastUnhindered, lastWords, limping } from '../db/queries/deliveries.ts'
import { type RoomView, roomsOf } from '../db/queries/people.ts'
import { weekBatch } from '../src/model/batch.ts'
import type { Line } from '../src/model/card.ts'
import { addressKey } from '../src/model/message.ts'
import { reasonClass } from '../src/model/problem.ts'
import { addDays, startOfWeek } from '../src/time/day.ts'
import type { Context } from './command.ts'
import { placeKey, placesNamed } from './places.ts'

/** Weekly lists in a row that nobody in the room had a word to. */
const SILENT = 4
/** Weeks and days that are looked back. */
const WEEKS = 12
const DAYS = 60
const DAY_MS = 86_400_000

/** A room in which the bot speaks to nobody, or cannot speak any more, since `at`. */
export interface Ailing {
  room: RoomView
  /** `robot`: its group robot is lost, while another way still leads there. */
  kind: 'silent' | 'lost' | 'robot'
  at: Date
}

const latest = (rows: readonly { room: string; at: Date | null }[]): Map<string, Date> => {
  const last = new Map<string, Date>()
  for (const { room, at } of rows) {
    const key = placeKey(room)
    if (at && at > (last.get(key) ?? new Date(0))) last.set(key, at)
  }
  return last
}

/** Rooms whose last push ended because the bot is out of it, or may not speak there. The next push tries again. */
const lostRooms = async (c: Context): Promise<Map<string, Date>> => {
  const since = new Date(c.now.getTime() - DAYS * DAY_MS)
  const dead = (await deadPushes(c.db, since)).filter(({ error }) => ['gone', 'forbidden'].includes(reasonClass(error)))
  if (dead.length === 0) return new Map()
  const lost = latest(dead)
  const sent = latest(await lastReached(c.db, [...new Set(dead.flatMap(({ room }) => [room, placeKey(room)]))]))
  return new Map([...lost].filter(([key, at]) => (sent.get(key)?.getTime() ?? 0) <= at.getTime()))
}

/** Rooms whose group robot was refused at the last push, which arrived another way. */
const robotless = async (c: Context, rooms: readonly RoomView[]): Promise<Map<string, Date>> => {
  const hooked = rooms.filter(({ webhook }) => webhook !== '').flatMap(({ key, address }) => [key, addressKey(address)])
  if (hooked.length === 0) return new Map()
  const found = await limping(c.db, hooked, new Date(c.now.getTime() - DAYS * DAY_MS))
  const lost = latest(found.filter(({ error }) => ['gone', 'forbidden'].includes(reasonClass(error))))
  const well = lost.size > 0 ? latest(await lastUnhindered(c.db, hooked)) : new Map<string, Date>()
  return new Map([...lost].filter(([key, at]) => (well.get(key)?.getTime() ?? 0) <= at.getTime()))
}

/**
 * Rooms that got so many weekly lists in a row and in which nobody has spoken to the bot since the first of them. One list
 * more is looked at, which tells whether they have just become so.
 */
const silentRooms = async (c: Context): Promise<Map<string, Date>> => {
  const monday = startOfWeek(c.today)
  const weeks = Array.from({ length: WEEKS }, (_, i) => weekBatch(addDays(monday, -7 * i)))
  const lists = new Map<string, Date[]>()
  for (const { room, at } of await arrivals(c.db, weeks)) {
    const key = placeKey(room)
    const known = lists.get(key)
    if (at && known) known.push(at)
    else if (at) lists.set(key, [at])
  }
  const last = [...lists].flatMap(([key, times]) =>
    times.length < SILENT ? [] : [{ key, times: times.sort((a, b) => a.getTime() - b.getTime()).slice(-SILENT - 1) }],
  )
  const first = Math.min(...last.map(({ times }) => times[0]?.getTime() ?? 0))
  const words = last.length > 0 ? latest(await lastWords(c.db, new Date(first))) : new Map<string, Date>()
  return new Map(
    last.flatMap(({ key, times }): [string, Date][] => {
      const spoken = words.get(key)
      const at = times.filter((one) => !spoken || one > spoken)[SILENT - 1]
      return at ? [[key, at]] : []
    }),
  )
}

/** Bound rooms that have gone quiet or that the bot has lost, from the outbox alone. */
export const roomsAiling = async (c: Context): Promise<Ailing[]> => {
  const lost = await lostRooms(c)
  const silent = await silentRooms(c)
  const rooms = await roomsOf(c.db)
  const limps = await robotless(c, rooms)
  return rooms.flatMap((room): Ailing[] => {
    const key = placeKey(room.key)
    const [gone, quiet, limping] = [lost.get(key), silent.get(key), limps.get(key)]
    if (gone) return [{ room, kind: 'lost', at: gone }]
    if (limping) return [{ room, kind: 'robot', at: limping }]
    return quiet && room.scope !== 'office' ? [{ room, kind: 'silent', at: quiet }] : []
  })
}

const words = {
  lost: '机器人已发不进这个群，请重新把机器人拉进群',
  silent: `连续${SILENT}周收到清单，没有人跟机器人说过话`,
  robot: '群机器人（Webhook）已失效，推送改由其他机器人发；请在群里重新添加，再用 rooms bind --webhook 登记',
} as const
/** A smart bot may speak only where somebody has spoken to it. */
const UNHEARD = '机器人发不进这个群：请确认智能机器人在群里，再在群里@它说一句话'

export const ailingWords = async (c: Context, ailing: readonly Ailing[]): Promise<Line[]> => {
  const nameOf = await placesNamed(c)
  return ailing.map(({ room, kind }) => ({
    text: `${nameOf({ room: room.key, address: room.address, units: room.units })}：${kind === 'lost' && room.address.platform === 'wecom' ? UNHEARD : words[kind]}`,
  }))
}
