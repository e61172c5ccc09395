import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { matchedRoutes } from 'hono/route'
import { noteRefused } from '../flow/console/refused.ts'
import type { Deps } from '../flow/deps.ts'
import { describeError } from '../log.ts'
import { accountApi } from './api/account.ts'
import { actApi } from './api/act.ts'
import { annualApi } from './api/annual.ts'
import { assessApi } from './api/assess.ts'
import { auditApi } from './api/audit.ts'
import { casesApi } from './api/cases.ts'
import { dutyApi } from './api/duty.ts'
import { type ApiEnv, problemOf, Refusal } from './api/kit.ts'
import { ledgerApi } from './api/ledger.ts'
import { officeAsked, ofNoOffice } from './api/office.ts'
import { overviewApi } from './api/overview.ts'
import { papersApi } from './api/papers.ts'
import { plansApi } from './api/plans.ts'
import { pushesApi } from './api/pushes.ts'
import { requestsApi } from './api/requests.ts'
import { reviewApi } from './api/review.ts'
import { rosterApi } from './api/roster.ts'
import { sessionApi, sessionIn } from './api/session.ts'
import { signOnApi } from './api/sign-on.ts'
import { talliesApi } from './api/tallies.ts'
import { TRY_FILE_BYTES, TRY_FILES, type TryDeps, tryApi } from './api/try.ts'
import { yearendApi } from './api/yearend.ts'
import { signInAttempts } from './attempts.ts'
import { ownRequests } from './own-request.ts'
import { UPLOADS } from './upload.ts'

export interface ApiDeps {
  /** The office of that name, or the only one; undefined where there is none of that name. */
  office(name: string | undefined): Deps | undefined
  log: Deps['log']
  /** Whom a request comes from; absent where it cannot be told: then tries at signing in are not counted. */
  remote?(c: Context): string | undefined
  /** The simulated group, in a demonstration alone. */
  tryDeps?: TryDeps
}

/** A body of JSON; files have a route and limit of their own. */
const BODY = 1024 * 1024
/** Holds the JSON what no database keeps as it was hashed: NUL, half of a pair of signs? What is no JSON is refused elsewhere. */
const isBroken = (text: string): boolean => {
  try {
    // Half a pair is escaped when it is written again, a whole one is not.
    return /\\u(?:0000|d[89a-f][0-9a-f]{2})/.test(JSON.stringify(JSON.parse(text)))
  } catch {
    return false
  }
}

/** Does a file come in there? It is counted and read by its own route. */
const isUpload = (c: Context<ApiEnv>): boolean => UPLOADS.some((path) => c.req.path === `/api${path}`)

/** Keeps that somebody who is signed in was refused a route: by its pattern, never by what was put into it. */
const refused = async (c: Context<ApiEnv>, error: unknown): Promise<void> => {
  const session = c.get('session')
  if (!session) return
  const pattern = matchedRoutes(c).find(({ path, method }) => method === c.req.method && !path.endsWith('*'))?.path
  const what = `${c.req.method} ${pattern ?? '/api'}`
  const deps = c.get('deps')
  const why = error instanceof Refusal ? error.why : 'page'
  await noteRefused(deps, session.actor.id, { what, why }).catch((fault: unknown) =>
    deps.log({ event: 'request', outcome: 'unnoted', error: describeError(fault) }),
  )
}

/** The console's API under /api: who asks is read from the cookie, what they may is checked on every route. */
export const createApi = (app: ApiDeps) => {
  const api = new OpenAPIHono<ApiEnv>()
  api.use((c, next) => {
    c.header('cache-control', 'no-store')
    return next()
  })
  const atMost = (maxSize: number) =>
    bodyLimit({
      maxSize,
      onError: () => {
        throw new Refusal(413, '内容太大')
      },
    })
  const [small, file] = [atMost(BODY), atMost(TRY_FILE_BYTES)]
  api.use((c, next) => {
    // A plan's file is counted while it comes in, by its own route.
    if (isUpload(c)) return next()
    return (app.tryDeps && c.req.path === TRY_FILES ? file : small)(c, next)
  })
  api.use(async (c, next) => {
    const deps = app.office(await officeAsked(c)) ?? app.office(undefined)
    if (!deps) return ofNoOffice(c)
    c.set('deps', deps)
    const session = await sessionIn(c, deps)
    if (session) c.set('session', session)
    return next()
  })
  api.use(ownRequests(() => new Refusal(403, '请从网页版操作', undefined, 'page')))
  if (app.remote) api.use(signInAttempts(app.remote, () => new Refusal(429, '登录试得太多了，请过一分钟再试')))
  api.use(async (c, next) => {
    // A file is read by its own route, whatever it says it is.
    const isJson = !isUpload(c) && (c.req.header('content-type')?.includes('json') ?? false)
    // Read once: what is taken out of it afterwards comes from memory.
    if (/%00/.test(c.req.url) || (isJson && isBroken(await c.req.text())))
      throw new Refusal(400, '内容里有不能保存的字符（空字符或半个字）：请删去后再提交')
    return next()
  })
  const parts = [
    ...[
      sessionApi(app.tryDeps !== undefined),
      signOnApi(),
      accountApi(),
      actApi(),
      overviewApi(),
      ledgerApi(),
      dutyApi(),
    ],
    ...[
      reviewApi(),
      plansApi(),
      rosterApi(),
      pushesApi(),
      auditApi(),
      assessApi(),
      yearendApi(),
      papersApi(),
      casesApi(),
      talliesApi(),
      annualApi(),
    ],
    requestsApi(),
    ...(app.tryDeps ? [tryApi(app.tryDeps)] : []),
  ]
  for (const each of parts) api.route('/', each as OpenAPIHono<ApiEnv>)
  api.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: '督办 Duban', version: '1' },
    servers: [{ url: '/api' }],
  })
  // Not `notFound`, which would be the page's: every other address is the page.
  api.all('*', (c) => c.json({ error: '没有这个地址' }, 404))
  api.onError(async (error, c) => {
    const problem = problemOf(error)
    if (problem?.status === 403) await refused(c, error)
    if (problem) return c.json(problem.body, problem.status)
    const id = crypto.randomUUID().slice(0, 8)
    app.log({ event: 'request', path: c.req.path, status: 500, outcome: 'failed', id, error: describeError(error) })
    return c.json({ error: `出错了，没有改动任何内容。请把编号 ${id} 告诉管理员` }, 500)
  })
  return api
}
