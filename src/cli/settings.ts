import { changeSettings } from '../flow/settings.ts'
import { BadInput } from '../model/problem.ts'
import { Clock, type Settings } from '../model/settings.ts'
import { readArgs } from './args.ts'
import { out } from './print.ts'
import { stampOf, withRuntime } from './runtime.ts'

const usage = 'settings [hours 08:30-17:30 | digest 09:00 | ladder 1,3,5 | mention on]'

const clock = (text: string, what: string): string => {
  if (!Clock.safeParse(text).success) throw new BadInput(`${what} 应写成 09:00 这样的时刻，而不是“${text}”`)
  return text
}

const hours = (text: string): Partial<Settings> => {
  const [from = '', to, ...more] = text.split('-')
  if (to === undefined || more.length > 0) throw new BadInput(`hours 应写成 08:30-17:30，而不是“${text}”`)
  return { hours: { from: clock(from, 'hours'), to: clock(to, 'hours') } }
}

const ladder = (text: string): Partial<Settings> => {
  const steps = /^\d{1,2},\d{1,2},\d{1,2}$/.test(text) ? text.split(',').map(Number) : []
  const [first = 0, second = 0, third = 0] = steps
  if (first < 1) throw new BadInput(`ladder 应写成三个工作日数，例如 1,3,5，而不是“${text}”`)
  return { ladder: [first, second, third] }
}

const mention = (text: string): Partial<Settings> => {
  if (text !== 'on' && text !== 'off') throw new BadInput(`mention 应写成 on 或 off，而不是“${text}”`)
  return { mention: text === 'on' }
}

const parts: Record<string, (text: string) => Partial<Settings>> = {
  hours,
  digest: (text) => ({ digestAt: clock(text, 'digest') }),
  ladder,
  mention,
}

const shown = ({ hours, digestAt, ladder, mention: at }: Settings): string =>
  [
    `hours   ${hours.from}-${hours.to}  工作日的推送时段`,
    `digest  ${digestAt}        清单和提醒`,
    `ladder  ${ladder.join(',')}        逾期满几个工作日，依次点名联络员、提醒分管领导、列入主管科室清单`,
    `mention ${at ? 'on ' : 'off'}          推送进群时 @ 联络员`,
  ].join('\n')

export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, {}, usage)
  const [name, text, ...more] = positionals
  const part = name !== undefined && Object.hasOwn(parts, name) ? parts[name] : undefined
  if ((name !== undefined && (part === undefined || text === undefined)) || more.length > 0)
    throw new BadInput(`用法：duban ${usage}`)
  const change = part?.(text ?? '')
  await withRuntime(values, async ({ deps }) => {
    const now = change
      ? await changeSettings(deps, change, stampOf(deps))
      : (await deps.cache(deps.store)).view.settings
    out(shown(now))
  })
}
