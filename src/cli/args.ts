import { type ParseArgsConfig, parseArgs } from 'node:util'
import { BadInput } from '../model/problem.ts'
import { atOffice, isDay } from '../time/day.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** What every command takes. */
const shared = {
  now: { type: 'string' },
  today: { type: 'string' },
  office: { type: 'string' },
} as const satisfies Options

export interface Shared {
  now?: string | undefined
  today?: string | undefined
  office?: string | undefined
}

/** What parseArgs found wrong, in the reader's language; it quotes the option. */
const whatIsWrong = (error: unknown): string => {
  const { code, message } = error as { code?: string; message: string }
  const [option = ''] = /--?[^' <]+/.exec(message) ?? []
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `没有 ${option} 这个选项`
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
    return /does not take/.test(message) ? `${option} 后面不带内容` : `${option} 后面缺内容`
  return message.split(/[.\n]/)[0] ?? ''
}

/** Positionals and options of a command. @throws BadInput for what it does not know, with its usage */
export const readArgs = <T extends Options>(argv: string[], options: T, usage: string) => {
  try {
    return parseArgs({ args: argv, options: { ...options, ...shared }, allowPositionals: true, strict: true })
  } catch (error) {
    throw new BadInput(`参数不对（${whatIsWrong(error)}）。用法：duban ${usage}`)
  }
}

/** The day of an option. @throws BadInput */
export const dayArg = (text: string, name: string): string => {
  if (!isDay(text)) throw new BadInput(`${name} 应是日期，例如 2017-08-15，而不是“${text}”`)
  return text
}

const INSTANT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/

/** An instant of an option; without an offset it is the office's own time, never the machine's. @throws BadInput */
export const instantArg = (text: string, name: string, zone: string): Date => {
  const [, day = '', hour = '', minute = '', , , offset] = INSTANT.exec(text) ?? []
  // Date alone takes 30 February for 2 March.
  const at = isDay(day) ? (offset === undefined ? atOffice(day, `${hour}:${minute}`, zone) : new Date(text)) : undefined
  if (at === undefined || Number.isNaN(at.getTime()))
    throw new BadInput(`${name} 应是 ISO 时刻，例如 2017-08-21T09:00:00+08:00，而不是“${text}”`)
  return at
}
