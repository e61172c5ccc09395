import type { Intent } from '../model/intent.ts'
import { concerned } from './groups.ts'
import { readSplit, readTick } from './inside.ts'
import { receiver } from './office.ts'
import { planOf, type Reading, tasksOf, unitsOf, untilOf } from './reading.ts'
import { viaOf } from './report.ts'
import type { TaskMention } from './tasks.ts'

const QUESTION = /\?|吗|哪些|哪个|谁|多少|怎么|如何|是不是|是否|有没有|什么/

/** A clause of a bare 收到: the signing itself, a courtesy, a promise to see to it; nothing else may be said. */
const SIGNED =
  /^(?:我局|我单位|我委|我们|本单位|Ü)?(?:都|全部|均|已经?|全|所有|的|任务)*(?:(?:收到|签收|收悉)(?:了|啦|啊|哈)?)+(?:全部任务|所有任务|全部|任务|(?:督办|督查|交办|任务)(?:通知单?|任务|单|件|事项|清单))?$/
const BESIDE_SIGNED =
  /^(?:(?:我们?|我局)?(?:会|将)?(?:马上|立即|立刻|抓紧|尽快|一定|按要求|按时)?(?:落实|办理|安排|处理|去办|办|照办|执行|抓落实|研究|报告领导)|遵照执行|照办|ok|好的?|好嘞|嗯+|明白|知悉|已?知晓|(?:谢谢|感谢|辛苦)(?:了|各位|领导|您|大家|主任|老师|提醒|支持)*)$/i

const isSigned = (words: string): boolean => {
  const clauses = words.length > 60 ? [] : words.split(/[,。!~;]/).filter((clause) => clause !== '')
  return clauses.some((c) => SIGNED.test(c)) && clauses.every((c) => SIGNED.test(c) || BESIDE_SIGNED.test(c))
}
const ACCEPT = /签收|收到/

/** 审计局电话签收86号: the office signs for a unit. */
function acceptFor(r: Reading): Intent | undefined {
  if (
    !r.said.length ||
    !r.named.length ||
    !/^(?:Ü|、|和|电话|来电|口头|已经?|都|Ŧ|任务|,)*(?:签收|收到)(?:了)?(?:Ŧ|任务|了|[。!])*$/.test(r.words)
  )
    return undefined
  const via = viaOf(r)
  return { intent: 'accept', ...tasksOf(r), ...unitsOf(r), ...(via ? { via } : {}) }
}

function accept(r: Reading): Intent | undefined {
  if (r.office) return acceptFor(r)
  if (!r.liaison || r.toOther) return undefined
  if (!r.said.length) {
    if (!isSigned(r.words)) return undefined
    return r.ids.length ? { intent: 'accept', ...tasksOf(r) } : { intent: 'accept', all: true, ...planOf(r) }
  }
  const plain =
    /^(?:我局|我们|我单位|已经?|都|全部|Þ|任务|,|、|和|Ŧ|好的?|的|这几项|Ü)*(?:签收|收到|已签收|已收到)(?:了)?(?:任务|Ŧ|Þ|[,。!:]|这几项|好的?)*(?:(?:我们?|我局)?(?:马上|立即|抓紧|尽快)(?:办理?|落实|安排)|遵照执行|照办|(?:谢谢|感谢|辛苦)(?:了|领导|各位|您|主任|老师)*)?[。!~]*$/
  if (!ACCEPT.test(r.words) || QUESTION.test(r.words) || /没|未|材料|文件|意见|反馈/.test(r.words)) return undefined
  return plain.test(r.words) ? { intent: 'accept', ...tasksOf(r) } : undefined
}

const REST = /(?:其余|其他|其它|剩下|剩余|别|另外|余下|别的)(?:的)?(?:几项|任务|几个|Ñ|事项|各项)?/
const MINE =
  /认领|领了|认账|是我们(?:局|委|办|单位|中心)?的|归我们?|我们(?:局)?(?:的|来办|办理|负责|牵头)|涉及(?:我|本)/
/** 25号是我们局的，86号不是. */
const OURS_SAID = /Ŧ(?:任务)?(?:都)?是(?:我们?|本)(?:局|委|办|单位|县|区|院|中心)?(?:的)(?:任务|职责)?(?=[,。!]|$)/
const NOT_MINE =
  /不(?:涉及|认领|领|是我们?|是我局|是本|属于|归|该|由|认)|无关|与我.{0,4}无关|没(?:有)?关系|非我|不涉|都不是|不是(?:的)?$/

