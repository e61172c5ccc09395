import type { Context, Notice, Outcome } from '../../commands/command.ts'
import { tellHowToBind } from '../../commands/find.ts'
import { commandFor } from '../../commands/index.ts'
import { isBound } from '../../commands/rooms.ts'
import { type RoomView, roomsOf } from '../../db/queries/people.ts'
import type { Card } from '../model/card.ts'
import type { Intent } from '../model/intent.ts'
import { addressKey, anyRouteKey, type Happened, type Incoming } from '../model/message.ts'
import { dayOf } from '../time/day.ts'
import type { Deps } from './deps.ts'

/** Who looks at the bot is greeted once a day: the event's key is the day's, whatever the platform calls it. */
export const receiptKey = (message: Incoming, { now, zone }: Pick<Deps, 'now' | 'zone'>): string => {
  const daily = `entered:${dayOf(now(), zone)}:${message.from.id}`
  return addressKey({ ...message, id: message.happened === 'entered' ? daily : message.id })
}

const unitNames = ({ office }: Context, { scope, units }: Pick<RoomView, 'scope' | 'units'>): string =>
  scope === 'all'
    ? '全体单位'
    : scope === 'office'
      ? '主管科室'
      : units.map((id) => office.units.find((unit) => unit.id === id)?.name ?? id).join('、')

const roomHere = async ({ db, place: { address } }: Context): Promise<RoomView | undefined> => {
  const keys = [addressKey(address), anyRouteKey(address)]
  const found = (await roomsOf(db)).filter((room) => keys.includes(room.key) && isBound(room))
  return found.find(({ key }) => key === keys[0]) ?? found[0]
}

const introduction = (c: Context, botName: string, room: RoomView | undefined): Card => ({
  title: `我是${botName}，督办任务都可以问我`,
  tone: 'plain',
  blocks: [
    {
      kind: 'text',
      text: room
        ? `本群已绑定到${unitNames(c, room)}，到期清单将推送到这里。`
        : '本群还没有绑定单位，暂不推送。主管科室在群里@我说：绑定本群 单位',
    },
    { kind: 'text', text: '登记身份：向主管科室领取绑定码，然后回复：绑定 绑定码' },
    { kind: 'note', text: '回复“帮助”看可以怎么说。' },
  ],
})

const joined = async (c: Context, botName: string): Promise<Outcome> => ({
  reply: introduction(c, botName, await roomHere(c)),
})

/** The rooms of the office hear of it, the one that is gone not among them. */
const told = (c: Context, gone: RoomView, rooms: readonly RoomView[]): Notice[] =>
  rooms
    .filter(({ scope, key }) => scope === 'office' && key !== gone.key)
    .map(
      ({ address }): Notice => ({
        cause: `left:${c.message.key}`,
        to: { address },
        tasks: [],
        card: {
          title: '机器人已不在群里',
          tone: 'warn',
          blocks: [
            {
              kind: 'text',
              text: `机器人被移出${unitNames(c, gone)}的群，推送已停；请重新加入并绑定（在群里@机器人说：绑定本群 单位）。`,
            },
          ],
        },
      }),
    )

/** The binding ends, as when it is taken away by hand; of a room that nobody had bound nothing is kept and nothing said. */
const left = async (c: Context): Promise<Outcome> => {
  const room = await roomHere(c)
  if (!room) return {}
  const { key: id, version, head } = room
  return {
    facts: [{ row: { subject: 'room', id, version, head }, kind: 'unbound', body: { on: c.today, why: 'left' } }],
    notices: told(c, room, await roomsOf(c.db)),
  }
}

const entered = async (c: Context): Promise<Outcome> => {
  const help = commandFor('help')
  if (c.actor.role === 'unknown' || !help) return { reply: tellHowToBind }
  return (help.run as (c: Context, intent: Intent) => Promise<Outcome>)(c, { intent: 'help' })
}

/**
 * What becomes of an event without words: who we are in a group that we were put into, the end of the binding of one that we
 * were taken out of, help for who looks at us. The question that waits there goes on waiting.
 */
export const happenedTo = async (happened: Happened, c: Context, botName: string): Promise<Outcome> => {
  const outcome =
    happened === 'joined' ? await joined(c, botName) : happened === 'left' ? await left(c) : await entered(c)
  return { ...outcome, waits: true }
}
