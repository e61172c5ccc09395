import {
  applicantKinds,
  applicantWords,
  outcomes,
  outcomeWords,
  remedies,
  remedyWords,
  results,
} from '../model/disclosure.ts'
import type { CellSpec, Count, Form } from './form.ts'

/** One block of Table 2: which item of 第二十条, the heads of its numbers, its rows. */
export interface Block2 {
  title: string
  columns: readonly { id: string; words: string; unit: string; decimal?: true }[]
  rows: readonly { id: string; words: string }[]
}

const decisions = [{ id: 'decisions', words: '本年处理决定数量', unit: '件' }] as const

export const table2: readonly Block2[] = [
  {
    title: '第二十条第（一）项',
    columns: [
      { id: 'made', words: '本年制发件数', unit: '件' },
      { id: 'repealed', words: '本年废止件数', unit: '件' },
      { id: 'valid', words: '现行有效件数', unit: '件' },
    ],
    rows: [
      { id: 'rules', words: '规章' },
      { id: 'normative', words: '行政规范性文件' },
    ],
  },
  { title: '第二十条第（五）项', columns: decisions, rows: [{ id: 'licence', words: '行政许可' }] },
  {
    title: '第二十条第（六）项',
    columns: decisions,
    rows: [
      { id: 'penalty', words: '行政处罚' },
      { id: 'coercion', words: '行政强制' },
    ],
  },
  {
    title: '第二十条第（八）项',
    columns: [{ id: 'amount', words: '本年收费金额（单位：万元）', unit: '万元', decimal: true }],
    rows: [{ id: 'charges', words: '行政事业性收费' }],
  },
]

/** A row of Table 3: its heads from the outside in, as the form prints them. */
export interface Row3 {
  id: string
  /** 三（三）1 */
  number: string
  heads: readonly string[]
}

/** How the form itself prints some rows and groups where it says more than the result is called. */
const printed: Readonly<Record<string, string>> = {
  '3-2': '（二）部分公开（区分处理的，只计这一情形，不计其他情形）',
}
const chinese = ['', '一', '二', '三', '四', '五', '六', '七'] as const
const groupHeads: Readonly<Record<string, string>> = {
  ...{ '3-3': '（三）不予公开', '3-4': '（四）无法提供', '3-5': '（五）不予处理', '3-6': '（六）其他处理' },
}

const RESULTS = '三、本年度办理结果'

const resultRow = ({ row, words }: { row: string; words: string }): Row3 => {
  const [, group = '', nth] = row.split('-')
  const number = `三（${chinese[Number(group)]}）${nth ?? ''}`
  if (nth === undefined)
    return { id: row, number, heads: [RESULTS, printed[row] ?? `（${chinese[Number(group)]}）${words}`] }
  return { id: row, number, heads: [RESULTS, groupHeads[row.slice(0, 3)] ?? '', `${nth}.${words}`] }
}

/** The 25 rows of numbers of Table 3. */
export const table3: readonly Row3[] = [
  { id: '1', number: '一', heads: ['一、本年新收政府信息公开申请数量'] },
  { id: '2', number: '二', heads: ['二、上年结转政府信息公开申请数量'] },
  ...results.map(resultRow),
  { id: '3-7', number: '三（七）', heads: [RESULTS, '（七）总计'] },
  { id: '4', number: '四', heads: ['四、结转下年度继续办理'] },
]

/** Its seven columns of numbers. */
export const columns3 = [...applicantKinds, 'total'] as const
export type Column3 = (typeof columns3)[number]
export const columnWords: Record<Column3, string> = { ...applicantWords, total: '总计' }

export const NOTE3 = '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）'

/** The five numbers of each block of Table 4. */
export const columns4 = [...outcomes, 'total'] as const
export const column4Words: Record<(typeof columns4)[number], string> = { ...outcomeWords, total: '总计' }

const cells2: CellSpec[] = table2.flatMap(({ columns, rows }) =>
  rows.flatMap((row) =>
    columns.map((column) => ({
      ...{ cell: `t2.${row.id}.${column.id}`, words: `${row.words}·${column.words}`, unit: column.unit },
      ...(column.decimal && { decimal: column.decimal }),
    })),
  ),
)

/** Answers under the 条例 of 2007 given in a year that this form is of, by the row that is nearest to them. */
const older: Readonly<Record<string, readonly string[]>> = {
  granted: ['already-public'],
  'third-party': ['trade-secret', 'privacy'],
  'not-held': ['not-ours', 'not-existing'],
  'still-unclear': ['to-change'],
  otherwise: ['no-such-kind', 'elsewhere'],
}