/** 1至10号中只有3号是我们的: the numbers that others are picked from say nothing themselves. */
const amongThem = (r: Reading): TaskMention[] =>
  r.tasks.filter(
    ({ end }) => !/^(?:任务)?(?:里面?|当中|之中|中)[,，]?(?:只有?|仅有?|就)/.test(r.masked.slice(end, end + 10)),
  )

/** 认领1、3、7，其余不涉及: clause by clause. */
function claim(r: Reading): Intent | undefined {
  const w = r.words
  if (!(/认领|不涉及|领了|认账|领走|领取|不涉/.test(w) || OURS_SAID.test(w)) || QUESTION.test(w) || r.leader)
    return undefined
  if (/(?:没|未|尚未|还没)(?:有)?认领|待认领/.test(w)) return undefined
  const mine: string[] = []
  const not: string[] = []
  let rest: 'claim' | 'not' | undefined
  let at = 0
  let waiting: string[] = []
  const told = amongThem(r)
  for (const clause of r.masked.split(/[,;。\n!:]|但是?/)) {
    const ids = told.filter((t) => t.start >= at && t.start < at + clause.length).flatMap((t) => t.ids)
    at = r.masked.indexOf(clause, at) + clause.length + 1
    const away = NOT_MINE.test(clause)
    const ours = !away && (MINE.test(clause) || /领/.test(clause) || (mine.length > 0 && ids.length > 0 && !not.length))
    const others =
      REST.test(clause) ||
      /^(?:我局|我们|我单位)?(?:全部|都|全都|所有)(?:任务)?(?:的)?(?:都)?(?:认领|领了|不涉及)|(?:全部|全都|都|所有)(?:都)?认领|认领(?:全部|所有)|除[^,]{1,40}外/.test(
        clause,
      )
    if (others && !ids.length) rest = away ? 'not' : ours || /都?(?:是|涉及|要|办)/.test(clause) ? 'claim' : rest
    else if (others && /除/.test(clause)) {
      if (away) mine.push(...ids)
      else not.push(...ids)
      rest = away ? 'not' : 'claim'
    } else if (away) not.push(...waiting, ...ids)
    else if (ours) mine.push(...waiting, ...ids)
    waiting = (away || ours || others) && !(others && /除/.test(r.words)) ? [] : [...waiting, ...ids]
  }
  if (/除/.test(w) && waiting.length && rest === 'claim') not.push(...waiting)
  else if (/除/.test(w) && waiting.length && rest === 'not') mine.push(...waiting)
  if (!mine.length && !not.length && !rest) {
    return r.ids.length && /认领/.test(w) ? { intent: 'claim', ...tasksOf(r) } : undefined
  }
  return {
    intent: 'claim',
    ...(mine.length ? { tasks: [...new Set(mine)] } : {}),
    ...(not.length ? { not: [...new Set(not)] } : {}),
    ...(rest ? { rest } : {}),
    ...planOf(r),
  }
}

const NOT_OURS =
  /不(?:属于?|是|归|在|该|应|应该)(?:由|归|属于?)?(?:我|本|咱)(?:们|局|委|办|单位|中心|院|行|区|县|部门|科|市)*(?:单位|局)?(?:的)?(?:职责|职能|业务|范围|管|负责|工作|任务|事|办|主管|牵头|来|承担)?|(?:与|跟|和)我.{0,5}(?:无关|没关系|不相干)|非(?:我|本)(?:局|委|单位|办|中心)|职责(?:不符|不在)|(?:我们?|本)(?:局|委|办|单位|县|区|院|中心)[^,。]{0,2}不(?:承担|具有|具备|负有|行使)[^,。]{0,8}(?:职能|职责|任务|工作)|不(?:属于|是)(?:我们?)?职责|无(?:此|该|这项|相关)(?:职责|职能)|职能(?:已)?划(?:转|给|到|出)|不归我|不该我|分错|派错|不由我|不涉及我|没有(?:这个|此项|该项|相关)职能|应(?:该)?(?:由|归|是)Ü|建议(?:改派|转派|转|由|改由)|请(?:求)?(?:改派|转派|转给|转交|转|重新分派|另派)|申请(?:改派|转派|退回)/

