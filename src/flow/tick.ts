import { dropDialogues } from '../../db/queries/inbox.ts'
import { expireOutbox } from '../../db/queries/outbox.ts'
import { describeError } from '../log.ts'
import { deliver, type Sent } from './deliver.ts'
import type { Deps } from './deps.ts'
import { queuePushes } from './remind/queue.ts'
import { sealYesterday } from './seal.ts'
import { sweepOld } from './sweep.ts'

/** One part of a tick that fails must not keep what waits from being delivered. */
const alone = (deps: Deps, work: (deps: Deps) => Promise<unknown>): Promise<unknown> =>
  work(deps).catch((error: unknown) => deps.log({ event: 'tick', outcome: 'failed', error: describeError(error) }))

/** Once a minute: what is due is queued, what waits is delivered, the day before is sealed, what is old goes. Missing one changes nothing. */
export const tick = async (deps: Deps, budget = 40): Promise<Sent[]> => {
  await alone(deps, ({ store, now }) => expireOutbox(store, now()))
  await alone(deps, ({ store, now }) => dropDialogues(store, now()))
  await alone(deps, queuePushes)
  await alone(deps, sealYesterday)
  await alone(deps, sweepOld)
  return deliver(deps, budget)
}
