import type { Adapter } from '../../adapters/adapter.ts'
import { renderText } from '../../adapters/console/index.ts'
import type { OfficeStore } from '../../db/store.ts'
import { actorOf, turn } from '../../src/cli/turn.ts'
import { register } from '../../src/flow/roster.ts'
import { tick } from '../../src/flow/tick.ts'
import { anyRouteKey } from '../../src/model/message.ts'
import { DeliveryError } from '../../src/model/problem.ts'
import { openTown } from './town.ts'

const platform = 'lark' as const

interface Bound {
  /** Rooms by id, with the units that they belong to; `office` is the office's own. */
  rooms: Record<string, string[] | 'office'>
  /** Accounts of the office's people. */
  office?: string[]
  liaisons?: Record<string, string[]>
}

/** A town whose rooms stand on a platform that keeps what it was sent and refuses where a test says so. */
export const openPushed = async (store: OfficeStore, { rooms, office = [], liaisons = {} }: Bound, plan?: string) => {
  const sent: { to: string; text: string }[] = []
  const refused = new Map<string, DeliveryError['reason']>()
  const adapter: Adapter = {
    platform,
    route: 'cli_1',
    perMinute: 10_000,
    canStart: { room: true, person: true },
    deliver: async ({ to, card }) => {
      const reason = refused.get(to.id)
      if (reason) throw new DeliveryError(reason, 'said so')
      sent.push({ to: to.id, text: renderText(card) })
      return {}
    },
  }
  const town = await openTown(store, { adapters: [adapter], ...(plan && { plan }) })
  const { registry } = await town.deps.cache(store)
  const unit = (name: string): string => {
    const found = registry.resolve(name)
    if (found.kind !== 'one') throw new Error(name)
    return found.unit.id
  }
  const person = (account: string, role: 'office' | 'liaison', units: string[]) => ({
    ...{ name: `${account}员`, role, units: units.map(unit), charge: [], post: '' as const, mobile: '' },
    identities: [anyRouteKey({ platform, id: account })],
  })
  await register(
    town.deps,
    {
      people: [
        ...office.map((account) => person(account, 'office', [])),
        ...Object.entries(liaisons).map(([account, units]) => person(account, 'liaison', units)),
      ],
      rooms: Object.entries(rooms).map(([id, of]) => ({
        address: { platform, route: '*', kind: 'room' as const, id },
        scope: of === 'office' ? ('office' as const) : ('units' as const),
        units: of === 'office' ? [] : of.map(unit),
      })),
    },
    { by: 'admin:test', via: 'test:pushed', at: town.deps.now() },
  )
  return {
    ...town,
    refused,
    /** What each place was sent on that day at nine, or since it was last asked. */
    morning: async (day: string, time = '09:00'): Promise<{ to: string; text: string }[]> => {
      town.on(day, time)
      await tick(town.deps, 1000)
      return sent.splice(0)
    },
    /** A night in which the ledger is sealed. */
    night: async (day: string): Promise<void> => {
      town.on(day, '00:01')
      await tick(town.deps)
    },
    /** Somebody speaks in a room, and the answer goes out. */
    speaks: async (who: string, room: string, text: string): Promise<void> => {
      const actor = await actorOf(town, who)
      const { dispatch } = await import('../../src/flow/dispatch.ts')
      const at = { platform, route: 'cli_1' }
      await dispatch(
        town.deps,
        {
          ...{ ...at, id: town.deps.newId(), at: town.deps.now(), text, addressed: true },
          from: { id: actor.id, name: actor.name },
          room: { ...at, kind: 'room', id: room },
        },
        false,
        actor,
      )
    },
    says: async (who: string, text: string): Promise<string> => {
      const done = await turn(town, await actorOf(town, who), text)
      return done.reply ? renderText(done.reply) : ''
    },
  }
}

export type Pushed = Awaited<ReturnType<typeof openPushed>>
