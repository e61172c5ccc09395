import type { Case, CaseEvent } from '../../model/case.ts'
import type { Moment } from '../../model/clock.ts'
import { eventsOf, lastOf } from '../register.ts'

/** 公开属性, which 国办发〔2016〕80号 asks of every paper. */
export const natures = [
  ['active', '主动公开'],
  ['on-request', '依申请公开'],
  ['none', '不予公开'],
] as const

/** Why a paper is not disclosed (条例2019第十四条至第十六条). */
export const reasons = [
  ['secret', '属于国家秘密'],
  ['forbidden', '法律、行政法规禁止公开'],
  ['security', '危及“三安全一稳定”'],
  ['third-party', '保护第三方合法权益'],
  ['internal', '属于内部事务信息'],
  ['process', '属于过程性信息'],
  ['enforcement-file', '属于行政执法案卷'],
] as const

export const conclusions = [
  ['pass', '可以公开'],
  ['partly', '删除后公开'],
  ['no', '不得公开'],
] as const

export const channels = [
  ['website', '政府网站'],
  ['gazette', '政府公报'],
  ['wechat', '政务微信'],
  ['weibo', '政务微博'],
  ['conference', '新闻发布会'],
  ['other', '其他方式'],
] as const

export const forms = [
  ['text', '文字解读'],
  ['picture', '图解'],
  ['video', '音视频'],
  ['conference', '新闻发布会'],
  ['interview', '在线访谈'],
  ['expert', '专家解读'],
  ['other', '其他形式'],
] as const

type Options = readonly (readonly [string, string])[]

export const wordOf = (options: Options, value: unknown): string => options.find(([code]) => code === value)?.[1] ?? ''

/** The day on which the paper was made. */
export const madeOn = (it: Case): Moment => it.events[0]?.at ?? ''

/** What says its 公开属性 last, and the reason that belongs to it. */
export const natureEvent = (it: Case): CaseEvent | undefined => lastOf(it, 'registered', 'attributed')
export const natureOf = (it: Case): unknown => natureEvent(it)?.body.nature

export const isReturned = (it: Case): boolean => lastOf(it, 'returned', 'attributed')?.kind === 'returned'
export const isPublished = (it: Case): boolean => lastOf(it, 'disclosed') !== undefined
export const isFinished = (it: Case): boolean => lastOf(it, 'finished') !== undefined

/** What ends the duty to interpret it: an interpretation, or the word that it needs none. */
export const interpretedBy = (it: Case): CaseEvent | undefined => eventsOf(it, 'interpreted', 'exempted')[0]
export const needsNone = (it: Case): boolean =>
  it.events[0]?.body.needs === false || lastOf(it, 'interpreted', 'exempted')?.kind === 'exempted'

/** The three that every paper that is made public has to have, and which of them lack. */
export const lacking = (it: Case): string[] => {
  if (natureOf(it) !== 'active') return []
  const conclusion = lastOf(it, 'reviewed')?.body.conclusion
  return [
    ...(conclusion === 'pass' || conclusion === 'partly' ? [] : ['保密审查']),
    ...(isPublished(it) ? [] : ['公开']),
    ...(needsNone(it) || lastOf(it, 'interpreted') ? [] : ['解读']),
  ]
}
