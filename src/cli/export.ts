import { open, rm } from 'node:fs/promises'
import { exportAnnualAs } from '../flow/annual/export.ts'
import { exportScoresAs } from '../flow/assess/export.ts'
import { exportLetterAs } from '../flow/case/letter.ts'
import { exportLedgerAs } from '../flow/console/ledger/export.ts'
import type { Drafted } from '../flow/paper/drafts.ts'
import { exportPaperAs } from '../flow/paper/export.ts'
import { AnnualForm } from '../model/annual.ts'
import { needsSignature, paperWords } from '../model/paper.ts'
import { BadInput } from '../model/problem.ts'
import {
  askedOf,
  monthOf,
  outOf,
  paperKinds,
  readExportArgs,
  unitOf,
  usage,
  type Values,
  windowOf,
  yearOf,
} from './export-args.ts'
import { err } from './print.ts'
import { stampOf, withRuntime } from './runtime.ts'

const kindOf = ([kind, ...rest]: readonly string[]): 'ledger' | 'scores' | 'annual' | 'request' | Drafted => {
  const known = (['ledger', 'scores', 'annual', 'request', ...paperKinds] as const).find((one) => one === kind)
  if (!known || rest.length > 0) throw new BadInput(`用法：duban ${usage}`)
  return known
}

/** A new file, or the one that is there written over; one that broke off is taken away. */
const write = async (path: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> => {
  const file = await open(path, 'w').catch((error: { code?: string }) => {
    throw new BadInput(`${path}：写不进去（${error.code === 'ENOENT' ? '没有这个文件夹' : error.code}）`)
  })
  try {
    for await (const piece of pieces) await file.write(piece)
    await file.close()
  } catch (error) {
    await file.close()
    await rm(path, { force: true })
    throw error
  }
}

/** What only papers take. @throws BadInput where one of it is said of something else */
const takesNone = (what: string, { from, to, plan, tasks, by, contact }: Values): void => {
  if ([from, to, plan, tasks, by, contact].some((one) => one !== undefined))
    throw new BadInput(`导出${what}，其余选项是文书的`)
}

/** Points of a year, as a workbook or a paper. */
const scores = async (values: Values): Promise<void> => {
  takesNone('考核得分只有 --unit 和 --year', values)
  const path = values.out ?? ''
  const [, as] = /\.(xlsx|docx)$/i.exec(path) ?? []
  if (!as) throw new BadInput('--out 应是一个 .xlsx 或 .docx 文件，例如 --out 考核得分.xlsx')
  if (values.month !== undefined) throw new BadInput('考核得分按年导出：请用 --year 2026，不用 --month')
  const year = yearOf(values.year)
  await withRuntime(values, async ({ deps }) => {
    const { registry } = await deps.cache(deps.store)
    const file = await exportScoresAs(deps, stampOf(deps), {
      ...(values.unit !== undefined && { unit: unitOf(registry, values.unit) }),
      ...(year !== undefined && { year }),
      as: as.toLowerCase() === 'docx' ? 'docx' : 'xlsx',
    })
    await write(path, file.pieces)
    err(`已写 ${path}：${file.title}，${file.units}个单位`)
  })
}

const ledger = async (values: Values): Promise<void> => {
  takesNone('台账只有 --unit、--month 和 --year', values)
  const path = outOf(values.out, 'xlsx', '台账.xlsx')
  const [due, year] = [monthOf(values.month), yearOf(values.year)]
  await withRuntime(values, async ({ deps }) => {
    const { registry } = await deps.cache(deps.store)
    const units = values.unit === undefined ? [] : [unitOf(registry, values.unit)]
    const time = { ...(due && { due }), ...(year && { year }) }
    const filter = { units, states: [], lights: [], sort: 'code' as const, ...time }
    const file = await exportLedgerAs(deps, stampOf(deps), { filter, columns: [] })
    await write(path, file.pieces)
    err(`已写 ${path}：${file.rows}行`)
  })
}

/** 年度报告 as it stands today; what the office must look at is told beside it. */
const annual = async (values: Values): Promise<void> => {
  takesNone('年度报告只有 --year 和 --form', values)
  if (values.unit !== undefined || values.month !== undefined)
    throw new BadInput('年度报告是全机关、一整年的：请只用 --year 2017，不用 --unit、--month')
  const path = outOf(values.out, 'docx', '年度报告.docx')
  const year = yearOf(values.year)
  if (year === undefined) throw new BadInput('要写明是哪一年的年度报告，例如 --year 2017')
  const form = AnnualForm.optional().safeParse(values.form)
  if (!form.success) throw new BadInput(`--form 应是 2021 或 2014，而不是“${values.form}”`)
  await withRuntime(values, async ({ deps }) => {
    const made = await exportAnnualAs(deps, stampOf(deps), { year, ...(form.data && { form: form.data }) })
    await write(path, [made.bytes])
    err(`已写 ${path}：${made.title}`)
    const fired = made.report.findings.filter(({ state }) => state === 'fired')
    for (const line of [...made.report.questions, ...fired.map(({ words, told }) => `${words}：${told}`)]) err(line)
  })
}

/** A paper as it can be drafted today; what the office must see to before it goes out is told beside it. */
const paper = async (kind: Drafted, values: Values): Promise<void> => {
  const path = outOf(values.out, 'docx', `${paperWords[kind]}.docx`)
  const days = windowOf(values)
  await withRuntime(values, async ({ deps }) => {
    const asked = askedOf(await deps.cache(deps.store), values, days)
    const made = await exportPaperAs(deps, stampOf(deps), { kind, asked })
    await write(path, [made.bytes])
    err(`已写 ${path}：${made.paper.title}${needsSignature(kind) ? '（待签发）' : ''}`)
    for (const remark of made.paper.remarks) err(remark)
  })
}

/** A letter about an application, for whoever sends it to fill in what only people know. */
const request = async (values: Values): Promise<void> => {
  const { number, kind, result, out, ...rest } = values
  const strange = Object.keys(rest).find((one) => !['office', 'now', 'today'].includes(one))
  if (strange !== undefined)
    throw new BadInput(`导出依申请公开文书只有 --number、--kind、--result 和 --out，没有 --${strange}`)
  if (number === undefined || kind === undefined)
    throw new BadInput(
      '导出依申请公开文书要写明编号和文书：export request --number 2026-3 --kind 答复书 --out 答复书.docx',
    )
  const path = outOf(out, 'docx', `${kind}.docx`)
  await withRuntime(values, async ({ deps }) => {
    const file = await exportLetterAs(deps, stampOf(deps), { number, kind, result })
    await write(path, [file.bytes])
    err(`已写 ${path}：${file.name.replace('.docx', '')}`)
  })
}

/** The ledger as a workbook, as the console exports it, or a paper drafted from it as a Word file. */
export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readExportArgs(argv)
  const kind = kindOf(positionals)
  if (kind === 'request') return request(values)
  if ([values.number, values.kind, values.result].some((one) => one !== undefined))
    throw new BadInput('--number、--kind、--result 是依申请公开文书的：export request --number 2026-3 --kind 答复书')
  if (kind === 'ledger') return ledger(values)
  if (kind === 'annual') return annual(values)
  return kind === 'scores' ? scores(values) : paper(kind, values)
}
