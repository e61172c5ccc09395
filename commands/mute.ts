import { roomOf } from '../db/queries/people.ts'
import { addressKey, anyRouteKey } from '../src/model/message.ts'
import { atOffice, timeOf } from '../src/time/day.ts'
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

/** 今天: to the end of the office's hours. */
const leftOfDay = ({ now, today, zone, office }: Context): number =>
  Math.ceil((atOffice(today, office.settings.hours.to, zone).getTime() - now.getTime()) / 60_000)

/** How long the words mean; undefined where they name an end that is no number of minutes or hours (到明天). */
const minutesMeant = (c: Context, said: number | undefined): number | undefined => {
  const { text } = c.message
  if (said !== undefined) return said
  if (/今[天日]/.test(text)) return Math.max(leftOfDay(c), HOUR)
  return /[到至]|明[天早日]|后天|[周月]/.test(text) ? undefined : HOUR
}

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
    const meant = minutesMeant(c, intent.minutes)
    if (meant === undefined)
      return { reply: problem('静音多久？', '请写明几分钟或几小时，最长8小时；本次没有静音。', '静音两小时；今天静音') }
    const minutes = Math.min(meant, LONGEST)
    const until = new Date(c.now.getTime() + minutes * 60_000)
    const row = { subject: 'room' as const, id: room.key, version: room.version, head: room.head }
    return {
      reply: {
        title: minutes > 0 ? `本群静音到${timeOf(until, c.zone)}` : '已恢复推送',
        tone: 'plain',
        blocks: [
          {
            kind: 'text',
            text:
              minutes > 0
                ? `其间不主动推送${meant > LONGEST ? '（最长8小时）' : ''}；有人问仍会回答。`
                : '到期清单和提醒照常推送。',
          },
        ],
      },
      facts: [{ row, kind: 'muted', body: { on: c.today, until: minutes > 0 ? until.toISOString() : null } }],
    }
  },
}
