import type { Intent } from '../model/intent.ts'
import { type Reading, tasksOf, unitsOf, untilOf } from './reading.ts'

const URGE = /催(?:一?下|办|促|一催|催|报|交|Ü|Ŧ|他们|没|还|所有|全部)?|督促|提醒(?:一?下)?|盯一?下|抓紧|赶[紧快]/
const WHOM =
  /逾期|超期|过期|超时|没报|未报|没交|未交|没完成|未完成|没反馈|未反馈|所有|全部|没签收|未签收|没认领|未认领|各单位|各部门|拖|退回/

/** Which duties an urging is for: late, unsigned, unclaimed, returned; 没报的 are the open ones. */
function urgedState(words: string): { state?: 'overdue' | 'unsigned' | 'unclaimed' | 'returned' | 'open' } {
  if (/逾期|超期|过期|超时|拖期/.test(words)) return { state: 'overdue' }
  if (/(?:没|未)签收/.test(words)) return { state: 'unsigned' }
  if (/(?:没|未)认领/.test(words)) return { state: 'unclaimed' }
  if (/退回|打回|驳回/.test(words)) return { state: 'returned' }
  if (/(?:没|未)(?:有)?(?:报|交|完成|反馈|办结)/.test(words)) return { state: 'open' }
  return {}
}

/** Urging, of the office or a leader. */
export function readUrge(r: Reading): Intent | undefined {
  const w = r.words
  if (
    !URGE.test(w) ||
    /催(?:了|过|得|的)|被催|已(?:经)?催|别(?:再)?催|不(?:用|要)催|催着/.test(w) ||
    /\?|吗|哪些|谁|几次|多少/.test(w)
  )
    return undefined
  // 没报的抓紧报, said by the office, is said to people; a leader who names a unit wants it urged.
  if (!/催|督促|提醒|盯/.test(w) && !(r.leader && r.named.length)) return undefined
  if (/配合单位/.test(w) && r.liaison) return undefined
  const order =
    /^(?:请|帮我?|帮忙|麻烦|再|给我|给|通知|告诉|叫|让|要求|(?:逾期|超期|过期|超时|没签收|未签收|没认领|未认领|没报|未报|没交|未交|没完成|未完成|没反馈|未反馈)的?|都|所有|全部?|单位|办公室|督查室|督办室|发|下|下发|Ñ|一?[次个份张]|把|对|向|Ü|Ŧ|Đ|Þ|的|和|、|,)*(?:再)?(?:催|督促|提醒|盯|抓紧|赶[紧快])/.test(
      w,
    ) || /(?:催|催办|督促|提醒)(?:一?下)?[。!]?$/.test(w)
  if (!order || !(r.ids.length || r.named.length || WHOM.test(w))) return undefined
  return { intent: 'urge', ...tasksOf(r), ...unitsOf(r), ...urgedState(w) }
}

const ORDERED =
  /请.{0,6}(?:Ü|各|分管|牵头).{0,40}(?:研究|牵头|落实|核实|办理|提出|拿出|跟进|抓紧|尽快|加快|务必|阅处|阅办|阅研|专题|报我|督办|处理|推进|汇报|上报|整改|整治|核查|调查|查处|处置|解决|报告|答复|说明|完成|排查|开展|做好|配合|负责)|(?:^|[,。;!])(?:请)?Ü.{0,30}(?:要(?![办交报完做][^,。]{0,4}的)|务必|必须|抓紧|尽快|加快)(?!参加)/

/** A leader's instruction (批示). */
export function readInstruct(r: Reading): Intent | undefined {
  const w = r.words
  const named =
    /^(?:(?:领导|市长|书记|县长|区长|州长|主任)?[^,。:]{0,8}(?:批示|指示|要求)(?:意见)?[:,]|批示|指示)/.test(w) &&
    !/没有|学习|贯彻|传达|精神/.test(w)
  if (named && (r.leader || r.office)) return { intent: 'instruct', ...unitsOf(r), ...tasksOf(r), ...untilOf(r) }
  if (
    !r.leader ||
    !(r.named.length || r.ids.length) ||
    /列(?:一?下|出|个|表)|清单|名单|统计|汇总|发(?:给)?(?:我|一?下|一?份)/.test(w) ||
    /\?|吗|哪|多少|怎么|啥|什么|谁|几/.test(w) ||
    /参加|开会|参会|过来|来我/.test(w)
  )
    return undefined
  if (
    !ORDERED.test(w) &&
    !/^(?:请)?(?:抓紧|尽快|加快|务必).{0,20}Ŧ|Ŧ.{0,12}(?:要|务必|必须)?(?:抓紧|尽快|加快)/.test(w)
  )
    return undefined
  return { intent: 'instruct', ...unitsOf(r), ...tasksOf(r), ...untilOf(r) }
}

/** 某市长批示：…, as the office passes it on. */
export const readPassedOn = (r: Reading): Intent | undefined =>
  /^[^,。:]{0,10}(?:批示|指示|批阅)(?:意见|要求)?:/.test(r.words) ? readInstruct(r) : undefined
