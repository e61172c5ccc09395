import type { Intent, IntentOf } from '../model/intent.ts'
import { addDays } from '../time/day.ts'
import { numberOf } from './numbers.ts'
import { readPushes } from './pushes.ts'
import { planOf, type Reading, unitsOf, windowOf } from './reading.ts'
import { readHandover, readMute } from './room.ts'

const HELP =
  /^(?:请问)?(?:帮助|help|菜单|功能|命令|指令|用法|教程|使用(?:说明|帮助|方法|指南)|操作(?:说明|手册|指南)|说明书|帮助一下|帮助菜单|命令列表|指令列表|功能(?:介绍|列表|清单|菜单)|(?:这个)?(?:你|机器人|Ñ)?(?:都|还)?(?:会|能|可以)(?:做|干|帮我做|帮忙做)?(?:些)?(?:什么|啥|哪些)(?:事情?|功能)?|(?:你|机器人)?有(?:什么|哪些|啥)(?:功能|用|命令|指令)|(?:命令|指令|功能|用法)(?:都)?有(?:什么|哪些|啥)|你是(?:谁|什么|干什么的|做什么的)|(?:这个)?(?:机器人|东西|系统)?(?:怎么|如何|咋)(?:使|操作)?(?:用|操作|使用|玩|弄)(?:啊|呀|呢|的|你)?|不会用|教教?我(?:怎么)?用?|(?:Ŧ|任务|已经?|完成|办完|做完|弄好|办结|了|之?后|以后|的话|,|我们?|要|该|应该)*(?:怎么|如何|咋)(?:去|样)?(?:反馈|签收|认领|上报|申请延期|延期|撤回|报数|绑定|查询|查|报送|报|回复|提交|催办|订阅|销号)(?:任务|进展|进度|完成情况|情况|结果|完成)?)[?!。.呢啊呀吗]*$/i

/** 帮助一下，有什么功能: every clause asks for the same. */
const isHelp = (words: string): boolean => {
  const clauses = words.length > 40 ? [] : words.split(/[,。!?]/).filter((clause) => clause !== '')
  return clauses.length > 0 && clauses.every((clause) => HELP.test(clause))
}

/** The office's one-time code, with nothing beside it. */
const CODE = /^绑定(?:码)?[ :：是]*([0-9A-Za-z]{6,12})$/

function bind(r: Reading): Intent | undefined {
  const code = CODE.exec(r.text)?.[1]
  if (code) return { intent: 'bind', target: 'self', code }
  const group = /(?:本|这个?|该|工作)群|群(?:是|为|绑定|组)|绑定群/.test(r.words)
  if (/绑定|绑一下|[改换]绑|绑到/.test(r.words) && !/解绑|取消|没|未|怎么|如何|吗|\?/.test(r.words)) {
    const target = group
      ? 'group'
      : /我|本人|自己/.test(r.words) || r.liaison
        ? 'self'
        : r.named.length
          ? 'group'
          : 'self'
    return { intent: 'bind', ...unitsOf(r), target }
  }
  if (group && r.named.length && /(?:本|这个?|该)群(?:是|为|归|给)Ü(?:的)?(?:工作)?群?[。!]?$/.test(r.words)) {
    return { intent: 'bind', ...unitsOf(r), target: 'group' }
  }
  const self =
    /^(?:你好,?|您好,?|大家好,?)?(?:我|本人|我这边)(?:就是|是|来自|代表)Ü(?:的)?(?:政务公开|督办|督查|信息公开)?(?:工作)?(?:新(?:任|来)?的?)?(?:联络员|联络人|联系人|经办人?|[ABab]岗|工作人员|信息员|专干|负责人|具体负责的?|分管领导)?(?:Ñ|[A-Za-z\u4e00-\u9fa5]{0,4})?[,。!~]*(?:(?:具体)?负责(?:政务公开|督办|督查|信息公开)(?:工作)?|(?:是)?(?:政务公开|督办)?(?:联络员|联系人|信息员|经办人))?[,。!~]*(?:请(?:多)?(?:关照|绑定|登记)|帮我登记|登记一下)?[。!]?$/
  if (r.named.length && self.test(r.words)) return { intent: 'bind', ...unitsOf(r), target: 'self' }
  if (r.named.length && /^Ü(?:的)?(?:联络员|联系人|[ABab]岗)(?:报到|是我)/.test(r.words))
    return { intent: 'bind', ...unitsOf(r), target: 'self' }
  return undefined
}

const MAKE =
  /导出|导一?[份下]|下载|生成|出(?:一?[份个下期]|个|Đ|具|Ü|督|通)|起草|草拟|拟一?[份个下]|做一?[份个]|打印|输出|编制|写一?[份个篇]|形成|制作|汇总成|整理(?:一?[份个下]|出)|发(?:我|给我|一?[份下])|来一?[份个期]|给(?:我|领导)(?:一份|来一?份|发)?|要一?份|开一?[张份]|弄一?[份个]|导成/
