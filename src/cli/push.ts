import { renderText } from '../../adapters/console/index.ts'
import { turnCalendar } from '../flow/calendar/turn.ts'
import { compose, machineContext } from '../flow/compose.ts'
import { deliver } from '../flow/deliver.ts'
import { plannedPushes, queuePushes } from '../flow/remind/queue.ts'
import { BadInput } from '../model/problem.ts'
import { nodeAdapterDeps } from '../node-deps.ts'
import { platformAdapters } from '../platforms.ts'
import { readArgs } from './args.ts'
import { err, out } from './print.ts'
import { reportPushes } from './push-report.ts'
import { withRuntime } from './runtime.ts'

const usage = 'push [--now TIME] [--dry] | push report [BATCH]'

const stateWords = { sent: '已发', waiting: '待重试', dropped: '不再需要', dead: '发不出', unsure: '不确定' } as const

export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, { dry: { type: 'boolean' } }, usage)
  const [what, batch, ...rest] = positionals
  if ((what !== undefined && what !== 'report') || rest.length > 0) throw new BadInput(`用法：duban ${usage}`)
  await withRuntime(values, async ({ config, deps }) => {
    if (what === 'report') {
      for (const line of await reportPushes(await machineContext(deps, await deps.cache(deps.store)), batch)) out(line)
      return
    }
    if (values.dry) {
      for (const { id, recipe } of await plannedPushes(deps)) {
        const card = await compose(deps, recipe)
        if (card) out(`将推送 ${id}\n${renderText(card)}\n`)
      }
      return
    }
    const quiet = {
      ...deps,
      adapters: [
        ...deps.adapters,
        ...(await platformAdapters(config, nodeAdapterDeps({ config, now: deps.now, log: deps.log }, fetch))).map(
          ({ adapter }) => adapter,
        ),
      ],
    }
    await turnCalendar(quiet)
    const fresh = await queuePushes(quiet)
    const sent = await deliver(quiet, 10_000)
    for (const one of sent)
      if (one.state !== 'dropped') out(`${stateWords[one.state]} ${one.id}${one.reason ? `（${one.reason}）` : ''}`)
    err(`新增${fresh.length}条，处理${sent.length}条`)
  })
}
