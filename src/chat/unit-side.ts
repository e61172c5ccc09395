import type { Intent } from '../model/intent.ts'
import { readAccept } from './accept.ts'
import { readClaim } from './claim.ts'
import { concerned } from './groups.ts'
import { readSplit, readTick } from './inside.ts'
import { receiver } from './office.ts'
import { type Reading, tasksOf, unitsOf, untilOf } from './reading.ts'

const QUESTION = /\?|吗|哪些|哪个|谁|多少|怎么|如何|是不是|是否|有没有|什么/

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
  // 撤回不了 is a complaint, and what has been taken down elsewhere is no report.
  if (/(?:撤回|撤销|收回)不[了掉]|(?:不能|无法|没法)(?:撤回|撤销)|已(?:经)?(?:撤回|撤销|撤下)/.test(r.words))
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
  if (/(?:取消|撤回|撤销)[^,。;]{0,8}延期|不(?:再|想)?(?:申请|请求|要)(?:了)?延期/.test(r.words)) return undefined
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

export { collect as readCollect, secrecy as readSecrecy }

/** What a unit's liaison does with its duties, short of reporting. */
export function readUnitSide(r: Reading): Intent | undefined {
  return (
    readAccept(r) ??
    readSplit(r) ??
    readTick(r) ??
    readClaim(r) ??
    withdraw(r) ??
    secrecy(r) ??
    decline(r) ??
    collect(r) ??
    extend(r)
  )
}
