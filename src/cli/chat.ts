import { createInterface } from 'node:readline/promises'
import { renderText } from '../../adapters/console/index.ts'
import { requireKey } from '../../db/mark.ts'
import { readArgs } from './args.ts'
import { err, out } from './print.ts'
import { withRuntime } from './runtime.ts'
import { actorOf, turn } from './turn.ts'

const usage = 'chat --as ROLE[:UNIT] [--room NAME]'

export const run = async (argv: string[]): Promise<void> => {
  const { values } = readArgs(argv, { as: { type: 'string' }, room: { type: 'string' } }, usage)
  await withRuntime(values, async (runtime) => {
    const actor = await actorOf(runtime, values.as)
    err(`您是${actor.name}。一行一句，Ctrl+D 结束；先试试“帮助”。`)
    const lines = createInterface({ input: process.stdin, terminal: false })
    try {
      for await (const line of lines) {
        if (line.trim() === '') continue
        // A database's server may have let go of who was silent for long, and then the key could be changed.
        await requireKey(runtime.store)
        const done = await turn(runtime, actor, line, values.room)
        out(done.reply ? `${renderText(done.reply)}\n` : '')
      }
    } finally {
      // Whoever still types would keep a process that has nothing to say.
      process.stdin.destroy()
    }
  })
}
