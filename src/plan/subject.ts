import { isClass } from './names.ts'

/** Who a sentence says is to act: units that stand before the verb, and whether a person of theirs is named. */
export interface Subject {
  units: string[]
  /** Units that the same words say only help (X会同Y, X牵头，Y配合). */
  support: string[]
  /** Every unit is one office by name, none a class. */
  named: boolean
  /** 主要负责同志, 班子: a person or body of the units, with or without them. */
  person: boolean
}

const IN_BRACKETS = '[（(〔[区市县州盟旗乡镇街道园村社办事处、]{1,8}[）)〕]'
const NOUN = `级|地区|行署|地|县|市|区|州|旗|盟|乡|镇|街道|村|社区|办事处|部门|单位|人民政府|政府|党委|${IN_BRACKETS}|开发区|园区|景区|新区|管委会|直属|直|属|有关|相关|各|职能|行业|主管|牵头|责任|承办|主办|协办|会办|试点|配合|成员|整改|企业|企事业|机关|学院|部室|子公司|公司|项目部|支部|党组织|学校|科室|处室|工作|驻|及其|组成|业务|重点|专项|小组|专班`
const CLASS = `(?:(?:全[市县州省区镇乡])?各|全体|所有|有关|相关|(?:全)?[市州县区省旗盟镇乡](?:级|直|属|政府)(?=各|有关|相关|部门|政府|单位|行业|主管|机关))(?:${NOUN})+`
const ROLE_CLASS =
  '[\\u4e00-\\u9fff]{2,8}各成员(?:单位|部门)|(?:牵头|责任|主办|承办|成员|配合)(?:单位|部门)(?=[要应须需将于在每按分收接]|负责)'
const WITH_TASK = '有[\\u4e00-\\u9fff]{2,8}的(?:部门|单位|县区|县市)'
const VERB =
  '(?=[、，,和与及]|要|应|须|需|将|会同|联合|牵头|负责|配合|协助|具体|按|根据|结合|于|对|在|分别|每|年内|主要|适时|定期|统筹|组织|制定|研究|做好|抓好|加强|建立|完善|加快|推进|积极|尽快|抓紧|督促|指导|全面|继续|严格|切实|进一步|认真|持续|深入|\\d)'
const NAMED =
  '(?:[市县州省区旗盟]委[\\u4e00-\\u9fff]{1,6}?(?:办公室|办|局|部|室|院)|(?:[\\u4e00-\\u9fff]{2,4})?[市县州省区旗盟镇乡](?:[\\u4e00-\\u9fff（）]{0,14}?)(?:办公室|局(?:[\\u4e00-\\u9fff]{2,8}(?:分局|支队|大队))?|委员会(?:办公室)?|管委会|委(?![员托派宣办网组统政])|办(?![公理法事学好成文])|中心(?!支行|城)|厅|督查室|研究室|法院|检察院|宣传部|组织部|统战部|政法委|政府(?=[要应将须需、和于在按负牵会同配协参联，,])))'
const MORE = `(?:(?:[\\u4e00-\\u9fff]{2,4})?[市县州省区旗盟镇乡][\\u4e00-\\u9fff]{0,14}?(?:支队|总队|大队|人武部|公司|集团|工会|妇联|残联|科协|学院|大学|医院|办事处|党委|纪委|监委|指挥部|专班|派出所|服务站|中心)|[\\u4e00-\\u9fff]{2,4}(?:区|县|市|镇|乡|街道|新区|开发区|高新区|管委会)|团[市县州省区旗]委|国网[\\u4e00-\\u9fff]{2,10}公司|(?!成立|建立|组建|设立|充分|加强)[\\u4e00-\\u9fff]{0,16}(?:领导小组|工作专班|联席会议|指挥部)(?:办公室)?)${VERB}`
const LATER = '街道|乡镇|开发区|园区|景区|新区|部门|单位|县区|县市|企业|高校'
const FIRST = new RegExp(`(?:${WITH_TASK}|${ROLE_CLASS}|${CLASS}|${NAMED}|${MORE})`, 'y')
const NEXT = new RegExp(
  `(?:${WITH_TASK}|${ROLE_CLASS}|${CLASS}|${NAMED}|${MORE}|(?:${LATER})(?=[、，,和及]|年内|要|应)|[\\u4e00-\\u9fff]{1,10}?(?:局|委|办|厅|支队)(?=[、，,和与及]|牵头|负责|配合|协助|要|应))`,
  'y',
)
const PERSON =
  /(?:单位|部门|各级)?(?:党政)?(?:主要负责(?:同志|人)|分管负责(?:同志|人)|分管(?:领导|同志)|主要领导|领导班子|班子|负责同志|一把手)/y
