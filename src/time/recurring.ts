import type { Every, Within } from '../model/deadline.ts'
import { clauseFrom, matchAt, type Reading, type Scene } from './found.ts'
import { severalAt } from './many-fold.ts'
import { count, entry, period, put, type Rule, within } from './period.ts'
import { isTold } from './rates.ts'
import { spanAt } from './span.ts'
import { timesAfter } from './times.ts'

type Tail = { end: number; within?: readonly Within[]; by?: readonly string[] }

const unit = '(?:工作日|日|天|周|星期|礼拜|个?月(?:份|度)?|季度?|半年度?|年度?|学期)'
const head = new RegExp(
  [
    `(每个?)(${unit})`,
    '(按照?)(季度|半年度?|月度?|季(?!节)|周|日(?!常|期|程|均|加[收处缴]|连续|累计)|年(?!龄|级|份|均|代|限|产)度?)(?!度|计划|目标|任务|安排|重点|工作要点|预算|要点|考核(?:要求|结果|办法|方案|指标|目标|细则|标准|任务|$)|方案|进度计划|计[算罚征提])',
    '(逐)(日|周|月|季度?|年)(?!步|级|项|渐|提|增|下|减|扩|加|递|安排)',
    '(?<![部成充百得学积水区十])(分)(季度|月(?!饼)|半年|年度)(?!目标|计划|任务|实施|安排|计[算征提])',
  ].join('|'),
  'y',
)
const more = new RegExp(
  `(?:、|和|及|或|与|以及|（|/)(?:每个?|按|逐|分)?(${unit})(?=度?(?:）|、|和|及|后|结束|终了|[^，。；\\n]{0,2}))(?:）(?!内))?`,
  'y',
)
const perHead = /每[人户名亩家村个](?:次)?$|人均$|元$|[/／][人户亩]$|未$|已经?$/
/** 上、下半年各1次 */
const halves = /下半年(?:各|分别)[^，。；\d]{0,8}(\d{1,2})[次场期]/y
const amount =
  /^(?:不低于|不少于|不超过|至少|约)[\d.]+个?(?:小时|分钟|吨|立方米|公里|千米|%|元|万元)|^(?:补助|补贴|发放|给予|奖励|缴纳|缴费|定额|按)?[\d.]+(?:万|亿|千)?(?:元|吨|亩|公里|%|个百分点|平方米|立方米|人(?!次)|件以上|亿)/

/** Reads 每月, 按季度, 每年6月底前, 每季度结束后10日内 and their lists. */
export function recurringAt(scene: Scene, index: number): Reading | undefined {
  const { text } = scene
  const both = matchAt(halves, text, index)
  if (both && /上[、和及]?$/.test(text.slice(Math.max(0, index - 2), index))) {
    const end = index + both[0].length
    return { end, found: [entry(index, end, { every: 'half-year', times: Number(both[1]) })] }
  }
  const several = severalAt(text, index)
  if (several) return several
  const match = matchAt(head, text, index)
  if (!match) return undefined
  const words = match[2] ?? match[4] ?? match[6] ?? match[8] ?? ''
  const first = period(words)
  if (!first) return undefined
  let end = index + match[0].length
  if (
    perHead.test(text.slice(Math.max(0, index - 3), index)) ||
    amount.test(text.slice(end, end + 12)) ||
    isTold(text, index, end)
  )
    return { end, found: [] }
  const periods = [first]
  for (;;) {
    const next = matchAt(more, text, end)
    const every = next && period(next[1] ?? '')
    if (!next || !every || (!/每|按|逐|分/.test(next[0]) && !continues(text, end + next[0].length))) break
    periods.push(every)
    end += next[0].length
  }
  return withTail(scene, index, end, periods, match[1] !== undefined)
}

// After 、 a bare 年 or 月 belongs to the list only where the word ends there (每月、季度通报, not 每月、年轻干部).
function continues(text: string, end: number): boolean {
  return !/^(?:轻|龄|产|初|末|底|级|均|货|老)/.test(text.slice(end, end + 2))
}

