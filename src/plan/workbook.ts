import type { Question } from '../model/plan.ts'

/** The workbook in which a clerk corrects a draft: its sheets with the heads of their columns, and the words of its cells. */

export const sheets = {
  tasks: [
    '编号',
    '章节',
    '任务内容',
    '牵头单位',
    '配合单位',
    '分工方式',
    '时限原文',
    '时限',
    '原文行号',
    '原文',
    '备注',
  ],
  questions: ['编号', '行号', '问题', '建议', '处理', '类别'],
  document: ['标题', '文号', '发文机关', '印发日期', '年度', '截止年度'],
  common: ['章节', '内容', '单位', '时限原文', '时限', '原文行号', '原文'],
  sources: ['编号', '栏目', '内容', '行号', '原文', '位置'],
} as const
export type SheetKey = keyof typeof sheets
export type Column<K extends SheetKey> = (typeof sheets)[K][number]

export const sheetNames: Record<SheetKey, string> = {
  tasks: '任务',
  questions: '问题',
  document: '文件',
  common: '共性工作',
  sources: '出处',
}

/** How several leads have a task: `openEnded divided` → words. */
export const sharing = [
  { words: '共同承办', divided: false, openEnded: false },
  { words: '按职责分工', divided: true, openEnded: false },
  { words: '共同承办，名单未列全', divided: false, openEnded: true },
  { words: '按职责分工，名单未列全', divided: true, openEnded: true },
] as const

export const kindWords: Record<Question['kind'], string> = {
  contradiction: '时限矛盾',
  'unknown-unit': '单位待认',
  'succeeded-unit': '单位已变更',
  'class-without-members': '统称待分解',
  'relative-event': '事件日期',
  'vague-day': '日期笼统',
  'no-unit': '缺责任单位',
  'no-time': '缺时限',
  'unsure-row': '读法存疑',
  'narrower-subject': '主体较窄',
  head: '文件要素',
  'start-day': '起算日',
}

/** What stands in the column 编号 of 出处 for everybody's demand, which has no number: its line. */
export const commonKey = (line: number): string => `共性 ${line}`

/** Which list of a task a value stands in. */
export const slotWords = { lead: '牵头单位', support: '配合单位', deadlines: '时限' } as const
export const placeWords = { text: '正文', column: '时限栏' } as const

const SEPARATES = /[、，,；;\n]/

/** Unit names in a cell; one that holds a separator stands in quotes. */
export const joinNames = (names: readonly string[]): string =>
  names.map((name) => (SEPARATES.test(name) ? `“${name}”` : name)).join('、')

/** The names of a cell, however a clerk divides them; what stands in quotes is not divided. */
export function splitNames(cell: string): string[] {
  const names: string[] = []
  let name = ''
  let depth = 0
  for (const char of `${cell}、`) {
    if (char === '“') depth++
    if (char === '”') depth = Math.max(0, depth - 1)
    if (depth > 0 || !SEPARATES.test(char)) {
      name += char
      continue
    }
    const bare = name.trim()
    const inside = bare.startsWith('“') && bare.endsWith('”') ? bare.slice(1, -1) : ''
    if (bare !== '') names.push(SEPARATES.test(inside) ? inside : bare)
    name = ''
  }
  if (depth > 0)
    names.push(
      ...name
        .slice(0, -1)
        .split(SEPARATES)
        .map((each) => each.trim())
        .filter(Boolean),
    )
  return names
}
