import type { PlainRow } from '../../../commands/command.ts'
import { isBound } from '../../../commands/rooms.ts'
import { type RoomView, roomsOf } from '../../../db/queries/people.ts'
import type { Body } from '../../model/fact.ts'
import type { Address } from '../../model/message.ts'
import { BadInput } from '../../model/problem.ts'
import type { Deps } from '../deps.ts'
import { happeningWrites, officeMoves, type Stamp } from '../ledger.ts'

/** Bound rooms of that id, through whichever app of the platform they were bound. @throws BadInput where there is none */
export const boundAs = async (deps: Deps, { platform, id }: Address): Promise<RoomView[]> => {
  const found = (await roomsOf(deps.store)).filter(
    (room) => room.address.platform === platform && room.address.id === id && isBound(room),
  )
  if (found.length === 0) throw new BadInput(`${platform}:${id} 没有绑定；rooms list 列出已绑定的群`)
  return found
}

const happens = async (
  deps: Deps,
  rooms: readonly RoomView[],
  kind: string,
  body: Body,
  stamp: Stamp,
): Promise<void> => {
  const rows = rooms.map(({ key, version, head }): PlainRow => ({ subject: 'room', id: key, version, head }))
  await deps.store.atomic((q) => [
    ...happeningWrites(
      deps,
      q,
      rows.map((row) => ({ row, kind, body })),
      stamp,
    ),
    officeMoves(deps, q),
  ])
}

/** The room hears of nothing from now on. @throws BadInput where it is not bound */
export const unbindRoom = async (deps: Deps, address: Address, stamp: Stamp): Promise<void> =>
  happens(deps, await boundAs(deps, address), 'unbound', {}, stamp)

/** Whether lists in a shared room say who is late. @throws BadInput where it is not bound */
export const showOverdue = async (deps: Deps, address: Address, overdue: boolean, stamp: Stamp): Promise<void> => {
  const rooms = (await boundAs(deps, address)).filter((room) => room.overdue !== overdue)
  if (rooms.length > 0) await happens(deps, rooms, 'shown', { overdue }, stamp)
}

/** Which plan a bare number means in the room, by its short name; '' for none. @throws BadInput where it is not in work */
export const aimRoom = async (deps: Deps, address: Address, code: string, stamp: Stamp): Promise<void> => {
  const { view } = await deps.cache(deps.store)
  const plan = view.plans.find((one) => one.code === code)
  if (code !== '' && plan?.state !== 'released')
    throw new BadInput(
      plan
        ? `${code} ${plan.state === 'draft' ? '还没有下达' : '已经办结'}，不能指定给群`
        : `没有“${code}”这份方案，用 plan list 查看简称`,
    )
  const rooms = (await boundAs(deps, address)).filter((room) => room.plan !== (plan?.id ?? ''))
  if (rooms.length > 0) await happens(deps, rooms, 'aimed', { plan: plan?.id ?? '' }, stamp)
}