function withTail(scene: Scene, start: number, headEnd: number, periods: readonly Every[], each: boolean): Reading {
  const finest = periods.at(-1) ?? 'month'
  const tail = tailAt(scene, headEnd, finest)
  if (
    tail.by &&
    /^为[^，。；\n]{0,20}(?:[月周日节]|活动)(?=[，。；\n]|$)/.test(scene.text.slice(tail.end, tail.end + 28))
  )
    return { end: tail.end, found: [] }
  const counted = timesAfter(scene.text, tail.end)
  const times = counted ? { times: counted.times } : {}
  const end = counted?.end ?? tail.end
  const rules = periods.flatMap((every): Rule[] => {
    if (tail.by && every === 'year' && each) return tail.by.map((by) => ({ every, by, ...times }))
    return tail.within ? tail.within.map((within) => ({ every, within, ...times })) : [{ every, ...times }]
  })
  return { end, found: rules.map((rule) => entry(start, end, rule)) }
}

const clock = '(?:上午|下午|中午|晚上?)?(?:\\d{1,2}(?:：\\d{2}|[时点](?:整|半|\\d{1,2}分)?))?(?:下班)?'
const afterEnd = new RegExp(
  `(?:度)?(?:工作)?(?:结束|终了|届满|期满|过|[末底])?(?:之后|以后|后)(?:的)?(?:次月|首月|第1个月)?(?:的)?${count}?(?:之)?${put}?`,
  'y',
)
const nextMonthDay = new RegExp(
  `(?:的|于)?(?:次月|下个?月|次季度?首月|下1?个?季度首月)(?:的)?(\\d{1,2})[日号]${clock}${put}?`,
  'y',
)
const ordinal = new RegExp(
  `(?:的)?(?:第|前|首)(\\d{1,2})?个?(工作日|自然日|周|星期|日|天|月)(?:的)?(?:(\\d{1,2})[日号]|(上旬|中旬|下旬))?(?:之内|以内|内)?${put}?`,
  'y',
)
const dayOfMonth = new RegExp(
  `(?:的|于)?(?:当月)?(?:月?初)?((?:\\d{1,2}[日号]?[、和])*(?:\\d{1,2}[日号]?(?:-{1,2}|至|到))?\\d{1,2})[日号](?:（[^（）]{1,12}）)?${clock}${put}?`,
  'y',
)
const part = new RegExp(`(?:的)?(?:月)?(上旬|中旬|下旬|初|中|底|末)(?!期)${put}?`, 'y')
/** 每季度末（即3月、6月底）: the months that the period's end comes to. */
const spelledOut = '（(?:即|指|分别|每年|各?年|在|于|为)*\\d{1,2}月[^（）\\n]{0,24}）'
const endPart = new RegExp(
  `(?:度)?(?:的)?(?:季)?(?:(?:末|底|结束)(?:月)?|最后(?:1个?)?(?:周|月|星期|工作日)|末周)(?:\\d{1,2}[日号])?(?:${spelledOut})?${put}?`,
  'y',
)
const weekdayPart = new RegExp(
  `(?:的)?(?:星期|周)?(?:[一二三四五六日天](?:[、和至-][一二三四五六日天])*|末)(?!次|场)${clock}${put}?`,
  'y',
)
const dayPart = new RegExp(`(?:\\d{1,2}(?:：\\d{2}|[时点](?:整|半|\\d{1,2}分)?)|下班|上午|下午)${clock}${put}?`, 'y')

