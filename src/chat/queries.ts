import type { Intent, IntentOf } from '../model/intent.ts'
import { keywordOf } from './keyword.ts'
import { stateOf } from './list-state.ts'
import { planOf, type Reading, tasksOf, unitsOf, windowOf } from './reading.ts'

const ASKS =
  /\?|没有[?。]?$|吗|呢$|哪些|哪几|哪个|哪家|哪项|什么|啥|多少|几[项个家件]|谁|怎么样|咋样|如何|情况|清单|列(?:表|一?下|出|个)|(?<![调检督审排普核抽巡清侦])查(?![阅收处验])|看|统计|汇总|排名|排行|进度|进展|还有|还差|还剩|有没有|有无|发(?:一?下|我|出来)|找|搜|显示|给我|多不多|有几|名单|一览|明细|数据|率|到期的?[。!]?$|任务[。!]?$|的[。!]?$|的(?:任务|反馈|事项|单位|部门|县区|项目|报告|事情?|工作|活)[。!]?$|逾期[。!]?$|是否|到哪|了没(?:有)?[?。!]?$|待(?:审核?|核实)[。]?$|待办[。]?$/

/** The units that a question is about: those named, else the speaker's own where a unit's liaison asks. */
function scope(r: Reading): { units?: string[] } {
  if (r.named.length) return unitsOf(r)
  if (
    /全市|全县|全州|全区|全省|各单位|各部门|所有单位|哪些单位|哪个单位|哪几家|哪几个单位|哪家|各家|大家|谁/.test(
      r.words,
    )
  )
    return {}
  return r.liaison && r.own.length ? { units: r.own } : {}
}

/** 我分管的, of a leader: the units in its charge. */
const charge = (r: Reading): { mine?: true } =>
  r.leader && /我(?:所)?分管|我(?:联系|挂包|挂联|负责)的(?:单位|部门)/.test(r.words) ? { mine: true } : {}

/** 我分管的单位, and no more: what is open there. */
const CHARGE_ALONE = /^我(?:所)?(?:分管|联系|挂包|挂联)的?(?:单位|部门)?(?:的)?(?:情况)?[。!]?$/

const CONTACT =
  /联系人|联系方式|联系电话|电话(?:是|号|多少)|(?:的|的?办公)电话|联络员(?:是|电话|叫|姓|的|有)|手机号?(?:是|多少)|找谁|问谁|跟谁|和谁(?:对接|联系)|联系谁|谁(?:在)?(?:负责|管|对接|经办|联系|管|牵头办)|对接人|经办人|负责人|哪个人负责|换成谁|换了谁|哪个(?:人|同志)?(?:在)?(?:负责|管|经办|对接)|谁是.{0,8}(?:联络员|联系人)|(?:Ü|Ŧ)(?:的)?(?:联络员|联系人|经办人|电话|联系方式)[。!]?$/

function contact(r: Reading): Intent | undefined {
  if (!CONTACT.test(r.words) || /电话(?:报|反馈|告知|汇报)/.test(r.words)) return undefined
  if (!r.ids.length && !r.named.length) return undefined
  if (
    /我是|换成(?!谁)|变更|改为|调整|新任|请.{0,8}(?:参加|参会)|(?:联络员|联系人)(?:已|换(?!成?了?谁)|变)/.test(r.words)
  )
    return undefined
  return { intent: 'contact', ...unitsOf(r), ...tasksOf(r) }
}

const RANK =
  /排名|排行|名次|排位|排序|排一?下|排个|榜|(?:哪个|哪家|哪些|谁|哪几[个家])(?:单位|部门|县区|家|县|区|局|委)?(?:任务|工作)?(?:Đ)?(?:完成|办|做|干|进度|表现|落实|推进|得分|干得|做得|办结|逾期|拖)?(?:得|的|率|任务|情况|数)?(?:最|较|比较|更|得?好|得?差|得?快(?![到要过逾超])|得?慢|第一|靠前|靠后|领先|落后|多$|少$|高$|低$)|最(?:好|差|快|慢|高|低|多|少)的?(?:是)?(?:哪|谁|单位|部门|县区|前|Ñ|[两三五十几])|前(?:三|五|十|Ñ|几)名?|倒数|垫底|末位|先进|落后的|靠前|靠后|对比|比一?比|比较一?下|(?:完成|办|做|干|进度)(?:得|情况|率)?最(?:好|差|快|慢|多|少)|谁(?:最|第一|快|慢|好|差)|第一名|最后一名|谁.{0,6}最/

