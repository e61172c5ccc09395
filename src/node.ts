import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { createConsoleAdapter } from '../adapters/console/index.ts'
import { createTryAdapter } from '../adapters/console/try.ts'
import { isConflict } from '../db/conflict.ts'
import { linkOffices } from './flow/above/link.ts'
import { firstLink } from './flow/console/sign-in/first.ts'
import { linkUrl } from './flow/console/sign-in.ts'
import { createTryChat } from './flow/console/try/chat.ts'
import type { TryWorld } from './flow/console/try.ts'
import { createAtOnce } from './flow/deliver/at-once.ts'
import { deliverDue } from './flow/deliver.ts'
import type { Deps } from './flow/deps.ts'
import { type ListenTimes, listen } from './flow/listen.ts'
import { ensureOffice } from './flow/office.ts'
import { tickOffices } from './flow/tick.ts'
import { createApp } from './http/app.ts'
import { createReadiness } from './http/ready.ts'
import { createIds } from './ids.ts'
import { describeError, type Log } from './log.ts'
import { baseUrl } from './node/base-url.ts'
import { clientAddress } from './node/client-address.ts'
import { createFigures } from './node/figures.ts'
import { limitServer, serverLimits, serverOptions } from './node/limits.ts'
import { consolePages } from './node/pages.ts'
import { sockets } from './node/sockets.ts'
import { keptIn, type NodeDeps, nodeAdapterDeps, nodeDeps } from './node-deps.ts'
import { doorsOf, platformAdapters, type Served } from './platforms.ts'

export interface Serving {
  url: string
  /** The first administrator's way into the console, until somebody of the office has been in it. */
  firstLink?: string
  /** Takes no more, settles what is under way, closes. */
  stop(): Promise<void>
}

const MINUTE_MS = 60_000
/** How often is looked for what is to be tried again: who asked waits for no full minute. */
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

type Chat = ReturnType<typeof createTryChat>

/** Of replicas that start at once one makes the first link; a conflict is no reason for another not to start. */
const firstLinkOf = (deps: Deps): Promise<string | undefined> =>
  firstLink(deps).catch((error: unknown) => {
    if (isConflict(error)) return undefined
    throw error
  })

/** An office as it is served: what its messages need, and the platforms that are on for it. */
const served = async (given: NodeDeps, pending: Set<Promise<unknown>>, chat?: Chat): Promise<Served<Deps>> => {
  const platforms = await platformAdapters(given.config, nodeAdapterDeps(given), sockets)
  const terminal = chat ? createTryAdapter(chat) : createConsoleAdapter(() => undefined)
  const adapters = [...platforms.map(({ adapter }) => adapter), terminal]
  const deps: Deps = { ...nodeDeps(given, pending), adapters }
  deps.atOnce = createAtOnce(deps)
  await ensureOffice(deps.store, { name: given.name ?? '', zone: given.config.zone })
  return { office: given.office, deps, platforms }
}

const later = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/**
 * Serves offices of one database on Node: webhooks, long connections (held by `times`), the console, health, and a tick
 * each minute. `own`: where the process says what is of no office; the first office's log where absent.
 */
export const serveOffices = async (
  given: readonly NodeDeps[],
  times?: ListenTimes,
  demo?: Demo,
  own?: Log,
): Promise<Serving> => {
  const [head] = given
  if (!head) throw new Error('no office to serve')
  const { config, now, store } = head
  let tickedAt = now()
  let stopping = false
  const figures = createFigures({
    ...{ now, ticked: () => tickedAt, dataDir: config.dataDir, backups: config.backup?.folder },
  })
  const log = figures.counting(own ?? head.log)
  const pending = new Set<Promise<unknown>>()
  const chat = demo && createTryChat(now, createIds(now, Math.random)())
  const all: Served<Deps>[] = []
  for (const each of given) all.push(await served({ ...each, log: figures.counting(each.log) }, pending, chat))
  linkOffices(all.map(({ deps }, i) => ({ deps, above: given[i]?.above })))
  const offices = all.map(({ deps }) => deps)
  const app = createApp({
    door: doorsOf(all),
    offices: () => offices,
    log,
    pages: consolePages(),
    remote: (c) => clientAddress(c, config.trustedProxy),
    unready: createReadiness({
      ...{ store, office: store.of(head.office), now, sleep: later },
      ...{ ticked: () => tickedAt, stopping: () => stopping },
    }),
    metricsToken: config.metricsToken,
    counted: figures,
    ...(demo && chat && { tryDeps: { ...demo, chat, remote: (c) => getConnInfo(c).remote.address } }),
  })
  const limits = serverLimits(config.mostConnections)
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: serverOptions(limits) }) as Server
  limitServer(server, limits)
  server.listen(config.port, config.host)
  await once(server, 'listening')
  const url = addressOf(config.host, server)
  // A demonstration is where it listens, which is known only now; nothing has been answered yet.
  if (demo && config.publicUrl === undefined) for (const deps of offices) deps.publicUrl = url
  const quit = new AbortController()
  const listening = offices.map((deps) => listen(deps, quit.signal, times))
  const inBackground = keptIn(pending)
  const tickWhole = async () => {
    const from = performance.now()
    await tickOffices(offices, BUDGET)
    tickedAt = now()
    figures.ticked(performance.now() - from)
  }
  const ticking = () =>
    inBackground(
      tickWhole().catch((error: unknown) => log({ event: 'tick', outcome: 'failed', error: describeError(error) })),
    )
  let looks = false
  const looking = async () => {
    if (looks) return
    looks = true
    // A database that is not there is told by the tick and by readyz; every five seconds would be noise.
    await deliverDue(offices).catch(() => undefined)
    looks = false
  }
  const timers = [setInterval(ticking, MINUTE_MS), setInterval(() => inBackground(looking()), RETRY_MS)]
  ticking()
  log({ event: 'start' })
  const [only, ...others] = offices
  // Of several offices each has its own administrator, who is entered by the command line.
  const first = only && others.length === 0 ? await firstLinkOf(only) : undefined
  return {
    url,
    ...(first && { firstLink: linkUrl(config.publicUrl ?? url, first) }),
    stop: async () => {
      stopping = true
      // Whoever sends requests here looks now and then, and takes this process out first.
      await later(config.drainMs)
      for (const timer of timers) clearInterval(timer)
      quit.abort()
      chat?.close()
      await Promise.all([closed(server), ...listening])
      await settled(pending)
      log({ event: 'stop' })
    },
  }
}

/** Serves one office. */
export const serveNode = (given: NodeDeps, times?: ListenTimes, demo?: Demo): Promise<Serving> =>
  serveOffices([given], times, demo)
