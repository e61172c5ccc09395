import { outcomes, remedies, remedyWords, results } from '../model/disclosure.ts'
import { claims, numbersTold } from './claims.ts'
import type { Figures } from './figures.ts'
import { columns3, columnWords, table3 } from './form2021.ts'

/** What the checks look at: the cells, and the texts by the ids of their sections. */
export interface Checked {
  figures: Figures
  texts: Readonly<Record<string, string>>
}

/** `ok`, `fired` with what would be right, or `open`: a number that it needs is not there yet. */
export interface Verdict {
  state: 'ok' | 'fired' | 'open'
  /** What is the matter, and what would be right; empty where it is ok. */
  told: string
}

/** One check. `last.` before a cell: the same of the year before. */
export interface Check {
  id: string
  words: string
  cells: readonly string[]
  judge(it: Checked): Verdict
}

export interface Finding extends Verdict {
  id: string
  words: string
  cells: readonly string[]
}

const ok: Verdict = { state: 'ok', told: '' }

const numberIn = ({ figures }: Checked, cell: string): number | null => {
  const found = figures.get(cell.replace(/^last\./, ''))
  return (cell.startsWith('last.') ? found?.last : found?.value) ?? null
}

/** Sums are of whole numbers but for money, which is compared to the cent. */
const isSame = (a: number, b: number): boolean => Math.abs(a - b) < 0.005

/** A cell with the sign that it has in its side of an equation. */
type Term = readonly [sign: 1 | -1, cell: string]

/** `left` = `right`; what would be right is told of the first cell on the right. */
const equation = (id: string, words: string, left: readonly Term[], right: readonly string[]): Check => {
  const cells = [...left.map(([, cell]) => cell), ...right]
  return {
    ...{ id, words, cells },
    judge: (it) => {
      const numbers = cells.map((cell) => numberIn(it, cell))
      if (numbers.includes(null)) return { state: 'open', told: '有的数还没有填，无从核对' }
      const due = left.reduce((sum, [sign], i) => sum + sign * (numbers[i] ?? 0), 0)
      const is = numbers.slice(left.length).reduce<number>((sum, one) => sum + (one ?? 0), 0)
      return isSame(due, is) ? ok : { state: 'fired', told: `应为${due}，现在是${is}` }
    },
  }
}

const plus = (cells: readonly string[]): Term[] => cells.map((cell) => [1, cell])

const applicants = columns3.slice(0, -1)

const balances = columns3.map((column) =>
  equation(
    `t3.balance.${column}`,
    `表三“${columnWords[column]}”列：一＋二＝三（七）＋四`,
    plus([`t3.1.${column}`, `t3.2.${column}`]),
    [`t3.3-7.${column}`, `t3.4.${column}`],
  ),
)

const resultSums = columns3.map((column) =>
  equation(
    `t3.results.${column}`,
    `表三“${columnWords[column]}”列：三（七）总计＝各办理结果之和`,
    plus(results.map(({ row }) => `t3.${row}.${column}`)),
    [`t3.3-7.${column}`],
  ),
)

const rowSums = table3.map(({ id, number }) =>
  equation(
    `t3.row.${id}`,
    `表三 ${number}：总计＝各类申请人之和`,
    plus(applicants.map((column) => `t3.${id}.${column}`)),
    [`t3.${id}.total`],
  ),
)

const remedySums = remedies.map((remedy) =>
  equation(
    `t4.${remedy}`,
    `表四 ${remedyWords[remedy]}：总计＝四种结果之和`,
    plus(outcomes.map((outcome) => `t4.${remedy}.${outcome}`)),
    [`t4.${remedy}.total`],
  ),
)

const carried = columns3.map((column) =>
  equation(
    `last.carried.${column}`,
    `表三“${columnWords[column]}”列：二、上年结转＝上年报告的四、结转下年度`,
    plus([`last.t3.4.${column}`]),
    [`t3.2.${column}`],
  ),
)

