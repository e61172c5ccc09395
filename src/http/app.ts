import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'
import { HTTPException } from 'hono/http-exception'
import type { Adapter } from '../../adapters/adapter.ts'
import { isBusy, isConflict, isOutage } from '../../db/conflict.ts'
import { deliverSoon } from '../flow/deliver.ts'
import type { Deps } from '../flow/deps.ts'
import { dispatch, type Turn } from '../flow/dispatch.ts'
import { describeError } from '../log.ts'
import { DeliveryError, Refused } from '../model/problem.ts'
import type { TryDeps } from './api/try.ts'
import { EXPOSITION } from './exposition.ts'
import { createFigures } from './figures.ts'
import { guardPages } from './headers.ts'
import type { Unready } from './ready.ts'

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
  /** Why no requests should come here at the moment; absent: they always may. */
  unready?(): Promise<Unready | undefined>
  /** Who may read the figures; without one, whoever asks this process directly. */
  metricsToken?: string | undefined
  /** What the process counts of itself (on Node), told before what the database tells. */
  counted?: Counted
}

export interface Counted {
  /** A request of a platform was answered: by which door (`none`: there is no such), how, in so many milliseconds. */
  answered(door: string, status: number, ms: number): void
  /** As Prometheus reads it. */
  text(): Promise<string>
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

/** Was it passed on by a proxy or the edge? Then nobody knows who asks. */
const isPassedOn = (c: Context): boolean =>
  ['x-forwarded-for', 'forwarded', 'x-real-ip', 'cf-connecting-ip'].some((name) => c.req.header(name) !== undefined)

/** The figures tell offices by name: to who holds the token, or where there is none, to who asks this process directly. */
const figuresFor = (token: string | undefined): MiddlewareHandler =>
  token === undefined
    ? async (c, next) => (isPassedOn(c) ? c.body('', 404) : next())
    : bearerAuth({ token, noAuthenticationHeader: { message: '' }, invalidToken: { message: '' } })

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
  const figures = createFigures(app.offices)
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
  const { counted } = app
  if (counted)
    hono.use('/webhooks/*', async (c, next) => {
      const from = performance.now()
      await next()
      const [, , platform = '', office] = c.req.path.split('/')
      counted.answered(app.door(platform, office) ? platform : 'none', c.res.status, performance.now() - from)
    })
  hono.on(['GET', 'POST'], ['/webhooks/:platform', '/webhooks/:platform/:office'], webhook)
  hono.get('/healthz', (c) => c.text('ok'))
  hono.get('/readyz', async (c) => {
    const why = await app.unready?.()
    return why === undefined ? c.text('ready') : c.text(`not ready: ${why}`, 503)
  })
  hono.get('/metrics', figuresFor(app.metricsToken), async (c) => {
    return c.body(`${(await counted?.text()) ?? ''}${await figures()}`, 200, { 'content-type': EXPOSITION })
  })
  hono.use(guardPages)
  // The platforms' messages do not wait for what only the console needs: it is loaded when it is first asked.
  let api: Promise<Hono> | undefined
  const consoleApi = async (): Promise<Hono> => {
    const { createApi } = await import('./api.ts')
    return new Hono().route('/api', createApi({ ...app, office: (name) => officeNamed(app.offices(), name) }))
  }
  hono.all('/api/*', async (c) => {
    // What could not be loaded once is tried again.
    api ??= consoleApi().catch((error: unknown) => {
      api = undefined
      throw error
    })
    return (await api).fetch(c.req.raw, c.env)
  })
  if (app.pages) hono.use(app.pages)
  hono.onError((error, c) => {
    // What a middleware refuses is answered as it says.
    if (error instanceof HTTPException) return error.getResponse()
    app.log({ event: 'request', path: c.req.path, status: 500, outcome: 'failed', error: describeError(error) })
    return c.body('', 500)
  })
  return hono
}
