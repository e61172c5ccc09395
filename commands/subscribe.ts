import { contentIn, moveIn, namesContent } from '../src/chat/pushes.ts'
import { isSeveral, type Said } from '../src/chat/rhythm.ts'
import { normal } from '../src/chat/text.ts'
import { findTimes } from '../src/chat/times.ts'
import type { Block } from '../src/model/card.ts'
import type { Day } from '../src/model/deadline.ts'
import type { Intent, IntentOf } from '../src/model/intent.ts'
import type { Content, Rhythm, Subscription } from '../src/model/subscription.ts'
import { atOffice, dayOf } from '../src/time/day.ts'
import { nextFiring } from '../src/time/remind.ts'
import type { Command, Context, Outcome } from './command.ts'
import { pushesMeant, pushRow, sameRhythm, withoutUnits } from './find-pushes.ts'
import { problem } from './problem.ts'
import { type PushPlace, placeMeant, placeWords } from './push-places.ts'
import { clockWords, contentWords, momentWords, nextOf, nowWords, rhythmWords } from './push-words.ts'
import { mayHear, pushedCard } from './pushed.ts'
import { pushLines } from './subscriptions.ts'

type Frame = IntentOf<'subscribe'>
type Push = Rhythm & { content: Content }
type Checked = { problem: Outcome } | { ok: Push }

const example = '例：每周五16:00推送逾期清单'
const refused = (title: string, text: string, note = example): { problem: Outcome } => ({
  problem: { reply: problem(title, text, note) },
})

const minutesOf = (at: string): number => Number(at.slice(0, 2)) * 60 + Number(at.slice(3))
const clockOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, '0')).join(':')

/** Outside office hours nothing is pushed: the nearest time that would be right is offered, and nothing is stored. */
const offerTime = (c: Context, intent: Frame, at: string): { problem: Outcome } => {
  const { from, to } = c.office.settings.hours
  const right = at < from ? from : clockOf(minutesOf(to) - 30)
  const option: Intent = { ...intent, at: right }
  const words = `推送只在工作日${clockWords(from)}到${clockWords(to)}之间发，${clockWords(at)}不行，本次没有设置。`
  return {
    problem: {
      reply: {
        ...problem('不在工作时间', words, `改为${clockWords(right)}请回复：是`),
        buttons: [{ label: `改为${clockWords(right)}`, intent: option, style: 'primary' }],
      },
      ask: { intent, want: 'confirm', options: [option] },
    },
  }
}

/** The rhythm whole: what was not said is the usual day and hour, what no push can do is told. */
const checked = (c: Context, intent: Frame, said: Said, content: Content, words: string): Checked => {
  if (!intent.at && /下午|傍晚|晚上/.test(words)) return refused('请写明几点', '要在几点推送？')
  if (!said.every) return refused('请说明多久推送一次', '可以按每个工作日、每周几、每月几日推送，请选一种。')
  const at = said.at ?? c.office.settings.digestAt
  const { from, to } = c.office.settings.hours
  if (at < from || at >= to) return offerTime(c, { ...intent, content }, at)
  if (said.every === 'week' && (said.on ?? 1) > 7) return refused('没有这样的日子', '一周只有周一到周日。')
  const isDated = said.every === 'week' || said.every === 'month'
  return { ok: { content, every: said.every, on: isDated ? (said.on ?? 1) : null, at } }
}

const notHeard = (place: PushPlace, content: Content): Outcome => ({
  reply: problem(
    '这里不能推送这一项',
    content === 'overdue'
      ? '这个群有多家单位，逾期名单不在共用群里公开，本次没有设置。'
      : '完成情况和待审核清单涉及各单位，只推送到主管科室的群或私聊，本次没有设置。',
    place.scope === 'all' || place.units.length > 1
      ? '可改为推送本周到期清单，或在主管科室的群里设置。'
      : '可改为推送本单位的到期清单。',
  ),
})

/** The first day on which it comes; 从下周起, 9月1日起 put it off. */
const startOf = (c: Context, push: Push, words: string): Day => {
  const put = findTimes(words, c.today).times.find(({ end }) => /^(?:起|开始)/.test(words.slice(end)))
  const from = put && put.from > c.today ? new Date(atOffice(put.from, '00:00', c.zone).getTime() - 1) : c.now
  return dayOf(nextFiring(push, from, c.calendar, c.zone), c.zone)
}

/** What will come, where and when, and what it would say now. */
const told = async (
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

/** Which push is to be changed: the one that the frame or the words before 改到 mean. */
const change = async (c: Context, intent: Frame, words: string): Promise<Outcome | undefined> => {
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
  const { every = before.every, at = before.at } = intent
  const on = intent.on ?? (intent.every && intent.every !== before.every ? undefined : (before.on ?? undefined))
  const push = checked(c, { ...intent, replaces: before.id }, { every, at, ...(on && { on }) }, content, after)
  if ('problem' in push) return push.problem
  const room = await placeMeant(c, '', before.room)
  if ('outcome' in room) return room.outcome
  return mayHear(content, room.ok) ? changed(c, before, push.ok, room.ok, after) : notHeard(room.ok, content)
}

/** A standing push is the office's to ask for: into the room where it is said, or into one that is named. */
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
    if (!intent.content && isSeveral(words))
      return { reply: problem('一条推送一个时间', '说了不止一个日子或时间，请分几条说，本次没有设置。', example) }
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
