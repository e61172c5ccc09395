import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { type Attempt, askThere, newAttempt, signOn, waysHere } from '../../flow/console/sign-on.ts'
import { describeError } from '../../log.ts'
import { DeliveryError } from '../../model/problem.ts'
import { ownPath, type SignOnProblem, Way, Ways } from '../shapes/session.ts'
import { give, nameOf, read, takeBack } from './cookie.ts'
import { type ApiEnv, json, part, Refusal, route, z } from './kit.ts'
import { giveCookie } from './session.ts'

/** The attempt stays with the browser that made it: whoever comes back with another's state is told to begin anew. */
const COOKIE = 'duban-signon'
const SECONDS = 600

const Kept = z.object({ office: z.string(), way: Way, state: z.string(), verifier: z.string(), next: z.string() })

const keptIn = (text: string | undefined): Attempt | undefined => {
  try {
    return Kept.safeParse(JSON.parse(text ?? '')).data
  } catch {
    return undefined
  }
}

/** The attempt that this browser made. */
export const attemptIn = (c: Context): Attempt | undefined =>
  keptIn(getCookie(c, nameOf(COOKIE, true)) ?? getCookie(c, nameOf(COOKIE, false)))

const agentOf = (c: Context): string => c.req.header('user-agent') ?? ''

/** The platform whose own browser it is, by the words with which they name themselves. */
const insideOf = (agent: string): Way | undefined =>
  /\bwxwork\//i.test(agent) ? 'wecom' : /\b(?:lark|feishu)\b/i.test(agent) ? 'lark' : undefined

const backTo = (problem: SignOnProblem, next = '/'): string => `/signin?${new URLSearchParams({ problem, next })}`

const come = async (c: Context<ApiEnv>, way: Way): Promise<string> => {
  const attempt = keptIn(read(c, COOKIE))
  takeBack(c, COOKIE)
  const query = new URL(c.req.url).searchParams
  if (
    !attempt ||
    attempt.office !== c.get('deps').store.office ||
    attempt.way !== way ||
    query.get('state') !== attempt.state
  )
    return backTo('expired')
  const next = ownPath(attempt.next)
  try {
    const session = await signOn(c.get('deps'), attempt, query, agentOf(c))
    if (typeof session === 'string') return backTo(session, next)
    giveCookie(c, session)
    return next
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error
    c.get('deps').log({ event: 'sign-on', platform: way, outcome: 'unreachable', error: describeError(error) })
    return backTo('unreachable', next)
  }
}

const moved = { 302: { description: '转到别处' } }
const params = z.object({ way: Way })

/** Signing in by the account of a platform: which are set up, going there, coming back. */
export const signOnApi = () =>
  part()
    .openapi(
      route('public', {
        method: 'get',
        path: '/session/ways',
        request: { query: z.object({ office: z.string().max(64).optional() }) },
        responses: { 200: json(Ways, '可以用哪些账号登录') },
      }),
      (c) => {
        const ways = waysHere(c.get('deps'))
        const here = insideOf(agentOf(c))
        return c.json({ ways, ...(here && ways.includes(here) && { here }) }, 200)
      },
    )
    .openapi(
      route('public', {
        method: 'get',
        path: '/session/{way}',
        request: {
          params,
          query: z.object({ next: z.string().max(2000).optional(), office: z.string().max(64).optional() }),
        },
        responses: moved,
      }),
      async (c) => {
        const deps = c.get('deps')
        const { way } = c.req.valid('param')
        const attempt = newAttempt(deps, way, ownPath(c.req.valid('query').next))
        const address = await askThere(deps, attempt, insideOf(agentOf(c)) === way)
        if (!address) throw new Refusal(404, '这里没有设置这种登录方式')
        give(c, COOKIE, JSON.stringify(attempt), SECONDS)
        return c.redirect(address, 302)
      },
    )
    .openapi(
      route('public', {
        method: 'get',
        path: '/session/{way}/callback',
        request: { params },
        responses: moved,
      }),
      async (c) => c.redirect(await come(c, c.req.valid('param').way), 302),
    )
export type SignOnApi = ReturnType<typeof signOnApi>
