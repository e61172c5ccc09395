import { changeSettings } from '../flow/settings.ts'
import { BadInput } from '../model/problem.ts'
import { Clock, RegisterSettings, type Settings, settingsOf } from '../model/settings.ts'
import { readArgs } from './args.ts'
import { out } from './print.ts'
import { stampOf, withRuntime } from './runtime.ts'

const usage =
  'settings [hours 08:30-17:30 | digest 09:00 | ladder 1,3,5 | mention on | retention receipts=30,evidence=5 | papers 月,季[,整改] | registers interpret=3,inspections=2,feedback=4,alarms=3,tally=3]'

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

/** `3,5`, `3,off,10`: the workday of the month, of the quarter, and how many workdays a 整改 is given. */
const papers = (text: string): Partial<Settings> => {
  const [monthly, quarterly, rectify, ...more] = text.split(',')
  const day = (word: string | undefined): number | null => {
    if (word === 'off') return null
    if (!/^(?:[1-9]|10)$/.test(word ?? ''))
      throw new BadInput(
        `papers 应写成 3,5 或 3,off,10：每月、每季第几个工作日起草（1 到 10，不起草写 off），整改几个工作日；不是“${text}”`,
      )
    return Number(word)
  }
  if (more.length > 0 || (rectify !== undefined && !/^(?:[1-9]\d?|1[01]\d|120)$/.test(rectify)))
    throw new BadInput(`papers 的第三个数是整改的工作日数（1 到 120），例如 3,5,10，而不是“${text}”`)
  return { papers: { monthly: day(monthly), quarterly: day(quarterly), rectify: Number(rectify ?? 10) } }
}

/** `receipts=30,evidence=5`: what is named is set, the rest stays; `evidence=forever`: as long as the ledger. */
const retention = (text: string, { retention: now }: Settings): Partial<Settings> => {
  const change: Record<string, number | null> = {}
  for (const part of text.split(',')) {
    const [, name = '', value = ''] = /^([a-z]+)=(\d{1,5}|forever)$/.exec(part) ?? []
    const forever = value === 'forever'
    if (!Object.hasOwn(now, name) || (forever && name !== 'evidence'))
      throw new BadInput(
        `retention 应写成 receipts=30,cards=90,notices=400,sessions=30（天）,evidence=5（年）或 evidence=forever，可只写要改的，而不是“${text}”`,
      )
    change[name] = forever ? null : Number(value)
  }
  return { retention: { ...now, ...change } }
}

/** `interpret=3,feedback=4`: what is named is set, the rest stays; `off`: the office has set none. */
const registers = (text: string, { registers: now }: Settings): Partial<Settings> => {
  const change: Record<string, number | null> = {}
  for (const part of text.split(',')) {
    const [, name = '', value = ''] = /^(interpret|inspections|feedback|alarms|tally)=(\d{1,3}|off)$/.exec(part) ?? []
    change[name] = value === 'off' ? null : Number(value)
  }
  const read = RegisterSettings.safeParse({ ...now, ...change })
  if ('' in change || !read.success)
    throw new BadInput(
      `registers 应写成 interpret=3,inspections=2,feedback=4,alarms=3,tally=3：公开文件几个工作日内出解读（0 到 60，不设写 off）、对同一单位一年最多督查几次（1 到 50）、转办的舆情几小时内反馈（1 到 168）、超时后提醒几次（0 到 24）、每月第几个工作日催报上月的数（1 到 10，不催写 off），可只写要改的，而不是“${text}”`,
    )
  return { registers: read.data }
}

const parts: Record<string, (text: string, now: Settings) => Partial<Settings>> = {
  hours,
  digest: (text) => ({ digestAt: clock(text, 'digest') }),
  ladder,
  mention,
  papers,
  retention,
  registers,
}

const shown = ({
  hours,
  digestAt,
  ladder,
  mention: at,
  papers: drafted,
  retention: kept,
  registers: clocks,
}: Settings): string =>
  [
    `hours   ${hours.from}-${hours.to}  工作日的推送时段`,
    `digest  ${digestAt}        清单和提醒`,
    `ladder  ${ladder.join(',')}        逾期满几个工作日，依次点名联络员、提醒分管领导、列入主管科室清单`,
    `mention ${at ? 'on ' : 'off'}          推送进群时 @ 联络员`,
    `papers  ${drafted.monthly ?? 'off'},${drafted.quarterly ?? 'off'},${drafted.rectify}  每月、每季第几个工作日起草调度情况、通报；整改几个工作日`,
    `retention receipts=${kept.receipts},cards=${kept.cards},notices=${kept.notices},sessions=${kept.sessions},evidence=${kept.evidence ?? 'forever'}  保留期限：天；佐证为方案办结后的年数`,
    `registers interpret=${clocks.interpret ?? 'off'},inspections=${clocks.inspections},feedback=${clocks.feedback},alarms=${clocks.alarms},tally=${clocks.tally ?? 'off'}  公开文件几个工作日内出解读；对同一单位一年最多督查几次；转办的舆情几小时内反馈、超时后提醒几次；每月第几个工作日请各单位报上月的数`,
  ].join('\n')

export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, {}, usage)
  const [name, text, ...more] = positionals
  const part = name !== undefined && Object.hasOwn(parts, name) ? parts[name] : undefined
  if ((name !== undefined && (part === undefined || text === undefined)) || more.length > 0)
    throw new BadInput(`用法：duban ${usage}`)
  // What is no setting opens no database.
  part?.(text ?? '', settingsOf({}))
  await withRuntime(values, async ({ deps }) => {
    const { settings } = (await deps.cache(deps.store)).view
    out(shown(part ? await changeSettings(deps, part(text ?? '', settings), stampOf(deps)) : settings))
  })
}
