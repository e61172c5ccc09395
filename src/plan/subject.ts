import { isClass } from './names.ts'

/** Who a sentence says is to act: units that stand before the verb, and whether a person of theirs is named. */
export interface Subject {
  units: string[]
  /** Every unit is one office by name, none a class. */
  named: boolean
  /** 主要负责同志, 班子: a person or body of the units, with or without them. */
  person: boolean
}

const NOUN =
  '级|地区|地|县|市|区|州|旗|盟|乡|镇|街道|办事处|部门|单位|人民政府|政府|（[区市县乡镇街道园办事处、]{1,8}）|\\([区市县乡镇街道园办事处、]{1,8}\\)|开发区|园区|景区|新区|管委会|直属|直|属|有关|相关|各|职能|行业|主管|牵头|责任|成员|企业|企事业|机关|科室|工作|驻|及其|组成|业务'
const CLASS = `(?:(?:全[市县州省区])?各|全体|所有|有关|相关|(?:全)?[市州县区省](?:级|直|属|政府)(?=各|有关|相关|部门|政府|单位|行业|主管|机关))(?:${NOUN})+`
const WITH_TASK = '有[\\u4e00-\\u9fff]{2,8}的(?:部门|单位|县区|县市)'
const NAMED =
  '(?:[\\u4e00-\\u9fff]{2,4})?[市县州省区](?:[\\u4e00-\\u9fff（）]{0,14}?)(?:办公室|局|委员会|管委会|委(?![员托派宣办网组统])|办(?![公理法事学好成文])|中心(?!支行|城)|厅|督查室|研究室|法院|检察院|宣传部|组织部|政府(?=[要应将须需、和于在按负牵会同，,]))'
const LATER = '街道|乡镇|开发区|园区|景区|新区|部门|单位|县区|县市|企业|高校'
const FIRST = new RegExp(`(?:${WITH_TASK}|${CLASS}|${NAMED})`, 'y')
const NEXT = new RegExp(`(?:${WITH_TASK}|${CLASS}|${NAMED}|(?:${LATER})(?=[、，,和及]|年内|要|应))`, 'y')
const PERSON =
  /(?:单位|部门|各级)?(?:党政)?(?:主要负责(?:同志|人)|分管负责(?:同志|人)|分管(?:领导|同志)|主要领导|领导班子|班子|负责同志|一把手)/y
const LEAD_IN = /^(?:同时|此外|另外|其中|原则上|请|由|并)[，,]?/
const ADVERBIAL = /^(?:\d|按照|根据|为|对|围绕|结合|从|自|每|今年|年底|年内)[^。；]{0,30}$/

/** The units and persons that a clause begins with; empty where it begins with neither. */
export function subjectOf(clause: string): Subject {
  const units: string[] = []
  let at = LEAD_IN.exec(clause)?.[0].length ?? 0
  for (;;) {
    const pattern = units.length ? NEXT : FIRST
    pattern.lastIndex = at
    const name = pattern.exec(clause)?.[0]
    if (!name || /^(?:网站|门户|官网|的|领域|方面|层面)/.test(clause.slice(at + name.length, at + name.length + 2)))
      break
    units.push(name)
    at += name.length
    const joint = /^(?:以及|[、和及与，,](?=各|有[\u4e00-\u9fff]{2,8}的|[市县州省区]|街道|乡镇|开发区|景区|园区))/.exec(
      clause.slice(at, at + 12),
    )
    if (!joint) break
    at += joint[0].length
  }
  PERSON.lastIndex = at
  const person = PERSON.test(clause)
  return { units, named: units.length > 0 && units.every((u) => !isClass(u)), person }
}

/** The subject of a sentence: of its first clause, or of the next where the first only tells when or on what ground. */
export function sentenceSubject(clauses: string[]): Subject {
  for (const clause of clauses.slice(0, 3)) {
    const subject = subjectOf(clause)
    if (subject.units.length > 0 || !ADVERBIAL.test(clause)) return subject
  }
  return { units: [], named: false, person: false }
}
