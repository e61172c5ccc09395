import type { Day } from '../model/deadline.ts'
import { daysBetween } from '../time/day.ts'
import { normal } from './text.ts'
import { findTimes } from './times.ts'

/** Which application is meant: 依申请2026-3, or 依申请3号 without its year. */
export interface RequestNumber {
  year?: number
  ord: number
}

const NUMBERED = [
  /(?:依申请(?:公开)?|公开申请|申请公开|申请)(?:编号|件|第|#|\s)*(?:(\d{4})-)?(\d{1,4})(?![\d年月日-])/,
  /^(?:请|把|将)?(?:第)?(?:(\d{4})-)?(\d{1,4})(?:号|件)(?:信息公开|公开|依)?申请/,
]

export const requestNumber = (text: string): RequestNumber | undefined => {
  const words = normal(text)
  for (const pattern of NUMBERED) {
    const [, year, ord] = pattern.exec(words) ?? []
    if (ord !== undefined) return { ord: Number(ord), ...(year !== undefined && { year: Number(year) }) }
  }
  return undefined
}

/** Half a year ahead is not meant by whoever says in January what happened on 29 December. */
const FAR = 180

const past = (day: Day, words: string, today: Day): Day =>
  daysBetween(today, day) > FAR && !/\d{4}|今年|明年/.test(words)
    ? `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
    : day

/** The days that a text names as such, in its order: what happened. */
const daysSaid = (text: string, today: Day): { day: Day; end: number; before: boolean }[] => {
  const words = normal(text)
  return findTimes(words, today)
    .times.filter(({ day, from, to }) => day || from === to)
    .map(({ to, start, end, before }) => ({
      ...{ day: before ? to : past(to, words.slice(start, end), today), end, before },
    }))
}

const first = <T>(table: readonly (readonly [RegExp, T])[], text: string): T | undefined =>
  table.find(([pattern]) => pattern.test(text))?.[1]

const CHANNELS = [
  [/平常信函|平信|普通信/, 'plainMail'],
  [/传真/, 'fax'],
  [/网络|互联网|网上|网站|系统|电子邮件|邮箱|邮件/, 'internet'],
  [/挂号|邮寄|信函|快递|签收|EMS/i, 'signedMail'],
  [/当面|现场|上门|窗口/, 'inPerson'],
] as const

const KINDS = [
  [/商业企业|企业/, 'enterprise'],
  [/科研机构/, 'research'],
  [/社会公益组织|公益组织/, 'welfare'],
  [/法律服务机构|律师事务所/, 'legal'],
  [/其他(?:组织|单位|申请人|法人)/, 'other'],
  [/自然人|公民|个人/, 'natural'],
] as const

const KIND_WORD =
  '(?:自然人|公民|个人|商业企业|企业|科研机构|社会公益组织|公益组织|法律服务机构|律师事务所|其他(?:组织|单位|申请人|法人))'
const NAME = new RegExp(
  `(?:申请人(?:类别)?|${KIND_WORD})(?:是|为|[:\\s])*(?:${KIND_WORD})?(?:是|为|[:,\\s])*([^\\s,，;；。:]{2,40}?)(?=$|[\\s,，;；。]|(?<!依)申请|要求|电话|手机|联系)`,
)
const CONTENT = /(?:(?<!依)申请(?:公开|获取)|要求公开|申请内容|内容(?=[是为:：]))[是为:：\s]*(.+)$/s
const SUBJECT = /事由[是为:\s]*([^,，;；。\n]{1,60})/
const CONTACT = /(?:电话|手机|联系方式|邮箱)[号是为:\s]*([\d-]{7,20}|[^\s@,，]+@[^\s,，]+)/

/** What a message says of an application that is to be entered; what it does not say is absent. */
export interface Registered {
  at?: Day
  channel?: string
  applicant?: string
  name?: string
  contact?: string
  description?: string
  subject?: string
}

const HEAD =
  /^(?:请|帮我)?(?:登记|新登记|新增|录入|受理|收到|接到|新收|刚收到)?(?:一?[件个份条])?(?:新的)?(?:依申请(?:公开)?|信息公开申请|公开申请)(?:登记)?(?:一[件个份])?[:,\s]*/

/** 登记依申请 网络 3月2日 自然人 张三 电话… 事由：… 申请公开…: whatever stands behind the content belongs to it. */
export const readRegistered = (text: string, today: Day): Registered => {
  // The content is kept as it was written, down to its signs.
  const content = CONTENT.exec(text)
  const before = normal(content ? text.slice(0, content.index) : text).replace(HEAD, '')
  const [day] = daysSaid(before, today)
  const [channel, applicant] = [first(CHANNELS, before), first(KINDS, before)]
  const said: Record<string, string | undefined> = {
    ...{ at: day?.day, channel, applicant, name: NAME.exec(before)?.[1], contact: CONTACT.exec(before)?.[1] },
    ...{ description: content?.[1]?.trim(), subject: SUBJECT.exec(before)?.[1]?.trim() },
  }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== ''))
}

/** Words of a result, those first that hold another's. */
const RESULTS = [
  [/补正后.{0,8}不明确/, 'still-unclear'],
  [/部分公开|区分处理/, 'partial'],
  [/国家秘密/, 'secret'],
  [/三安全一稳定|危及/, 'security'],
  [/(?:法律|行政法规|法规).{0,6}禁止/, 'forbidden'],
  [/第三方|商业秘密|个人隐私/, 'third-party'],
  [/内部事务/, 'internal'],
  [/过程性/, 'process'],
  [/执法案卷/, 'enforcement-file'],
  [/行政查询|查询事项/, 'inquiry'],
  [/不掌握|信息不存在|不属于本机关|非本机关/, 'not-held'],
  [/另行制作|没有现成/, 'to-be-made'],
  [/信访|举报|投诉/, 'complaint'],
  [/大量反复/, 'excessive'],
  [/重复申请/, 'repeated'],
  [/出版物/, 'published-books'],
  [/重新出具|确认/, 'reissue'],
  [/其他处理/, 'otherwise'],
  [/(?<!不)(?:予以公开|同意公开|全部公开|已公开)/, 'granted'],
] as const

/** The same for an application that goes by the rules of 2007. */
const RESULTS_2007 = [
  [/部分公开/, 'partial'],
  [/主动公开/, 'already-public'],
  [/国家秘密/, 'secret'],
  [/商业秘密/, 'trade-secret'],
  [/个人隐私/, 'privacy'],
  [/危及|社会稳定/, 'security'],
  [/不是.{0,6}政府信息/, 'no-such-kind'],
  [/法律法规规定/, 'forbidden'],
  [/不属于|非本机关/, 'not-ours'],
  [/不存在/, 'not-existing'],
  [/更改|补充/, 'to-change'],
  [/其他途径/, 'elsewhere'],
  [/(?<!不)(?:予以公开|同意公开)/, 'granted'],
] as const

const DELIVERIES = [
  [/邮寄|寄出|寄送|交邮|EMS/i, 'post'],
  [/当面|签收|领取/, 'hand'],
  [/传真/, 'fax'],
  [/网络|邮箱|电子邮件|网上|在线/, 'electronic'],
] as const

const PAPER_NUMBER = /([\p{Script=Han}A-Za-z]{1,20}[〔[（(【]\d{4}[〕\]）)】]\s*(?:第)?\d{1,5}号)/u

/** What a message says of an answer that went out. */
export const readReplied = (text: string, today: Day, revised: boolean): Record<string, string> => {
  const number = PAPER_NUMBER.exec(text)?.[1]?.replace(/^(?:文号|答复书)(?:为|是)?/, '')
  const words = normal(number === undefined ? text : text.replace(number, ''))
  const said = {
    at: daysSaid(words, today).find(({ before }) => !before)?.day,
    result: first<string>(revised ? RESULTS : RESULTS_2007, words),
    ...{ number, delivery: first(DELIVERIES, words) },
  }
  return Object.fromEntries(Object.entries(said).filter((pair): pair is [string, string] => pair[1] !== undefined))
}

const CONSENT = /(?:经|报|由|已经)\s*([^,，。;；\s]{1,12}?)(?:审批|批准|同意)/

/** What a message says of an extension: with whose consent, told to the applicant on which day, for how many workdays. */
export const readExtended = (text: string, today: Day): { by?: string; told: boolean; at?: Day; days?: number } => {
  const words = normal(text)
  const by = CONSENT.exec(words)?.[1]
  const at = daysSaid(words, today).find(({ before }) => !before)?.day
  const days = /(\d{1,3})个?工作日/.exec(words)?.[1]
  return {
    ...(by !== undefined && { by }),
    told: /(?:告知|通知|书面告|短信告)/.test(words),
    ...(at !== undefined && { at }),
    ...(days !== undefined && { days: Number(days) }),
  }
}

/** 3月10日前报意见: until when a unit is to answer. */
export const untilSaid = (text: string, today: Day): Day | undefined =>
  daysSaid(text, today).find(({ before }) => before)?.day

const NOTE_HEAD =
  /^.*?依申请(?:公开)?(?:编号|件|第|#|\s)*(?:\d{4}-)?\d{1,4}(?:号|件)?(?:的)?(?:办理)?(?:进展|情况)?(?:是|为)?[:：,，\s]*/

/** What a unit tells of an application that it has; `ready`: its opinion is there. */
export const readNoted = (text: string): { text: string; ready: boolean } => ({
  text: text.replace(NOTE_HEAD, '').trim(),
  ready: /意见(?:已经?|都已)报|意见(?:报齐|报送|报来|提交|报了)|已报(?:办理)?意见/.test(text) && !/未|没|尚/.test(text),
})
