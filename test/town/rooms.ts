import type { Adapter, Delivery } from '../../adapters/adapter.ts'
import { renderText } from '../../adapters/console/index.ts'
import type { OfficeStore } from '../../db/store.ts'
import { actorOf } from '../../src/cli/turn.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { register } from '../../src/flow/roster.ts'
import type { Intent } from '../../src/model/intent.ts'
import { openTown } from './town.ts'

const OFFICE = '主管科室'

/** A town whose units have a room each and the office one, and whose platform keeps what it was given. */
export const openRooms = async (
  store: OfficeStore,
  { numbered, ...options }: Parameters<typeof openTown>[1] & Pick<Adapter, 'numbered'> = {},
) => {
  const sent: Delivery[] = []
  const platform: Adapter = {
    platform: 'console',
    route: 'local',
    perMinute: 10_000,
    ...(numbered && { numbered }),
    canStart: { room: true, person: true },
    deliver: async (delivery) => {
      sent.push(delivery)
      return { ref: `om_${sent.length}` }
    },
  }
  const town = await openTown(store, { ...options, adapters: [platform] })
  const { view } = await town.deps.cache(store)
  const room = (id: string, scope: 'units' | 'office', units: string[]) => ({
    address: { platform: 'console' as const, route: '*', kind: 'room' as const, id },
    scope,
    units,
  })
  const units = view.units.filter(({ kind }) => kind === 'unit')
  await register(
    town.deps,
    { rooms: [room(OFFICE, 'office', []), ...units.map(({ id, name }) => room(name, 'units', [id]))] },
    { by: 'admin:test', via: 'test:rooms', at: town.deps.now() },
  )
  const place = { platform: 'console' as const, route: 'local' }
  return {
    ...town,
    /** A button of a card, in somebody's hand. */
    presses: async (who: string, button: Intent): Promise<string> => {
      const actor = await actorOf(town, who)
      const turn = await dispatch(
        town.deps,
        {
          ...{ ...place, id: town.deps.newId(), at: town.deps.now(), text: '', addressed: true, button },
          from: { id: actor.id, name: actor.name },
          room: { ...place, kind: 'person', id: actor.id },
        },
        true,
        actor,
      )
      return turn.reply ? renderText(turn.reply) : ''
    },
    /** What reached the room of a unit (or of the office) since it was last asked, each card as its text. */
    heard: async (unit: string = OFFICE): Promise<string[]> => {
      await deliver(town.deps, 1000)
      const own = sent.filter(({ to }) => to.id === unit)
      for (const delivery of own) sent.splice(sent.indexOf(delivery), 1)
      return own.map(({ card }) => renderText(card))
    },
  }
}

export type Rooms = Awaited<ReturnType<typeof openRooms>>
