import { matchAt, type Reading, type Scene } from './found.ts'
import { count, entry, period, put, type Rule, within } from './period.ts'

const closedPeriod = new RegExp(
  `(?<![\\d个每本当上下这该同近半几两])(月|季|半年|年|学年|学期)度?(?:结束|终了|届满)?(?:之后|以后|后)(?:的)?(?:首月|次月|第1个月)?${count}${put}`,
  'y',
)
const nextMonth = /(?:次月|次季度?首月|下1?个?季度首月)(?:的)?(\d{1,2})[日号](?:前|之前|以前|内)/y
const lastMonth = /(?<!每)季度?末月(?:的)?\d{1,2}[日号](?:前|之前|以前)/y
const oneEach =
  /(?:1(?:个)?(年|月|季度|季|周|天|日)|(半年))(?:((?:至少|不少于|不低于)[^，。；\d]{0,6})?(\d{1,2})(?:次(?!性)|场)|一(?!年|月|季|周|天|日|次|定|般|体|并|律|样|直|起))/y
const ratio = /(\d{1,2})(?:次|场)\/(年|半年|季度?|月|周|天|日)/y

/** Periods that no 每 announces: 季度终了后15日内, 次月10日前, 一季一通报, 2次/年. */
export function unannouncedAt(scene: Scene, index: number): Reading | undefined {
  const { text } = scene
  const closed = matchAt(closedPeriod, text, index)
  if (closed) {
    const rule = within(Number(closed[3] ?? closed[2]), closed[4] ?? '', 'next-period-start')
    const every = period(closed[1] ?? '')
    if (rule && every) return one(index, closed, { every, within: rule })
  }
  const next = matchAt(nextMonth, text, index)
  if (next) {
    const rule = within(Number(next[1]), '日', 'next-period-start')
    if (rule) return one(index, next, { every: next[0].includes('季') ? 'quarter' : 'month', within: rule })
  }
  const ending = matchAt(lastMonth, text, index)
  if (ending) return one(index, ending, { every: 'quarter' })
  const each = matchAt(oneEach, text, index)
  // 一季度至少1次 and 3月至少1次 name the first quarter and a month.
  const counts = each && !(each[3] && /^1(?:月|季)/.test(each[0])) && !/[\d.第近]$/.test(text.slice(0, index).slice(-1))
  if (each && counts) {
    const every = each[2] ? 'half-year' : period(each[1] ?? '')
    if (every) return one(index, each, { every, ...(each[4] ? { times: Number(each[4]) } : {}) })
  }
  const rated = matchAt(ratio, text, index)
  const every = rated && period(rated[2] ?? '')
  return rated && every ? one(index, rated, { every, times: Number(rated[1]) }) : undefined
}

const one = (index: number, match: RegExpExecArray, rule: Rule): Reading => {
  const end = index + match[0].length
  return { end, found: [entry(index, end, rule)] }
}