function decline(r: Reading): Intent | undefined {
  if (!NOT_OURS.test(r.words) || (QUESTION.test(r.words) && !/能不能|可否/.test(r.words))) return undefined
  if (!r.ids.length || r.office || r.leader) return undefined
  const tasks = concerned(r, NOT_OURS)
  if (!tasks) return undefined
  const to = r.units.filter((u) => u.of === 'one' && !r.own.includes(u.units[0]?.name ?? ''))
  return { intent: 'decline', ...tasksOf(r), tasks, ...(to.length ? receiver(r) : {}) }
}

const WITHDRAW =
  /撤回|撤销(?!督办|任务)|收回|(?<!系统|网站|平台|后台|程序|一直|总是)(?:报|发|填|点|交|提交|搞|弄|传|写|反馈|上报)错了?|撤一下[。!]?$|误(?:报|发|填|点|操作)|(?:报告|反馈|上报|那条|刚才的?)(?:作废|不算|取消|删)|(?:刚才|之前|上一?条)(?:的|那条|报的)*(?:Ŧ)?(?:不算|作废|取消)|先别算|撤掉|撤了吧|取消(?:Ŧ|的|本次|这次)*(?:刚才|上报|报告|反馈|完成|提交)/

function withdraw(r: Reading): Intent | undefined {
  if (!WITHDRAW.test(r.words) || QUESTION.test(r.words) || r.leader || /已(?:经)?(?:重新)?(?:更正|改好)/.test(r.words))
    return undefined
  if (
    !r.ids.length &&
    !/^(?:请|帮我)?(?:把)?(?:刚才|上一?条|之前|我)?(?:的|那个|那条|报的|发的)*(?:报告|反馈|上报|完成)?(?:撤回|撤销|收回|报错了?|发错了?|弄错了?|搞错了?|作废|不算)(?:一?下|吧|了|刚才的?(?:报告|反馈)?|报告|反馈|上一?条)*[,。!]*(?:撤回|撤销|收回|请撤回|作废)?[。!]?$/.test(
      r.words,
    )
  )
    return undefined
  if (/收回(?!.*(?:报|反馈))/.test(r.words) && !r.ids.length) return undefined
  const tasks = concerned(r, WITHDRAW)
  return tasks && { intent: 'withdraw', ...tasksOf(r), ...(tasks.length ? { tasks } : {}) }
}

const LATER =
  /延期|延长|延(?:[几一二两三四五六七八九十半]|Ñ)|宽限|宽(?:[几一二两三四五六七八九十]|Ñ)|缓(?:[几一二两三四五六七八九十]|到|报|交|Ñ|期)|推迟|顺延|延后|延到|延至|展期|晚(?:[几一二两三四五六七八九十]|点|些|Ñ|到)|往后(?:推|延|放)|推到|拖到|放到|(?:时间|时限|期限|截止日?期?)[^,。]{0,4}(?:调整|改|放宽|推|延|变更)(?:到|至|为)|再给.{0,4}(?:Ñ|Đ|时间|[几一二两三四五六七八九十半](?:天|周|个))/
const ASKING =
  /申请|请求|请|想|能否|能不能|可否|可不可以|可以|希望|麻烦|需要?|要|恳请|建议|拟|延期[到至]|延[到至]|宽限|[能行可].*不$|[能行可][^,。]{0,8}[吗么?]|推迟[到至]|顺延[到至]|延后[到至]|延长[到至]|给/

function extend(r: Reading): Intent | undefined {
  if (!LATER.test(r.words) || !ASKING.test(r.words) || r.leader || r.office) return undefined
  if (
    /哪些|谁|几项|有没有|批(?:了|准)?(?:吗|没)|同意(?:了)?(?:吗|没)|通过(?:了)?(?:吗|没)|结果(?:呢|怎么|如何|出来|下来)/.test(
      r.words,
    )
  )
    return undefined
  if (!r.ids.length && !/延期|宽限/.test(r.words)) return undefined
  if (/不(?:用|需要?|再|必|会)(?:再)?(?:延期|延长|宽限)|(?:会议|开会|发布会|培训)(?:推迟|延期)/.test(r.words))
    return undefined
  if (!r.ids.length && r.times.length === 0 && !/^(?:我|申请|请求|能)/.test(r.words)) return undefined
  const tasks = concerned(r, LATER)
  if (!tasks) return undefined
  const led = r.times.find((t) => /(?:到|至)\s*$/.test(r.text.slice(0, t.start)))
  const until = led ?? r.times.find((t) => t.day || t.before)
  return { intent: 'extend', ...tasksOf(r), ...(tasks.length ? { tasks } : {}), ...(until ? { until: until.to } : {}) }
}

