import type { Intent } from '../model/intent.ts'
import { type Reading, wordsOf } from './reading.ts'
import { pastPeriod } from './spans.ts'

const CHANNELS: readonly (readonly [RegExp, string])[] = [
  [/(?:政务)?微信(?:公众号|公众平台)?|公众号/, 'wechat'],
  [/(?:政务)?微博/, 'weibo'],
  [/(?:新闻)?发布会|新闻通气会/, 'conference'],
  [/(?:政务|信息|公开)?(?:信息)?查阅(?:点|场所|室)/, 'points'],
  [/(?:门户|政府|政务|部门|单位|官方)?网站|官网|门户网/, 'website'],
  [/其他(?:方式|渠道|途径|形式)?|其它(?:方式|渠道|途径)?/, 'other'],
  [/合计|总计|共计|总数|总共|累计|一共|^共$/, 'total'],
]
const COUNT =
  /((?:政务)?微信(?:公众号|公众平台)?|公众号|(?:政务)?微博|(?:新闻)?发布会|新闻通气会|(?:政务|信息|公开)?(?:信息)?查阅(?:点|场所|室)|(?:门户|政府|政务|部门|单位|官方)?网站|官网|门户网|其他(?:方式|渠道|途径|形式)?|其它(?:方式|渠道|途径)?|合计|总计|共计|总数|总共|累计|一共|共)(?:上|平台|渠道)?(?:\d{4}年)?(?:\d{1,2}月份?)?(?:已经?|共|一共|累计|总共)?(?:主动)?(?:公开|发布|发|推送|推文|召开|举办|开|新增|更新|刊登)?(?:政府|政务|各类)?(?:信息|文章|稿件|推文|消息)?(?:了|数|量)?[为是:：=\s]{0,3}(-?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d+)?)(万)?(?![\d.]|\s*[月年日号季])/g

/** So many months after a month nobody tells its figures without its year: it is this year's, and not over. */
const LATELY = 6

/** A month of last year that is long ago is meant for this year's, unless its year was said. */
const ofLately = (period: string, asOf: string, said: boolean): string => {
  const [year, month] = period.split('-').map(Number)
  const [thisYear = 0, thisMonth = 0] = asOf.split('-').map(Number)
  if (said || !/^\d{4}-\d{2}$/.test(period) || year !== thisYear - 1) return period
  return thisMonth + 12 - (month ?? 0) > LATELY ? `${thisYear}${period.slice(4)}` : period
}

/** The round that figures are for: the first month, quarter or year that the text names. */
function tallyPeriod(r: Reading): string | undefined {
  for (const time of r.times) {
    const [period] = time.periods
    const said = /\d{4}|去年|今年|本/.test(wordsOf(r, time))
    if (period) return ofLately(pastPeriod(period, r.asOf, said), r.asOf, said)
  }
  return undefined
}

/** 7月报数还差谁, 哪些单位没报数: who has not told yet. */
const WHO_HAS_NOT =
  /报数(?:的)?(?:还)?(?:差|缺|有)?(?:哪些|谁|哪几家|哪几个)(?:单位)?(?:没|未|还没)?(?:报|交)?|(?:哪些|谁|哪几家|哪几个)(?:单位)?Đ?(?:的)?(?:还)?(?:没有?|未|没)报数/

function tally(r: Reading): Intent | undefined {
  const counts: Record<string, number> = {}
  for (const match of r.text.matchAll(COUNT)) {
    const channel = CHANNELS.find(([words]) => words.test(match[1] ?? ''))?.[1]
    if (channel && !(channel in counts))
      counts[channel] = Number(match[2]?.replaceAll(',', '')) * (match[3] ? 10_000 : 1)
  }
  const kinds = Object.keys(counts)
  if (!kinds.length && WHO_HAS_NOT.test(r.words)) return { intent: 'tally', ...period(r), list: true }
  const asked = /报数|信息(?:公开)?(?:量|数)|统计数|上报数/.test(r.words)
  if (!kinds.length) return /^(?:报数Đ?|Đ的?报数)[!。]?$/.test(r.words) ? { intent: 'tally', ...period(r) } : undefined
  const own = kinds.filter((kind) => kind !== 'total' && kind !== 'other')
  if (!asked && (!own.length || /\?|吗|哪些|谁/.test(r.words) || (r.said.length > 0 && own.length < 2)))
    return undefined
  const theme = /(?:主题|专题|类别|领域)[:： ]*([\u4e00-\u9fa5]{2,12})/.exec(r.text)?.[1]
  return { intent: 'tally', ...period(r), counts, ...(theme ? { theme } : {}) }
}

const period = (r: Reading): { period?: string } => {
  const found = tallyPeriod(r)
  return found ? { period: found } : {}
}

