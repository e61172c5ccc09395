import type { Row, Table } from './sheet.ts'
import { squeeze } from './words.ts'

/** What a column of a table of tasks holds. */
export type Column = 'number' | 'theme' | 'text' | 'lead' | 'support' | 'time' | 'note' | 'other'

const MEANINGS: [Column, RegExp][] = [
  ['number', /^(?:序号|编号|项次|序|任务序号|任务编号|No\.?)$/i],
  ['support', /^(?:配合|协办|协助|协同|参与|参加).{0,4}(?:单位|部门)?$/],
  [
    'lead',
    /^(?:牵头|责任|主责|主办|承办|落实|实施|负责).{0,6}(?:单位|部门|科室|处室)|^(?:牵头|责任)(?:落实)?(?:单位|部门)|单位(?:及|和)?(?:职责|分工)$|^(?:责任主体|责任分工|职责分工|承办单位)$/,
  ],
  ['time', /时限|完成时间|时间(?:要求|安排|节点|进度)|期限|^时间$|进度(?:要求|安排)/],
  ['note', /^备注|^说明$/],
  ['other', /责任人|负责人|责任领导|分管|牵头领导|联系人|电话|密级|进展|完成情况|分值|得分/],
  [
    'text',
    /具体(?:要求|内容|任务|措施|事项|举措)|(?:工作|主要|任务|重点|公开)(?:内容|要求|措施|举措|事项)|^(?:内容|要求|事项|措施|目标任务|工作目标)$|工作任务及要求/,
  ],
  ['theme', /任务|类别|类型|领域|项目|重点|方面|板块|事项|工作|目标|指标/],
]

/** The meaning of each column by its head; undefined where the row is no head of a table of tasks. */
export function headOf(row: Row): Column[] | undefined {
  const heads = row.cells.map((c) => squeeze(c))
  if (heads.some((h) => h.length > 16)) return undefined
  const columns = heads.map((h): Column => (h === '' ? 'other' : (MEANINGS.find(([, p]) => p.test(h))?.[0] ?? 'other')))
  const named = columns.filter((c) => c !== 'other')
  const tells = columns.includes('text') || columns.includes('theme')
  if (
    named.length < 2 ||
    !tells ||
    !columns.some((c) => c === 'lead' || c === 'support' || c === 'time' || c === 'number')
  )
    return undefined
  if (!columns.includes('text')) columns[columns.lastIndexOf('theme')] = 'text'
  return columns
}

/** The rows between one head and the next: a page, where the head is repeated on each. */
export interface Page {
  columns: Column[]
  rows: Row[]
}

/** A table in its pages; rows before the first head are left out, and a table without a head has none. */
export function pagesOf(table: Table): Page[] {
  const pages: Page[] = []
  for (const row of table.rows) {
    const columns = headOf(row)
    if (columns) pages.push({ columns, rows: [] })
    else pages.at(-1)?.rows.push(row)
  }
  return pages.filter((p) => p.rows.length > 0)
}
