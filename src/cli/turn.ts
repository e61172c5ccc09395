import { dispatch, type Turn } from '../flow/dispatch.ts'
import type { Incoming } from '../model/message.ts'
import { type Actor, Role, roleWords } from '../model/person.ts'
import { BadInput } from '../model/problem.ts'
import type { Runtime } from './runtime.ts'
import { unitNamed } from './units.ts'

/** `liaison:市财政局`, `leader`, `office`: who speaks on this machine. Trusted here and nowhere else. @throws BadInput */
export const actorOf = async ({ deps }: Pick<Runtime, 'deps'>, as: string | undefined): Promise<Actor> => {
  const [role, ...rest] = (as ?? '').split(':')
  const known = Role.safeParse(role)
  if (!known.success)
    throw new BadInput('要用 --as 说明是谁在说话：leader、office、liaison:市财政局、head:市财政局 之一')
  const unit = rest.join(':')
  if (!unit && (known.data === 'liaison' || known.data === 'head'))
    throw new BadInput(`${known.data} 要写明单位，例如 --as ${known.data}:市财政局`)
  const { registry } = await deps.cache(deps.store)
  const named = unit ? [unitNamed(registry, unit)] : []
  const ids = named.map((one) => one.id)
  const isLeader = known.data === 'leader'
  return {
    id: `console:${as}`,
    name: named[0]?.name ?? roleWords[known.data],
    role: known.data,
    units: isLeader ? [] : ids,
    charge: isLeader ? ids : [],
  }
}

/** One thing said on the console adapter, through the whole flow; each call is a new message. */
export const turn = ({ deps }: Pick<Runtime, 'deps'>, actor: Actor, text: string, room?: string): Promise<Turn> => {
  const place = { platform: 'console' as const, route: 'local' }
  const message: Incoming = {
    ...place,
    id: deps.newId(),
    at: deps.now(),
    from: { id: actor.id, name: actor.name },
    room: room ? { ...place, kind: 'room', id: room } : { ...place, kind: 'person', id: actor.id },
    addressed: true,
    text,
  }
  return dispatch(deps, message, true, actor)
}
