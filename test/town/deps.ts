import type { Adapter } from '../../adapters/adapter.ts'
import { createConsoleAdapter } from '../../adapters/console/index.ts'
import type { OfficeStore } from '../../db/store.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { createOfficeCache } from '../../src/flow/office.ts'
import { createQueue } from '../../src/flow/queue.ts'
import { createIds } from '../../src/ids.ts'
import type { Notices } from '../../src/time/calendar.ts'

export const ZONE = 'Asia/Shanghai'

/** Numbers that look random and are the same in every run. */
export const seeded = (seed: number) => () => {
  seed = (seed * 1664525 + 1013904223) % 4294967296
  return seed / 4294967296
}

/** The flow of one office on a store, with a clock that the test sets and whatever adapters it hands in. */
export const townDeps = (
  store: OfficeStore,
  clock: { now: Date },
  adapters: Adapter[] = [],
  notices?: Notices,
): Deps & { settled(): Promise<void> } => {
  const random = seeded(7)
  const pending = new Set<Promise<unknown>>()
  const now = () => clock.now
  return {
    store,
    zone: ZONE,
    botName: '督办',
    alg: 'sm3',
    now,
    newId: createIds(now, random),
    salt: () => String(random()),
    random,
    secureRandom: random,
    sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
    adapters: [...adapters, createConsoleAdapter(() => undefined)],
    log: () => undefined,
    background: (promise) => {
      pending.add(promise)
      void promise.finally(() => pending.delete(promise))
    },
    cache: createOfficeCache(ZONE, notices),
    queue: createQueue(),
    settled: async () => {
      while (pending.size > 0) await Promise.allSettled([...pending])
    },
  }
}