const PAPERS: readonly (readonly [RegExp, NonNullable<IntentOf<'export'>['what']>])[] = [
  [/督办(?:通知)?单|督办通知(?:书)?|催办(?:通知)?单|督查通知(?:单)?|交办(?:通知)?单/, 'notice'],
  [/台账|总账|任务(?:总)?表|明细表|excel|(?:任务|全部)?表格|电子表/i, 'ledger'],
  [/得分|评分|考核(?:分|结果|表|成绩|得分|情况)?|打分|成绩单?|分数/, 'scores'],
  [/(?:信息|政务)公开(?:工作)?年(?:度)?报(?:告)?|年报|年度(?:工作)?报告/, 'annual'],
  [/通报|督查专报|督查简报|督查情况|简报/, 'bulletin'],
  [/落实情况|工作总结|总结|小结|贯彻落实(?:情况)?/, 'summary'],
]

function paper(r: Reading): Intent | undefined {
  if (r.said.length || r.links.length) return undefined
  const what = PAPERS.find(([words]) => words.test(r.words))?.[1]
  if (!what) return undefined
  const bare =
    /^[,]?(?:Đ|Ü|Þ|的|请|全市|全部|督查|督办)*(?:台账|通报|年报|督办通知单|考核得分|落实情况(?:的)?总结)(?:草稿|初稿|稿)?(?:Ü)?[。!]?$/.test(
      r.words,
    )
  const asked =
    MAKE.test(r.words) ||
    /(?:台账|通报|年报|总结|通知单|得分).{0,4}(?:草稿|初稿|导出来|发我|给我|拿来|要一份|出来)/.test(r.words)
  const told =
    /已|完了|好了|过了|交了|看了|收到|吗|\?|什么时候|没|未|尚|正在|预计|准备|别|不要|被通报/.test(r.words) &&
    !/^(?:请|帮|导出|生成)/.test(r.words)
  if (!(asked || bare) || told || (r.liaison && /报送|上报|发布/.test(r.words))) return undefined
  const whose = what === 'summary' || what === 'notice' ? unitsOf(r) : {}
  return { intent: 'export', what, ...whose, ...windowOf(r), ...planOf(r) }
}

const AWAY =
  /请(?:个|了)?(?:年|病|事|产|婚|公|探亲)?假(?![条单审手])|休(?:个|了)?(?:年|病|产|婚|陪产|探亲|哺乳)?假|^(?:年|病|事|产|婚|公|探亲)假(?![条单审])|年休|出差|公出|外出|(?:去|到|在|参加).{0,6}(?:学习|培训|党校|挂职)|不在(?:单位|岗|办公室|家|攀|班)|住院|调休|轮休|陪护|下乡|驻村/
const STAND_IN =
  /(?:由|让|请|找|交给|委托|转给|转|联系|工作由|事情?由|任务由|安排)(?!我|各|大家)([\u4e00-\u9fa5]{1,4}?|[ABab]岗(?:[\u4e00-\u9fa5]{2,3})?)(?:同志|代替|代办|代为|暂代|临时|来)?(?:代|顶|接|负责|处理|办理|跟进|对接|联系|盯)|(?:交给|移交给?|委托给?|托付给)([\u4e00-\u9fa5]{2,3})(?=$|[,，。!])|([\u4e00-\u9fa5]{2,3}|[ABab]岗)(?:代|顶)(?:我|班|一下|岗|管)|(?:有事|急事|工作|事情|期间|[,。])(?:请|可)?(?:直接)?(?:找|联系)([\u4e00-\u9fa5]{1,3})(?=$|[,。!])/

function absence(r: Reading): Intent | undefined {
  if (!AWAY.test(r.words) || r.said.length || /(?:谁|吗|哪些|\?|情况|能不能|可不可以|能否|可否)/.test(r.words))
    return undefined
  const mine = /我|本人/.test(r.words) || STAND_IN.test(r.text) || /^(?:Đ|请假|休假|出差)/.test(r.words)
  if (!mine || r.toOther || /我们(?:局长|主任|领导)|^[王李张刘陈杨赵黄周吴][局主处科]/.test(r.text)) return undefined
  const who = STAND_IN.exec(r.text)
  const to = who?.slice(1).find((name) => name !== undefined)
  const days = /([\d一二两三四五六七八九十半]+)(?:个?(天|周|星期|礼拜)|个(月))/.exec(r.text)
  const last = r.times.at(-1)
  const n = days
    ? numberOf(days[1] === '半' ? '0' : (days[1] ?? '')) * (days[2] === '天' ? 1 : days[3] ? 30 : 7)
    : Number.NaN
  const until = Number.isFinite(n) && n > 0 && !(last && !last.day) ? addDays(last?.from ?? r.asOf, n - 1) : last?.to
  return { intent: 'absence', ...(until ? { until } : {}), ...(to ? { to } : {}) }
}

/** Help, pushes, binding, papers, absence: what concerns the bot and the speaker, not a duty. */
export function readStanding(r: Reading): Intent | undefined {
  if (isHelp(r.words)) return { intent: 'help' }
  return readMute(r) ?? readHandover(r) ?? readPushes(r) ?? bind(r) ?? paper(r) ?? absence(r)
}
