import type { Settlement } from '../../../db/queries/lease.ts'
import type { OutboxRow } from '../../../db/queries/outbox.ts'
import { roomOf } from '../../../db/queries/people.ts'
import { describeError } from '../../log.ts'
import type { Card } from '../../model/card.ts'
import { maskedCard } from '../../model/mask.ts'
import { addressKey, anyRouteKey } from '../../model/message.ts'
import { compose, type Recipe } from '../compose.ts'
import type { Deps } from '../deps.ts'
import { codesOn } from '../spoken.ts'
import { afterError, ended, later, type Moment, settled } from './endings.ts'
import { replyOf, type Send } from './judge.ts'

/** A notice with what it says, and the codes that whoever quotes it or answers 收到 means. */
export type Said = Send & { card: Card; tasks: string[] }

const moment = (deps: Deps): Moment => ({ at: deps.now(), chance: deps.random() })

/** A notice to a unit whose words were written when it was caused is not said in a room that has become another's. */
const isAnothers = async ({ store }: Deps, { lane, origin, units, address }: OutboxRow): Promise<boolean> => {
  if (lane !== 'push' || origin !== 'person' || units.length === 0 || address.kind !== 'room') return false
  const room = await roomOf(store, [addressKey(address), anyRouteKey(address)])
  return room?.scope === 'units' && !units.some((unit) => room.units.includes(unit))
}

/** As it may be said in that place. */
const worded = ({ address }: OutboxRow, card: Card): Card => (address.kind === 'room' ? maskedCard(card) : card)

const cardOf = async (deps: Deps, row: OutboxRow): Promise<Pick<Said, 'card' | 'tasks'> | undefined> => {
  if (row.card) return (await isAnothers(deps, row)) ? undefined : { card: worded(row, row.card), tasks: row.tasks }
  const card = row.recipe ? await compose(deps, row.recipe as unknown as Recipe) : undefined
  if (!card) return undefined
  const { view } = await deps.cache(deps.store)
  const plans = view.plans.map((plan) => plan.code)
  return { card: worded(row, card), tasks: codesOn(card, plans) }
}

/** Looks at the state again: what has nothing left to say is dropped, and what cannot be composed now is tried later. */
export const composed = async (deps: Deps, send: Send): Promise<Said | Settlement> => {
  const { row } = send
  try {
    const said = await cardOf(deps, row)
    return said ? { ...send, ...said } : ended(row, 'dropped', deps.now(), '发送时已无内容')
  } catch (error) {
    return later({ ...row, attempts: row.attempts + 1 }, moment(deps), describeError(error).class)
  }
}

/** Hands a notice to its platform, marked as tried since `markedAt`, and says how that ended. */
export const handedOver = async (deps: Deps, said: Said, markedAt: Date): Promise<Settlement> => {
  const { row, adapter, card, tasks } = said
  const tried = {
    ...{ ...row, attempts: row.attempts + 1, triedAt: row.triedAt ?? markedAt },
    ...(adapter.sameWords && { card, tasks }),
  }
  const to = row.address.route === '*' ? { ...row.address, route: adapter.route } : row.address
  const replyBy = replyOf(row, deps.now())
  try {
    const { ref, edit } = await adapter.deliver({
      ...{ to, card, key: row.id },
      ...(replyBy && { replyBy }),
      ...(row.triedAt && { again: true }),
    })
    return settled(tried, deps.now(), { state: 'sent', error: null, card, tasks, ref: ref ?? null, edit: edit ?? null })
  } catch (error) {
    return afterError(row, tried, error, moment(deps), adapter)
  }
}
