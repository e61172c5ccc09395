import { deliver, type Sent } from './deliver.ts'
import type { Deps } from './deps.ts'
import { queuePushes } from './push.ts'
import { sealYesterday } from './seal.ts'

/** Once a minute: what is due is queued, what waits is delivered, the day before is sealed. Missing one changes nothing. */
export const tick = async (deps: Deps, budget = 40): Promise<Sent[]> => {
  await queuePushes(deps)
  await sealYesterday(deps)
  return deliver(deps, budget)
}
