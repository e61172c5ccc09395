import { openD1 } from '../db/d1.ts'
import { requireVersion } from '../db/migrate.ts'
import { officeVersion } from '../db/queries/office.ts'
import type { Store } from '../db/store.ts'
import { createModel } from './ask-model.ts'
import { type Office, readInstallation } from './config.ts'
import type { Deps } from './flow/deps.ts'
import { createLinkCheck } from './flow/link-check.ts'
import { createOfficeCache, ensureOffice } from './flow/office.ts'
import { createQueue } from './flow/queue.ts'
import { tickOffices } from './flow/tick.ts'
import { createApp } from './http/app.ts'
import { createIds } from './ids.ts'
import { createLog, type Log } from './log.ts'
import { doorsOf, platformAdapters, type Served } from './platforms.ts'
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

/** There are no files here: a variable holds what it would name. */
const noFiles = (): never => {
  throw new Error('no files on Workers')
}

type Kept = Omit<Deps, 'background'>

interface Common {
  store: Store
  files?: R2Bucket | undefined
  now(): Date
  log: Log
}

const serve = async ({ office, name, config }: Office, { store, files, now, log }: Common): Promise<Served<Kept>> => {
  const own = store.of(office)
  if ((await officeVersion(own)) === undefined) await ensureOffice(own, { name, zone: config.zone })
  const network = { fetch: ((input, init) => fetch(input, init)) as typeof fetch, now, log }
  const platforms = await platformAdapters(config, network)
  const deps: Kept = {
    store: own,
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
    ...(files && { blobs: createR2Blobs(files, office) }),
    ...(config.languageModel && { askModel: createModel(config.languageModel, network).ask }),
    log,
    cache: createOfficeCache(config.zone),
    queue: createQueue(),
  }
  return { office, deps, platforms }
}

const start = async ({ DB, FILES, ...variables }: Env) => {
  const { config, offices } = readInstallation(variables as Record<string, string | undefined>, noFiles)
  const now = () => config.now ?? new Date()
  const log = createLog((line) => console.log(line), { now, level: config.logLevel, salt: crypto.randomUUID() })
  const store = openD1(DB)
  await requireVersion(store)
  const served: Served<Kept>[] = []
  for (const office of offices) served.push(await serve(office, { store, files: FILES, now, log }))
  return { served, log }
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

/** What runs on after the answer belongs to the invocation that began it. */
const inContext = (served: readonly Served<Kept>[], context: ExecutionContext): Served<Deps>[] =>
  served.map((each) => ({ ...each, deps: { ...each.deps, background: (promise) => context.waitUntil(promise) } }))

const answer = async (request: Request, env: Env, context: ExecutionContext): Promise<Response> => {
  const run = await ready(env).catch(notReady)
  if (!run) return new Response('', { status: 503 })
  const served = inContext(run.served, context)
  const offices = served.map(({ deps }) => deps)
  const app = createApp({ door: doorsOf(served), offices: () => offices, log: run.log })
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
    const { served } = await ready(env)
    await tickOffices(
      inContext(served, context).map(({ deps }) => deps),
      BUDGET,
    )
  },
}
