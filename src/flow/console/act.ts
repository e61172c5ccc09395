import type { Intent } from '../../model/intent.ts'
import { addressKey } from '../../model/message.ts'
import type { Actor } from '../../model/person.ts'
import { deliverSoon } from '../deliver.ts'
import type { Deps } from '../deps.ts'
import { dispatch, type Turn } from '../dispatch.ts'

/** One thing that somebody does at the console. `id` is the browser's own, so that what is sent again is done once. */
export interface Deed {
  id: string
  /** Absent where words alone are said: they answer what the bot asked back. */
  intent?: Intent | undefined
  text: string
  filled?: Record<string, unknown> | undefined
}

const place = { platform: 'console' as const, route: 'web' }
const messageId = (actor: Actor, id: string): string => `${actor.id}:${id}`

/** As the ledger names what came of it (`via`). */
export const deedKey = (actor: Actor, id: string): string => addressKey({ ...place, id: messageId(actor, id) })

/** What the console changes in the ledger goes the way of a chat message: one dispatch, one role check, one batch, one receipt. */
export const act = async (deps: Deps, actor: Actor, { id, intent, text, filled }: Deed): Promise<Turn> => {
  const turn = await dispatch(
    deps,
    {
      ...place,
      id: messageId(actor, id),
      at: deps.now(),
      from: { id: actor.id, name: actor.name },
      room: { ...place, kind: 'person', id: actor.id },
      addressed: true,
      text,
      ...(intent && { button: intent }),
      ...(filled && { filled }),
    },
    true,
    actor,
  )
  if (turn.waits) deliverSoon(deps)
  return turn
}
