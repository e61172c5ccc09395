import { alignRow, scoreOf } from './align.ts'
import { markerOf } from './marker.ts'
import { NUMBER } from './row-heads.ts'
import type { Row, Table } from './sheet.ts'
import { spansOf } from './spans.ts'
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
const weightOf = (head: string): number => WEIGHTS.find(([, p]) => p.test(head))?.[0] ?? 0

/** The meaning of each column by its head; undefined where the row is no head of a table of tasks. */
export function headOf(row: Row): Column[] | undefined {
  const heads = row.cells.map((c) => squeeze(c))
  if (heads.some((h) => h.length > 18 || /[。；]|^各|^有关|^\d+$/.test(h))) return undefined
  return columnsOf(heads)
}

function columnsOf(heads: string[]): Column[] | undefined {
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

const meaningOf = (head: string): Column => MEANINGS.find(([, p]) => p.test(head))?.[0] ?? 'other'
/** A head that is merged over two columns names both. */
const beside = (before: Column | undefined): Column =>
  before === 'text' ? 'theme' : before === 'lead' || before === 'support' ? before : 'other'

/** The rows between one head and the next: a page, where the head is repeated on each. */
export interface Page {
  columns: Column[]
  rows: Row[]
}

interface OpenPage extends Page {
  heads: string[]
}

/** A table in its pages; rows before the first head are left out, and a table without a head has none. */
export function pagesOf(table: Table): Page[] {
  const pages: OpenPage[] = []
  let head: string[] | undefined
  for (const row of table.rows) {
    const columns = headOf(row)
    const page = pages.at(-1)
    const lower = head && page?.rows.length === 0 ? lowerHead(head, row) : undefined
    if (lower && page) {
      page.columns = lower.columns
      page.heads = lower.heads
      head = undefined
    } else if (columns) {
      head = row.cells.map((c) => squeeze(c))
      pages.push({ columns, rows: [], heads: head })
    } else page?.rows.push(row)
  }
  return pages.filter((p) => p.rows.length > 0).map((page) => inPlace(withSpans(page)))
}

/** A page whose columns are told by their cells, too, where a head stands over several or over none. */
function withSpans({ heads, columns, rows }: OpenPage): Page {
  const cells = rows.map((row) => row.cells.map((c) => squeeze(c)))
  const own = spansOf(heads, columns, cells) ?? heads.map((head, i) => (head === '' ? headLeft(heads, i) : i))
  const width = Math.max(own.length, ...cells.map((row) => row.length))
  const kinds = Array.from({ length: width }, (_, c) => columns[own[c] ?? -1] ?? 'other')
  const numbers = kinds.map((_, c) => isNumbers(cells, c))
  const shares = (c: number) => own.filter((h) => h === own[c]).length > 1
  const out = kinds.map((kind, c): Column => {
    const free = !kinds.includes('number') && (shares(c) || c === 0) && (kind === 'text' || kind === 'theme')
    if (free && numbers[c] && numbers.indexOf(true) === c) return 'number'
    const later = own.some((h, i) => h === own[c] && i > c && !numbers[i] && cells.some((row) => (row[i] ?? '') !== ''))
    return kind === 'text' && later ? 'theme' : kind
  })
  return { columns: unknownText(heads, own, longerText(heads, own, out, cells), cells), rows }
}

const headLeft = (heads: string[], at: number): number => {
  for (let i = at; i >= 0; i--) if (heads[i] !== '') return i
  return at
}

const isNumbers = (rows: string[][], column: number): boolean => {
  const filled = rows.map((row) => row[column] ?? '').filter((c) => c !== '')
  return filled.length > 1 && filled.filter((c) => NUMBER.test(c)).length >= filled.length * 0.9
}

/** Of 改革举措 beside 主要内容 the longer says what is to be done, the shorter names it. */
function longerText(heads: string[], own: number[], columns: Column[], rows: string[][]): Column[] {
  const at = columns.indexOf('text')
  const weight = weightOf(heads[own[at] ?? -1] ?? '')
  if (at < 0 || weight < 6) return columns
  const length = (c: number) => rows.reduce((n, row) => n + (row[c]?.length ?? 0), 0)
  const other = columns.findIndex(
    (kind, c) => kind === 'theme' && weightOf(heads[own[c] ?? -1] ?? '') === weight - 1 && length(c) > 2 * length(at),
  )
  if (other < 0) return columns
  return columns.map((kind, c) => (c === other ? 'text' : c === at ? 'theme' : kind))
}

/** A head of unknown words right of the text whose cells are sentences, and longer, says it in the text's place. */
function unknownText(heads: string[], own: number[], columns: Column[], rows: string[][]): Column[] {
  const at = columns.indexOf('text')
  const head = heads[own[at + 1] ?? -1] ?? ''
  if (at < 0 || columns[at + 1] !== 'other' || head === '' || meaningOf(head) !== 'text') return columns
  const most = columns.length - 1
  const both = rows.filter((row) => row.length >= most && row.slice(0, most).every((c) => c !== ''))
  const length = (c: number) => both.reduce((n, row) => n + (row[c]?.length ?? 0), 0)
  if (length(at + 1) < 10 * both.length || length(at + 1) < 1.5 * length(at)) return columns
  return columns.map((kind, c) => (c === at ? 'theme' : c === at + 1 ? 'text' : kind))
}

/** How much better cells must fit elsewhere before they are moved. */
const SURELY = 4

/** Rows that lost the cells which a merged one covers, put back into their columns. */
function inPlace(page: Page): Page {
  const { columns } = page
  const rows = page.rows.map((row): Row => {
    const last = row.cells.reduce((n, c, i) => (c.trim() === '' ? n : i), -1)
    const cells = row.cells.slice(0, last + 1)
    const alone = cells.length === 1 && markerOf(cells[0] ?? '')?.rank !== 3
    if (cells.length === 0 || cells.length >= columns.length || alone || row.cells.length > columns.length) return row
    const { at, score } = alignRow(cells, columns)
    if (at.length === 0 || score < scoreOf(row.cells, columns) + SURELY) return row
    const moved = (i: number): number => at.indexOf(i)
    return {
      line: row.line,
      cells: columns.map((_, c) => cells[moved(c)] ?? ''),
      ...(row.lines ? { lines: columns.map((_, c) => row.lines?.[moved(c)] ?? row.line) } : {}),
    }
  })
  return { columns, rows }
}

/** Lower heads that lost the cells before them stand below the one head for units; its place, or -1 where they stand in their own. */
function slipped(head: string[], own: string[], filled: string[]): number {
  const spare = head.length - head.filter((h) => h !== '').length
  if (filled.length < 2 || spare !== filled.length - 1 || own[0] === '' || head.at(-1) !== '') return -1
  const roles = filled.every((c) => ['lead', 'support'].includes(meaningOf(c)))
  return roles ? head.findIndex((h) => meaningOf(h) === 'lead') : -1
}

/** The columns where a second row of heads parts those above it (责任单位 into 牵头单位 and 配合单位). */
function lowerHead(head: string[], row: Row): { columns: Column[]; heads: string[] } | undefined {
  const own = row.cells.map((c) => squeeze(c))
  const filled = own.filter((c) => c !== '')
  if (filled.length === 0 || filled.length === head.length) return undefined
  const under = slipped(head, own, filled)
  const cells = under < 0 ? own : [...Array<string>(under).fill(''), ...filled]
  const over =
    under < 0 ? head : [...head.slice(0, under + 1), ...filled.slice(1).map(() => ''), ...head.slice(under + 1)]
  if (
    filled.some(
      (c) => c.length > 10 || !/(?:单位|部门|科室|人|领导|时限|时间|日期|目标|任务|措施|内容|牵头|配合|责任)$/.test(c),
    )
  )
    return undefined
  if (filled.every((c) => meaningOf(c) === 'text')) return undefined
  const length = Math.max(over.length, cells.length)
  const heads = Array.from({ length }, (_, i) => cells[i] || over[i] || '').slice(0, head.length)
  const columns = columnsOf(heads)
  return columns && { columns, heads }
}
