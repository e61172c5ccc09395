import { open, rm } from 'node:fs/promises'
import { exportScoresAs } from '../flow/assess/export.ts'
import { exportLedgerAs } from '../flow/console/ledger/export.ts'
import type { Days } from '../model/ledger.ts'
import { BadInput } from '../model/problem.ts'
import { monthEnd } from '../time/day.ts'
import type { Registry } from '../unit/names.ts'
import { readArgs } from './args.ts'
import { err } from './print.ts'
import { stampOf, withRuntime } from './runtime.ts'

const usage =
  'export ledger --out FILE.xlsx [--unit UNIT] [--month YYYY-MM] [--year YYYY] | export scores --out FILE.xlsx|.docx [--unit UNIT] [--year YYYY]'

/** Papers that `export` will make beside the ledger. */
const papers = ['bulletin', 'annual', 'notice', 'summary']

const kindOf = (positionals: readonly string[]): 'ledger' | 'scores' => {
  const [kind, ...rest] = positionals
  if (kind !== undefined && papers.includes(kind))
    throw new BadInput(`export ${kind} 还没有，目前能导出的是 ledger（台账）、scores（考核得分）。用法：duban ${usage}`)
  if ((kind !== 'ledger' && kind !== 'scores') || rest.length > 0) throw new BadInput(`用法：duban ${usage}`)
  return kind
}

const outOf = (path: string | undefined): string => {
  if (path === undefined || !/\.xlsx$/i.test(path))
    throw new BadInput(`--out 应是一个 .xlsx 文件，例如 --out 台账.xlsx`)
  return path
}

const unitOf = (registry: Registry, name: string): string => {
  const found = registry.resolve(name)
  if (found.kind === 'one') return found.unit.id
  if (found.kind === 'none') throw new BadInput(`通讯录里没有“${name}”：--unit 应是一个责任单位的名称`)
  throw new BadInput(`“${name}”可以是${found.units.map((unit) => unit.name).join('、')}：请写全称`)
}

const monthOf = (text: string | undefined): { due?: Days } => {
  if (text === undefined) return {}
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? []
  if (!year || !month) throw new BadInput(`--month 应写成 2026-04，而不是“${text}”`)
  return { due: { from: `${text}-01`, to: monthEnd(Number(year), Number(month)) } }
}

const yearOf = (text: string | undefined): { year?: number } => {
  if (text === undefined) return {}
  if (!/^(?:19|20|21)\d\d$/.test(text)) throw new BadInput(`--year 应写成 2026，而不是“${text}”`)
  return { year: Number(text) }
}

/** A new file, or the one that is there written over; one that broke off is taken away. */
const write = async (path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> => {
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

type Values = Record<'out' | 'unit' | 'month' | 'year' | 'now' | 'today' | 'office', string | undefined>

/** Points of a year, as a workbook or a paper. */
const exportPoints = async (values: Values): Promise<void> => {
  const path = values.out ?? ''
  const [, as] = /\.(xlsx|docx)$/i.exec(path) ?? []
  if (!as) throw new BadInput('--out 应是一个 .xlsx 或 .docx 文件，例如 --out 考核得分.xlsx')
  if (values.month !== undefined) throw new BadInput('考核得分按年导出：请用 --year 2026，不用 --month')
  const time = yearOf(values.year)
  await withRuntime(values, async ({ deps }) => {
    const { registry } = await deps.cache(deps.store)
    const unit = values.unit === undefined ? {} : { unit: unitOf(registry, values.unit) }
    const file = await exportScoresAs(deps, stampOf(deps), {
      ...{ ...unit, ...time },
      as: as.toLowerCase() === 'docx' ? 'docx' : 'xlsx',
    })
    await write(path, file.pieces)
    err(`已写 ${path}：${file.title}，${file.units}个单位`)
  })
}

/** The ledger as a workbook, as the console exports it. */
export const run = async (argv: string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const { values, positionals } = readArgs(argv, { out: text, unit: text, month: text, year: text }, usage)
  if (kindOf(positionals) === 'scores') return exportPoints(values as Values)
  const path = outOf(values.out)
  const time = { ...monthOf(values.month), ...yearOf(values.year) }
  await withRuntime(values, async ({ deps }) => {
    const { registry } = await deps.cache(deps.store)
    const units = values.unit === undefined ? [] : [unitOf(registry, values.unit)]
    const filter = { units, states: [], lights: [], sort: 'code' as const, ...time }
    const file = await exportLedgerAs(deps, stampOf(deps), { filter, columns: [] })
    await write(path, file.pieces)
    err(`已写 ${path}：${file.rows}行`)
  })
}
