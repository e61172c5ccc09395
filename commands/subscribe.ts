import { contentIn } from '../src/chat/pushes.ts'
import { isSeveral } from '../src/chat/rhythm.ts'
import { normal } from '../src/chat/text.ts'
import type { Intent } from '../src/model/intent.ts'
import type { Subscription } from '../src/model/subscription.ts'
import type { Command, Context, Outcome } from './command.ts'
import { sameRhythm, withoutUnits } from './find-pushes.ts'
import { checked, type Frame, notHeard, type Push, severalTold, startOf } from './push-checked.ts'
import { change } from './push-moved.ts'
import { type PushPlace, placeMeant } from './push-places.ts'
import { told } from './push-told.ts'
import { mayHear } from './pushed.ts'
import { pushLines } from './subscriptions.ts'

/** Another of the same content is there at another time: does the new one take its place, or come beside it? */
const askBeside = async (c: Context, frame: Frame, others: readonly Subscription[]): Promise<Outcome> => {
  const lines = await pushLines(c, others)
  const options: Intent[] = [
    ...lines.map(({ push }): Intent => ({ ...frame, replaces: push.id })),
    { ...frame, beside: true },
  ]
  return {
    reply: {
      title: '已经有一条同样内容的推送',
      tone: 'plain',
      blocks: [
        {
          kind: 'list',
          lines: [...lines.map(({ text }) => `代替：${text}`), '两条都要'].map((text, i) => ({
            text: `${i + 1}. ${text}`,
          })),
        },
        { kind: 'note', text: '回复序号即可，本次还没有设置。' },
      ],
    },
    ask: { intent: frame, want: 'task', options },
  }
}

const begin = async (c: Context, intent: Frame, push: Push, place: PushPlace, words: string): Promise<Outcome> => {
  const own = c.office.subscriptions.filter(({ room, content }) => room === place.key && content === push.content)
  const equal = own.find((one) => sameRhythm(one, push))
  if (equal) return { reply: await told(c, '这条推送已经有了', equal, place) }
  const { content, every, on, at } = push
  const frame: Frame = { intent: 'subscribe', content, every, ...(on && { on }), at, room: place.key }
  if (own.length > 0 && !intent.beside) return askBeside(c, frame, own)
  const startsOn = startOf(c, push, words)
  // One message begins one push: its key is the id, so that the same message never begins two.
  const id = c.message.key
  const others = (await pushLines(c, own)).map(({ text }) => `另有${text}。`)
  return {
    reply: await told(c, '推送已设好', { ...push, id, startsOn }, place, others),
    subscribed: { ...push, id, startsOn, room: place.key, address: place.address },
  }
}

/** A subscription is the office's to ask for: into the room where it is said, or into one that is named. */
export const subscribe: Command<'subscribe'> = {
  intent: 'subscribe',
  title: '设置推送',
  usage: '每天/每周几/每月几日 几点 [给某单位群] 推送 到期清单/逾期清单/完成情况/待审核',
  example: '每周五16:00推送逾期清单',
  roles: ['office', 'admin'],
  run: async (c, intent) => {
    const words = normal(c.message.text)
    const moved = await change(c, intent, words)
    if (moved) return moved
    if (!intent.content && isSeveral(words)) return severalTold
    const place = await placeMeant(c, words, intent.room)
    if ('outcome' in place) return place.outcome
    const content = intent.content ?? contentIn(withoutUnits(c, words))
    const push = checked(c, { ...intent, room: place.ok.key }, intent, content, words)
    if ('problem' in push) return push.problem
    return mayHear(push.ok.content, place.ok)
      ? begin(c, intent, push.ok, place.ok, words)
      : notHeard(place.ok, push.ok.content)
  },
}
