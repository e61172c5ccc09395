import type { Intent } from '../model/intent.ts'
import { planOf, type Reading, tasksOf, unitsOf } from './reading.ts'
import { viaOf } from './report.ts'

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

/** 签收: of numbers, of all, or by the office for a unit. */
export function readAccept(r: Reading): Intent | undefined {
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
