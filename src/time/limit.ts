import type { Scene } from './found.ts'
import type { Span } from './span.ts'
import { namedNouns, nominal, told, verbs } from './words.ts'

/** What stands after the time: 前 / 之前 / 止, 内, or nothing. */
export type Suffix = 'before' | 'within' | 'none'

interface Mention {
  scene: Scene
  start: number
  end: number
  span: Span
  suffix: Suffix
  ranged: boolean
}

const verbAfter = new RegExp(`^，?(?:${verbs})`)
const nounAfter = new RegExp(`^(?:${namedNouns})`)
const nominalVerb = new RegExp(
  `^，?(?:开展|完成|落实|推进|实施|建设|整改|培训|工作|办理|检查|考核|审查|受理|公开|运行|招标|发放|征求|研究|调研|总结){1,2}(?:的)?${nominal}`,
)
const startsThere = /^(?:以来|以后|之后|后(?!续|勤)|起(?!草|步|底)|开始(?!前)|至今|前后|份?的《|《)/
const since = /(?:自|从|始于|早于|距|距离|定于|有效期限?[至到为]?|施行)$/
const naming =
  /(?:报送|总结|通报|公布|公开|汇报|分析|回顾|上报|对|将|把|按照|按|根据|依据|依照|和|与|较|比|的|了|同|以|现|做好|抓好|汇总|述职|编制|制定|下达|印发)$/
const asOfThen = /(?:截至|截止)(?:到|至|于)?$/
const dueOn =
  /(?:[不最][晚迟]于?|最迟在?|时限[为是]?|(?:截止|完成|办结|建成|整改)(?:时间|日期|期限)[为是在]?|时间[为是]|期限[为是至到]|延[长期][至到]|推迟[至到]|工期[为是]?|持续[至到]|(?<![达收接直做得受提回遇找看听感来])到|(?:^|起|[，。；：（])至|于|在)$/
const opening = /(?:^|[，。；：、“”（）《》\n!?！？])$/
const stage = /阶段[^，。；（）]{0,8}[（：]$/
const others = /(?:国务院|国家|中央|省委|省政府|上级|部委|我省|全国人大)$/
/** 纳入年底考核 speaks of the check of the year's end. */
const counted = /(?:纳入|列入|作为)$/
const attributive =
  /^(?:新|将|拟|即将|已)?(?:修订|制定|出台|印发|发布|颁布|实施|建成|形成|登记|取得|批准|立项|开工|竣工|参加|退休){1,3}[^，。；]{0,4}的/

/** Whether the words set a limit, or only name a time (a period under report, a document's year, a past day). */
export function isLimit(mention: Mention): boolean {
  const { scene, start, end, span, suffix, ranged } = mention
  const before = scene.text.slice(Math.max(0, start - 16), start)
  const after = scene.text.slice(end, end + 20)
  if (startsThere.test(after) || /^(?:年?满\d|年满|出生|参加工作)/.test(after) || (!ranged && since.test(before)))
    return false
  if (span.last < scene.asOf && /^(?:上(?!半年)|去年|前年)/.test(scene.text.slice(start, end))) return false
  if (scene.column)
    return !(span.grain === 'year' && /^度?，?(?:全年|长期|持续|常态|常年|[春秋夏冬]季|学期|汛)/.test(after))
  if (isPast(mention, asOfThen.test(before))) return false
  if (suffix === 'before') return !(span.last < scene.asOf && attributive.test(after))
  if (span.grain === 'festival') return false
  if (asOfThen.test(before)) return true
  if (suffix === 'within' || span.edged) return isEdgeLimit(before, after, mention)
  if (span.grain === 'plan') return verbAfter.test(after) && !naming.test(before)
  return isBareLimit(before, after, mention)
}

/** Limits are not set behind the document's back: what ends before its year, or was the state of things then, is told. */
function isPast({ scene, span, suffix }: Mention, state: boolean): boolean {
  const newYear = `${scene.year}-01-01`
  const floor = scene.asOf < newYear ? scene.asOf : newYear
  if (state || (suffix === 'none' && span.grain === 'day')) return span.last < scene.asOf
  return span.last < floor
}

function isEdgeLimit(before: string, after: string, { scene, start, end }: Mention): boolean {
  const words = scene.text.slice(start, end)
  if (others.test(before) || counted.test(before) || (/内$/.test(words) && attributive.test(after))) return false
  if (told.test(after)) return false
  if (/年(?:初|中)$/.test(words)) return verbAfter.test(after) && !/^(?:确定|制定的|下达|预算|部署的)/.test(after)
  if (/年?终$/.test(words) && /^(?:考核|考评|评比|总结|奖)/.test(after) && !opening.test(before)) return false
  return opening.test(before) ? !/^(?:常住|人口|户籍|存量|余额|总结会?上)/.test(after) : !nounAfter.test(after)
}

/** 从5月5日起至6月20日, and a stretch of days that opens its sentence. */
const runs = (before: string, after: string, { grain }: Span) =>
  grain !== 'year' &&
  ((/[从自]$/.test(before) && (grain === 'day' || !after.includes('看'))) ||
    (grain === 'day' && opening.test(before) && after.startsWith('，')))

const underway = /^，在[^，。；\n]{2,10}(?:启动|推广|推行|开展|实施)/

function isBareLimit(before: string, after: string, { scene, span, start, ranged }: Mention): boolean {
  if (told.test(after)) return false
  const coarse = span.grain === 'year' && !ranged
  if (stage.test(before) && !coarse) return true
  if (dueOn.test(before))
    return !nounAfter.test(after) && (!/[于在]$/.test(before) || verbAfter.test(after) || /^[，。；]?$/.test(after))
  if (before.endsWith('（') && /^）/.test(after))
    return (
      span.grain !== 'year' &&
      /[^）》”\d]（$/.test(before) &&
      start > 4 &&
      !/(?:方案|计划|规划|要点|报告|条例|意见|办法|通知)（$/.test(before)
    )
  if (ranged && (/^(?:为|，为)/.test(after) || runs(before, after, span))) return true
  if (coarse && underway.test(after)) return true
  if (naming.test(before) || nominalVerb.test(after) || attributive.test(after)) return false
  if (coarse && /^，?(?:为|对|各|就|由|再|可|能|通过|将|应|全市|整体)/.test(after)) return false
  return (
    verbAfter.test(after) &&
    !(span.grain === 'day' && /^(?:公布|发布|印发|公告|通过)(?:的|[）。\n]|$)/.test(after)) &&
    scene.text !== ''
  )
}
