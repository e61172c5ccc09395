import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Adapter } from '../../adapters/adapter.ts'
import { createWecomBotSocketAdapter } from '../../adapters/wecom/bot/socket.node.ts'
import type { OfficeStore } from '../../db/store.ts'
import { readConfig } from '../../src/config.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { listen } from '../../src/flow/listen.ts'
import { type RoomDraft, register } from '../../src/flow/roster.ts'
import { createApp } from '../../src/http/app.ts'
import type { Platform } from '../../src/model/message.ts'
import { readPlanFile } from '../../src/plan/parse-file.ts'
import { platformAdapters, type Sockets } from '../../src/platforms.ts'
import { until } from '../fakes/until.ts'
import { toRequest, type Wire } from '../fakes/wire.ts'
import { settle, type Who } from '../town/members.ts'
import { openTown, type Town } from '../town/town.ts'

/** Platforms by their hosts: whoever is called and does not stand here is nobody. */
export const network = (hosts: Record<string, typeof fetch>): typeof fetch =>
  (async (input: string | URL | Request, init?: RequestInit) => {
    const { host } = new URL(input instanceof Request ? input.url : input)
    const at = hosts[host]
    if (!at) throw new TypeError(`fetch failed: nobody is at ${host}`)
    return at(input, init)
  }) as typeof fetch

const TIMES = { pingMs: 1000, ackMs: 1000, againMs: 10, mostMs: 50 }
const none = () => Promise.reject(new Error('not asked for'))

/** The smart bot's line as it is, with waits that a test has time for. */
export const sockets: Sockets = {
  ...{ lark: none, dingtalk: none, wechat: none },
  wecomBot: async (config, deps) => createWecomBotSocketAdapter(config, deps, TIMES),
}

/** A clock that is the town's as soon as there is one. */
export const townClock = () => {
  let town: Town | undefined
  return {
    now: () => town?.deps.now() ?? new Date(),
    of: (opened: Town) => {
      town = opened
    },
  }
}

interface Office {
  store: OfficeStore
  env: Record<string, string>
  fetch: typeof fetch
  clock: ReturnType<typeof townClock>
  platforms: readonly Platform[]
  sockets?: Sockets
  leftOut?: readonly Who[]
}

/**
 * The transcript's office with every adapter that an environment turns on, as the server makes them: its doors, its
 * long connections, its outbox.
 */
export const openJoint = async ({
  store,
  env,
  fetch,
  clock,
  platforms,
  sockets: given = sockets,
  leftOut = [],
}: Office) => {
  const config = readConfig({ BOT_NAME: '督办', ...env })
  const on = await platformAdapters(config, { fetch, now: clock.now }, given)
  const town = await openTown(store, { adapters: on.map(({ adapter }) => adapter) })
  clock.of(town)
  for (const platform of platforms) await settle(town, platform, leftOut)
  const deps = { ...town.deps, parseFile: readPlanFile }
  const app = createApp({
    door: (name) => {
      const adapter = on.find(({ door }) => door === name)?.adapter
      return adapter && { adapter, deps }
    },
    offices: () => [deps],
    log: deps.log,
  })
  const stamp = () => ({ by: 'admin:test', via: `test:${deps.newId()}`, at: deps.now() })
  const quit = new AbortController()
  let listening = Promise.resolve()
  return {
    town: { ...town, deps },
    deps,
    stamp,
    adapter: (door: string): Adapter => {
      const found = on.find((each) => each.door === door)?.adapter
      if (!found) throw new Error(door)
      return found
    },
    /** Opens the long connections, until `alone` ones stand. */
    listen: async () => {
      listening = listen(deps, quit.signal)
      await until(() => on.every(({ adapter }) => !adapter.alone || adapter.ready?.() !== false))
    },
    /** What the platform's server hands in at its door; all is through that it caused. */
    hands: async (wire: Wire): Promise<Response> => {
      const response = await app.request(toRequest(wire))
      expect(response.status).toBe(200)
      await deps.settled()
      return response
    },
    delivers: () => deliver(deps),
    binds: (room: RoomDraft) => register(deps, { rooms: [room] }, stamp()),
    unit: async (name: string): Promise<string> => {
      const found = (await deps.cache(deps.store)).registry.resolve(name)
      if (found.kind !== 'one') throw new Error(name)
      return found.unit.id
    },
    rows: async () => {
      const { t, q, office } = deps.store
      return q.select().from(t.outbox).where(eq(t.outbox.office, office)).orderBy(t.outbox.ord)
    },
    close: async () => {
      quit.abort()
      await listening
      await deps.settled()
    },
  }
}
export type Joint = Awaited<ReturnType<typeof openJoint>>
