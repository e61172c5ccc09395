import { openD1 } from '../db/d1.ts'
import { requireVersion } from '../db/migrate.ts'
import { officesKnown } from '../db/queries/signs.ts'
import { readInstallation } from './config.ts'
import { linkOffices } from './flow/above/link.ts'
import type { Deps } from './flow/deps.ts'
import { ensureOffice } from './flow/office.ts'
import { tickOffices } from './flow/tick.ts'
import { createApp } from './http/app.ts'
import { createLog } from './log.ts'
import { doorsOf, type Served } from './platforms.ts'
import { metered } from './worker/metered.ts'
import { servedHere } from './worker/serve.ts'
import { variablesOf } from './worker/variables.ts'

interface Env {
  DB: D1Database
  /** A bucket of R2 for plans, evidence and papers; without one nothing of them is kept. */
  FILES?: R2Bucket
  [name: string]: unknown
}

/** Sends of one office in one invocation; the next minute goes on. */
const SENDS = 8
/** Offices that are planned and sent for together. */
const AT_ONCE = 4
/**
 * After so many queries a tick begins no further office. Cloudflare allows a thousand an invocation; what four offices
 * that were begun may still need fits in between, see test/worker/queries.test.ts.
 */
const QUERIES = 500

/** There are no files here: a variable holds what it would name. */
const noFiles = (): never => {
  throw new Error('no files on Workers')
}

const start = async ({ DB, FILES: files, ...variables }: Env) => {
  const { config, offices } = readInstallation(variablesOf(variables), noFiles)
  const now = () => config.now ?? new Date()
  const log = createLog((line) => console.log(line), now)
  const { binding, queries } = metered(DB)
  const store = openD1(binding)
  await requireVersion(store)
  const all: Served<Deps>[] = []
  for (const office of offices) all.push(await servedHere(office, { store, files, now, log }))
  const known = await officesKnown(store.of(''))
  for (const { office, name, config: own } of offices)
    if (!known.has(office)) await ensureOffice(store.of(office), { name, zone: own.zone })
  const served = all.map(({ deps }) => deps)
  linkOffices(served.map((deps, i) => ({ deps, above: offices[i]?.above })))
  const app = createApp({ door: doorsOf(all), offices: () => served, log })
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

const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * The offices from another one on each minute, so that a tick that cannot get through all of them begins at every one of
 * them before long: steps of the golden section leave no long gap.
 */
const turned = (offices: readonly Deps[], now: Date): Deps[] => {
  const from = Math.floor(((Math.floor(now.getTime() / 60_000) * GOLDEN) % 1) * offices.length)
  return [...offices.slice(from), ...offices.slice(0, from)]
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
    const hasRoom = () => queries() - before < QUERIES
    await tickOffices(turned(offices, now()), SENDS, { atOnce: AT_ONCE, hasRoom })
  },
}
