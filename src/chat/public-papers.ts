import type { Intent } from '../model/intent.ts'
import { planOf, type Reading, unitsOf } from './reading.ts'

const BREAK = '(?=[\\s:：,，]|$)'
const REGISTER_PAPER = new RegExp(`^(?:请)?登记(?:一[份件个])?(?:公开)?文件${BREAK}`)

/** 文件3号, 文件2026-3: a number of the register of papers, never one of a plan. */
export const PAPER_NUMBER = /^(?:请|把|将)?(?:公开)?文件\s*(?:第|编号|#)?\s*(?:(20\d\d)-)?(\d{1,4})(?![\d-])\s*号?\s*/

/** Something that is done to a paper, those first whose words hold another's. */
const DONE = [
  ['review', /保密审/],
  ['exempt', /免(?:予|于)?解读|不(?:需要?|用)解读/],
  ['interpret', /解读/],
  ['attribute', /(?:改|变更)(?:为|成)(?:主动|依申请|不予)公开|改公开属性/],
  ['return', /退回/],
  ['finish', /办结/],
  ['disclose', /公开|发布|上网/],
] as const

const ASKS = /\?|吗|怎么样|情况|进展|哪些|还缺|缺什么/
const NOT_YET = /没|未(?!通过)|尚|准备|拟|将|打算|预计/

/** 公开文件: one is entered, something is done to one by its number, or they are asked about as such. */
export function readPublication(r: Reading): Intent | undefined {
  if (REGISTER_PAPER.test(r.text)) return { intent: 'publication', action: 'register' }
  const number = PAPER_NUMBER.exec(r.text)?.[0]
  if (number !== undefined) {
    const rest = r.text.slice(number.length)
    const done = ASKS.test(rest) || NOT_YET.test(rest) ? undefined : DONE.find(([, words]) => words.test(rest))
    return { intent: 'publication', action: done?.[0] ?? 'show' }
  }
  if (/^(?:公开)?文件(?:台账|登记簿)$|^公开文件(?:有)?(?:哪些|清单)|^哪些公开文件/.test(r.text))
    return { intent: 'publication', action: 'list' }
  return undefined
}

const SORT = '(?:新闻)?发布会|(?:政策)?解读|(?:在线)?访谈|听取.{0,8}汇报|(?:业务|专题)?培训班?|会议|列席(?:会议)?'
const REGISTER_ACTIVITY = new RegExp(`^(?:请)?(?:登记|补登|补记)(?:一[次场个条期篇])?(?:${SORT})${BREAK}`)

/** 活动3号: a number of the register of activities. */
export const ACTIVITY_NUMBER = /活动\s*(?:第|编号|#)?\s*(?:(20\d\d)-)?(\d{1,4})(?![\d-])\s*号?/
const CANCELS = new RegExp(
  `^(?:请)?(?:撤销|作废)(?:登记)?${ACTIVITY_NUMBER.source}|^${ACTIVITY_NUMBER.source}\\s*(?:撤销|作废)`,
)
const ADDS_LINK = new RegExp(`^${ACTIVITY_NUMBER.source}\\s*(?:补)?(?:充)?(?:网址|链接)`)

const FEEDS = new RegExp(`按(主要负责人(?:出席)?的?)?(${SORT})(?:登记)?计[数次]`)
const FEEDS_NO_MORE = /不再?按(?:登记|活动)计[数次]/
const COUNTED = '(?:新闻)?发布会|政策解读|在线访谈|听取汇报|公开培训'
const HOW_MANY = new RegExp(
  `^(?:今年|本年)?(?:${COUNTED})(?:今年|本年)?(?:一?共)?(?:已经?)?(?:开|办|搞|听|举办|召开|登记)?了?(?:几|多少)[次场期篇条]|^(?:今年|本年)(?:一?共|已经?)?(?:开|办|举办|召开)了?(?:几|多少)[次场期](?:${COUNTED})|^(?:${COUNTED})还差(?:几|多少)[次场]`,
)

const SORTS = [
  [/发布会/, 'conference'],
  [/解读/, 'interpretation'],
  [/访谈/, 'interview'],
  [/听取/, 'hearing'],
  [/培训/, 'training'],
  [/列席/, 'attendance'],
  [/会议/, 'meeting'],
] as const

/** The sort of activity that words name. */
export const sortIn = (words: string) => SORTS.find(([pattern]) => pattern.test(words))?.[1]

/** 公开活动: one is entered or cancelled, asked about by how many, or a task is said to be counted by them. */
export function readActivity(r: Reading): Intent | undefined {
  const registered = REGISTER_ACTIVITY.exec(r.text)?.[0]
  if (registered !== undefined) return { intent: 'activity', action: 'register', ...sortSlot(registered) }
  if (CANCELS.test(r.text)) return { intent: 'activity', action: 'cancel' }
  if (ADDS_LINK.test(r.text)) return { intent: 'activity', action: 'link' }
  const [task, second] = r.said
  if (r.office && task !== undefined && second === undefined) {
    const said = { intent: 'activity' as const, action: 'feed' as const, tasks: [task], ...planOf(r) }
    if (FEEDS_NO_MORE.test(r.text)) return said
    const [, led, sort] = FEEDS.exec(r.text) ?? []
    if (sort !== undefined) return { ...said, ...sortSlot(sort), led: led !== undefined }
  }
  if (r.said.length === 0 && HOW_MANY.test(r.text))
    return { intent: 'activity', action: 'count', ...sortSlot(r.text), ...unitsOf(r) }
  return undefined
}

const sortSlot = (words: string) => {
  const sort = sortIn(words)
  return sort ? { sort } : {}
}
