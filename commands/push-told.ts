import type { Block } from '../src/model/card.ts'
import type { Subscription } from '../src/model/subscription.ts'
import type { Context, Outcome } from './command.ts'
import type { Push } from './push-checked.ts'
import { type PushPlace, placeWords } from './push-places.ts'
import { contentWords, momentWords, nextOf, nowWords, rhythmWords } from './push-words.ts'
import { pushedCard } from './pushed.ts'

/** What will come, where and when, and what it would say now. */
export const told = async (
  c: Context,
  title: string,
  push: Push & Pick<Subscription, 'id' | 'startsOn'>,
  place: PushPlace,
  notes: readonly string[] = [],
): Promise<NonNullable<Outcome['reply']>> => {
  const where = await placeWords(c, [{ room: place.key, person: c.actor.id }])
  const isList = push.content === 'due' && push.every === 'week' && place.units.length > 0
  const shift =
    push.every === 'day'
      ? '每天指每个工作日，休息日不发。'
      : push.every === 'workday'
        ? ''
        : '遇休息日顺延到下一个工作日。'
  const block: Block = {
    kind: 'fields',
    fields: [
      ['内容', contentWords(push)],
      ['发到', where.get(place.key) ?? ''],
      ['时间', rhythmWords(push)],
      ['下次', momentWords(c, nextOf(push, c))],
    ],
  }
  return {
    title,
    tone: 'good',
    blocks: [
      block,
      ...[
        nowWords(await pushedCard(c, push, place)),
        [shift, isList ? '这个群的统一周清单由它代替。' : ''].filter(Boolean).join(''),
        ...notes,
      ]
        .filter(Boolean)
        .map((text) => ({ kind: 'note' as const, text })),
    ],
    buttons: [{ label: '停止', intent: { intent: 'unsubscribe', ids: [push.id] } }],
  }
}
