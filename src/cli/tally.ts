import { figuresOfYear, unitNames } from '../../db/queries/tallies.ts'
import { tellFigures } from '../flow/tally/tell.ts'
import { yearFigures } from '../flow/tally/year.ts'
import { BadInput } from '../model/problem.ts'
import { Channel, channels, channelWords } from '../model/tally.ts'
import { counted, periodWords } from '../register/tally/words.ts'
import { dayOf } from '../time/day.ts'
import { readArgs } from './args.ts'
import { err, out } from './print.ts'
import { type Runtime, stampOf, withRuntime } from './runtime.ts'

const usage =
  'tally set [--unit 单位] --period 2017-07|2017 --channel website|wechat|weibo|conference|points|other|total [--theme 类别] [--yes] 数|撤回 | tally list [--year 2017] [--unit 单位]'

const text = { type: 'string' } as const
const options = {
  ...{ unit: text, period: text, channel: text, theme: text, year: text },
  yes: { type: 'boolean' },
} as const
type Values = ReturnType<typeof readArgs<typeof options>>['values']

/** Id of a unit; of the whole area, the empty one, where none is named. @throws BadInput */
const unitOf = async ({ deps }: Runtime, name: string | undefined): Promise<string> => {
  if (name === undefined) return ''
  const { registry } = await deps.cache(deps.store)
  const found = registry.resolve(name)
  if (found.kind === 'one') return found.unit.id
  if (found.kind === 'none') throw new BadInput(`通讯录里没有“${name}”：应是一个责任单位的名称；不写 --unit 即全市的数`)
  throw new BadInput(`“${name}”可以是${found.units.map((unit) => unit.name).join('、')}：请写全称`)
}

const channelArg = (said: string | undefined): Channel => {
  const read = Channel.safeParse(said)
  if (read.success) return read.data
  const known = channels.map((channel) => `${channel} ${channelWords[channel]}`).join('、')
  throw new BadInput(`--channel 应是其中之一：${known}，而不是“${said ?? ''}”`)
}

/** Whole or not, below zero or not: what is wrong with a number is told where it is decided. @throws BadInput for what is none */
const countArg = (said: string | undefined): number | null => {
  if (said === '撤回') return null
  if (said === undefined || !/^-?\d{1,15}(?:\.\d+)?$/.test(said))
    throw new BadInput(`“${said ?? ''}”应是一个数，例如 12；要撤回写“撤回”。用法：duban ${usage}`)
  return Number(said)
}

const set = async (runtime: Runtime, values: Values, [said, ...more]: string[]): Promise<void> => {
  const { deps } = runtime
  const [channel, count] = [channelArg(values.channel), countArg(said)]
  if (more.length > 0 || values.period === undefined) throw new BadInput(`用法：duban ${usage}`)
  const unit = await unitOf(runtime, values.unit)
  const telling = { period: values.period, theme: values.theme?.trim() ?? '', counts: { [channel]: count } }
  const how = { sure: values.yes ?? false }
  const { tallied, asks, notes } = await tellFigures(deps, unit, [telling], how, stampOf(deps))
  if (asks.length > 0 && !values.yes) throw new BadInput(`${asks.join(' ')}没有保存：核对无误后加 --yes 再执行一次`)
  const what = `${(await unitNames(deps.store)).get(unit)} ${periodWords(values.period)} ${[values.theme, channelWords[channel]].filter(Boolean).join(' ')}`
  if (tallied.length === 0) out(`${what}：与原报的数相同，没有改动`)
  else out(`${what}：${count === null ? '已撤回' : counted(channel, count)}`)
  for (const note of notes) err(note)
}

const yearArg = (said: string | undefined, today: string): number => {
  if (said === undefined) return Number(today.slice(0, 4))
  if (!/^20\d\d$/.test(said)) throw new BadInput(`--year 应是四位年份，例如 2017，而不是“${said}”`)
  return Number(said)
}

const list = async (runtime: Runtime, values: Values): Promise<void> => {
  const { deps } = runtime
  const year = yearArg(values.year, dayOf(deps.now(), deps.zone))
  const units = values.unit === undefined ? undefined : [await unitOf(runtime, values.unit)]
  const names = await unitNames(deps.store)
  for (const { unit, period, channel, theme, count } of await figuresOfYear(deps.store, year, units))
    out([names.get(unit) ?? unit, period, channel, theme, String(count)].join('\t'))
  const { byChannel, byTheme, gaps, questions } = await yearFigures(deps.store, year, units)
  const sums = channels.flatMap((channel) => {
    const count = byChannel[channel]
    return count === null ? [] : [`${channelWords[channel]}${counted(channel, count)}`]
  })
  err(`${year}年：${sums.join('，') || '还没有报数'}`)
  for (const { theme, title, count } of byTheme) err(`类别 ${theme}${title === theme ? '' : ` ${title}`}：${count}条`)
  for (const { name, months } of gaps) err(`${name}缺${months.map(periodWords).join('、')}的数`)
  for (const question of questions) err(question)
}

/** 报数 from the command line: an office's old figures, filled in by a script. */
export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, options, usage)
  const [verb, ...rest] = positionals
  if (verb !== 'set' && (verb !== 'list' || rest.length > 0)) throw new BadInput(`用法：duban ${usage}`)
  await withRuntime(values, (runtime) => (verb === 'set' ? set(runtime, values, rest) : list(runtime, values)))
}
