import { type Context, Hono, type MiddlewareHandler } from 'hono'
import type { Adapter } from '../../adapters/adapter.ts'
import { isBusy, isConflict, isOutage } from '../../db/conflict.ts'
import { undelivered } from '../../db/queries/deliveries.ts'
import { outboxDepth } from '../../db/queries/outbox.ts'
import { deliverSoon } from '../flow/deliver.ts'
import type { Deps } from '../flow/deps.ts'
import { dispatch, type Turn } from '../flow/dispatch.ts'
import { describeError } from '../log.ts'
import { DeliveryError, Refused, reasonClass } from '../model/problem.ts'
import type { TryDeps } from './api/try.ts'
import { createApi } from './api.ts'
import { guardPages } from './headers.ts'

/** A platform's way into one office. */
export interface Door {
  adapter: Adapter
  deps: Deps
}

export interface AppDeps {
  /** The door of a platform (`lark`, `wecom-bot`), of the office named in the path or of the only one. */
  door(platform: string, office: string | undefined): Door | undefined
  offices(): readonly Deps[]
  log: Deps['log']
  /** The console's own files, where this process serves them (on Workers they are static assets). */
  pages?: MiddlewareHandler
  /** The address that a request comes from, where it can be told: who tries to sign in too often is known by it. */
  remote?(c: Context): string | undefined
  /** The simulated group, in a demonstration alone. */
  tryDeps?: TryDeps
}

/** One body for everything that is refused, so that a refusal tells nothing. */
const refusal = (status: 400 | 401 | 404 | 413 | 503): Response => new Response('', { status })

/** Messages of one request one after another: their order is the platform's. */
const takeAll = async ({ adapter, deps }: Door, request: Request): Promise<Response> => {
  const received = await adapter.receive?.(request)
  if (!received) return refusal(404)
  const outcomes: Turn[] = []
  for (const message of received.messages) outcomes.push(await dispatch(deps, message, received.inline))
  if (outcomes.some(({ waits }) => waits)) deliverSoon(deps)
  return received.answer(outcomes)
}

/** Why nothing was stored though nothing is wrong with the request: the platform sends it again. */
const whyLater = (error: unknown): string | undefined => {
  if (isConflict(error)) return 'conflict'
  if (isBusy(error)) return 'busy'
  if (isOutage(error)) return 'outage'
  return error instanceof DeliveryError ? 'unreachable' : undefined
}

const DAY_MS = 86_400_000
const quoted = (text: string): string => text.replace(/["\\\n]/g, '')

/** What did not arrive within a day, by its end and the class of its reason. */
const undeliveredLines = async ({ store, now }: Deps): Promise<string[]> => {
  const counts = new Map<string, number>()
  for (const { state, error, n } of await undelivered(store, new Date(now().getTime() - DAY_MS))) {
    const labels = `office="${quoted(store.office)}",state="${state}",reason="${reasonClass(error)}"`
    counts.set(labels, (counts.get(labels) ?? 0) + n)
  }
  return [...counts].map(([labels, n]) => `duban_undelivered_day{${labels}} ${n}`)
}

const metrics = async (offices: readonly Deps[]): Promise<string> => {
  const lines = ['# TYPE duban_outbox gauge']
  for (const { store } of offices)
    for (const [state, n] of Object.entries(await outboxDepth(store)))
      lines.push(`duban_outbox{office="${quoted(store.office)}",state="${state}"} ${n}`)
  lines.push('# TYPE duban_undelivered_day gauge')
  for (const deps of offices) lines.push(...(await undeliveredLines(deps)))
  return `${lines.join('\n')}\n`
}

/** The office of that name; without a name the only one. */
const officeNamed = (offices: readonly Deps[], name: string | undefined): Deps | undefined =>
  name === undefined
    ? offices.length === 1
      ? offices[0]
      : undefined
    : offices.find(({ store }) => store.office === name)

/** The HTTP face: platform callbacks, health, readiness, metrics, the console and its API. Runs on Node and on Workers alike. */
export const createApp = (app: AppDeps): Hono => {
  const hono = new Hono()
  const failure = (error: unknown, path: string): Response => {
    if (error instanceof Refused) return refusal(error.status)
    const outcome = whyLater(error)
    if (!outcome) throw error
    app.log({ event: 'request', path, status: 503, outcome, error: describeError(error) })
    return refusal(503)
  }
  const webhook = async (c: Context) => {
    const door = app.door(c.req.param('platform') ?? '', c.req.param('office'))
    if (!door) return refusal(404)
    return takeAll(door, c.req.raw).catch((error: unknown) => failure(error, c.req.path))
  }
  hono.on(['GET', 'POST'], ['/webhooks/:platform', '/webhooks/:platform/:office'], webhook)
  hono.get('/healthz', (c) => c.text('ok'))
  hono.get('/readyz', async (c) => {
    try {
      for (const deps of app.offices()) await deps.cache(deps.store)
      return c.text('ready')
    } catch {
      return c.text('not ready', 503)
    }
  })
  hono.get('/metrics', async (c) => c.text(await metrics(app.offices())))
  hono.use(guardPages)
  hono.route('/api', createApi({ ...app, office: (name) => officeNamed(app.offices(), name) }))
  if (app.pages) hono.use(app.pages)
  hono.onError((error, c) => {
    app.log({ event: 'request', path: c.req.path, status: 500, outcome: 'failed', error: describeError(error) })
    return c.body('', 500)
  })
  return hono
}
