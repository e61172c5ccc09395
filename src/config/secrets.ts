import { BadInput } from '../model/problem.ts'
import type { Variables } from './offices.ts'

const END = '_FILE'

/** The text of the file that a variable names. @throws BadInput where it cannot be read */
export function fileOf(name: string, path: string, readText: (path: string) => string): string {
  try {
    return readText(path).trim()
  } catch {
    throw new BadInput(`${name} 指的文件读不了：应为存在的、本程序能读的文件`)
  }
}

/**
 * `X_FILE=/run/secrets/x` stands for `X`, for each of the `known` variables: what is secret need not stand in the environment.
 * `readText` gives a file's text. @throws BadInput where both are set, or the file cannot be read
 */
export function withFiles(given: Variables, known: readonly string[], readText: (path: string) => string): Variables {
  const own = Object.entries(given).map(([name, value]): [string, string] => {
    const base = name.endsWith(END) ? name.slice(0, -END.length) : ''
    if (!known.includes(base)) return [name, value]
    if (given[base] !== undefined) throw new BadInput(`${base} 和 ${name} 只能设一个`)
    return [base, fileOf(name, value, readText)]
  })
  return Object.fromEntries(own)
}
