import { parse } from '../plan/parse.ts'
import { readArgs } from './args.ts'
import { readInput } from './files.ts'
import { out } from './print.ts'

const usage = 'parse FILE'

export const run = async (argv: string[]): Promise<void> => {
  const { positionals } = readArgs(argv, {}, usage)
  const draft = parse(await readInput(positionals[0], usage), { name: positionals[0] ?? '' })
  out(JSON.stringify(draft, null, 2))
}
