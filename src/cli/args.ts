import { type ParseArgsConfig, parseArgs } from 'node:util'
import { BadInput } from '../model/problem.ts'
import { isDay } from '../time/day.ts'

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

/** Positionals and options of a command. @throws BadInput for what it does not know, with its usage */
export const readArgs = <T extends Options>(argv: string[], options: T, usage: string) => {
  try {
    return parseArgs({ args: argv, options: { ...options, ...shared }, allowPositionals: true, strict: true })
  } catch (error) {
    const said = error instanceof Error ? error.message.split(/[.\n]/)[0] : ''
    throw new BadInput(`参数不对（${said}）。用法：duban ${usage}`)
  }
}

/** The day of an option. @throws BadInput */
export const dayArg = (text: string, name: string): string => {
  if (!isDay(text)) throw new BadInput(`${name} 应是日期，例如 2017-08-15，而不是“${text}”`)
  return text
}

/** An instant of an option. @throws BadInput */
export const instantArg = (text: string, name: string): Date => {
  const at = new Date(text)
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || Number.isNaN(at.getTime()))
    throw new BadInput(`${name} 应是 ISO 时刻，例如 2017-08-21T09:00:00+08:00，而不是“${text}”`)
  return at
}
