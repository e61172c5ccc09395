import type { Adapter } from '../../../adapters/adapter.ts'
import { overtaken } from '../../../commands/overtaken.ts'
import type { Settlement } from '../../../db/queries/lease.ts'
import type { OutboxRow } from '../../../db/queries/outbox.ts'
import { forgetShown, hasNewer, messageShown } from '../../../db/queries/shown.ts'
import { describeError } from '../../log.ts'
import type { Card } from '../../model/card.ts'
import { maskedCard } from '../../model/mask.ts'
import { DeliveryError } from '../../model/problem.ts'
import { markDemo } from '../demo-mark.ts'
import type { Deps } from '../deps.ts'
import { machineContext } from '../machine.ts'
import { later, settled } from './endings.ts'
import type { Said } from './say.ts'

/** Messages that were sent, put into their present state in place: quietly, and as often as it takes. */

/**
 * The card as it now stands; undefined where nothing has moved, the message is no more, or a later update says it. What
 * several changes come to is said once.
 */
export const editedNow = async (deps: Deps, row: OutboxRow): Promise<{ card: Card; tasks: string[] } | undefined> => {
  if (row.edits === null || (await hasNewer(deps.store, row))) return undefined
  const shown = await messageShown(deps.store, row.edits)
  if (!shown?.card || !shown.ref) return undefined
  const office = await deps.cache(deps.store)
  const card = await overtaken(machineContext(deps, office), shown.card, shown.settledAt ?? shown.dueAt)
  if (!card) return undefined
  return { card: markDemo(office.view, row.address.kind === 'room' ? maskedCard(card) : card), tasks: [] }
}

/** Puts it right by the way that it takes; a message that changes by a code is changed once. */
const updated = async (deps: Deps, { row, card, ways: [way] }: Said): Promise<void> => {
  const shown = row.edits === null ? undefined : await messageShown(deps.store, row.edits)
  const adapter: Adapter | undefined = way?.adapter
  if (!shown?.ref || !way || !adapter?.update) throw new DeliveryError('gone', '消息已不在')
  await adapter.update({ to: way.to, ref: shown.ref, card, ...(shown.edit !== null && { edit: shown.edit }) })
  if (shown.edit !== null) await forgetShown(deps.store, shown.id)
}

/** Again as long as it may help, since a second time harms nothing; what the platform will not change stays as it is. */
export const handedEdit = async (deps: Deps, said: Said): Promise<Settlement> => {
  const tried = { ...said.row, attempts: said.row.attempts + 1 }
  try {
    await updated(deps, said)
    return settled(tried, deps.now(), { state: 'sent', error: null })
  } catch (error) {
    const moment = { at: deps.now(), chance: deps.random() }
    const known = error instanceof DeliveryError ? error : undefined
    if (known && !['later', 'unsure'].includes(known.reason))
      return settled(tried, moment.at, { state: 'dropped', error: `${known.reason}: ${known.message}` })
    return later(tried, moment, known?.message ?? describeError(error).class, known?.after)
  }
}