const LEAD_IN =
  /^(?:[一二三四五六七八九十]{1,2}是|其[一二三四五六七八九十](?=[，,是])是?|首先|其次|再次|最后|同时|此外|另外|其中|原则上|会议要求|会议明确|会议议定|会议决定|由|请|并|具体由|责成|明确由|原则同意由)+[，,：:]?(?:由|请)?/
const ADVERBIAL = /^(?:\d|经|现[将就]|按照|根据|为|对|围绕|结合|从|自|每|今年|年底|年内|关于|针对|在)[^。；]{0,40}$/
const OF_SITE = /^(?:网站|门户|官网|的|领域|方面|层面|区域|范围|规模)/

/** The units that stand at a place of a clause, and where they end. */
function unitsAt(clause: string, from: number): { units: string[]; end: number } {
  const units: string[] = []
  let at = from
  let end = from
  for (;;) {
    const pattern = units.length ? NEXT : FIRST
    pattern.lastIndex = at
    const name = pattern.exec(clause)?.[0]
    if (!name) break
    const next = clause.slice(at + name.length, at + name.length + 2)
    // 各县区、各部门的实施方案: what is possessed is the whole list's, so its last name counts as its first does.
    if (OF_SITE.test(next) && !(units.length > 0 && next.startsWith('的'))) break
    units.push(name)
    end = at + name.length
    const joint = /^(?:以及|[、和及与，,](?=[\u4e00-\u9fff]))/.exec(clause.slice(end, end + 12))
    if (!joint) break
    at = end + joint[0].length
  }
  return { units, end }
}

const WITH = /^(?:牵头)?[，,]?(?:负责)?(?:牵头)?(?:会同|联合|协同|商)/
const LEADS = /^(?:负责)?牵头[，、,；]?(?:由)?/
const HELPS = /^(?:等|等部门|等单位)?(?:积极|密切|共同|协同)?(?:配合|协助|参与|协办)/

/** The units and persons that a clause begins with; empty where it begins with neither. */
export function subjectOf(clause: string): Subject {
  const start = LEAD_IN.exec(clause)?.[0].length ?? 0
  const { units, end } = unitsAt(clause, start)
  PERSON.lastIndex = end
  const person = PERSON.test(clause)
  const support = units.length ? helpersAt(clause, end) : []
  return { units, support, named: units.length > 0 && units.every((u) => !isClass(u)), person }
}

/** Those who 会同 brings in, or of whom the next clause says 配合. */
function helpersAt(clause: string, at: number): string[] {
  const rest = clause.slice(at, at + 160)
  const together = WITH.exec(rest)
  if (together) return unitsAt(rest, together[0].length).units
  const leads = LEADS.exec(rest)
  if (!leads) return []
  const { units, end } = unitsAt(rest, leads[0].length)
  return units.length && HELPS.test(rest.slice(end)) ? units : []
}

/** The subject of a sentence: of its first clause, or of the next where the first only tells when or on what ground. */
export function sentenceSubject(sentence: string): Subject {
  let at = 0
  for (let n = 0; n < 3; n++) {
    const subject = subjectOf(sentence.slice(at))
    const stop = sentence.slice(at).search(/[，,]/)
    const clause = stop < 0 ? sentence.slice(at) : sentence.slice(at, at + stop)
    if (subject.units.length > 0 || !ADVERBIAL.test(clause) || stop < 0) return subject
    at += stop + 1
  }
  return { units: [], support: [], named: false, person: false }
}
