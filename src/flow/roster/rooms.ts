import { isBound } from '../../../commands/rooms.ts'
import type { Query, Write } from '../../../db/store.ts'
import { type Address, anyRouteKey, Platform } from '../../model/message.ts'
import { BadInput } from '../../model/problem.ts'
import type { RosterDraft } from '../../unit/roster.ts'
import type { Deps } from '../deps.ts'
import type { Stamp } from '../ledger.ts'
import { changed, type Known, same } from './change.ts'

/** `lark:oc_1` as an address through any app of the platform. @throws BadInput */
export const addressOf = (text: string, kind: Address['kind']): Address => {
  const at = text.indexOf(':')
  const platform = Platform.safeParse(text.slice(0, at))
  const id = text.slice(at + 1)
  if (at < 0 || !platform.success || id === '')
    throw new BadInput(
      `“${text}”不是平台账号：应写作 平台:编号，平台是 ${Platform.options.join('、')} 之一，例如 lark:oc_1`,
    )
  return { platform: platform.data, route: '*', kind, id }
}

export interface RoomDraft {
  address: Address
  scope: 'units' | 'all' | 'office'
  units: string[]
  /** Of the unit's rooms it is the main one from now on, whichever was bound first. */
  main?: boolean
}

/** Of a unit's own rooms the one with the earliest time is its main one: a new main room comes just before the others. */
const sinceOf = (
  known: Known['rooms'],
  { units, main }: RoomDraft,
  before: Known['rooms'][number] | undefined,
  at: Date,
): Date => {
  const since = before && isBound(before) ? (before.since ?? at) : at
  if (!main) return since
  const others = known.filter((one) => one.key !== before?.key && same(one.units, units))
  const first = Math.min(since.getTime(), ...others.map((one) => (one.since?.getTime() ?? 0) - 1000))
  return new Date(first)
}

/** Rooms and what they are bound to, where that differs. */
export const roomWrites = (
  deps: Deps,
  q: Query,
  known: Known['rooms'],
  rooms: readonly RoomDraft[],
  stamp: Stamp,
): Write[] => {
  const { t, office } = deps.store
  return rooms.flatMap((draft): Write[] => {
    const { address, scope, units, main } = draft
    const key = anyRouteKey(address)
    const before = known.find((one) => one.key === key)
    const since = sinceOf(known, draft, before, stamp.at)
    const moved = main && before?.since?.getTime() !== since.getTime()
    if (before && before.scope === scope && same(before.units, units) && !moved) return []
    const { writes, set } = changed(
      deps,
      q,
      { subject: 'room', id: key, before, kind: 'bound', body: { scope, units, ...(main && { main }) } },
      stamp,
    )
    const values = { scope, units, address, since, ...set }
    return [
      ...writes,
      q
        .insert(t.rooms)
        .values({ office, key, ...values })
        .onConflictDoUpdate({ target: [t.rooms.office, t.rooms.key], set: values }),
    ]
  })
}

/** Rooms that a roster file names for its units: `lark:oc_1` in the column 群. */
export const roomsOfDraft = (draft: RosterDraft, idOf: (name: string) => string): RoomDraft[] =>
  draft.units.flatMap((unit) =>
    unit.rooms.map(
      (text): RoomDraft => ({ address: addressOf(text, 'room'), scope: 'units', units: [idOf(unit.name)] }),
    ),
  )
