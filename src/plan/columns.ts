import type { Row } from './sheet.ts'
import { squeeze } from './words.ts'

/** What a column of a table of tasks holds. */
export type Column = 'number' | 'theme' | 'text' | 'lead' | 'support' | 'time' | 'note' | 'other'

const MEANINGS: [Column, RegExp][] = [
  ['number', /^(?:序号|编号|项次|序|项|项号|(?:任务|项目|问题|事项|工作|总|条款?)(?:序号|编号)|No\.?|#)$/i],
  [
    'support',
    /^(?:[市县区州省镇]级)?(?:配合|协办|协助|协同|参与|参加|联合|会办|协作).{0,6}(?:单位|部门)?(?:[（(].{1,8}[）)])?$|^责任配合(?:单位|部门)$/,
  ],
  ['text', /(?:事项|任务|内容|措施|举措|要求|原文)$(?<!(?:时间|时限|期限|进度)(?:及|和)?要求)/],
  [
    'lead',
    /^(?:[市县区州省镇]级|主要|第一|整改|工作|项目|总)?(?:牵头|责任|主责|主办|主管|承办|承担|落实|实施|负责|发起|组织|执行|完成|建设|督办落实).{0,6}(?:单位|部门|科室|处室|机构|主体)|单位(?:及|和)?(?:职责|分工)$|^(?:责任主体|责任分工|职责分工|任务分工|牵头|责任|主办|承办|单位|部门|实施主体|整改主体)$|^(?:责任|牵头)(?:单位|部门)|责任(?:单位|部门|科室|处室|股室|股（室）|主体|团队|方|县区)$|^[省市县区州](?:责任|牵头)?(?:单位|部门)$|^[省市县区州]级?牵头.{0,3}(?:单位|部门)$/,
  ],
  [
    'other',
    /^(?:姓名|职务|职称|性别|学历|地址|网址|邮箱|邮编|单位性质|计量单位)$|责任人|负责人|领导|分管|联系人|联系方式|电话|密级|进展|完成情况|完成率|分值|得分|资金|投资|预算|比例|数量|基数|依据|对象|方式|督办|督导|验收|状态|签字/,
  ],
  ['time', /时限|时间|期限|年限|时效|进度|节点|日期|频次|频率|工期|时序/],
  ['note', /^备注|^说明$|^附注/],
  ['text', /./],
]
/** How much a head sounds like what is to be done; the column that sounds most like it is the text, the others are themes. */
const WEIGHTS: [number, RegExp][] = [
  [1, /名称|类别|类型|分类|领域|方面|板块|问题|来源|表现|案由/],
  [6, /措施|举措|做法|具体(?:内容|任务|要求|工作|事项|安排)|任务分解|任务内容/],
  [5, /内容|(?:整改|落实)(?:任务|要求|事项)/],
  [4, /要求|安排|目标任务|工作任务及/],
  [3, /任务|事项/],
  [2, /目标|指标|标准|成效|成果|项目|重点|工作|清单|实事|议题|议定|行动|建议|诉求|原文|表述|工程|政策|活动/],
]
/** An office that drafts, publishes or oversees answers where no other is named; one that asked for it, or is asked, does not. */
const ANSWERS = /^(?!.*(?:各|有关|相关|直)).{0,6}(?:单位|部门|科室|处室|股室|机构|主体)$/
const ASKS = /^(?:交办|来文|申报|填报|提出|反馈|所属|来源|服务|计量|被|受).{0,3}(?:单位|部门|机构|主体)$/
/** How much a head sounds like what is to be done, from 0. */
export const weightOf = (head: string): number => WEIGHTS.find(([, p]) => p.test(head))?.[0] ?? 0

const NO_HEAD = /[。；]|^各|^有关|^\d+$/

/** The meaning of each column by its head; undefined where the row is no head of a table of tasks. */
export function headOf(row: Row): Column[] | undefined {
  const heads: string[] = []
  for (const cell of row.cells) {
    const head = squeeze(cell)
    if (head.length > 18 || NO_HEAD.test(head)) return undefined
    heads.push(head)
  }
  return columnsOf(heads)
}

/** The meanings of heads without their spaces; undefined where they are none of a table of tasks. */
export function columnsOf(heads: string[]): Column[] | undefined {
  const columns: Column[] = []
  for (const [i, head] of heads.entries()) columns.push(head === '' ? beside(columns[i - 1]) : meaningOf(head))
  if (!columns.includes('lead')) {
    const at = heads.findIndex((head, i) => columns[i] !== 'support' && ANSWERS.test(head) && !ASKS.test(head))
    if (at >= 0) columns[at] = 'lead'
  }
  const told = columns.filter((c, i) => heads[i] !== '' && c !== 'other' && c !== 'note')
  const answers = columns.some((c) => c === 'lead' || c === 'support' || c === 'time' || c === 'number')
  if (told.length < 2 || !answers || !columns.includes('text')) return undefined
  const weights = columns.map((c, i) => (c === 'text' ? weightOf(heads[i] ?? '') : 0))
  const best = Math.max(...weights)
  if (best === 0) return undefined
  // Of 重点任务 and 工作任务 the later is the narrower; of 具体内容 and 工作措施 the first says it.
  const at = best <= 3 ? weights.lastIndexOf(best) : weights.indexOf(best)
  return columns.map((c, i) => (c !== 'text' || i === at ? c : weights[i] === 0 ? 'other' : 'theme'))
}

/** What one head alone means. */
export const meaningOf = (head: string): Column => MEANINGS.find(([, p]) => p.test(head))?.[0] ?? 'other'
/** A head that is merged over two columns names both. */
const beside = (before: Column | undefined): Column =>
  before === 'text' ? 'theme' : before === 'lead' || before === 'support' ? before : 'other'
