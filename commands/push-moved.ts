import { contentIn, isOnce, moveIn, namesContent } from '../src/chat/pushes.ts'
import { isSeveral } from '../src/chat/rhythm.ts'
import type { Intent } from '../src/model/intent.ts'
import type { Subscription } from '../src/model/subscription.ts'
import type { Context, Outcome } from './command.ts'
import { pushesMeant, pushRow, withoutUnits } from './find-pushes.ts'
import { problem } from './problem.ts'
import { checked, type Frame, notHeard, type Push, severalTold, startOf } from './push-checked.ts'
import { type PushPlace, placeOfPush } from './push-places.ts'
import { told } from './push-told.ts'
import { contentWords, rhythmWords } from './push-words.ts'
import { mayHear } from './pushed.ts'
import { pushLines } from './subscriptions.ts'

const changed = async (
  c: Context,
  before: Subscription,
  push: Push,
  place: PushPlace,
  words: string,
): Promise<Outcome> => {
  const { content, every, on, at } = push
  const startsOn = startOf(c, push, words)
  const was = `原来是：${rhythmWords(before)} ${contentWords(before)}。`
  return {
    reply: await told(c, '推送已修改', { ...push, id: before.id, startsOn }, place, [was]),
    facts: [
      { row: pushRow(before), kind: 'changed', body: { on: c.today, content, every, day: on, at, from: startsOn } },
    ],
  }
}

/** Which push is to be changed: the one that the frame or the words before 改到 mean. */
export const change = async (c: Context, intent: Frame, words: string): Promise<Outcome | undefined> => {
  const move = moveIn(words)
  if (!intent.replaces && !(move && intent.content === undefined)) return undefined
  const meant = intent.replaces
    ? c.office.subscriptions.filter(({ id }) => id === intent.replaces)
    : await pushesMeant(c, move?.before ?? '', move?.from ?? {})
  const [before] = meant
  if (!before)
    return { reply: problem('没有这样的推送', '没有找到要改的推送，本次没有改动。', '查看推送请回复：有哪些推送') }
  if (meant.length > 1) {
    const lines = await pushLines(c, meant)
    return {
      reply: {
        title: '改哪一条推送？',
        tone: 'plain',
        blocks: [
          { kind: 'list', lines: lines.map(({ text }, i) => ({ text: `${i + 1}. ${text}` })) },
          { kind: 'note', text: '回复序号即可。' },
        ],
      },
      ask: { intent, want: 'task', options: lines.map(({ push }): Intent => ({ ...intent, replaces: push.id })) },
    }
  }
  const after = withoutUnits(c, words.slice(move?.before.length ?? 0))
  const content = intent.content ?? (move && namesContent(after) ? contentIn(after) : before.content)
  if (intent.content === undefined && isSeveral(after)) return severalTold
  if (!intent.replaces && isOnce(after))
    return {
      reply: problem('不能只改一次', '推送按周期发，不能只改某一次，本次没有改动。', '例：把每周一的推送改到每周二'),
    }
  const { every = before.every, at = before.at } = intent
  const on = intent.on ?? (intent.every && intent.every !== before.every ? undefined : (before.on ?? undefined))
  const push = checked(c, { ...intent, replaces: before.id }, { every, at, ...(on && { on }) }, content, after)
  if ('problem' in push) return push.problem
  const place = await placeOfPush(c, before)
  if (!place) return { reply: problem('没有这个群', '这条推送的群已经不在台账里，可以停止它。', '例：有哪些推送') }
  return mayHear(content, place) ? changed(c, before, push.ok, place, after) : notHeard(place, content)
}