const SECRECY = /保密(?:审查|审核|检查|把关|审)|(?:已|经过|通过)保密|定密审查/
const REVIEWER =
  /(?:审查人|审核人|审查员|保密员|由|经)[:：是为 ]?\s*(?!保密|审查|过)([\u4e00-\u9fa5]{2,3}?)(?:同志|局长|主任|科长)?(?:已|保密|审查|审核|负责|进行|同意|签|把|$|[\s,，。;)）、!])/

/** …，李某审的 */
const REVIEWED = /(?:^|[,，。;、 ])(?:是)?([\u4e00-\u9fa5]{2,3}?)(?:同志)?(?:审查?|把关|核)的/

function secrecy(r: Reading): Intent | undefined {
  const w = r.words
  if (
    !SECRECY.test(w) ||
    QUESTION.test(w) ||
    /没|未|尚|还没|不|正在|准备|要做|需要|请|待|注意|加强|重要|[还须得]要?(?:先)?过|前[^,。]{0,3}[要须需得]/.test(
      w.replace(/没(?:有)?问题|不涉密/g, ''),
    )
  )
    return undefined
  if (!/已|过|完|通过|了|同意|无密|没问题|可以|审查人|合格/.test(w)) return undefined
  if (
    r.ids.length &&
    (r.links.length > 0 ||
      /(?:已(?:经)?(?:在.{0,8})?(?:公开|发布|公示|公布)|完成(?!保密)|办结)/.test(
        w.replace(/保密(?:审查|审核)?(?:已|工作|也)*(?:经)?完成|(?:已|经过)?(?:经)?(?:完成)?保密审[查核]/g, ''),
      ))
  )
    return undefined
  const by = REVIEWER.exec(r.text)?.[1] ?? REVIEWED.exec(r.text)?.[1]
  return { intent: 'secrecy', ...tasksOf(r), ...(by ? { by } : {}) }
}

const COLLECT =
  /(?:向|找|请|让|跟|问|催|通知|要求|麻烦|提醒)(?:各|所有|全部|Ü|、|和|下面|几个|有关|相关)*(?:配合(?:单位|部门)|协办单位|协同单位|Ü)(?!.{0,10}(?:审核|通过))|(?:(?<![签回接撤验])收集?|征集|征求|收取)(?:一?下)?(?:Ŧ|各?配合(?:单位|部门)|Ü)|需要?Ü[^,。]{0,4}(?:提供|提交|报送?|交|给)[^,。;]{0,12},?Đ|配合(?:单位|部门).{0,12}(?:报|交|提供|送|材料|反馈)/
const GATHER = /收|征集|征求|要|报|交|提供|送|材料|情况|数据|反馈|催/

function collect(r: Reading): Intent | undefined {
  const w = r.words
  if (!r.ids.length || !COLLECT.test(w) || !GATHER.test(w) || QUESTION.test(w)) return undefined
  if (
    /(?:已|已经|都)(?:.{0,6})?(?:收|征求|交|报|反馈|提供)|收到|收齐|没(?:有)?(?:交|报|收)|未(?:交|报|反馈)|还差|改派|延期|正在|还在/.test(
      w,
    )
  )
    return undefined
  if (!/配合|协办|协同|材料|资料|提供|收|征集|数据|情况|要一?下/.test(w)) return undefined
  return { intent: 'collect', ...tasksOf(r), ...unitsOf(r), ...untilOf(r) }
}

export { accept as readAccept, collect as readCollect, secrecy as readSecrecy }

/** What a unit's liaison does with its duties, short of reporting. */
export function readUnitSide(r: Reading): Intent | undefined {
  return (
    accept(r) ??
    readSplit(r) ??
    readTick(r) ??
    claim(r) ??
    withdraw(r) ??
    secrecy(r) ??
    decline(r) ??
    collect(r) ??
    extend(r)
  )
}
