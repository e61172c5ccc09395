import type { Intent } from '../model/intent.ts'
import { isPromise, judge } from './done.ts'
import { toldOf } from './groups.ts'
import { planOf, type Reading, tasksOf, wordsOf } from './reading.ts'
import { pastPeriod, type Time } from './spans.ts'
import { flatten } from './text.ts'

const VIA: readonly (readonly [RegExp, 'phone' | 'paper' | 'oa' | 'mail'])[] = [
  [/电话|来电|致电|打电话|口头/, 'phone'],
  [/纸质|书面|盖章件|送来(?:了)?(?:材料|文件)|纸件|传真/, 'paper'],
  [/OA|oa|公文系统|办公系统|协同/, 'oa'],
  [/邮件|邮箱|e-?mail/i, 'mail'],
]

/** The way a unit's word came to the office: by telephone, on paper, through the OA, by mail. */
export const viaOf = (r: Reading): 'phone' | 'paper' | 'oa' | 'mail' | undefined =>
  VIA.find(([words]) => words.test(r.words))?.[1]

const PERIOD_NAMED = /\d{4}|今年|去年|本|这|上|下|前年/

/** The rounds that a report names; a day of publication (8月10日) is none. */
export function periodsOf(r: Reading, times: readonly Time[] = r.times): { period?: string; periods?: string[] } {
  const found: string[] = []
  for (const time of times) {
    const words = wordsOf(r, time)
    for (const period of time.before ? [] : time.periods) {
      if (/^\d{4}$/.test(period) && !/\d{4}|^\d\d年|去年|年度|上一?年/.test(words)) continue
      const bare = /^(?:第?[一二三四1-4]|上|下|\d)/.test(words) && !/^(?:上个|上季|下个|上月|下月)/.test(words)
      found.push(
        bare ? pastPeriod(period, r.asOf, /\d{4}/.test(words)) : pastPeriod(period, r.asOf, PERIOD_NAMED.test(words)),
      )
    }
  }
  const periods = [...new Set(found)]
  const [period] = periods
  if (periods.length > 1) return { periods }
  return period ? { period } : {}
}

const NOUN =
  /专栏|专题|栏目|报告|方案|目录|清单|制度|指南|[年月季快周]报|预算|决算|情况|信息|数据|分析|图解|评估|实录|指引|手册|细则|解读|名单|结果|政策|规定|意见|办法|公报|公告|通告|文件|要点|总结|收支|预案|规划|价格|标准|流程|平台|系统|微信|网站|发布会|整改/
const PEOPLE =
  /[你您]|群里|邮箱|微信(?:给|上发)|发(?:给|到)(?:你|您|大家|群|我)|大家|各位|谢|会议室|食堂|饭|通知(?!公告)|截图|照片|表格已|链接发|帮/

const DEED =
  /^(.*?)(?:已经?|都|全部|均|刚刚?|也|现已|现在|目前|按要求|按时)*(?:(?:于|在).{0,8}?)?(?:公开|发布|公布|公示|开|完成|办结|弄|做|上线|挂网|印发|报送|上报|更新|建|提交|上传|搞|搞定|发|报|交|挂|召开|举办|开通|制定|出台|办)(?:出去|上去|完毕|完|好|上|到位|定)*了?\s*$/

/** What is reported where no number is said: the words before the deed. */
function keywordOf(r: Reading): string | undefined {
  const head = flatten(r.masked)
    .replace(/^(?:报告|汇报|反馈|报送|完成)[:,]?/, '')
    .replace(/[ŦĐÜÞŁÑ]/g, ' ')
    .split(/[,。;!\n]/)[0]
  const said = (head ?? '').replace(/^\s*(?:我们?|本|咱们?)(?:局|委|办|单位|中心|院|行|区|县|政府|部门)?的?/, '')
  const noun = (DEED.exec(said)?.[1] ?? said.split(/已经?|都|全部|均|刚/)[0] ?? '').replace(/(?:的|也)+$/, '').trim()
  return noun.replace(/\s+/g, '').length >= 2 ? noun.replace(/\s+/g, '') : undefined
}

const WHOLE_LIST =
  /^(?:我们?|本|咱们?)?(?:局|委|办|单位|中心)?(?:的)?(?:任务|工作|所有任务|全部任务)?(?:Đ的?)?(?:都|全部|全都|已经?|均|也)*(?:弄完|完成|办完|搞定|做完|办结|报完|搞完|报|弄好|做好|公开)(?:了|完毕)?[。!~]*$/

