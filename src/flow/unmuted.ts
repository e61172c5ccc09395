import type { Context, Outcome } from '../../commands/command.ts'
import { bringForward } from '../../db/queries/outbox.ts'
import { roomOf } from '../../db/queries/people.ts'
import type { Query, Write } from '../../db/store.ts'
import { addressKey, anyRouteKey } from '../model/message.ts'
import type { Deps } from './deps.ts'

/** A mute that ends now, or earlier than it was to: what it held back comes then. Nothing of it waits for the first end. */
export const unmutedWrites = async (
  deps: Deps,
  { place, now }: Context,
  { facts = [] }: Outcome,
): Promise<(q: Query) => Write[]> => {
  const muted = facts.find(({ row, kind }) => row.subject === 'room' && kind === 'muted')
  if (!muted) return () => []
  const keys = [addressKey(place.address), anyRouteKey(place.address)] as const
  const held = (await roomOf(deps.store, keys))?.mutedUntil
  const until = muted.body?.until
  const to = typeof until === 'string' ? new Date(until) : now
  return (q) => (held && to < held ? [bringForward(deps.store, q, keys, held, to)] : [])
}
