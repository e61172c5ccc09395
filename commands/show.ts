import { roomOf } from '../db/queries/people.ts'
import { addressKey, anyRouteKey } from '../src/model/message.ts'
import type { Command, Context } from './command.ts'
import { problem } from './problem.ts'

const isShared = ({ place }: Context): boolean =>
  place.scope === 'all' || (place.scope === 'units' && place.units.length > 1)

/** Whether the lists in a room of several units also say who is late; the office's to decide. */
export const show: Command<'show'> = {
  intent: 'show',
  title: '清单显示逾期',
  usage: '本群清单显示逾期 / 本群清单不显示逾期',
  example: '本群清单不显示逾期',
  roles: ['office', 'admin'],
  fits: isShared,
  run: async (c, { overdue = true }) => {
    const { address } = c.place
    const room = isShared(c) ? await roomOf(c.db, [addressKey(address), anyRouteKey(address)]) : undefined
    if (!room)
      return {
        reply: problem(
          '这里不用设置',
          '单位自己的群一直显示逾期；只有几个单位共用的群才设置。',
          '在共用的群里说：本群清单显示逾期',
        ),
      }
    return {
      reply: {
        title: overdue ? '本群清单显示逾期' : '本群清单不显示逾期',
        tone: 'plain',
        blocks: [
          {
            kind: 'text',
            text: overdue
              ? '今后推送到本群的清单和提醒列出各单位的逾期任务。'
              : '今后推送到本群的清单和提醒不列逾期任务，逾期的只告诉本单位联络员。',
          },
        ],
      },
      facts:
        room.overdue === overdue
          ? []
          : [
              {
                row: { subject: 'room', id: room.key, version: room.version, head: room.head },
                kind: 'shown',
                body: { on: c.today, overdue },
              },
            ],
    }
  },
}
