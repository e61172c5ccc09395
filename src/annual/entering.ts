import type { AnnualContent } from '../model/annual.ts'
import { BadInput } from '../model/problem.ts'
import { countOf } from './count.ts'
import { figuresOf, formOf } from './figures.ts'
import type { CellSpec } from './form.ts'
import type { AnnualInputs } from './inputs.ts'

/** What people enter at a time: numbers (null takes one back), texts by section (empty: taken back), rows of the form of 2014. */
export interface Entered {
  cells?: Readonly<Record<string, number | null>>
  last?: Readonly<Record<string, number | null>>
  texts?: Readonly<Record<string, string>>
  rows?: Readonly<NonNullable<AnnualContent['rows']>>
  /** Every cell of the tables that has no number yet becomes zero. */
  zeros?: true
}

const MOST = 1_000_000_000_000

const specOf = (inputs: AnnualInputs, cell: string): CellSpec => {
  const { cells } = formOf(inputs)
  const spec = cells.find((one) => one.cell === cell)
  if (spec) return spec
  const examples = cells.slice(0, 3).map((one) => `${one.cell}（${one.words}）`)
  throw new BadInput(`${inputs.year}年的报告没有“${cell}”这一格：应是格子的名字，如${examples.join('、')}`)
}

const checkNumber = ({ words, unit, decimal }: CellSpec, value: number): void => {
  const fits = Number.isFinite(value) && value >= 0 && value <= MOST
  if (fits && (decimal ? Number(value.toFixed(6)) === value : Number.isInteger(value))) return
  throw new BadInput(`${words}应是不小于0的${decimal ? '数' : '整数'}（${unit}）；没有发生的填0，不留空、不打“/”`)
}

/** @throws BadInput where the registers or the tallies know another number */
const checkAgainst = (inputs: AnnualInputs, { words, unit, count }: CellSpec, value: number): void => {
  const counted = count && countOf(count, inputs)
  if (!counted || counted.value === value) return
  const where = counted.from === 'cases' ? '登记簿' : '报数'
  throw new BadInput(
    `${words}：${where}里是${counted.value}${unit}，不能填${value}${unit}。年度报告的数按${where}计（《条例》第四十九条、第五十条），有出入的请先${counted.from === 'cases' ? '补登或更正登记' : '更正报数'}`,
  )
}

const SECTION = 20_000

const checkText = (inputs: AnnualInputs, id: string, text: string): void => {
  const sections = formOf(inputs).parts.flatMap(({ sections: own }) => own)
  if (id !== '0' && !sections.some((section) => section.id === id))
    throw new BadInput(
      `没有“${id}”这一段：可以写的是 0（开头）、${sections.map((one) => `${one.id}（${one.title || '全文'}）`).join('、')}`,
    )
  if (text.length > SECTION) throw new BadInput(`一段文字不超过${SECTION}字`)
}

const checkRow = (cell: string, row: NonNullable<AnnualContent['rows']>[string] | undefined): void => {
  if (!/^s\.[a-z0-9-]{1,40}$/.test(cell))
    throw new BadInput(`“${cell}”不能作行的名字：应是 s. 加小写英文字母、数字或短横，如 s.own-1`)
  if (row && (row.words.trim() === '' || row.unit.trim() === '')) throw new BadInput('一行要有名称和单位')
}

const merged = <T>(was: Readonly<Record<string, T>>, moved: Readonly<Record<string, T | null>>): Record<string, T> =>
  Object.fromEntries(Object.entries({ ...was, ...moved }).filter((pair): pair is [string, T] => pair[1] !== null))

/** A zero for every cell of the tables that nobody knows a number of. */
const zerosOf = (inputs: AnnualInputs): Record<string, number> =>
  Object.fromEntries(
    [...figuresOf(inputs).values()].flatMap(({ cell, value, aside }) => (value === null && !aside ? [[cell, 0]] : [])),
  )

/** The content after it. @throws BadInput that says what would be right: nothing is entered */
export const entered = (inputs: AnnualInputs, { cells, last, texts, rows, zeros }: Entered): AnnualContent => {
  for (const [cell, row] of Object.entries(rows ?? {})) checkRow(cell, row)
  if (rows && inputs.form !== '2014') throw new BadInput('只有2014年统计表的行可以改')
  const own = { ...inputs.content.rows, ...rows }
  const as = { ...inputs, content: { ...inputs.content, rows: own } }
  for (const [cell, value] of Object.entries(cells ?? {})) {
    const spec = specOf(as, cell)
    if (value === null) continue
    checkNumber(spec, value)
    checkAgainst(as, spec, value)
  }
  for (const [cell, value] of Object.entries(last ?? {})) {
    const spec = specOf(as, cell)
    if (value !== null) checkNumber(spec, value)
    const known = inputs.before?.get(cell)
    if (known !== undefined && value !== null && known !== value)
      throw new BadInput(`${spec.words}：上年报告里是${known}${spec.unit}，不能另填${value}${spec.unit}`)
  }
  for (const [id, text] of Object.entries(texts ?? {})) checkText(as, id, text)
  const said = Object.entries(texts ?? {}).map(([id, text]) => [id, text.trim() === '' ? null : text.trim()])
  return {
    v: 1,
    cells: merged(inputs.content.cells, { ...(zeros && zerosOf(as)), ...cells }),
    last: merged(inputs.content.last, last ?? {}),
    texts: merged(inputs.content.texts, Object.fromEntries(said)),
    ...(Object.keys(own).length > 0 && { rows: own }),
  }
}
