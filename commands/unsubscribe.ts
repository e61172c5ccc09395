import { rhythmIn } from '../src/chat/rhythm.ts'
import { normal } from '../src/chat/text.ts'
import type { Intent } from '../src/model/intent.ts'
import type { Subscription } from '../src/model/subscription.ts'
import type { Command, Context, Outcome } from './command.ts'
import { pushesMeant, pushRow, seesEveryRoom } from './find-pushes.ts'
import { problem } from './problem.ts'
import { placeHere, placeWords } from './push-places.ts'
import { contentWords, rhythmWords } from './push-words.ts'
import { pushLines, usualList } from './subscriptions.ts'

const stop = async (c: Context, pushes: readonly Subscription[]): Promise<Outcome> => {
  const where = await placeWords(c, pushes)
  return {
    reply: {
      title: '推送已停止',
      tone: 'plain',
      blocks: [
        {
          kind: 'list',
          lines: pushes.map((push) => ({
            text: `${where.get(push.room)}：${rhythmWords(push)} ${contentWords(push)}`,
          })),
        },
        { kind: 'note', text: usualList(c) },
      ],
    },
    facts: pushes.map((push) => ({ row: pushRow(push), kind: 'stopped', body: { on: c.today } })),
  }
}

/** Several are meant: which, by number, or all of them. */
const askWhich = async (c: Context, pushes: readonly Subscription[]): Promise<Outcome> => {
  const lines = await pushLines(c, pushes)
  const options: Intent[] = [
    ...lines.map(({ push }): Intent => ({ intent: 'unsubscribe', ids: [push.id] })),
    { intent: 'unsubscribe', ids: pushes.map(({ id }) => id) },
  ]
  return {
    reply: {
      title: '停止哪一条推送？',
      tone: 'plain',
      blocks: [
        {
          kind: 'list',
          lines: [...lines.map(({ text }) => text), '全部停止'].map((text, i) => ({ text: `${i + 1}. ${text}` })),
        },
        { kind: 'note', text: '回复序号即可。' },
      ],
    },
    ask: { intent: { intent: 'unsubscribe' }, want: 'task', options },
  }
}

/** Nothing to stop: the list that every unit's room hears is the office's setting, and no word in one room ends it. */
const nothingToStop = async (c: Context): Promise<Outcome> => {
  const here = await placeHere(c)
  // What other places are told is not said in a unit's room.
  const own = c.office.subscriptions.filter(({ room }) => seesEveryRoom(c) || room === here?.key)
  const lines = await pushLines(c, own)
  const there = lines.slice(0, 5).map(({ text }) => ({ text }))
  return {
    reply: {
      title: '没有这样的推送',
      tone: 'warn',
      blocks: [
        {
          kind: 'text',
          text: `没有符合的另设推送，本次没有改动。${usualList(c)}这是督办的统一安排，不能在群里取消。`,
        },
        ...(there.length > 0 ? [{ kind: 'list' as const, title: '现有的推送', lines: there }] : []),
        { kind: 'note', text: '暂时不想被打扰，在群里说：静音一小时。查看推送：有哪些推送' },
      ],
    },
  }
}

/** 暂停推送一周: stopping is for good, and a silence lasts eight hours at most. */
const FOR_A_WHILE = /停[^,。]{0,8}(?:[一两二三四五六七八九十几\d]+个?(?:天|周|星期|月|小时)|到|至)/

const notForAWhile: Outcome = {
  reply: problem(
    '推送不能停一段时间',
    '可以停止（以后要再设），或在群里静音，一次最长八小时；本次没有改动。',
    '例：取消推送；静音一小时',
  ),
}

/** Ends subscriptions: those that the words mean, all of them only where that is said. */
export const unsubscribe: Command<'unsubscribe'> = {
  intent: 'unsubscribe',
  title: '取消推送',
  usage: '取消 [每周几] [什么] 的推送',
  example: '取消每周一的推送',
  roles: ['office', 'admin'],
  run: async (c, intent) => {
    const words = normal(c.message.text)
    if (!intent.ids && FOR_A_WHILE.test(words)) return notForAWhile
    const meant = intent.ids
      ? c.office.subscriptions.filter(({ id }) => intent.ids?.includes(id))
      : await pushesMeant(c, words, rhythmIn(words, true))
    if (meant.length === 0) return nothingToStop(c)
    return intent.ids || meant.length === 1 || /全部|所有|都|一切/.test(words) ? stop(c, meant) : askWhich(c, meant)
  },
}
