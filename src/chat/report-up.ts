import { isAboveCode } from '../model/above.ts'
import type { Intent } from '../model/intent.ts'
import { isPromise, judge } from './done.ts'
import { type Reading, tasksOf } from './reading.ts'

const CODES = 'ÞŦ(?:[、,和及]+Þ?Ŧ)*'
const OVER = '(?:上级|[市省州部](?:里|上)?)'
/**
 * 上报…, …上报 or …报市里; behind it come the words that go up with it. 已上报, 上报的, 上报情况 speak of a report that there is.
 */
const UP = new RegExp(
  `^(?:请|麻烦)?(?:(?:先|再|一并)?上报(?:给|到|至)?${OVER}?${CODES}(?!的|情况|材料|了|时|前|后)|(?:把|将)?${CODES}(?:任务|的?进展|的?成果)?(?:先|再|一并)?(?:上报(?:给|到|至)?${OVER}?|报(?:给|到|至)?${OVER})(?:一下|一次)?(?:$|[,。;!:Ł]))`,
)
const QUESTION = /\?|吗[。!]?$|没有[。!]?$|了没[。!]?$/
/** Of a part only (其中五项已公开, 5家单位已公开). */
const PART = /其中|部分|大半|过半|[家项个Ñ]/

/** 上报上级26-3: the office sends up what is done so far of a task that was handed down; only such a code is read so. */
export const readReportUp = (r: Reading): Intent | undefined => {
  if (!r.office || r.said.length === 0 || r.plan === undefined || !isAboveCode(r.plan)) return undefined
  const [said] = UP.exec(r.words) ?? []
  if (said === undefined || QUESTION.test(r.words)) return undefined
  // 与4号合并推进: what else is named there would be told above of a task that was not meant.
  const tail = r.words.slice(said.length).replace(/^[,。;:!]+/, '')
  if (/[ŦÞ]/.test(tail)) return undefined
  // Of what is said behind it: 上报 itself is no deed that is done. A bare link shows something, as in a unit's report.
  const verdict = judge(tail, r.text)
  if (verdict === 'ask') return undefined
  const told = verdict === 'done' || (verdict === 'none' && r.links.length > 0)
  const done = told && !PART.test(tail) && !isPromise(r, 0, r.masked.length, tail)
  return {
    ...{ intent: 'report-up' as const, ...tasksOf(r) },
    ...(done && { done }),
    ...(r.links.length > 0 && { links: r.links }),
  }
}
