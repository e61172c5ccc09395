import { serve } from '@hono/node-server'
import { createConsoleAdapter } from '../adapters/console/index.ts'
import { createKeepAliveFetch } from '../adapters/transport.node.ts'
import type { Deps } from './flow/deps.ts'
import { ensureOffice } from './flow/office.ts'
import { tick } from './flow/tick.ts'
import { createApp } from './http/app.ts'
import { describeError } from './log.ts'
import { type NodeDeps, nodeDeps } from './node-deps.ts'
import { platformAdapters } from './platforms.ts'

export interface Serving {
  url: string
  /** Takes no more, settles what is under way, closes. */
  stop(): Promise<void>
}

const MINUTE_MS = 60_000

/** Serves one office on Node: webhooks, health, and a tick each minute. */
export const serveNode = async (given: NodeDeps): Promise<Serving> => {
  const { config, now, log } = given
  const pending = new Set<Promise<unknown>>()
  const platforms = await platformAdapters(config, { fetch: createKeepAliveFetch(), now })
  const deps: Deps = {
    ...nodeDeps(given, pending),
    adapters: [...platforms.map(({ adapter }) => adapter), createConsoleAdapter(() => undefined)],
  }
  await ensureOffice(deps.store, { name: '', zone: config.zone })
  const app = createApp({
    door: (platform, office) => {
      const on = office === undefined ? platforms.find(({ door }) => door === platform) : undefined
      return on && { adapter: on.adapter, deps }
    },
    offices: () => [deps],
    log,
  })
  const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host })
  await new Promise<void>((done, fail) => {
    server.once('listening', done)
    server.once('error', fail)
  })
  const ticking = () =>
    deps.background(
      tick(deps).catch((error: unknown) => log({ event: 'tick', outcome: 'failed', error: describeError(error) })),
    )
  const timer = setInterval(ticking, MINUTE_MS)
  ticking()
  log({ event: 'start' })
  return {
    url: `http://${config.host}:${config.port}`,
    stop: async () => {
      clearInterval(timer)
      await new Promise<void>((done) => server.close(() => done()))
      await Promise.allSettled([...pending])
    },
  }
}
