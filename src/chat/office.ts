import type { Intent } from '../model/intent.ts'
import { approves } from './approval.ts'
import { concerned } from './groups.ts'
import { readKeep } from './inside.ts'
import { planOf, type Reading, tasksOf, unitsOf, untilOf } from './reading.ts'
import { viaOf } from './report.ts'
import { pastPeriod } from './spans.ts'

const QUESTION = /\?|吗|哪些|哪个|谁|多少|什么|怎么|如何|没有?[。!]?$|是不是|是否|有没有/

const periodOf = (r: Reading): { period?: string } => {
  const period = r.times.find((t) => !t.before)?.periods[0]
  return period ? { period: pastPeriod(period, r.asOf, /\d{4}|今年|去年|本|这/.test(r.text)) } : {}
}

/** The unit that a duty goes to: the last one after 派, 转, 由, 给; else the last named. */
export function receiver(r: Reading): { to?: string } {
  const given = r.units.filter(
    (u) =>
      u.of === 'one' &&
      /(?:派|派给|派到|转|转给|交|交给|由|给|到|是|为|找|属于?)(?:了|到)?\s*$/.test(r.text.slice(0, u.start)),
  )
  const unit = (given.at(-1) ?? r.units.filter((u) => u.of === 'one').at(-1))?.units[0]
  return unit ? { to: unit.name } : {}
}

const REFUSE = /不(?:予)?(?:同意|批准?|准|许可|予)|驳回|拒绝|不能延|不行|不可以/

/** 同意他们延期: of the application just spoken of, without a number. */
const WHOSE = '(?:他们|她们|对方|该单位|该局|这个|这次|本次|其|Ü|[、和的])*'
const ANSWER =
  '(?:不予?(?:同意|批准?|准|许可|行|可以)|予以(?:同意|批准|许可)|同意|批准|可以|批了|准了|准予|准许|许可|驳回|不准)了?'
const GRANTED_ALONE = new RegExp(
  `^(?:请)?(?:${ANSWER}${WHOSE}延期|${WHOSE}延期(?:申请|请求)?的?(?:已经?|都|也)*${ANSWER})(?:申请|请求)?(?:的|了|吧)*(?:[,。!]+(?:${ANSWER}|抓紧(?:办理?)?|按(?:原)?(?:时限|期限?)(?:完成|办结|执行)?))*[。!]*$`,
)

function extension(r: Reading): Intent | undefined {
  if (
    !(r.ids.length || GRANTED_ALONE.test(r.words)) ||
    !/延期|延[到至长后]|宽限|顺延|展期|推迟|缓期/.test(r.words) ||
    QUESTION.test(r.words)
  )
    return undefined
  // What a unit would like is no answer of the office's.
  if (
    /(?:想把?|希望|打算|提出|准备)[^,。;]{0,12}(?:延|推迟|缓)/.test(r.words) &&
    !/同意|批准|准予|准许|许可/.test(r.words)
  )
    return undefined
  if (/不是(?:不)?同意|没(?:有)?(?:说)?(?:不)?同意|[还尚][没未](?:同意|批)/.test(r.words)) return undefined
  if (viaOf(r) && /申请|请求|要求/.test(r.words))
    return { intent: 'extend', ...tasksOf(r), ...unitsOf(r), ...untilOf(r), via: viaOf(r) }
  const grants =
    /同意|批准|准予|准许|予以|可以|准(?!备)|通过|允许|行|批了|延期到|延期至|延到|宽限到|顺延到|推迟到|延长到|延至/.test(
      r.words,
    )
  const refuses = REFUSE.test(r.words)
  if (!grants && !refuses) return undefined
  return { intent: 'extension', ...tasksOf(r), ...unitsOf(r), grant: !refuses }
}

const RETURN =
  /退回|驳回|打回|退还|返回(?:去)?(?:重|修|补)|重新(?:上)?报|重报|重做|发回|不(?:予)?通过|(?<![还尚仍])(?:没|未)(?:能)?(?:审核)?通过|审核不(?:予)?通过|不合格|不符合要求|补充(?:材料|完善)后?(?:再|重新)?报|请?(?:重新|补充)(?:公开|提交|反馈|上传)/
/** 抽检不合格结果已公布: what was inspected is not up to the mark; the report may be. */
const INSPECTED = /不合格(?=结果|产品|项目|样品|批次|名单|情况|信息|食品|药品|商品|企业|单位|率)/g

/** 3月通过，4月退回: one part stands, another does not, and no frame says which. */
const isMixed = (r: Reading): boolean =>
  RETURN.test(r.words) && r.words.split(/[,。;]/).some((clause) => !RETURN.test(clause) && approves(clause))

