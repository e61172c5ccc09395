import { renderText } from '../../adapters/console/index.ts'
import { BadInput } from '../model/problem.ts'
import { readArgs } from './args.ts'
import { out } from './print.ts'
import { withRuntime } from './runtime.ts'
import { actorOf, turn } from './turn.ts'

const usage = 'say TEXT --as ROLE[:UNIT] [--room NAME] [--today DAY] [--json]'

export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(
    argv,
    { as: { type: 'string' }, room: { type: 'string' }, json: { type: 'boolean' } },
    usage,
  )
  const [text] = positionals
  if (text === undefined || positionals.length > 1) throw new BadInput(`要说的话写成一个参数。用法：duban ${usage}`)
  await withRuntime(values, async (runtime) => {
    const done = await turn(runtime, await actorOf(runtime, values.as), text, values.room)
    const reply = done.reply ? renderText(done.reply) : ''
    if (values.json)
      out(JSON.stringify({ reply: done.reply ?? null, text: reply, intent: done.intent, rows: done.rows }))
    else if (reply) out(reply)
  })
}
