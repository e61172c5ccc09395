import type { OfficeNow } from '../flow/office.ts'
import type { Asked, Drafted } from '../flow/paper/drafts.ts'
import type { Days } from '../model/ledger.ts'
import { BadInput } from '../model/problem.ts'
import { monthEnd } from '../time/day.ts'
import type { Registry } from '../unit/names.ts'
import { dayArg, readArgs } from './args.ts'

export const paperKinds = ['bulletin', 'dispatch', 'notice', 'list', 'summary', 'brief'] as const satisfies Drafted[]

export const usage = `export ledger --out FILE.xlsx [--unit UNIT] [--month YYYY-MM] [--year YYYY]；export scores --out FILE.xlsx|.docx [--unit UNIT] [--year YYYY]；export annual --year YYYY --out FILE.docx [--form 2021|2014]；export ${paperKinds.join('|')} --out FILE.docx [--unit UNIT] [--month YYYY-MM | --year YYYY | --from DAY --to DAY] [--plan PLAN] [--tasks CODE,CODE] [--by DAY] [--contact TEXT]；export request --number 2026-3 --kind 登记回执|补正告知书|延期答复告知书|征求第三方意见书|收费告知书|答复书 [--result 办理结果] --out FILE.docx`

const text = { type: 'string' } as const

export const readExportArgs = (argv: string[]) =>
  readArgs(
    argv,
    {
      ...{ out: text, unit: text, month: text, year: text, from: text, to: text },
      ...{ plan: text, tasks: text, by: text, contact: text, form: text },
      ...{ number: text, kind: text, result: text },
    },
    usage,
  )
export type Values = ReturnType<typeof readExportArgs>['values']

export const outOf = (path: string | undefined, ending: 'xlsx' | 'docx', example: string): string => {
  if (path === undefined || !path.toLowerCase().endsWith(`.${ending}`))
    throw new BadInput(`--out 应是一个 .${ending} 文件，例如 --out ${example}`)
  return path
}

export const unitOf = (registry: Registry, name: string): string => {
  const found = registry.resolve(name)
  if (found.kind === 'one') return found.unit.id
  if (found.kind === 'none') throw new BadInput(`通讯录里没有“${name}”：--unit 应是一个责任单位的名称`)
  throw new BadInput(`“${name}”可以是${found.units.map((unit) => unit.name).join('、')}：请写全称`)
}

export const monthOf = (text: string | undefined): Required<Days> | undefined => {
  if (text === undefined) return undefined
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? []
  if (!year || !month) throw new BadInput(`--month 应写成 2026-04，而不是“${text}”`)
  return { from: `${text}-01`, to: monthEnd(Number(year), Number(month)) }
}

export const yearOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  if (!/^(?:19|20|21)\d\d$/.test(text)) throw new BadInput(`--year 应写成 2026，而不是“${text}”`)
  return Number(text)
}

/** The days that a paper is of: a month, a year or any two days; empty where none is said. @throws BadInput */
export const windowOf = ({ month, year, from, to }: Values): Days => {
  const said = [month, year, from ?? to].filter((one) => one !== undefined)
  if (said.length > 1) throw new BadInput('--month、--year 和 --from --to 只能写一种')
  const [ofMonth, ofYear] = [monthOf(month), yearOf(year)]
  if (ofMonth) return ofMonth
  if (ofYear !== undefined) return { from: `${ofYear}-01-01`, to: `${ofYear}-12-31` }
  if (from === undefined && to === undefined) return {}
  if (from === undefined || to === undefined)
    throw new BadInput('--from 和 --to 要一起写，例如 --from 2026-07-01 --to 2026-09-30')
  return { from: dayArg(from, '--from'), to: dayArg(to, '--to') }
}

const planOf = ({ view }: OfficeNow, code: string): string => {
  const plan = view.plans.find((one) => one.code === code && one.state === 'released')
  if (!plan) throw new BadInput(`没有简称“${code}”的已下达方案：plan list 列出方案`)
  return plan.id
}

export const askedOf = (office: OfficeNow, values: Values, { from, to }: Days): Asked => ({
  ...(from && to && { from, to }),
  ...(values.unit !== undefined && { unit: unitOf(office.registry, values.unit) }),
  ...(values.plan !== undefined && { plan: planOf(office, values.plan) }),
  ...(values.tasks !== undefined && { codes: values.tasks.split(/[,，、\s]+/).filter(Boolean) }),
  ...(values.by !== undefined && { by: dayArg(values.by, '--by') }),
  ...(values.contact !== undefined && { contact: values.contact }),
})