const ABOUT_REQUEST = /依申请|(?:信息)?公开申请|申请公开|申请(?:编号|件)|申请人/
const REQUEST_NUMBER =
  /^(?:请|把|将)?(?:依)?申请(?:公开)?(?:编号|件|第)?[# ]?(?:Ŧ|\d{1,4}(?:号|件)?)|^Ŧ(?:信息公开|公开|依申请)?申请(?:件)?(?:已|的?答复|予以|不予|部分)/

/** 依申请3号…, at the head: a number of the register, never one of a plan. */
const OWN_NUMBER = /^(?:请|把|将)?依申请(?:公开)?(?:编号|第|件|#)?\s*(?:\d{4}-)?\d{1,4}(?![\d年月日-])(?:号|件)?\s*/
const ASKS = /哪些|怎么样|办到哪|进展如何|到期|还有几天|\?|吗|^(?:的)?(?:情况|进展|时限)?$/

/** What is said of one application by its number: handed to a unit, or what a unit tells of it. */
function numberedRequest(r: Reading): Intent | undefined {
  const number = OWN_NUMBER.exec(r.text)?.[0]
  if (number === undefined) return undefined
  const rest = r.text.slice(number.length)
  if (ASKS.test(rest)) return { intent: 'request', action: 'list' }
  if (r.liaison) return { intent: 'request', action: 'note' }
  if (/(?:交办?|转办?|派|分)(?:给|由|到)?Ü|由Ü(?:承|主)?办/.test(r.words))
    return { intent: 'request', action: 'assign' }
  return /^(?:记录|进展)[:,]/.test(rest) ? { intent: 'request', action: 'note' } : undefined
}

function request(r: Reading): Intent | undefined {
  const own = numberedRequest(r)
  if (own) return own
  const numbered = REQUEST_NUMBER.test(r.words)
  const about = ABOUT_REQUEST.test(r.words)
  if (!about && !(numbered && !(r.liaison && /延期|宽限|延长到|延到/.test(r.words)))) return undefined
  const w = r.words
  const asks =
    /哪些|几[件个项]|多少|清单|列(?:表|一下|出)|快到期|到期的|查(?!阅)|看|台账|有没有|未答复的|没答复的|待答复|逾期|情况怎么样|\?|吗|谁/.test(
      w,
    )
  if (asks && !/^(?:登记|新增|录入|收到)/.test(w)) return { intent: 'request', action: 'list' }
  if (/延期|延长|展期/.test(w)) return { intent: 'request', action: 'extend' }
  if (/未答复|没答复|尚未|还没|没有答复|正在|不答复|准备答复|拟答复/.test(w)) return undefined
  if (
    /^(?:请)?(?:登记|新增|录入|受理|收到|新收|接到|收|来了|今天收到|Đ收到|刚收到)|登记(?:一[件条个下]|:|,)|(?:收到|新收|接到)(?:一[件份个]|Ñ)/.test(
      w,
    ) &&
    !/已答复/.test(w)
  ) {
    return { intent: 'request', action: 'register' }
  }
  if (
    /(?:已|已经)?答复(?:了|完|出去|申请人|,|。|!|$)|已答复|予以公开|不予公开|部分公开|已回复|答复完|信息不存在|非本机关|已告知|予以答复/.test(
      w,
    ) &&
    (numbered || r.said.length > 0 || /已/.test(w))
  ) {
    return { intent: 'request', action: 'reply' }
  }
  if (/申请人/.test(w) && /登记|申请公开/.test(w)) return { intent: 'request', action: 'register' }
  return undefined
}

/** What else is done to an incident that has its number. */
const DONE_TO_INCIDENT = [
  ['hand', /转(?:办|给|交|送)?(?:至|到|给)?Ü|交(?:给|由|办)?Ü|Ü(?:核实|核查|办理|处置)/],
  ['raise', /(?:升级|提高|上调|调整)(?:等级|级别)?(?:为|到|至|成)(?:特别)?重大/],
  ['finish', /办结|结案|销号/],
  ['feedback', /(?:已|单位)(?:经)?(?:反馈|核实|核查)|反馈[:,]/],
] as const

function sentiment(r: Reading): Intent | undefined {
  const w = r.words
  if (!/舆情/.test(w) || (r.said.length > 0 && !/舆情(?:第|编号)?Ŧ|Ŧ(?:的)?舆情/.test(w))) return undefined
  const numbered = /舆情[第#]?(?:Ŧ|\d{1,4})|Ŧ(?:的)?舆情/.test(w)
  if (
    /^(?:查|看|查看|查询)(?:一?下)?舆情$|(?:哪些|几[件个起条]|多少|清单|列表|有没有|还有|待回应|未回应|没回应|查一?下|看看?|台账|(?:处理|回应|处置|办)(?:完|好)?了?(?:吗|没)|进展|处置情况|怎么样)/.test(
      w,
    ) &&
    !/登记|网传|已/.test(w)
  ) {
    return { intent: 'sentiment', action: 'list' }
  }
  if (/没|未|尚|准备|拟|将|预计|打算/.test(w) && numbered) return undefined
  const done = numbered ? DONE_TO_INCIDENT.find(([, words]) => words.test(w)) : undefined
  if (done) return { intent: 'sentiment', action: done[0] }
  if (numbered && /发布会|通气会/.test(w)) return { intent: 'sentiment', action: 'conference' }
  if (numbered && /权威信息|发布|公布|公开|回应|声明|通报|公告|回复|澄清|辟谣/.test(w))
    return { intent: 'sentiment', action: 'statement' }
  if (
    /^(?:请)?(?:舆情登记|登记(?:一[条起件个])?(?:新)?(?:的)?舆情|新增(?:一[条起件个])?舆情|舆情(?:上报|报告|录入|新增)|录入(?:一[条起件个])?舆情|上报(?:一[条起件个])?舆情|发现(?:一[条起件个])?舆情)|网传|^舆情[:,].*(?:登记|记录)(?:一?下)?[。!]?$/.test(
      w,
    )
  ) {
    return { intent: 'sentiment', action: 'register' }
  }
  return undefined
}

/** Figures, applications and incidents: the other registers. */
export const readRegisters = (r: Reading): Intent | undefined => sentiment(r) ?? request(r) ?? tally(r)
