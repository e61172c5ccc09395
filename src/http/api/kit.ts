import { createRoute, OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { isBusy, isConflict, isOutage } from '../../../db/conflict.ts'
import type { Session } from '../../flow/console/sign-in.ts'
import type { Deps } from '../../flow/deps.ts'
import { knownRoles, officeRoles, type Role, widelyReading } from '../../model/person.ts'
import { BadInput } from '../../model/problem.ts'
import { placeWords, wrongWords } from '../../model/wrong-value.ts'
import { PERSON_HEADER, type SomebodyElse } from '../shapes/session.ts'
import { Problem } from '../shapes/shared.ts'

/** What every route of the console's API works with: the office it is for, and who asks (absent on public routes). */
export interface ApiEnv {
  Variables: { deps: Deps; session?: Session }
}

/** Everybody who is bound to a person; a sender that nobody bound has no session. */
export const EVERYONE = knownRoles
/** Who reads all units: 领导, 主管科室, administrator. */
export const READS_ALL = widelyReading
/** Review, import, release, roster, rooms, export, subscriptions, audit. */
export const OFFICE = officeRoles

export const json = <T extends z.ZodType>(schema: T, description = '') => ({
  description,
  content: { 'application/json': { schema } },
})

/** A request's body of JSON. */
export const body = <T extends z.ZodType>(schema: T) => ({ ...json(schema), required: true as const })

const refusals = {
  400: json(Problem, '请求不对'),
  401: json(Problem, '没有登录，或登录已过期'),
  403: json(Problem, '没有这个权限'),
  404: json(Problem, '没有这一项'),
  409: json(Problem, '别人刚改过：`now` 是现在的样子'),
  422: json(Problem, '内容不对，原样未动'),
}

/** A refusal with its status, and where it helps (409) what it is like now. */
export class Refusal extends Error {
  override name = 'Refusal'
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 503,
    message: string,
    readonly now?: unknown,
    /** Of a 403: because of the role, or because the request did not come from the console's own page. */
    readonly why: 'role' | 'page' = 'role',
  ) {
    super(message)
  }
}

export const NOT_SIGNED_IN = '没有登录，或登录已过期：请对机器人说“网页版”，从它给的链接进来'

const only =
  (roles: readonly Role[]): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const session = c.get('session')
    if (!session) throw new Refusal(401, NOT_SIGNED_IN)
    const page = c.req.header(PERSON_HEADER)
    if (page !== undefined && page !== session.actor.id) {
      const { name } = session.actor
      const words = `这个浏览器里现在登录的是${name}，不是打开这一页的人：没有改动任何内容，页面将重新载入`
      throw new Refusal(409, words, { signedIn: name } satisfies z.infer<typeof SomebodyElse>)
    }
    if (!roles.includes(session.actor.role)) throw new Refusal(403, '您的身份没有这个权限')
    return next()
  }

/**
 * A route that only people of these roles may call; `roles` stands in the OpenAPI document as `x-roles`, from which the
 * test of every route × every role is made. `public`: without signing in.
 */
export const route = <P extends string, R extends Omit<RouteConfig, 'path'> & { path: P }>(
  roles: readonly Role[] | 'public',
  config: R,
) => {
  const open = roles === 'public'
  const made = createRoute(config)
  const given = config.responses[200] ?? Object.values(config.responses)[0]
  return Object.assign(made, {
    // What it gives says what it is for, where nothing else does.
    summary: config.summary ?? (given && 'description' in given ? given.description : undefined),
    'x-roles': open ? 'public' : [...roles],
    middleware: open ? [] : [only(roles)],
    responses: { ...refusals, ...config.responses },
  }) as unknown as ReturnType<typeof createRoute<P, R>>
}

/** An OpenAPIHono whose refused requests speak Chinese. Each part of the API is one. */
export const part = () =>
  new OpenAPIHono<ApiEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined
      const [issue] = result.error.issues
      return c.json({ error: issue ? `请求不对：${placeWords(issue.path)} ${wrongWords(issue)}` : '请求不对' }, 400)
    },
  })

/** The session of a guarded route. */
export const who = (c: { get(key: 'session'): Session | undefined }): Session => {
  const session = c.get('session')
  if (!session) throw new Error('a guarded route without a session')
  return session
}

/** A thrown thing as an answer; undefined for a bug. */
export const problemOf = (
  error: unknown,
): { status: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 503; body: Problem } | undefined => {
  if (error instanceof Refusal)
    return { status: error.status, body: { error: error.message, ...(error.now !== undefined && { now: error.now }) } }
  // A body of another kind (415), none where there must be one (400).
  if (error instanceof HTTPException && error.status < 500) return { status: 400, body: { error: '请求不对' } }
  if (error instanceof BadInput) return { status: 422, body: { error: error.message } }
  if (isConflict(error)) return { status: 409, body: { error: '别人刚改过这一项：请看一下现在的样子，再改一次' } }
  if (isBusy(error) || isOutage(error))
    return { status: 503, body: { error: '服务器正忙，请稍后再试：什么都没有改动' } }
  return undefined
}

export { z }
