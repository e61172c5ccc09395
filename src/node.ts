import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Sink } from '../adapters/adapter.ts'
import { createConsoleAdapter } from '../adapters/console/index.ts'
import { createAtOnce } from './flow/deliver/at-once.ts'
import { deliverSoon } from './flow/deliver.ts'
import type { Deps } from './flow/deps.ts'
import { dispatch } from './flow/dispatch.ts'
import { ensureOffice } from './flow/office.ts'
import { tickOffices } from './flow/tick.ts'
import { createApp } from './http/app.ts'
import { describeError } from './log.ts'
import { type NodeDeps, nodeAdapterDeps, nodeDeps } from './node-deps.ts'
import { adapterAt, platformAdapters, type Sockets } from './platforms.ts'

export interface Serving {
  url: string
  /** Takes no more, settles what is under way, closes. */
  stop(): Promise<void>
}

const MINUTE_MS = 60_000
/** How often is looked for what is to be tried again, where nothing else is under way: who asked waits for no full minute. */
const RETRY_MS = 5000
/** Sends of one tick: what an outage held back goes out at once; the platform's own limit a minute still holds. */
const BUDGET = 1000
/** A caller that never ends its request must not keep us from stopping. */
const STOP_MS = 10_000
const SWEEP_MS = 20

/** The platforms' own SDKs keep the sockets; they are loaded when the first one opens. */
const sockets: Sockets = {
  lark: async (config, deps) => (await import('../adapters/lark/socket.ts')).createLarkSocketAdapter(config, deps),
}

/** Ends when every request is answered. Node closes only what is idle now, so what becomes idle later is closed then. */
const closed = async (server: Server): Promise<void> => {
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
  const cut = setTimeout(() => server.closeAllConnections(), STOP_MS)
  await new Promise<void>((done) => server.close(() => done()))
  clearInterval(sweep)
  clearTimeout(cut)
}

/** What is under way may begin something new, such as the delivery of what it stored. */
const settled = async (pending: ReadonlySet<Promise<unknown>>): Promise<void> => {
  while (pending.size > 0) await Promise.allSettled([...pending])
}

/** Opens the long connections; what comes in takes the way of every message. Ends when all have ended. */
const listen = async (deps: Deps, signal: AbortSignal): Promise<void> => {
  const take: Sink = (message, inline = false) => {
    const taken = dispatch(deps, message, inline).then((turn) => {
      if (turn.waits) deliverSoon(deps)
      return turn
    })
    deps.background(taken.catch(() => undefined))
    return taken
  }
  await Promise.all(
    deps.adapters.map(({ platform, listen }) =>
      listen?.(take, signal).catch((error: unknown) =>
        deps.log({ event: 'listen', platform, outcome: 'failed', error: describeError(error) }),
      ),
    ),
  )
}

/** Serves one office on Node: webhooks, long connections, health, and a tick each minute. */
export const serveNode = async (given: NodeDeps): Promise<Serving> => {
  const { config, log } = given
  const pending = new Set<Promise<unknown>>()
  const platforms = await platformAdapters(config, nodeAdapterDeps(given), sockets)
  const own: Deps = {
    ...nodeDeps(given, pending),
    adapters: [...platforms.map(({ adapter }) => adapter), createConsoleAdapter(() => undefined)],
  }
  const deps: Deps = { ...own, atOnce: createAtOnce(own) }
  await ensureOffice(deps.store, { name: '', zone: config.zone })
  const app = createApp({
    door: (platform, office) => {
      const adapter = adapterAt(platforms, platform, office)
      return adapter && { adapter, deps }
    },
    offices: () => [deps],
    log,
  })
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  server.listen(config.port, config.host)
  await once(server, 'listening')
  const quit = new AbortController()
  const listening = listen(deps, quit.signal)
  const ticking = () =>
    deps.background(
      tickOffices([deps], BUDGET).catch((error: unknown) =>
        log({ event: 'tick', outcome: 'failed', error: describeError(error) }),
      ),
    )
  const timers = [
    setInterval(ticking, MINUTE_MS),
    setInterval(() => {
      if (pending.size === 0) deliverSoon(deps)
    }, RETRY_MS),
  ]
  ticking()
  log({ event: 'start' })
  return {
    url: `http://${config.host}:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      for (const timer of timers) clearInterval(timer)
      quit.abort()
      await Promise.all([closed(server), listening])
      await settled(pending)
    },
  }
}