const FIGURES =
  /完成率|办结率|按时率|及时率|逾期率|反馈率|签收率|占比|比例|百分比|(?:总体|整体|总的|全市|全县|全州|全区)(?:的)?(?:任务)?(?:完成)?(?:进度|进展|情况|完成|推进|落实)|(?:任务|工作|督办|整体|总体)?(?:完成|办结|落实|推进|办理|进展|执行)(?:的)?(?:情况|进度|数|量|得怎么样|得如何|得咋样|怎么样|如何|咋样)|进度|进展(?:如何|怎么样|情况)?|统计|数据|(?:完成|办结|逾期|超期|到期|反馈|办|报|交|做|销号|剩|差|欠|未完成|没完成)(?:了|的)?(?:有)?(?:多少|几)(?!号|点|家|个单位|月)|(?:多少|几)(?:项|个|件)?(?:任务|事项|工作)?(?:没|未|已|逾期|超期|到期|完成|办结|在办)|(?:多少|几)(?:项|个|件)(?:任务|事项|工作)?(?:没|未|已|逾期|超期|到期|完成|办结|在办|还没|尚未|要|待)?|一共(?:有)?(?:多少|几)|总(?:数|量|共)|汇总(?:一下)?数|概况|总览|盘点|形势|到什么程度|几成|到哪(?:一?步|个程度)/

const LISTED = /列(?:出|给|一下|表|个|明|清)|哪些|哪几|有啥|什么|清单|明细|名单|谁|具体|发一?下|发我/

function figures(r: Reading): Intent | undefined {
  if (!FIGURES.test(r.words) || LISTED.test(r.words.replace(/为什么|什么程度/g, '')) || !asked(r)) return undefined
  if (/有关|相关|涉及|关于|方面/.test(r.words) && !/完成|办结|进度|进展|率/.test(r.words) && keywordOf(r))
    return undefined
  return { intent: 'figures', ...scope(r), ...windowOf(r), ...charge(r), ...planOf(r) }
}

const asked = (r: Reading): boolean =>
  /\?|多少|几[项个件]|怎么样|如何|咋样|情况[。!]?$|率[。!]?$|进度[。!]?$|进展[。!]?$|统计|汇总|看|查|率(?:是|有|怎|高|达)|数[。!]?$|数据[。!]?$|量[。!]?$|概况|总览|发|盘点|给我|报一下|什么样|到什么程度|几成|到哪|占比|比例|说一?下|形势/.test(
    r.words,
  )

const DETAIL =
  /是什么|什么(?:内容|任务|要求|意思|情况|时候|进展|状态)|啥(?:内容|任务|要求|意思|情况|时候|进展)|是啥|干嘛|干什么|干啥|做什么|给谁|谁了|卡在|谁(?:家)?的(?:任务|活|事)|是谁|归谁|^说说|(?:交|报|做|办|写|提供|准备|公开|发)(?:些|点)?(?:什么|啥)|什么时间|为什么|为啥|什么原因|几号|进展|进度|怎么样|咋样|如何|到哪|详情|详细|具体|内容|看|(?<![调检督审排普核抽巡清侦])查(?![阅收处验])|情况|要求|期限|时限|截止|到期|状态|呢[?。]?$|吗|完成没|办结没|了没|(?<![还也都并])没有[?。]?$|\?|办得|谁牵头|牵头(?:单位)?(?:是|有)|配合单位(?:是|有)|责任单位(?:是|有)|哪个单位|是不是|是否|怎么还|说一?下|介绍|介绍一下|讲的|说的|批了|审了/

const WHO_LACKS =
  /(?:还)?(?:差|缺|剩)(?:谁|哪|几家|几个|多少)|(?:谁|哪些|哪几|哪个|哪家|几家|多少家|多少单位|几个单位|还有谁|还有哪|有没有(?:人|谁|哪个|哪家|单位))(?:单位|部门|县区|家)?(?:还|都|是)*(?:没|未|尚未|没有|欠|缺|差)|(?:没|未|没有)(?:报|交|完成|反馈|公开|提交|办|签收|认领)(?:的)?(?:单位|部门|县区|有谁|有哪些|是谁|名单|都?有(?!Ŧ))|未(?:报|交|完成|反馈)(?:名单|单位)|(?:完成|报|交|反馈)了?的单位|(?:谁|哪些单位|哪几家|哪些部门|哪些县区|哪个单位|哪几个单位)(?:已经?|都)?(?:报|交|完成|反馈|办结|公开|提交|签收|认领)了?/

/** 96号还差谁: who has handed in a task, who has not. */
export function readLacking(r: Reading): Intent | undefined {
  if (r.said.length && WHO_LACKS.test(r.words)) {
    const state = stateOf(r)
    const lacking = /没|未|差|缺|剩|欠/.test(r.words) && (state === undefined || state === 'done')
    return { intent: 'list', ...tasksOf(r), ...unitsOf(r), ...windowOf(r), state: lacking ? 'open' : (state ?? 'open') }
  }
  return undefined
}