const valid = [
  ['rules', '规章'],
  ['normative', '行政规范性文件'],
].map(([row, words]) =>
  equation(
    `last.valid.${row}`,
    `表二 ${words}：上年现行有效＋本年制发－本年废止＝现行有效`,
    [
      [1, `last.t2.${row}.valid`],
      [1, `t2.${row}.made`],
      [-1, `t2.${row}.repealed`],
    ],
    [`t2.${row}.valid`],
  ),
)

/** Texts of the two parts that tell numbers of the tables. */
const tellingTexts = ({ texts }: Checked): string[] =>
  Object.entries(texts)
    .filter(([id]) => id === '6' || id.startsWith('1'))
    .map(([, text]) => text)

const told = claims.map(
  ({ id, words, cells, pattern }): Check => ({
    ...{ id: `text.${id}`, words: `文字与表格：${words}`, cells },
    judge: (it) => {
      const numbers = cells.map((cell) => numberIn(it, cell))
      const said = tellingTexts(it).flatMap((text) => numbersTold(text, pattern))
      if (said.length === 0) return ok
      if (numbers.includes(null)) return { state: 'open', told: '表格里的数还没有填，无从核对' }
      const due = numbers.reduce<number>((sum, one) => sum + (one ?? 0), 0)
      const wrong = said.find((one) => one !== due)
      return wrong === undefined ? ok : { state: 'fired', told: `表格里是${due}，文字里写的是${wrong}` }
    },
  }),
)

/** The 57 checks of the form of 2021: 7 + 7 + 25 + 3 + 6 + 7 + 2. */
export const checks2021: readonly Check[] = [
  ...[...balances, ...resultSums, ...rowSums, ...remedySums],
  ...[...told, ...carried, ...valid],
]

/** Rules beside them: no cell is blank (a zero is written), the fee is explained, part five says something. */
const blank = (cells: readonly string[]): Check => ({
  ...{ id: 'blank', words: '没有空格：没有的填0，不留空、不打“/”', cells },
  judge: ({ figures }) => {
    const empty = cells.filter((cell) => figures.get(cell)?.value == null)
    if (empty.length === 0) return ok
    const names = empty.slice(0, 3).map((cell) => figures.get(cell)?.words ?? cell)
    const more = empty.length > 3 ? `等${empty.length}格` : ''
    return { state: 'fired', told: `还没有数：${names.join('、')}${more}；没有发生的填0` }
  },
})

const feeExplained: Check = {
  ...{ id: 'text.fee', words: '收取了信息处理费的，第六部分应说明', cells: ['fee.charged'] },
  judge: ({ figures, texts }) => {
    const charged = figures.get('fee.charged')?.value ?? 0
    if (charged === 0 || /收费|处理费/.test(texts['6'] ?? '')) return ok
    return { state: 'fired', told: `收取了${charged}元：请在第六部分写明依据和情况` }
  },
}

const fiveSaid: Check = {
  ...{ id: 'text.five', words: '第五部分不能是空的', cells: [] },
  judge: ({ texts }) =>
    (texts['5'] ?? '').trim() === '' ? { state: 'fired', told: '请写存在的主要问题和改进情况' } : ok,
}

/** Sums that the form of 2014 holds within itself. */
const sums = (figures: Figures): Check[] =>
  [...figures.values()].flatMap(({ cell, words, sumOf }) =>
    // Rows that the office took out, or of which none is known, say nothing about the sum.
    sumOf?.some((part) => figures.get(part)?.value != null)
      ? [equation(`sum.${cell}`, `${words}＝下面各项之和`, plus(sumOf.filter((part) => figures.has(part))), [cell])]
      : [],
  )

/** Every check of the report, those of its form first; `fired` and `open` say what is missing or would be right. */
export const checksOf = (form: '2021' | '2014', it: Checked): Finding[] => {
  const all =
    form === '2021'
      ? [
          ...checks2021,
          blank([...it.figures.values()].filter(({ aside }) => !aside).map(({ cell }) => cell)),
          feeExplained,
          fiveSaid,
        ]
      : [...sums(it.figures)]
  return all.map((check) => ({ id: check.id, words: check.words, cells: check.cells, ...check.judge(it) }))
}
