import { roomOf } from '../db/queries/people.ts'
import { addressKey, anyRouteKey } from '../src/model/message.ts'
import { timeOf } from '../src/time/day.ts'
import type { Command, Context } from './command.ts'
import { unitName } from './present.ts'
import { problem } from './problem.ts'

const HOUR = 60
const LONGEST = 8 * HOUR

const isBoundRoom = (c: Context): boolean => !['unbound', 'private'].includes(c.place.scope)

const namesOf = (c: Context, units: readonly string[]): string => units.map((id) => unitName(c, id)).join('、')

/** A unit's people silence their unit's room, not one in which other units are told something too. */
const isTheirs = ({ actor, place }: Context): boolean =>
  actor.role === 'liaison' || actor.role === 'head'
    ? place.scope === 'units' && place.units.every((unit) => actor.units.includes(unit))
    : true

/** Nothing is pushed into the room for an hour (or as long as was said, up to a working day); answers still come. */
export const mute: Command<'mute'> = {
  intent: 'mute',
  title: '静音',
  usage: '静音一小时',
  example: '静音一小时',
  roles: ['liaison', 'head', 'leader', 'office', 'admin'],
  fits: (c) => isBoundRoom(c) && isTheirs(c),
  run: async (c, intent) => {
    const { address } = c.place
    const room = await roomOf(c.db, [addressKey(address), anyRouteKey(address)])
    if (!room || !isBoundRoom(c))
      return { reply: problem('这里不用静音', '只有绑定的群会收到推送。', '在群里说：静音一小时') }
    if (!isTheirs(c))
      return {
        reply: problem(
          '不能静音本群',
          `本群推送给${namesOf(c, c.place.units) || '全部单位'}，您登记在${namesOf(c, c.actor.units)}，只能静音本单位的群。`,
          '请联系主管科室办理。',
        ),
        refused: 'other-unit',
      }
    const minutes = Math.min(intent.minutes ?? HOUR, LONGEST)
    const until = new Date(c.now.getTime() + minutes * 60_000)
    const row = { subject: 'room' as const, id: room.key, version: room.version, head: room.head }
    return {
      reply: {
        title: minutes > 0 ? `本群静音到${timeOf(until, c.zone)}` : '已恢复推送',
        tone: 'plain',
        blocks: [{ kind: 'text', text: minutes > 0 ? '其间不主动推送；有人问仍会回答。' : '到期清单和提醒照常推送。' }],
      },
      facts: [{ row, kind: 'muted', body: { on: c.today, until: minutes > 0 ? until.toISOString() : null } }],
    }
  },
}
