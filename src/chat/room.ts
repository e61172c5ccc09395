import type { Intent } from '../model/intent.ts'
import { numberOf } from './numbers.ts'
import { type Reading, unitsOf } from './reading.ts'

const QUIET = /静音|免打扰|勿扰|消停/
const HELD = /(?:别|不要|先别|暂时别|暂停|停|不用)(?:再)?(?:推送?|提醒|发|吵|播报)/
const LENGTH = /(半|[\d一二两三四五六七八九十]{1,3})个?(半)?(分钟|小时|钟头|天)/
const LIFTED = /(?:取消|解除|关闭|结束|退出|恢复)(?:.{0,2})(?:静音|免打扰|勿扰)/

function minutesIn(text: string): number | undefined {
  const [, count, half, unit] = LENGTH.exec(text) ?? []
  if (!count || !unit) return undefined
  const n = count === '半' ? 0.5 : numberOf(count) + (half ? 0.5 : 0)
  return Number.isFinite(n) ? Math.round(n * (unit === '分钟' ? 1 : unit === '天' ? 1440 : 60)) : undefined
}

/**
 * 静音一小时, 今天别推了: silence for a while. How long “today” lasts is the clock's to say: no minutes. Without an end
 * (别推了) it is no mute but the end of a subscription.
 */
export function readMute(r: Reading): Intent | undefined {
  if (r.said.length || r.words.length > 20 || /\?|吗|怎么|如何|谁|会议|手机|开会/.test(r.words)) return undefined
  if (LIFTED.test(r.words)) return { intent: 'mute', minutes: 0 }
  const minutes = minutesIn(r.text)
  const today = r.times.some((t) => t.day && t.to === r.asOf)
  if (!QUIET.test(r.words) && !(HELD.test(r.words) && (minutes !== undefined || today))) return undefined
  return { intent: 'mute', ...(minutes === undefined ? {} : { minutes }) }
}

const AIMED =
  /^(?:请)?(?:把)?(?:本|这个?)群(?:里)?(?:默认|以后|今后)?(?:就)?(?:说的是|用的是|改用|使用|用|按|对应|指定|默认|设为|改为)(?:的)?(?:方案)?Þ(?:方案|的任务|的编号|的编号说)?[。!]?$/
const UNAIMED =
  /^(?:本|这个?)群(?:不再?|不用|取消)(?:默认|指定)(?:任何)?方案[。!]?$|^取消(?:本|这个?)群(?:的)?(?:默认|指定)(?:的)?方案[。!]?$/

/** 本群用公开18: which plan a bare number means there from now on. */
export function readAimed(r: Reading): Intent | undefined {
  if (UNAIMED.test(r.words)) return { intent: 'bind', target: 'group', plan: '' }
  return r.plan !== undefined && AIMED.test(r.words) ? { intent: 'bind', target: 'group', plan: r.plan } : undefined
}

const NAME = '([\\u4e00-\\u9fa5]{2,3}?)'
const SUCCESSOR = [
  new RegExp(
    `(?:联络员|联系人|联络人|经办人)(?:已|现|由[\\u4e00-\\u9fa5]{2,3})*(?:换成|换为|变更为|变为|改为|改成|调整为|更换为|更换成|现由|现为|改由|由)(?:了)?${NAME}(?:同志)?(?:担任|接任|接替|负责)?(?:了)?(?=$|[,。!、(\\d]|电话|手机)`,
  ),
  new RegExp(`(?:新(?:任|的)?联络员)(?:是|为|叫|:)+${NAME}(?:同志)?(?=$|[,。!、(\\d]|电话|手机)`),
  new RegExp(
    `(?:以后|今后|从Đ起)(?:督办|联络|联络员)(?:工作|的事)?(?:由|请找|找)${NAME}(?:同志)?(?:负责|联系|对接|接手)?(?=$|[,。!、(\\d]|电话|手机)`,
  ),
]

/** 联络员换成李四: another person speaks for a unit from now on. */
export function readHandover(r: Reading): Intent | undefined {
  if (r.said.length || r.leader || /\?|吗|谁|怎么|如何|拟|准备|请假|休假|出差/.test(r.words)) return undefined
  const to = SUCCESSOR.map((shape) => shape.exec(r.words)?.[1]).find((name) => name !== undefined)
  if (!to) return undefined
  return {
    intent: 'handover',
    ...(r.named.length ? unitsOf(r) : r.liaison && r.own.length ? { units: r.own } : {}),
    to,
  }
}