function reportAlone(r: Reading): Intent | undefined {
  if (judge(r.words, r.text) !== 'done' || isPromise(r, 0, r.masked.length, r.words)) return undefined
  const links = r.links.length ? { links: r.links } : {}
  if (WHOLE_LIST.test(r.words)) return { intent: 'report', ...periodsOf(r), ...links, ...planOf(r) }
  const keyword = keywordOf(r)
  const bare =
    /^Đ的?(?:数据|信息)?(?:都|已经?|也)*(?:公开|发布|上传|上报|报送|报|发|更新|挂网)(?:了|完毕)?Ł?[。!]?$/.test(r.words)
  const published =
    r.links.length > 0 ||
    (keyword !== undefined && (NOUN.test(keyword) || (keyword.length >= 3 && /公开/.test(r.words))))
  if (PEOPLE.test(r.words) || r.toOther || r.words.length > 120) return undefined
  if (!published && !bare) return undefined
  return { intent: 'report', ...periodsOf(r), ...links, ...(keyword ? { keyword } : {}), ...planOf(r) }
}

const BARE_PROGRESS =
  /^(?:我们?|本|咱们?)?(?:局|委|办|单位|中心|这边)?(?:的)?(?:任务|工作|材料)?(?:目前|现在|暂时|都|Đ)*(?:进展[:,]|(?:正在|还在|在)(?:办理?|推进|整理|起草|审核?|走流程|抓紧|落实|收集|准备|弄|做)|(?:还|尚|暂|均|都)?(?:没有?|未)(?:完全|全部|有)?(?:完成|办结|公开|弄完|做完|发布|办完|搞完|报|办好|弄好))/

/** 零报告 and the like: nothing to report this round. */
const isZero = (r: Reading): boolean =>
  /零报告|零上报|0报告|零报送|无(?:相关)?(?:事项|情况|内容|新增)(?:可报|需报|报告)|无情况报告/.test(r.words)

/** 审计局12号已完成, 12号审计局已报: somebody else's duty, told in passing. */
const OF_OTHERS =
  /^[^Ŧ]{0,8}Ü[^,。]{0,6}Ŧ|Ŧ(?:任务|的|,)?Ü(?:的|那边|那里)?(?:已|都|也|完成|报|办结|没|还|未|正|在|尚)(?![^,。]*(?:给|提供|数据|意见|材料))|^[^ŦÜ]{0,6}Ü[^Ŧ]*$/

/** 李某说12号完成了: what another person said. */
const HEARSAY =
  /^[^ŦÜ,。:]{1,5}说(?![明过])|^听|^(?:他们|她们|人家|隔壁|别的|别人|其他(?:单位|部门|局|县)|兄弟单位|有的)[^ŦÜ,。]{0,6}Ŧ/

/** 财政局12号反馈说还需一周: what a unit told the office. */
const PASSED_ON = /^Ü(?:Ŧ|的|任务)*(?:反馈|回复|表示|说|称|报告|汇报|答复)/

