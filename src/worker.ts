import type { Context } from 'hono'
import { openD1 } from '../db/d1.ts'
import { requireKey } from '../db/mark.ts'
import { requireVersion } from '../db/migrate.ts'
import { officesKnown } from '../db/queries/signs.ts'
import { createSealing } from '../db/sealing.ts'
import { readInstallation } from './config.ts'
import { linkOffices } from './flow/above/link.ts'
import type { Deps } from './flow/deps.ts'
import { ensureOffice } from './flow/office.ts'
import { tickOffices } from './flow/tick.ts'
import { createApp } from './http/app.ts'
import { createReadiness } from './http/ready.ts'
import { createLog } from './log.ts'
import { doorsOf, type Served } from './platforms.ts'
import { metered } from './worker/metered.ts'
import { servedHere } from './worker/serve.ts'
import { LIMITS, turned } from './worker/tick.ts'
import { variablesOf } from './worker/variables.ts'

interface Env {
  DB: D1Database
  /** A bucket of R2 for plans, evidence and papers; without one nothing of them is kept. */
  FILES?: R2Bucket
  [name: string]: unknown
}

/** There are no files here: a variable holds what it would name. */
const noFiles = (): never => {
  throw new Error('no files on Workers')
}

const start = async ({ DB, FILES: files, ...variables }: Env) => {
  const { config, offices } = readInstallation(variablesOf(variables), noFiles)
  const now = () => config.now ?? new Date()
  const log = createLog((line) => console.log(line), { now, level: config.logLevel, salt: crypto.randomUUID() })
  const { binding, queries } = metered(DB)
  const store = openD1(binding, await createSealing(config.identityKeys))
  await requireVersion(store)
  await requireKey(store)
  const all: Served<Deps>[] = []
  for (const office of offices) all.push(await servedHere(office, { store, files, now, log }))
  const known = await officesKnown(store.of(''))
  for (const { office, name, config: own } of offices)
    if (!known.has(office)) await ensureOffice(store.of(office), { name, zone: own.zone })
  const served = all.map(({ deps }) => deps)
  linkOffices(served.map((deps, i) => ({ deps, above: offices[i]?.above })))
  const unready = createReadiness({
    ...{ store, office: store.of(offices[0]?.office ?? ''), now },
    sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
  })
  // Set by Cloudflare, whatever the sender wrote there.
  const remote = (c: Context) => c.req.header('cf-connecting-ip')
  const { metricsToken } = config
  const app = createApp({ door: doorsOf(all), offices: () => served, log, unready, metricsToken, remote })
  return { app, offices: served, now, queries }
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
  return run ? run.app.fetch(request, env, context) : new Response('', { status: 503 })
}

export default {
  fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    const response = answer(request, env, context)
    // A platform hangs up after 3 seconds. That must not cut off what other requests of the isolate wait for as well: the
    // start, an access token, a turn in the queue.
    context.waitUntil(response)
    return response
  },
  async scheduled(_event: ScheduledController, env: Env): Promise<void> {
    const { offices, now, queries } = await ready(env)
    const before = queries()
    const hasRoom = () => queries() - before < LIMITS.queries
    await tickOffices(turned(offices, now()), LIMITS.sends, { atOnce: LIMITS.atOnce, hasRoom })
  },
}
