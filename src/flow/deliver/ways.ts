import type { Adapter } from '../../../adapters/adapter.ts'
import type { OutboxRow } from '../../../db/queries/outbox.ts'
import type { Reached, RoomView } from '../../../db/queries/people.ts'
import { type Address, addressFrom, addressKey, anyRouteKey } from '../../model/message.ts'
import type { Deps } from '../deps.ts'
import type { Reach } from '../reach.ts'

/** One way to a place: through which adapter, under which address, and with which secret. */
export interface Way {
  adapter: Adapter
  to: Address
  /** The key of the room's group robot. */
  webhook?: string
}

/** What decides which ways there are: rooms by their keys, and who can be reached. */
export interface Places {
  rooms: ReadonlyMap<string, RoomView>
  reach: Reach
  /** Does the office want people @-ed? */
  mention: boolean
}

/** The route of group robots: an adapter that speaks only into rooms whose key it is given. */
const HOOK = 'hook'
/** A line that is down is looked at again so soon. */
export const DOWN_MS = 15_000
/** Why a notice waits that no open way leads to now. */
export const NOT_OPEN = '等到能发进去的时候'
/** The pace of a place is waited for within a delivery as long as this; beyond it the notice goes back and comes again. */
export const PATIENCE_MS = 1500

/** A push into a room, in whichever lane: it may take several ways. */
export const isRoomPush = ({ lane, address, edits, replyHandle }: OutboxRow): boolean =>
  lane !== 'answer' && address.kind === 'room' && edits === null && replyHandle === null

/** Nothing is read where nothing is pushed into a room. */
export const placesFor = async (deps: Deps, rows: readonly OutboxRow[]): Promise<Places | undefined> => {
  if (!rows.some(isRoomPush)) return undefined
  const office = await deps.cache(deps.store)
  return { rooms: await office.rooms(), reach: await office.reach(), mention: office.view.settings.mention }
}

/** The room behind an address, under its own app's key before any app's. */
export const roomAt = (places: Places | undefined, address: Address): RoomView | undefined =>
  places?.rooms.get(addressKey(address)) ?? places?.rooms.get(anyRouteKey(address))

const through = (adapter: Adapter, address: Address): Way => ({ adapter, to: { ...address, route: adapter.route } })

export const isHook = ({ route }: Pick<Adapter, 'route'>): boolean => route === HOOK

/** The ways into a room in their order: its group robot, then each app that may speak there unasked. */
const roomWays = (adapters: readonly Adapter[], places: Places | undefined, address: Address): Way[] => {
  const webhook = roomAt(places, address)?.webhook
  const robot = webhook ? adapters.find(isHook) : undefined
  const apps = adapters.filter(
    (one) => !isHook(one) && one.canStart.room && (address.route === '*' || address.route === one.route),
  )
  return [
    ...(robot && webhook ? [{ ...through(robot, address), webhook }] : []),
    ...apps.map((one) => through(one, address)),
  ]
}

/** The one adapter of a row's route; for any route the first that may speak there unasked. */
const ownWay = (adapters: readonly Adapter[], address: Address): Way[] => {
  const own = adapters.filter((one) => !isHook(one) && (address.route === '*' || address.route === one.route))
  const may = own.filter((one) => one.canStart[address.kind])
  const found = may.find((one) => one.ready?.() !== false) ?? may[0] ?? own[0]
  return found ? [through(found, address)] : []
}

/** Every way that a row may take, in the order in which they are tried; none: there is none. */
export const waysOf = (deps: Pick<Deps, 'adapters'>, row: OutboxRow, places: Places | undefined): Way[] => {
  const adapters = deps.adapters.filter(({ platform }) => platform === row.address.platform)
  return isRoomPush(row) ? roomWays(adapters, places, row.address) : ownWay(adapters, row.address)
}

/** The app through which somebody's account is written to unasked; undefined where there is none. */
export const personWay = ({ adapters }: Pick<Deps, 'adapters'>, { key }: Pick<Reached, 'key'>): Way | undefined => {
  const address = addressFrom(key, 'person')
  const found =
    address &&
    adapters.find(
      (one) =>
        one.platform === address.platform &&
        (address.route === '*' || address.route === one.route) &&
        one.canStart.person,
    )
  return found && address && { adapter: found, to: address }
}

/** From when a way is open: now, at its place's pace, or when its line may stand again. */
const opensAt = ({ adapter, to }: Way, now: Date): Date => {
  if (adapter.ready?.() === false) return new Date(now.getTime() + DOWN_MS)
  const at = adapter.readyAt?.(to)
  return at && at > now ? at : now
}

/** The ways that are open now, or the moment when the first of them will be. */
export const openWays = (ways: readonly Way[], now: Date): Way[] | Date => {
  const at = ways.map((way) => opensAt(way, now))
  const open = ways.filter((_, i) => (at[i]?.getTime() ?? 0) <= now.getTime() + PATIENCE_MS)
  return open.length > 0 ? open : new Date(Math.min(...at.map((one) => one.getTime())))
}

/** When the first of those ways opens that are closed by their place's pace alone; undefined: none is. */
export const pacedUntil = (ways: readonly Way[], now: Date): Date | undefined => {
  const at = ways.flatMap((way) => (way.adapter.ready?.() === false ? [] : [opensAt(way, now).getTime()]))
  const closed = at.filter((one) => one > now.getTime() + PATIENCE_MS)
  return closed.length > 0 ? new Date(Math.min(...closed)) : undefined
}

/** For how long a row may be repeated by whichever way it went: the shortest memory, undefined where one takes no key. */
export const onceOf = (ways: readonly Way[]): number | undefined => {
  const memories = ways.map(({ adapter }) => adapter.once)
  return memories.length > 0 && memories.every((one) => one !== undefined)
    ? Math.min(...memories.map((one) => one ?? 0))
    : undefined
}
