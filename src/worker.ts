import { openD1 } from '../db/d1.ts'
import { requireVersion } from '../db/migrate.ts'
import { officeVersion } from '../db/queries/office.ts'
import { createModel } from './ask-model.ts'
import { readConfig } from './config.ts'
import type { Deps } from './flow/deps.ts'
import { createLinkCheck } from './flow/link-check.ts'
import { createOfficeCache, ensureOffice } from './flow/office.ts'
import { createQueue } from './flow/queue.ts'
import { tickOffices } from './flow/tick.ts'
import { createApp } from './http/app.ts'
import { createIds } from './ids.ts'
import { createLog } from './log.ts'
import { adapterAt, platformAdapters } from './platforms.ts'
import { createR2Blobs } from './worker/blobs.ts'
import { look } from './worker/look.ts'

interface Env {
  DB: D1Database
  /** A bucket of R2 for plans, evidence and papers; without one nothing of them is kept. */
  FILES?: R2Bucket
  [name: string]: unknown
}

/** Sends and queries of one invocation have a ceiling on Workers; the next minute goes on. */
const BUDGET = 8

const hex = (bytes: number): string =>
  [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const start = async ({ DB, FILES, ...variables }: Env) => {
  const config = readConfig(variables as Record<string, string | undefined>)
  const now = () => config.now ?? new Date()
  const log = createLog((line) => console.log(line), now)
  const store = openD1(DB)
  await requireVersion(store)
  const office = store.of('default')
  if ((await officeVersion(office)) === undefined) await ensureOffice(office, { name: '', zone: config.zone })
  const network = { fetch: ((input, init) => fetch(input, init)) as typeof fetch, now, log }
  const platforms = await platformAdapters(config, network)
  const deps: Omit<Deps, 'background'> = {
    store: office,
    zone: config.zone,
    botName: config.botName,
    ...(config.publicUrl && { publicUrl: config.publicUrl }),
    alg: config.ledgerHash,
    now,
    newId: createIds(now, Math.random),
    salt: () => hex(12),
    random: Math.random,
    secureRandom: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
    sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
    adapters: platforms.map(({ adapter }) => adapter),
    checkLink: createLinkCheck({ look, hosts: config.evidenceHosts }),
    ...(FILES && { blobs: createR2Blobs(FILES, office.office) }),
    ...(config.languageModel && { askModel: createModel(config.languageModel, network).ask }),
    log,
    cache: createOfficeCache(config.zone),
    queue: createQueue(),
  }
  return { deps, platforms }
}

/** One start an isolate; a start that failed is tried again with the next request. */
let started: ReturnType<typeof start> | undefined
const ready = (env: Env): ReturnType<typeof start> => {
  started ??= start(env).catch((error: unknown) => {
    started = undefined
    throw error
  })
  return started
}

/** Says why to the log alone. What was sent to us was not taken, and the platforms send it again. */
const notReady = (error: unknown): undefined => {
  console.error(String(error))
  return undefined
}

const answer = async (request: Request, env: Env, context: ExecutionContext): Promise<Response> => {
  const run = await ready(env).catch(notReady)
  if (!run) return new Response('', { status: 503 })
  const deps: Deps = { ...run.deps, background: (promise) => context.waitUntil(promise) }
  const app = createApp({
    door: (platform, office) => {
      const adapter = adapterAt(run.platforms, platform, office)
      return adapter && { adapter, deps }
    },
    offices: () => [deps],
    log: deps.log,
  })
  return app.fetch(request, env, context)
}

export default {
  fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    const response = answer(request, env, context)
    // A platform hangs up after 3 seconds. That must not cut off what other requests of the isolate wait for as well: the
    // start, an access token, a turn in the queue.
    context.waitUntil(response)
    return response
  },
  async scheduled(_event: ScheduledController, env: Env, context: ExecutionContext): Promise<void> {
    const { deps } = await ready(env)
    await tickOffices([{ ...deps, background: (promise) => context.waitUntil(promise) }], BUDGET)
  },
}
