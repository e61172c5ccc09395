import { pushLines, usualList } from '../../commands/subscriptions.ts'
import { machineContext } from '../flow/machine.ts'
import { BadInput } from '../model/problem.ts'
import { readArgs } from './args.ts'
import { out } from './print.ts'
import { withRuntime } from './runtime.ts'

const usage = 'subscriptions [list]'

/** Every subscription of the office, the next to come first, and the list that every unit's room hears. */
export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, {}, usage)
  if (positionals.length > 1 || (positionals[0] ?? 'list') !== 'list') throw new BadInput(`用法：duban ${usage}`)
  await withRuntime(values, async ({ deps }) => {
    const context = machineContext(deps, await deps.cache(deps.store))
    const lines = await pushLines(context, context.office.subscriptions)
    for (const { text } of lines) out(text)
    if (lines.length === 0) out('没有另设的推送。')
    out(usualList(context))
  })
}
