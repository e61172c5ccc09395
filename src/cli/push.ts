import { renderText } from '../../adapters/console/index.ts'
import type { Context } from '../../commands/command.ts'
import { batchWords, endWords, whyAndWhat } from '../../commands/delivery-words.ts'
import { placesNamed } from '../../commands/places.ts'
import { pushesOf } from '../../db/queries/deliveries.ts'
import { turnCalendar } from '../flow/calendar/turn.ts'
import { compose } from '../flow/compose.ts'
import { deliver, type Sent } from '../flow/deliver.ts'
import { machineContext } from '../flow/machine.ts'
import { plannedPushes, queuePushes } from '../flow/remind/queue.ts'
import { type Address, addressKey } from '../model/message.ts'
import { BadInput } from '../model/problem.ts'
import { adaptersOf } from './adapters.ts'
import { readArgs } from './args.ts'
import { err, out } from './print.ts'
import { reportPushes } from './push-report.ts'
import { withRuntime } from './runtime.ts'

const usage = 'push [--now TIME] [--dry] | push report [BATCH]'

/** What is to be pushed, and to whom: 周清单（9月21日起的一周）：市财政局群 lark:oc_1. */
const pushNamed = async (c: Context) => {
  const nameOf = await placesNamed(c)
  return (push: { batch: string | null; room: string; address: Address; units: string[] }): string =>
    `${batchWords(push.batch ?? '', c.today)}：${nameOf(push)} ${push.address.platform}:${push.address.id}`
}

/** What became of each push that was tried just now; one that had nothing to say is not named. */
const printSent = async (c: Context, sent: readonly Sent[]): Promise<void> => {
  const ids = sent.filter(({ state }) => state !== 'dropped').map(({ id }) => id)
  if (ids.length === 0) return
  const named = await pushNamed(c)
  const rows = new Map((await pushesOf(c.db, ids)).map((row) => [row.id, row]))
  for (const row of ids.flatMap((id) => rows.get(id) ?? []))
    out(`${endWords[row.state]} ${named(row)}${row.state === 'sent' ? '' : `（${whyAndWhat(row, c.now)}）`}`)
}

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
      const named = await pushNamed(machineContext(deps, await deps.cache(deps.store)))
      for (const { recipe, ...push } of await plannedPushes(deps)) {
        const card = (await compose(deps, recipe))?.card
        if (card) out(`将推送 ${named({ ...push, room: addressKey(push.address) })}\n${renderText(card)}\n`)
      }
      return
    }
    const quiet = {
      ...deps,
      adapters: [...deps.adapters, ...(await adaptersOf(config, deps)).map(({ adapter }) => adapter)],
    }
    await turnCalendar(quiet)
    const fresh = await queuePushes(quiet)
    const sent = await deliver(quiet, 10_000)
    await printSent(machineContext(deps, await deps.cache(deps.store)), sent)
    err(`新增${fresh.length}条，处理${sent.length}条`)
  })
}
