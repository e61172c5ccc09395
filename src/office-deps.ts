import type { Store } from '../db/store.ts'
import type { Config } from './config.ts'
import type { Deps } from './flow/deps.ts'
import { createOfficeCache } from './flow/office.ts'
import { createQueue } from './flow/queue.ts'
import { createThrottle } from './flow/throttle.ts'
import { createIds } from './ids.ts'
import type { Log } from './log.ts'

/** One office of a process. */
export interface OfficeGiven {
  config: Config
  store: Store
  now(): Date
  log: Log
  office: string
}

/** What the flow of an office lives on wherever it runs; `chance` is the randomness of its ids. What a runtime has of its own is added there. */
export const officeDeps = ({ config, store, now, log, office }: OfficeGiven, chance: () => number) =>
  ({
    store: store.of(office),
    zone: config.zone,
    botName: config.botName,
    ...(config.publicUrl && { publicUrl: config.publicUrl }),
    ...(config.firstLink && { firstLink: config.firstLink }),
    alg: config.ledgerHash,
    now,
    newId: createIds(now, chance),
    random: Math.random,
    sleep: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
    adapters: [],
    log,
    cache: createOfficeCache(config.zone),
    queue: createQueue(),
    throttle: createThrottle(config.rates, now),
  }) satisfies Partial<Deps>
