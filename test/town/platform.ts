import type { Adapter } from '../../adapters/adapter.ts'
import type { OfficeStore } from '../../db/store.ts'
import { createApp } from '../../src/http/app.ts'
import type { Platform } from '../../src/model/message.ts'
import { toRequest, type Wire } from '../fakes/wire.ts'
import { settle } from './members.ts'
import { openTown, type Town } from './town.ts'

/** The transcript's town on one platform, whose adapter and fake go by the town's clock. */
export async function openTownOn<P extends { adapter: Adapter }>(
  office: OfficeStore,
  platform: Platform,
  make: (now: () => Date) => P | Promise<P>,
): Promise<P & { town: Town }> {
  const clock: { town?: Town } = {}
  const made = await make(() => clock.town?.deps.now() ?? new Date())
  const town = await openTown(office, { adapters: [made.adapter] })
  clock.town = town
  await settle(town, platform)
  return { ...made, town }
}

/** The town's webhook: hands in a request and waits until all is delivered that it caused. */
export const webhookOf = ({ town: { deps }, adapter }: { town: Town; adapter: Adapter }) => {
  const app = createApp({ door: () => ({ adapter, deps }), offices: () => [deps], log: deps.log })
  return async (wire: Wire): Promise<Response> => {
    const response = await app.request(toRequest(wire))
    await deps.settled()
    return response
  }
}
