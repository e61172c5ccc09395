import type { Context, Outcome } from '../../commands/command.ts'
import { HOW_TO_BIND, tellHowToBind } from '../../commands/find.ts'
import { commandFor } from '../../commands/index.ts'
import { problem } from '../../commands/problem.ts'
import type { Intent } from '../model/intent.ts'
import type { Happened } from '../model/message.ts'
import { roleWords } from '../model/person.ts'
import { completed } from './frame.ts'
import { happenedTo } from './happened.ts'
import { notUnderstood } from './unheard.ts'

/** Role check, then the command; or what an event without words comes to. What no command takes is told so, and never guessed. */
export const decide = async (
  context: Context,
  intent: Intent | Happened | undefined,
  addressed: boolean,
  botName: string,
): Promise<Outcome> => {
  if (typeof intent === 'string') return happenedTo(intent, context, botName)
  if (!intent) return { reply: notUnderstood(), refused: 'frame' }
  if (intent.intent === 'none' && !addressed) return {}
  const command = commandFor(intent.intent)
  if (!command) return { reply: context.actor.role === 'unknown' ? tellHowToBind : notUnderstood(context.message.text) }
  if (!command.roles.includes(context.actor.role)) {
    const allowed = command.roles.filter((role) => role !== 'admin').map((role) => roleWords[role])
    return {
      reply: problem(
        '没有这项权限',
        `“${command.title}”由${allowed.join('、')}办理，您是${roleWords[context.actor.role]}，本次没有登记。`,
        context.actor.role === 'unknown' ? HOW_TO_BIND : '回复“帮助”看您可以做什么。',
      ),
      refused: 'role',
    }
  }
  const outcome = await (command.run as (c: Context, i: Intent) => Promise<Outcome>)(context, intent)
  return completed(intent, outcome)
}
