import { openD1 } from '../db/d1.ts'
import { requireVersion } from '../db/migrate.ts'
import { type Config, readConfig } from './config.ts'
import type { Deps } from './flow/deps.ts'
import { createOfficeCache, ensureOffice } from './flow/office.ts'
import { createQueue } from './flow/queue.ts'
import { tick } from './flow/tick.ts'
import { createApp } from './http/app.ts'
import { createIds } from './ids.ts'
import { createLog } from './log.ts'
import { type Platformed, platformAdapters } from './platforms.ts'

interface Env {
  DB: D1Database
  [name: string]: unknown
}

/** Sends and queries of one invocation have a ceiling on Workers; the next minute goes on. */
const BUDGET = 30

const now = () => new Date()
const log = createLog((line) => console.log(line), now)

const hex = (bytes: number): string =>
  [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const start = async (env: Env) => {
  const { DB, ...rest } = env
  const variables = Object.fromEntries(
    Object.entries(rest).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  )
  const config = readConfig(variables)
  const store = openD1(DB)
  await requireVersion(store)
  const platforms = await platformAdapters(config, { fetch: (input, init) => fetch(input, init), now })
  const office = store.of('default')
  await ensureOffice(office, { name: '', zone: config.zone })
  return { config, store: office, platforms, cache: createOfficeCache(config.zone), queue: createQueue() }
}

type Started = Awaited<ReturnType<typeof start>>

/** One start an isolate; a start that failed is tried again with the next request. */
let started: Promise<Started> | undefined
const ready = (env: Env): Promise<Started> => {
  started ??= start(env).catch((error: unknown) => {
    started = undefined
    throw error
  })
  return started
}

const depsOf = (
  {
    config,
    store,
    platforms,
    cache,
    queue,
  }: { config: Config; platforms: Platformed[] } & Pick<Deps, 'store' | 'cache' | 'queue'>,
  context: ExecutionContext,
): Deps => ({
  store,
  zone: config.zone,
  botName: config.botName,
  alg: config.ledgerHash,
  now,
  newId: createIds(now, Math.random),
  salt: () => hex(12),
  random: Math.random,
  sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
  adapters: platforms.map(({ adapter }) => adapter),
  log,
  background: (promise) => context.waitUntil(promise),
  cache,
  queue,
  demo: false,
})

export default {
  async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    const run = await ready(env)
    const deps = depsOf(run, context)
    const app = createApp({
      door: (platform, office) => {
        const on = office === undefined ? run.platforms.find(({ door }) => door === platform) : undefined
        return on && { adapter: on.adapter, deps }
      },
      offices: () => [deps],
      log,
    })
    return app.fetch(request, env, context)
  },
  async scheduled(_event: ScheduledController, env: Env, context: ExecutionContext): Promise<void> {
    await tick(depsOf(await ready(env), context), BUDGET)
  },
}