function aboutTasks(r: Reading): Intent | undefined {
  if (!r.ids.length || r.links.length) return undefined
  const noun =
    /^(?:Þ)?(?:Ü的?)?Ŧ(?:的)?(?:具体|办理|任务|完成|目前)?(?:内容|要求|期限|时限|截止时间|截止日期|完成时限|时间节点|节点|完成时间|原文|全文|详情|进度|进展|情况|状态|责任单位|牵头单位|配合单位)[。!]?$/.test(
      r.words,
    )
  const bare =
    noun ||
    /^(?:Þ)?Ŧ[。!]?$|^(?:请)?(?:看|查|查看|看看|看一?下|查一?下|查询|显示|打开)(?:一?下)?(?:Þ)?Ŧ(?:的)?(?:任务|详情|情况)?[。!]?$/.test(
      r.words,
    )
  const given = /^(?:请|给我|帮我|帮忙|把|Þ)*(?:发|找|调出|列)(?:一?下)?(?:我)?(?:Þ)?Ŧ/.test(r.words)
  const named = r.said.length > 0 || r.words.length <= 14
  if (named && (bare || given || DETAIL.test(r.words))) return { intent: 'task', ...tasksOf(r) }
  return undefined
}

const SUBJECT =
  /任务|事项|督办|到期|逾期|超期|过期|超时|还差|还剩|还欠|完成|办结|没报|未报|要交|要报|该报|该交|没交|未交|反馈|签收|认领|审核|待核实|退回|驳回|延期|触发|待办|在拖|拖着|打回|办完|干完|做完|弄完|交齐|报齐|交的|报的|红灯|清单|没弄|要做|要干|要办|该办|要完成|进度|截止|没公开|未公开|要公开|节点|没办|未办|在办(?!公)|还没报|没有报|没上报|销号|待审|没审|(?:谁|单位|Ü)(?:已经?)?(?:报|交|完成|反馈)了|报上来|新报|有(?:什么|啥)安排|(?:没|未)按[^,。]{1,6}(?:报|交|完成|办|公开)|[还有剩](?:多少|几)[项个件]|还有(?:啥|什么|哪些)(?:没|要|[。!?]?$)/

/** A liaison who says 还没上报 tells; with 哪些, 还有, 的单位 it is a question. */
const TELLS = /没|未|尚|正在|在办|预计|争取|快/
const QUESTIONS =
  /了没|哪|谁|什么|啥|多少|几|\?|吗|呢|有没有|有无|列|查|清单|名单|还有|看|发一?下|的[。!]?$|(?:任务|事项|单位|项目|反馈)[。!]?$/

/** 跟我局有关的扶贫任务: a search among the speaker's own. */
const ofOurs = (r: Reading): { units?: string[] } =>
  r.liaison && r.own.length > 0 && /(?:我们?|本|咱们?)(?:局|委|办|单位|中心|院|县|区|们)/.test(r.words)
    ? { units: r.own }
    : {}

function list(r: Reading): IntentOf<'list'> | undefined {
  if (r.leader && CHARGE_ALONE.test(r.words)) return { intent: 'list', state: 'open', ...charge(r) }
  const keyword = keywordOf(r)
  if (!ASKS.test(r.words) && !keyword) return undefined
  if (keyword) {
    return { intent: 'list', ...(r.named.length ? unitsOf(r) : ofOurs(r)), ...windowOf(r), ...keyword, ...planOf(r) }
  }
  if (/了没(?:有)?[?。!]?$/.test(r.words) && !/^(?:我们?|本|咱|Ü|Đ|各|全|任务|都|有|,)/.test(r.words)) return undefined
  if (!SUBJECT.test(r.words) || (r.liaison && !r.office && TELLS.test(r.words) && !QUESTIONS.test(r.words)))
    return undefined
  const state = stateOf(r) ?? 'open'
  return { intent: 'list', ...scope(r), ...windowOf(r), state, ...charge(r), ...planOf(r) }
}

/** 12号的要求, #12: a task named and nothing said of it. */
export const isBareTask = (r: Reading): boolean =>
  /^(?:Þ)?(?:Ü的?)?Ŧ(?:(?:的)?(?:具体|办理|任务|完成|目前)?(?:内容|要求|期限|时限|截止时间|截止日期|完成时限|时间节点|节点|完成时间|原文|全文|详情|进度|进展|情况|状态|责任单位|牵头单位|配合单位))?[。!]?$/.test(
    r.words,
  )

/** 12号的具体要求发一下: something of a task is asked for. */
export const isRequest = (r: Reading): boolean =>
  /^(?:Þ)?(?:把|请)?Ŧ(?:的)?.{0,10}(?:要求|内容|详情|原文|情况|清单)(?:再)?发(?:一?下|我|来|给我)|^(?:请|麻烦|帮我?|帮忙|给我)+(?:查|看|找|调)(?:一?下|看)?(?:Þ)?Ŧ|^(?:Þ)?我们?(?:想|要|想要|需要)?(?:看看?|查|了解|知道|问)(?:看|一?下)?(?:Þ)?Ŧ/.test(
    r.words,
  )

/** Questions to the ledger: one task, lists, figures, ranks, whom to ask. */
export function readQuery(r: Reading): Intent | undefined {
  const found = contact(r) ?? aboutTasks(r)
  if (found) return found
  if (r.said.length || CONTACT.test(r.words)) return undefined
  if (RANK.test(r.words)) return { intent: 'rank', ...windowOf(r), ...planOf(r) }
  return figures(r) ?? list(r)
}
