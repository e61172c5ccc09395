import { BadInput } from '../../../model/problem.ts'
import type { Deps } from '../../deps.ts'
import type { Stamp } from '../../ledger.ts'
import { addressOf, hookRoom, type RoomDraft, register, showOverdue, webhookKey } from '../../roster.ts'

export interface Binding {
  id: string
  scope: RoomDraft['scope']
  units: string[]
  main: boolean
  overdue?: boolean | undefined
}

/** Binds a room to units, to all or to the office. @throws BadInput where what is asked contradicts itself */
export const bindRoom = async (deps: Deps, { id, scope, units, main, overdue }: Binding, stamp: Stamp) => {
  const address = addressOf(id.trim(), 'room')
  const { view } = await deps.cache(deps.store)
  const living = new Set(view.units.filter((unit) => unit.kind === 'unit' && !unit.succession).map((unit) => unit.id))
  const own = scope === 'units' ? [...new Set(units)] : []
  if (scope === 'units' && own.length === 0) throw new BadInput('要绑定到哪里？请选择单位，或“全体工作群”“主管科室群”')
  if (own.some((unit) => !living.has(unit)))
    throw new BadInput('所选单位不在通讯录上（可能刚被改动）：请刷新后重新选择')
  if (main && own.length !== 1) throw new BadInput('主群是一个单位几个群里的一个，只能和一个单位一起选')
  const shared = scope === 'all' || own.length > 1
  if (overdue && !shared) throw new BadInput('“清单显示逾期”只用于几个单位共用的群；单位自己的群一直显示逾期')
  await register(deps, { rooms: [{ address, scope, units: own, ...(main && { main }) }] }, stamp)
  if (overdue !== undefined && shared) await showOverdue(deps, address, overdue, stamp)
}

/** Sets the group robot of a room, or takes it away (''). @throws BadInput that does not repeat what was given */
export const setRobot = async (deps: Deps, id: string, webhook: string, stamp: Stamp): Promise<void> => {
  const address = addressOf(id, 'room')
  if (address.platform !== 'wecom') throw new BadInput('群机器人（Webhook）只用于企业微信的群')
  await hookRoom(deps, address, webhook.trim() === '' ? '' : webhookKey(webhook), stamp)
}