const count3 = (row: string, column: Column3): Count => {
  const applicant = column === 'total' ? {} : { applicant: column }
  if (row === '1') return { of: 'received', ...applicant }
  if (row === '2') return { of: 'carried-in', ...applicant }
  if (row === '4') return { of: 'carried-out', ...applicant }
  const ended = results.filter((one) => one.row === row).flatMap(({ id }) => [id, ...(older[id] ?? [])])
  return { of: 'concluded', ...applicant, ...(row !== '3-7' && { results: ended }) }
}

const cells3: CellSpec[] = table3.flatMap((row) =>
  columns3.map((column) => ({
    cell: `t3.${row.id}.${column}`,
    words: `${row.number} ${(row.heads[row.heads.length - 1] ?? '').replace(/^(?:[一二四]、|（.）|\d\.)/, '')}·${columnWords[column]}`,
    unit: '件',
    count: count3(row.id, column),
  })),
)

const cells4: CellSpec[] = remedies.flatMap((remedy) =>
  columns4.map((column) => ({
    ...{ cell: `t4.${remedy}.${column}`, words: `${remedyWords[remedy]}·${column4Words[column]}`, unit: '件' },
    count: { of: 'remedies', remedies: [remedy], outcomes: column === 'total' ? outcomes : [column] },
  })),
)

/** What part six tells of the information-handling fee (国办函〔2020〕109号). */
const feeCells: CellSpec[] = [
  { cell: 'fee.notices', words: '发出收费通知', unit: '件', count: { of: 'fees', what: 'notices' } },
  { cell: 'fee.billed', words: '收费通知总金额', unit: '元', decimal: true, count: { of: 'fees', what: 'billed' } },
  { cell: 'fee.charged', words: '实际收取信息处理费', unit: '元', decimal: true, count: { of: 'fees', what: 'paid' } },
]

const aside = (name: string, words: string, unit: string, count: Count): CellSpec => ({
  ...{ cell: `a.${name}`, words, unit, count },
  aside: true,
})

/** What part one tells of beside the tables. */
const asides: CellSpec[] = [
  aside('published', '主动公开政府信息数', '条', { of: 'channel', channel: 'total' }),
  aside('website', '政府网站公开数', '条', { of: 'channel', channel: 'website' }),
  aside('weibo', '政务微博公开数', '条', { of: 'channel', channel: 'weibo' }),
  aside('wechat', '政务微信公开数', '条', { of: 'channel', channel: 'wechat' }),
  aside('other', '其他方式公开数', '条', { of: 'channel', channel: 'other' }),
  aside('conferences', '新闻发布会', '场', { of: 'channel', channel: 'conference' }),
  aside('points', '查阅点', '个', { of: 'channel', channel: 'points' }),
  aside('interpretations', '政策解读', '件', { of: 'activities', kinds: ['interpretation'] }),
  aside('responses', '舆情回应', '件', { of: 'activities', kinds: ['incident'] }),
  aside('reviews', '公开前作过保密审查的文件', '件', { of: 'activities', kinds: ['review'] }),
  aside('trainings', '培训', '次', { of: 'activities', kinds: ['training'] }),
  aside('meetings', '工作会议和听取汇报', '次', { of: 'activities', kinds: ['meeting', 'hearing'] }),
]

const one = (id: string, ask: string) => [{ id, title: '', ask }]

/** 国办公开办函〔2021〕30号: six parts, Tables 2 to 4. */
export const form2021: Form = {
  id: '2021',
  source: '国办公开办函〔2021〕30号',
  cells: [...cells2, ...cells3, ...cells4, ...feeCells, ...asides],
  parts: [
    {
      title: '一、总体情况',
      sections: [
        { id: '1.disclosure', title: '（一）主动公开', ask: '重点领域公开、政策解读和回应的做法' },
        { id: '1.request', title: '（二）依申请公开', ask: '' },
        { id: '1.management', title: '（三）政府信息管理', ask: '规范性文件管理、保密审查和属性调整的情况' },
        { id: '1.platform', title: '（四）平台建设', ask: '网站、新媒体和公开专区的建设情况' },
        { id: '1.oversight', title: '（五）监督保障', ask: '组织领导，以及考核、社会评议、责任追究的情况' },
      ],
    },
    { title: '二、主动公开政府信息情况', sections: [] },
    { title: '三、收到和处理政府信息公开申请情况', sections: [] },
    { title: '四、政府信息公开行政复议、行政诉讼情况', sections: [] },
    { title: '五、存在的主要问题及改进情况', sections: one('5', '存在的主要问题和改进措施') },
    { title: '六、其他需要报告的事项', sections: one('6', '其他需要报告的事项；没有的写“无”') },
  ],
}
