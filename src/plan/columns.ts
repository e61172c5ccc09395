import type { Row, Table } from './sheet.ts'
import { squeeze } from './words.ts'

/** What a column of a table of tasks holds. */
export type Column = 'number' | 'theme' | 'text' | 'lead' | 'support' | 'time' | 'note' | 'other'

const MEANINGS: [Column, RegExp][] = [
  ['number', /^(?:序号|编号|项次|序|项|任务序号|任务编号|项目编号|问题编号|总序号|No\.?|#)$/i],
  [
    'support',
    /^(?:[市县区州省镇]级)?(?:配合|协办|协助|协同|参与|参加|联合|会办|协作).{0,6}(?:单位|部门)?(?:[（(].{1,8}[）)])?$/,
  ],
  [
    'lead',
    /^(?:[市县区州省镇]级|主要|第一|整改|工作|项目|总)?(?:牵头|责任|主责|主办|主管|承办|承担|落实|实施|负责|发起|组织|执行|完成|建设|督办落实).{0,6}(?:单位|部门|科室|处室|机构|主体)|单位(?:及|和)?(?:职责|分工)$|^(?:责任主体|责任分工|职责分工|任务分工|牵头|责任|主办|承办|单位|部门|实施主体|整改主体)$|^(?:责任|牵头)(?:单位|部门)/,
  ],
  [
    'other',
    /责任人|负责人|领导|分管|联系人|联系方式|电话|密级|进展|完成情况|完成率|分值|得分|资金|投资|预算|比例|数量|基数|依据|对象|方式|督办|督导|验收|状态|签字/,
  ],
  ['time', /时限|时间|期限|进度|节点|日期|频次|频率|工期|时序/],
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
  [2, /目标|指标|标准|成效|成果|项目|重点|工作|清单/],
]
const weightOf = (head: string): number => WEIGHTS.find(([, p]) => p.test(head))?.[0] ?? 0

/** The meaning of each column by its head; undefined where the row is no head of a table of tasks. */
export function headOf(row: Row): Column[] | undefined {
  const heads = row.cells.map((c) => squeeze(c))
  if (heads.some((h) => h.length > 18 || /[。；]/.test(h))) return undefined
  return columnsOf(heads)
}

function columnsOf(heads: string[]): Column[] | undefined {
  const columns: Column[] = []
  for (const [i, head] of heads.entries()) columns.push(head === '' ? beside(columns[i - 1]) : meaningOf(head))
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

const meaningOf = (head: string): Column => MEANINGS.find(([, p]) => p.test(head))?.[0] ?? 'other'
/** A head that is merged over two columns names both. */
const beside = (before: Column | undefined): Column =>
  before === 'text' ? 'theme' : before === 'lead' || before === 'support' ? before : 'other'

/** The rows between one head and the next: a page, where the head is repeated on each. */
export interface Page {
  columns: Column[]
  rows: Row[]
}

/** A table in its pages; rows before the first head are left out, and a table without a head has none. */
export function pagesOf(table: Table): Page[] {
  const pages: Page[] = []
  let head: string[] | undefined
  for (const row of table.rows) {
    const columns = headOf(row)
    const page = pages.at(-1)
    const lower = head && page?.rows.length === 0 ? lowerHead(head, row) : undefined
    if (lower && page) {
      page.columns = lower
      head = undefined
    } else if (columns) {
      head = row.cells.map((c) => squeeze(c))
      pages.push({ columns, rows: [] })
    } else page?.rows.push(row)
  }
  return pages.filter((p) => p.rows.length > 0)
}

/** The columns where a second row of heads parts those above it (责任单位 into 牵头单位 and 配合单位). */
function lowerHead(head: string[], row: Row): Column[] | undefined {
  const cells = row.cells.map((c) => squeeze(c))
  const filled = cells.filter((c) => c !== '')
  if (filled.length === 0 || filled.length === head.length) return undefined
  if (
    filled.some(
      (c) => c.length > 10 || !/(?:单位|部门|科室|人|领导|时限|时间|日期|目标|任务|措施|内容|牵头|配合|责任)$/.test(c),
    )
  )
    return undefined
  if (filled.every((c) => meaningOf(c) === 'text')) return undefined
  const length = Math.max(head.length, cells.length)
  return columnsOf(Array.from({ length }, (_, i) => cells[i] || head[i] || ''))
}