/** Reports and progress, of a unit's own liaison or of the office on its behalf. */
export function readReport(r: Reading): Intent | undefined {
  if (r.leader) return undefined
  const via = r.office ? viaOf(r) : undefined
  const behalf = r.office ? { ...(r.named.length ? { units: r.named } : {}), ...(via ? { via } : {}) } : {}
  if (r.office && !r.named.length) return undefined
  const foreign =
    !r.office && (HEARSAY.test(r.words) || (OF_OTHERS.test(r.words) && !r.named.every((name) => r.own.includes(name))))
  if (isZero(r) && r.ids.length && !/没(?!有?(?:相关|此|新|需|发生))|未|不|\?|吗/.test(r.words)) {
    return foreign ? undefined : { intent: 'report', ...tasksOf(r), ...behalf, ...periodsOf(r), zero: true }
  }
  if (!r.ids.length) return r.office || foreign ? undefined : (reportAlone(r) ?? progressAlone(r))
  const told = toldOf(r)
  const { done, none } = told
  const excluded = /以外/.test(r.words)
  const onTheWay = /进展|推进情况/.test(r.words)
  if (onTheWay && done.length && !foreign && !r.office) return { intent: 'progress', ...tasksOf(r) }
  if (done.length && !foreign && !excluded && !told.asks) {
    const links = told.links.length ? { links: told.links } : {}
    return { intent: 'report', tasks: done, ...behalf, ...periodsOf(r, told.times), ...links, ...planOf(r) }
  }
  if (none.length && !foreign && r.links.length && !r.office && onlyEvidence(r)) {
    return { intent: 'report', tasks: none, ...periodsOf(r), links: r.links, ...planOf(r) }
  }
  const not = excluded ? r.ids : told.not
  if (not.length && !foreign && !(r.office && !via && !PASSED_ON.test(r.words)))
    return { intent: 'progress', tasks: not, ...behalf, ...planOf(r) }
  if (
    /^(?:Þ)?(?:进展|进度)(?:情况|汇报|反馈)?[:,]?Ŧ.{2,}/.test(r.words) &&
    !/\?|吗|怎么|如何|到哪/.test(r.words) &&
    !foreign
  ) {
    return { intent: 'progress', ...tasksOf(r), ...behalf }
  }
  if (/^Ŧ(?:的)?(?:进展|进度)(?:情况)?[:,].{2,}/.test(r.words) && !foreign)
    return { intent: 'progress', ...tasksOf(r), ...behalf }
  return undefined
}

/** Said of the speaker's own task as of something that has happened or goes on, though no rule knows the deed. */
const REMARK =
  /^(?:Þ)?(?:我们?|本|咱们?)?(?:局|委|办|单位|中心|县|区)?(?:目前|现在|这边)?(?:的)?Ŧ(?:任务|工作|这项|这个|事项)?(?:的)?(?=[,:[(]|[已正在刚才还都也又就再均全现目今昨前Đ我本咱由因经]|派|联系|联络|安排|布置|部署|交|转|报|送|发|开(?!学)|起草|拟|写|改|做|办|弄|搞|整|抓|完|审|核|签|印|公|上|挂|会签|会审|项目|工程|系统|网站|平台|跟|向|找|请|等|列|纳|进|启|落|推|组|成立|制|编|收|汇|通知|各|科|局|处|领导|分管|主要|数据|材料|资料|方案|稿|文|函|意见|情况|报告|公告|公示|清单|名单|目录|专栏|解读|图解|初|第|相关|有关|具体).*(?:已|正|了|在(?!办公|家|路上|外地|单位|会场|群里)|刚)/

/** 12号已派人去办: neither done nor denied; it stays what it is, a word on the way. */
export function readRemark(r: Reading): Intent | undefined {
  if (
    !r.liaison ||
    r.links.length ||
    r.words.length > 60 ||
    /群里|食堂|谢/.test(r.words) ||
    /[ÜÑ?你您]|吗|谁|哪|怎么|什么|啥/.test(r.words)
  )
    return undefined
  if (r.named.length || !REMARK.test(r.words) || judge(r.words, r.text) !== 'none') return undefined
  return { intent: 'progress', ...tasksOf(r) }
}

/** Does a message without a number call something done? Then it is no question, whatever its nouns are. */
export const isTold = (r: Reading): boolean => judge(r.words, r.text) === 'done'

/** 5号 统计公报 http://…: what the link shows is named. */
const NAMED_EVIDENCE = /^Ŧ[:,]?(?!.*(?:看|参考|模板|通知|要求|学习|转|谁|问))[\u4e00-\u9fa5]{2,14}[:,]?Ł+[。!]?$/

/** A number and a link with nothing else said but 链接, 网址, 见. */
const onlyEvidence = (r: Reading): boolean =>
  NAMED_EVIDENCE.test(r.words) ||
  /^(?:[ŦĐŁÞ:,。、的]|链接|网址|地址|见|公开|发布|附|在|如下|任务|报|报送|反馈|完成情况|已|了|于|请审核?|两个|几个|个|Ñ|请查收|请查阅|请核|谢谢)+$/.test(
    r.words,
  )

function progressAlone(r: Reading): Intent | undefined {
  if (!r.liaison || r.toOther || r.words.length > 60 || judge(r.words, r.text) !== 'not') return undefined
  return BARE_PROGRESS.test(r.words) ? { intent: 'progress', ...planOf(r) } : undefined
}