function tailAt(scene: Scene, index: number, every: Every): Tail {
  const { text } = scene
  if (every === 'week') return { end: endAfter(weekdayPart, text, index) }
  if (every === 'day') return { end: endAfter(dayPart, text, index) }
  const after = matchAt(afterEnd, text, index)
  if (after?.[3]) return made(index, after, within(Number(after[2] ?? after[1]), after[3], 'next-period-start'))
  const next = matchAt(nextMonthDay, text, index)
  if (next) return made(index, next, within(Number(next[1]), '日', 'next-period-start'))
  if (every === 'year') return yearTail(scene, index)
  const nth = matchAt(ordinal, text, index)
  if (nth && (nth[1] || nth[0].includes('首'))) return made(index, nth, ordinalWithin(nth, text, index))
  if (every === 'quarter' || every === 'half-year') return { end: endAfter(endPart, text, index) }
  const date = matchAt(dayOfMonth, text, index)
  if (date) {
    const of = ofPeriod(text, index + date[0].length)
    const days = (date[1] ?? '').match(/\d+/g) ?? []
    const ends = /[-至到]/.test(date[1] ?? '') ? days.slice(-1) : days
    return { end: index + date[0].length, within: ends.flatMap((day) => within(Number(day), '日', of) ?? []) }
  }
  const some = matchAt(part, text, index)
  const n = some && /[上初]/.test(some[1] ?? '') ? 10 : some && /中/.test(some[1] ?? '') ? 20 : 0
  return some ? made(index, some, within(n, '日', ofPeriod(text, index + some[0].length))) : { end: index }
}

function endAfter(pattern: RegExp, text: string, index: number): number {
  return index + (matchAt(pattern, text, index)?.[0].length ?? 0)
}

function made(index: number, match: RegExpExecArray, rule: Within | undefined): Tail {
  return { end: index + match[0].length, ...(rule ? { within: [rule] } : {}) }
}

function ordinalWithin(match: RegExpExecArray, text: string, index: number): Within | undefined {
  const n = Number(match[1] ?? 1)
  const of = ofPeriod(text, index + match[0].length)
  if (match[4] && match[2] === '月' && n === 1 && match[4] !== '下旬')
    return within(match[4] === '上旬' ? 10 : 20, '日', of)
  if (match[3] && match[2] === '月')
    return n === 1 ? within(Number(match[3]), '日', of) : within(n, '月', 'period-start')
  return within(n, match[2] ?? '', of)
}

const lastPeriod = /上(?:1个|个|1)?(?:月|季|周|年度?(?!内)|半年度|期)|前1个?(?:月|季)/

/** The window counts in the period after the one it reports on where the clause speaks of 上月. */
function ofPeriod(text: string, end: number): Within['of'] {
  const clause = clauseFrom(text, end, 32, true)
  const stop = clause.search(/每|[底日]前/)
  return lastPeriod.test(stop < 0 ? clause : clause.slice(0, stop)) ? 'next-period-start' : 'period-start'
}

const yearJoint = /[、和及与]/y
const bracket = /（|的|于|在/y
const rangeStart = /(?:\d{1,2}月?(?:\d{1,2}日)?|第?\d季?度?)(?:-{1,2}|至|到)(?=第?\d{1,2}(?:月|季度))/y
const closing = new RegExp(`${clock}${put}?`, 'y')

/** 每年6月底、12月底前: the days of the year, written MM-DD of a common year. */
function yearTail(scene: Scene, index: number): Tail {
  const { text } = scene
  const frame = { asOf: '2022-12-31', year: 2023, carried: undefined }
  const by: string[] = []
  let end = index
  let at = index + (matchAt(bracket, text, index)?.[0].length ?? 0)
  for (;;) {
    const range = matchAt(rangeStart, text, at)
    const span = spanAt(text, at + (range?.[0].length ?? 0), frame)
    if (!span || !/^2023/.test(span.last) || !fits(span.grain, text, span.end)) break
    if (span.grain !== 'festival' || /(?:12-31|04-30|09-30|05-31|06-30|07-31)$/.test(span.last))
      by.push(span.last.slice(5))
    end = span.end
    const joint = matchAt(yearJoint, text, end)
    if (!joint) break
    at = end + joint[0].length
  }
  if (end === index) return { end }
  const close = matchAt(closing, text, end)
  return { end: end + (close?.[0].length ?? 0), ...(by.length ? { by } : {}) }
}

/** 每年上半年 and 每年三季度 are days; a week or another year after 每年 is not. */
function fits(grain: string, text: string, end: number): boolean {
  if (grain === 'week' || grain === 'year' || grain === 'plan') return false
  return !/^(?:起|以来)/.test(text.slice(end, end + 2))
}
