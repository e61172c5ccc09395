import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { createConsoleAdapter } from '../adapters/console/index.ts'
import { createTryAdapter } from '../adapters/console/try.ts'
import { firstLink } from './flow/console/sign-in/first.ts'
import { linkUrl } from './flow/console/sign-in.ts'
import { createTryChat } from './flow/console/try/chat.ts'
import type { TryWorld } from './flow/console/try.ts'
import { createAtOnce } from './flow/deliver/at-once.ts'
import { deliverSoon } from './flow/deliver.ts'
import type { Deps } from './flow/deps.ts'
import { type ListenTimes, listen } from './flow/listen.ts'
import { ensureOffice } from './flow/office.ts'
import { tickOffices } from './flow/tick.ts'
import { createApp } from './http/app.ts'
import { describeError } from './log.ts'
import { baseUrl } from './node/base-url.ts'
import { consolePages } from './node/pages.ts'
import { sockets } from './node/sockets.ts'
import { type NodeDeps, nodeAdapterDeps, nodeDeps } from './node-deps.ts'
import { adapterAt, platformAdapters } from './platforms.ts'

export interface Serving {
  url: string
  /** The first administrator's way into the console, until somebody of the office has been in it. */
  firstLink?: string
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

/** The address of what listens there, on the port that it was given. */
const addressOf = (host: string, server: Server): string => baseUrl(host, (server.address() as AddressInfo).port)

/** How a demonstration moves its clock and begins anew; what is served with it has the simulated group. */
export type Demo = Pick<TryWorld, 'moveTo' | 'again'>

/** Serves one office on Node: webhooks, long connections (held by `times`), the console, health, and a tick each minute. */
export const serveNode = async (given: NodeDeps, times?: ListenTimes, demo?: Demo): Promise<Serving> => {
  const { config, log } = given
  const pending = new Set<Promise<unknown>>()
  const platforms = await platformAdapters(config, nodeAdapterDeps(given), sockets)
  const bare = nodeDeps(given, pending)
  const chat = demo && createTryChat(given.now, bare.newId())
  const terminal = chat ? createTryAdapter(chat) : createConsoleAdapter(() => undefined)
  const own: Deps = { ...bare, adapters: [...platforms.map(({ adapter }) => adapter), terminal] }
  const deps: Deps = { ...own, atOnce: createAtOnce(own) }
  await ensureOffice(deps.store, { name: '', zone: config.zone })
  const app = createApp({
    door: (platform, office) => {
      const adapter = adapterAt(platforms, platform, office)
      return adapter && { adapter, deps }
    },
    offices: () => [deps],
    log,
    pages: consolePages(),
    ...(demo && chat && { tryDeps: { ...demo, chat, remote: (c) => getConnInfo(c).remote.address } }),
  })
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  server.listen(config.port, config.host)
  await once(server, 'listening')
  const url = addressOf(config.host, server)
  // A demonstration is where it listens, which is known only now; nothing has been answered yet.
  if (demo && config.publicUrl === undefined) for (const each of [own, deps]) each.publicUrl = url
  const quit = new AbortController()
  const listening = listen(deps, quit.signal, times)
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
  const first = await firstLink(deps)
  return {
    url,
    ...(first && { firstLink: linkUrl(config.publicUrl ?? url, first) }),
    stop: async () => {
      for (const timer of timers) clearInterval(timer)
      quit.abort()
      chat?.close()
      await Promise.all([closed(server), listening])
      await settled(pending)
    },
  }
}
