import type { Block, Button } from '../src/model/card.ts'
import type { Subscription } from '../src/model/subscription.ts'
import type { Command, Context } from './command.ts'
import { seesEveryRoom } from './find-pushes.ts'
import { placeHere, placeNamed, placeWords } from './push-places.ts'
import { clockWords, contentWords, momentWords, nextOf, rhythmWords } from './push-words.ts'

/** Buttons of one card. */
const BUTTONS = 5

/** Subscriptions as lines, the next to come first: 本群：每周一9:00 本周到期清单，下次10月9日（周一）9:00. */
export const pushLines = async (
  c: Context,
  pushes: readonly Subscription[],
): Promise<{ push: Subscription; text: string }[]> => {
  const where = await placeWords(c, pushes)
  return pushes
    .map((push) => ({ push, next: nextOf(push, c) }))
    .sort((a, b) => a.next.getTime() - b.next.getTime())
    .map(({ push, next }) => ({
      push,
      text: `${where.get(push.room)}：${rhythmWords(push)} ${contentWords(push)}，下次${momentWords(c, next)}`,
    }))
}

/** The list that every unit's room hears without being asked for, and when it comes next. */
export const usualList = (c: Context): string => {
  const at = c.office.settings.digestAt
  const next = nextOf({ every: 'week', on: 1, at, startsOn: '' }, c)
  return `各单位群的本周任务按统一设置在每周第一个工作日${clockWords(at)}发送，下次${momentWords(c, next)}。`
}

/** Subscriptions of the room where it is asked (to the office itself: of all rooms), and what comes next. */
export const subscriptions: Command<'subscriptions'> = {
  intent: 'subscriptions',
  title: '推送安排',
  usage: '有哪些推送 / 下次推送是什么时候',
  example: '有哪些推送',
  roles: ['office', 'admin'],
  run: async (c) => {
    const place = (await placeNamed(c, c.message.text)) ?? (seesEveryRoom(c) ? undefined : await placeHere(c))
    const all = c.office.subscriptions
    const shown = await pushLines(c, place || !seesEveryRoom(c) ? all.filter(({ room }) => room === place?.key) : all)
    const blocks: Block[] =
      shown.length > 0
        ? [{ kind: 'list', lines: shown.map(({ text }, i) => ({ text: `${i + 1}. ${text}` })) }]
        : [{ kind: 'text', text: '没有另设的推送。' }]
    const buttons = shown.slice(0, BUTTONS).map(
      ({ push }, i): Button => ({
        label: shown.length > 1 ? `停止第${i + 1}条` : '停止',
        intent: { intent: 'unsubscribe', ids: [push.id] },
      }),
    )
    return {
      reply: {
        title: `推送安排（${shown.length}条）`,
        tone: 'plain',
        blocks: [
          ...blocks,
          { kind: 'note', text: usualList(c) },
          { kind: 'note', text: '设置、修改、停止：每周五16:00推送逾期清单；把周五的推送改到周四；取消每周五的推送' },
        ],
        ...(buttons.length > 0 && { buttons }),
      },
    }
  },
}