/** 12、13通过，15退回: what is said of the first is one frame, the rest is said again. */
function firstOf(r: Reading): Intent | undefined {
  if (r.tasks.length < 2 || !RETURN.test(r.words) || !isMixed(r)) return undefined
  const returned = concerned(r, RETURN)
  const rest = r.ids.filter((id) => !returned?.includes(id))
  if (!returned?.length || !rest.length) return undefined
  return rest.includes(r.ids[0] ?? '')
    ? { intent: 'approve', ...tasksOf(r), tasks: rest, ...unitsOf(r) }
    : { intent: 'return', ...tasksOf(r), tasks: returned, ...unitsOf(r) }
}

function check(r: Reading): Intent | undefined {
  if (!r.ids.length && !(r.named.length && r.times.length)) return undefined
  if (QUESTION.test(r.words.replace(/没问题/g, ''))) return undefined
  const first = firstOf(r)
  if (first) return first
  if (isMixed(r)) return undefined
  if (
    RETURN.test(r.words.replace(INSPECTED, '')) &&
    !/已(?:经)?(?:重新)?(?:公开|报|提交)|重新(?:公开|上报|提交|反馈|上传)了/.test(r.words)
  ) {
    // Of several only those by which it stands are sent back.
    const tasks = concerned(r, RETURN)
    if (!tasks) return undefined
    const those = tasks.length > 0 && { tasks }
    return { intent: 'return', ...tasksOf(r), ...those, ...unitsOf(r), ...returnDay(r), ...returnPeriod(r) }
  }
  if (
    viaOf(r) ||
    /延期|意见|国家|省|会议|常务会|如果|等.{0,8}后|再|暂|待|准备|之前|上次|没|别|不(?:要|能|可|用|急|着|给|让)|先不|勿/.test(
      r.words.replace(/没问题/g, ''),
    )
  )
    return undefined
  if (!approves(r.words)) return undefined
  return { intent: 'approve', ...tasksOf(r), ...unitsOf(r), ...periodOf(r) }
}

/** The day to hand in again: one with 前 or 到, or a single day; never the month that was sent back. */
function returnDay(r: Reading): { until?: string } {
  const day =
    r.times.find((t) => t.before) ?? r.times.find((t) => t.day || /(?:到|至|于)\s*$/.test(r.text.slice(0, t.start)))
  return day ? { until: day.to } : {}
}

/** 退回财政局4号7月的: the round stands beside the number; a day to hand in again is `until`. */
function returnPeriod(r: Reading): { period?: string } {
  const beside = r.times.find(
    (t) =>
      t.periods.length === 1 &&
      !t.before &&
      /^(?:退回|驳回|打回|Ü|Ŧ|Þ|的|任务)*$/.test(r.masked.slice(0, t.start).replace(/\s/g, '')),
  )
  const period = beside?.periods[0]
  return period ? { period: pastPeriod(period, r.asOf, false) } : {}
}

const RESUME =
  /恢复(?:督办|办理|执行|计时|推进)?|重启|重新启动|继续(?:督办|办理|执行)|解除(?:中止|暂停|挂起)|取消(?:中止|暂停)/
const SUSPEND = /中止|暂停|挂起|暂缓|暂不(?:督办|办理|催办|催)|先停|停一停|先不(?:督|办|催)|停办|冻结/
const WAIVE =
  /不再(?:督办|办理|考核|纳入|要求(?![^,。;]{0,6}(?:件|章|版|原件)))|免予(?:办理|督办)|免于(?:办理|督办)|免除(?!了)|免办|免督办|取消(?:督办|该?任务|这项)|不用(?:再)?(?:办|督办|报|做)了?|无需(?:再)?(?:办理|督办|反馈|报)|终止(?:督办|办理)|撤销(?:督办|任务|该任务|这项)|不(?:督办|办)了|作废(?!的)/

/** 中止，待机构改革后恢复: what shall be resumed one day. */
const LATER_ON = /(?:待|等)[^,。;]{1,16}[后再][^,。;]{0,2}(?:恢复|重启|重新启动|继续)(?:督办|办理|执行)?/

/** 不同意免予办理, 如果不办了: a step that is refused, or only thought of, is no step. */
const NOT_TAKEN =
  /不(?:予)?(?:同意|批准|准许|许可|赞成)|不(?:能|可以|得|应|宜)(?:再)?(?:免|中止|暂停|终止|撤销|恢复|改派|转派|移交|作废)|如果|假如|要是|若是|(?:^|Ŧ|,)(?:拟|建议)/

function hold(r: Reading): Intent | undefined {
  if (!r.ids.length || QUESTION.test(r.words) || NOT_TAKEN.test(r.words)) return undefined
  if (RESUME.test(r.words.replace(LATER_ON, ''))) return { intent: 'resume', ...tasksOf(r), ...unitsOf(r) }
  if (WAIVE.test(r.words)) return { intent: 'waive', ...tasksOf(r), ...unitsOf(r) }
  if (SUSPEND.test(r.words)) return { intent: 'suspend', ...tasksOf(r), ...unitsOf(r) }
  return undefined
}

