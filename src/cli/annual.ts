import { dueWords } from '../annual/due.ts'
import { checkYear, enterAnnual } from '../flow/annual/change.ts'
import { type AnnualReport, annualReport } from '../flow/annual/read.ts'
import { AnnualForm, annualFormWords } from '../model/annual.ts'
import { BadInput } from '../model/problem.ts'
import { dayOf } from '../time/day.ts'
import { readArgs } from './args.ts'
import { yearOf } from './export-args.ts'
import { readInput } from './files.ts'
import { err, out } from './print.ts'
import { type Runtime, stampOf, withRuntime } from './runtime.ts'

const usage =
  'annual set --year YEAR CELL VALUE… [--last] | zeros --year YEAR | text --year YEAR PART FILE | form --year YEAR 2021|2014 | row --year YEAR CELL 名称 单位 | row --year YEAR CELL --drop | show --year YEAR | check --year YEAR'

const text = { type: 'string' } as const
const options = { year: text, last: { type: 'boolean' } as const, drop: { type: 'boolean' } as const }
type Values = ReturnType<typeof readArgs<typeof options>>['values']

interface Place {
  runtime: Runtime
  year: number
  values: Values
}

const wrong = (why: string): BadInput => new BadInput(`${why}。用法：duban ${usage}`)

const reportOf = ({ runtime: { deps }, year }: Place): Promise<AnnualReport> =>
  annualReport(deps.store, { year: checkYear(deps, year), today: dayOf(deps.now(), deps.zone) })

const numberArg = (cell: string, value: string): number | null => {
  if (value === '-') return null
  const number = Number(value.replace(/,/g, ''))
  if (value.trim() === '' || !Number.isFinite(number))
    throw new BadInput(`${cell} 的数应是数字，而不是“${value}”；没有发生的填0，撤回填写的写“-”`)
  return number
}

const set = async ({ runtime: { deps }, year, values }: Place, said: readonly string[]): Promise<void> => {
  if (said.length === 0 || said.length % 2 === 1) throw wrong('格子和数要成对写，例如 s.received 131')
  const pairs = said.flatMap((cell, i): [string, number | null][] =>
    i % 2 === 0 ? [[cell, numberArg(cell, said[i + 1] ?? '')]] : [],
  )
  const cells = Object.fromEntries(pairs)
  await enterAnnual(deps, { year, ...(values.last ? { last: cells } : { cells }) }, stampOf(deps))
  err(`已填 ${year}年${values.last ? '报告的上年数' : ''} ${pairs.length}格`)
}

/** A text of the report. @throws BadInput where the file is no text */
const textOf = async (file: string): Promise<string> => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(await readInput(file, usage))
  } catch (error) {
    if (error instanceof BadInput) throw error
    throw new BadInput(`${file}：应是 UTF-8 编码的文字文件`)
  }
}

const write = async ({ runtime: { deps }, year }: Place, [part = '', file, ...more]: readonly string[]) => {
  if (file === undefined || more.length > 0) throw wrong('要写明是哪一段、文字在哪个文件里')
  await enterAnnual(deps, { year, texts: { [part]: await textOf(file) } }, stampOf(deps))
  err(`已写 ${year}年 ${part}`)
}

const form = async ({ runtime: { deps }, year }: Place, [said, ...more]: readonly string[]): Promise<void> => {
  const read = AnnualForm.safeParse(said)
  if (!read.success || more.length > 0) throw wrong('格式应是 2021 或 2014')
  await enterAnnual(deps, { year, form: read.data }, stampOf(deps))
  err(`${year}年用${annualFormWords[read.data]}`)
}

const row = async ({ runtime: { deps }, year, values }: Place, said: readonly string[]): Promise<void> => {
  const [cell = '', words = '', unit = '', ...more] = said
  if (more.length > 0 || (values.drop ? words !== '' : unit === ''))
    throw wrong('一行要写格子、名称和单位，去掉的写 --drop')
  await enterAnnual(deps, { year, rows: { [cell]: values.drop ? null : { words, unit } } }, stampOf(deps))
  err(values.drop ? `已去掉 ${cell}` : `已改 ${cell}`)
}

const zeros = async ({ runtime: { deps }, year }: Place): Promise<void> => {
  await enterAnnual(deps, { year, zeros: true }, stampOf(deps))
  err(`${year}年的空格都填了0`)
}

const sourceWords = { cases: '登记', tallies: '报数', entered: '填写', missing: '待填' } as const

const show = async (place: Place): Promise<void> => {
  const { inputs, figures, parts, dues } = await reportOf(place)
  out(`${place.year}年  ${annualFormWords[inputs.form]}  截至${inputs.asOf}`)
  for (const due of dues) out(dueWords(due))
  for (const { cell, words, value, unit, source, last } of figures.values())
    out([cell, words, value === null ? '' : `${value}${unit}`, sourceWords[source.from], last ?? ''].join('\t'))
  for (const section of parts.flatMap(({ sections }) => sections))
    out([section.id, section.title, section.own === '' ? section.blank : '已写'].join('\t'))
}

/** Fails where a check has fired, so that a script hears it. */
const check = async (place: Place): Promise<void> => {
  const { findings, questions } = await reportOf(place)
  const fired = findings.filter(({ state }) => state === 'fired')
  for (const { words, told } of fired) out(`不符  ${words}：${told}`)
  for (const { words, told } of findings.filter(({ state }) => state === 'open')) out(`未核  ${words}：${told}`)
  for (const question of questions) out(`请看  ${question}`)
  err(`核对${findings.length}项，不符${fired.length}项`)
  if (fired.length > 0) process.exitCode = 1
}

const verbs: Record<string, (place: Place, said: readonly string[]) => Promise<void>> = {
  set,
  zeros,
  text: write,
  form,
  row,
  show,
  check,
}

/** 年度报告 from the command line: what no register knows is entered, everything is looked at and checked. */
export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, options, usage)
  const [name = '', ...said] = positionals
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  if (!verb) throw new BadInput(`用法：duban ${usage}`)
  const year = yearOf(values.year)
  if (year === undefined) throw wrong('要写明年度，例如 --year 2017')
  await withRuntime(values, (runtime) => verb({ runtime, year, values }, said))
}
