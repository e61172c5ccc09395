import type { Said } from '../src/chat/rhythm.ts'
import { findTimes } from '../src/chat/times.ts'
import type { Day } from '../src/model/deadline.ts'
import type { Intent, IntentOf } from '../src/model/intent.ts'
import type { Content, Rhythm } from '../src/model/subscription.ts'
import { atOffice, dayOf } from '../src/time/day.ts'
import { nextFiring } from '../src/time/remind.ts'
import type { Context, Outcome } from './command.ts'
import { problem } from './problem.ts'
import type { PushPlace } from './push-places.ts'
import { clockWords } from './push-words.ts'

export type Frame = IntentOf<'subscribe'>
/** What a push says and when. */
export type Push = Rhythm & { content: Content }
type Checked = { problem: Outcome } | { ok: Push }

const example = '例：每周五16:00推送逾期清单'
const refused = (title: string, text: string, note = example): { problem: Outcome } => ({
  problem: { reply: problem(title, text, note) },
})

/** More than one day or time was said. */
export const severalTold: Outcome = {
  reply: problem('一条推送一个时间', '说了不止一个日子或时间，请分几条说，本次没有改动。', example),
}

const minutesOf = (at: string): number => Number(at.slice(0, 2)) * 60 + Number(at.slice(3))
const clockOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, '0')).join(':')

/** Outside office hours nothing is pushed: the nearest time that would be right is offered, and nothing is stored. */
const offerTime = (c: Context, intent: Frame, at: string): { problem: Outcome } => {
  const { from, to } = c.office.settings.hours
  const right = at < from ? from : clockOf(Math.max(minutesOf(from), minutesOf(to) - 30))
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
export const checked = (c: Context, intent: Frame, said: Said, content: Content, words: string): Checked => {
  if (!intent.at && /下午|傍晚|晚上/.test(words)) return refused('请写明几点', '要在几点推送？')
  if (!said.every) return refused('请说明多久推送一次', '可以按每个工作日、每周几、每月几日推送，请选一种。')
  const at = said.at ?? c.office.settings.digestAt
  const { from, to } = c.office.settings.hours
  if (at < from || at >= to) return offerTime(c, { ...intent, content }, at)
  if (said.every === 'week' && (said.on ?? 1) > 7) return refused('没有这样的日子', '一周只有周一到周日。')
  const isDated = said.every === 'week' || said.every === 'month'
  return { ok: { content, every: said.every, on: isDated ? (said.on ?? 1) : null, at } }
}

export const notHeard = (place: PushPlace, content: Content): Outcome => ({
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
export const startOf = (c: Context, push: Push, words: string): Day => {
  const put = findTimes(words, c.today).times.find(({ end }) => /^(?:起|开始)/.test(words.slice(end)))
  const from = put && put.from > c.today ? new Date(atOffice(put.from, '00:00', c.zone).getTime() - 1) : c.now
  return dayOf(nextFiring(push, from, c.calendar, c.zone), c.zone)
}
