import type { Case, CaseEvent } from '../../model/case.ts'
import { dayIn } from '../../model/clock.ts'
import type { Day } from '../../model/deadline.ts'
import { titled } from '../plain.ts'
import { eventsOf, lastOf, type Register } from '../register.ts'
import { clocksOf } from './clocks.ts'
import {
  channels,
  conclusions,
  forms,
  isFinished,
  isPublished,
  isReturned,
  lacking,
  natureEvent,
  natureOf,
  natures,
  needsNone,
  reasons,
  wordOf,
} from './course.ts'
import { deeds, opening } from './deeds.ts'

const stateOf = (it: Case): string => {
  if (isFinished(it)) return 'finished'
  if (isReturned(it)) return 'returned'
  if (natureOf(it) !== 'active') return 'kept'
  if (isPublished(it)) return lacking(it).length === 0 ? 'complete' : 'published'
  const conclusion = lastOf(it, 'reviewed')?.body.conclusion
  return conclusion === undefined ? 'open' : conclusion === 'no' ? 'barred' : 'reviewed'
}

/** The day on which nothing was left to do: a paper that is complete needs nobody to close it. */
const closedOn = (it: Case): Day | null => {
  const state = stateOf(it)
  if (!['finished', 'complete', 'kept'].includes(state)) return null
  const last =
    state === 'finished' ? lastOf(it, 'finished') : state === 'kept' ? natureEvent(it) : it.events[it.events.length - 1]
  return dayIn(last?.at ?? '')
}

const there = (event: CaseEvent | undefined, ...more: unknown[]): string =>
  event ? `已有（${[dayIn(event.at), ...more].filter(Boolean).join('，')}）` : '缺'

const interpretation = (it: Case): string => {
  const done = lastOf(it, 'interpreted')
  if (done) return there(done, wordOf(forms, done.body.form), done.body.link)
  if (needsNone(it)) return lastOf(it, 'exempted') ? '免予解读' : '不需要解读'
  const out = lastOf(it, 'disclosed')
  return out && out.body.within === undefined ? '缺（本单位没有设定解读的时限）' : '缺'
}

/** 保密审查、公开、解读: whether all three are there. */
const checks = (it: Case): [string, string][] => {
  const review = lastOf(it, 'reviewed')
  if (natureOf(it) !== 'active')
    return review ? [['保密审查', there(review, wordOf(conclusions, review.body.conclusion))]] : []
  const out = lastOf(it, 'disclosed')
  const lacks = lacking(it)
  return [
    ['保密审查', there(review, wordOf(conclusions, review?.body.conclusion))],
    ['公开', there(out, wordOf(channels, out?.body.channel), out?.body.link)],
    ['解读', interpretation(it)],
    ['三项', lacks.length === 0 ? '齐全' : `还缺${lacks.join('、')}`],
  ]
}

/** 公开文件: one paper, and all that is owed for it, from its 公开属性 to its interpretation. */
export const publication: Register = {
  kind: 'publication',
  word: '文件',
  grain: 'day',
  states: {
    ...{
      open: '待保密审查',
      reviewed: '待公开',
      barred: '审查结论不得公开',
      published: '待解读',
      complete: '三项齐全',
    },
    ...{ kept: '不主动公开', returned: '已退回', finished: '已办结' },
  },
  opening,
  deeds,
  view: (it, c) => {
    const nature = natureEvent(it)
    return {
      ...titled(it),
      ...{ state: stateOf(it), closedOn: closedOn(it), clocks: clocksOf(it, c) },
      facts: [
        ...(typeof it.events[0]?.body.docNo === 'string'
          ? [['文号', it.events[0].body.docNo] as [string, string]]
          : []),
        [
          '公开属性',
          [wordOf(natures, nature?.body.nature), wordOf(reasons, nature?.body.reason)].filter(Boolean).join('，'),
        ],
        ...checks(it),
        ...(eventsOf(it, 'returned').length > 0
          ? [['退回', `${eventsOf(it, 'returned').length}次`] as [string, string]]
          : []),
      ],
    }
  },
}