const HAPPENED =
  /(?:已经?|正式|刚刚?|Đ)?(?:印发|下发|出台|发布|批复|批准|召开|公布|颁布|到位|下来|下达|发生|触发|实施|施行|生效|签发|获批|通过|公开)(?:了)?/
const UPSTREAM =
  /国家|国务院|中央|省|上级|部委|国办|部里|省里|省上|厅|总局|人大|人代会|党代会|全会|常务会|意见|文件|批复|办法|指导/
/** 抽检结果4月15日已确认: no paper from above, but what the clock of a duty waits for. */
const CONFIRMED = /结果(?:已经?|Đ)+确认/

function event(r: Reading): Intent | undefined {
  if (
    !r.said.length ||
    QUESTION.test(r.words) ||
    /没|未|不|尚|(?<!所)等(?!的(?:国|省|中央|上级|市|部|文|意|批|会))|待|延期|预计|将|拟|准备/.test(
      r.words.replace(INSPECTED, ''),
    )
  )
    return undefined
  const trigger = /触发|启动计时|开始计时|起算/.test(r.words) || (r.office && CONFIRMED.test(r.words))
  if (!trigger && !(HAPPENED.test(r.words) && UPSTREAM.test(r.words))) return undefined
  if (!trigger && r.liaison && !/国家|国务院|中央|省|上级|部委|国办|总局/.test(r.words)) return undefined
  if (r.links.length || (r.office && r.named.length > 0 && viaOf(r))) return undefined
  const day = r.times.find((t) => t.day)
  return { intent: 'event', ...tasksOf(r), ...(day ? { on: day.to } : trigger ? {} : {}) }
}

const ASSIGN =
  /^(?:请)?(?:帮我?)?(?:新增|追加|增加|添加|新建|新加|加)(?:督办|临时|专项|工作)?(?:Ñ|一?[项个条件])?(?:督办|临时|专项|工作)?(?:任务|事项|督办|督办件|工作)|^(?:新增|追加|增加|添加|加)(?:Ñ|一?[项个条件])[:,]|^(?:新增|追加|交办)(?:任务|事项)?[:,]|^(?:临时|专项|紧急|加急|新)(?:的)?(?:督办)?(?:任务|事项)[:,]|^交办[:,]?Ü|^(?:任务)?立项[:,]/
const AMEND =
  /(?:设为|标为|列为|定为)(?:内部|工作秘密)|不再(?:是|作为)?(?:内部|工作秘密)|更正|(?:调整|修改|更改|变更)(?:一下)?Ŧ(?:的)?(?:完成|办理)?(?:时限|期限|时间|责任单位|牵头单位|配合单位|表述|内容|文字)|(?:少|多|漏|误)(?:写|列|打|填)|遗漏|改为|改成|修改(?!后)|调整(?:为|到|成|一下)|修订|订正|变更|勘误|应为|应该?是|改到|补充(?:责任|配合|牵头)|加(?:一个|个|上|了)?(?:配合|牵头|责任)|(?:增加|加上|加|去掉|删除|减去|剔除|去除)(?:配合|牵头|责任)?单位|(?:责任|牵头|配合)单位(?:改|换|加|增加|调整|变|漏)|(?:期限|时限|截止(?:时间|日期)?|完成时间|时间|日期)(?:改|调|变|提前|应)|提前到|表述|漏了|写错/
const REASSIGN =
  /改派|转派|转给|移交(?:给)?|转交|重新分派|改由|调整给|派给|划给|划转|交给|转办|分派给|转由|(?:给|由)Ü(?:[、,和与及]+Ü)*(?:共同|联合|来)?(?:办|承办|牵头|负责|主办|落实)|派(?:到|Ü)|转Ü/

/** 材料转给市数据局: a paper goes there, not the duty; 是由它负责 tells whose it is. */
const PASSED_ON = /(?:材料|链接|文件|数据|反馈|网址)(?:都|已|也)?(?:转给|转交|交给|移交给?|转)(?=Ü)|是由Ü(?:牵头|负责)/g

function desk(r: Reading): Intent | undefined {
  if (ASSIGN.test(r.words) && !r.said.length) {
    return { intent: 'assign', ...unitsOf(r), ...untilOf(r, /来源|根据|按照|落实|贯彻/), ...planOf(r) }
  }
  if (!r.ids.length || QUESTION.test(r.words)) return undefined
  if (REASSIGN.test(r.words) && NOT_TAKEN.test(r.words)) return undefined
  if (REASSIGN.test(r.words.replace(PASSED_ON, '')) && r.named.length)
    return { intent: 'reassign', ...tasksOf(r), ...receiver(r) }
  if (AMEND.test(r.words) && !/退回|驳回|打回/.test(r.words)) return { intent: 'amend', ...tasksOf(r) }
  return undefined
}

/** What the office does to duties. */
export function readOffice(r: Reading): Intent | undefined {
  return readKeep(r) ?? desk(r) ?? hold(r) ?? extension(r) ?? event(r) ?? check(r)
}

export { event as readEvent }
