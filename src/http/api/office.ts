import type { Context } from 'hono'
import { opened, USED_UP } from '../../flow/console/sign-in.ts'
import type { Ways } from '../shapes/session.ts'
import { type ApiEnv, NOT_SIGNED_IN, Refusal } from './kit.ts'
import { cookieOf } from './session.ts'
import { attemptIn } from './sign-on.ts'

/** Where a link comes in: its words say whose it is. */
const BY_LINK = ['/api/session', '/api/session/link']
const WAYS = '/api/session/ways'
const COMING_BACK = /^\/api\/session\/[a-z]+\/callback$/
const GOING = /^\/api\/session\/[a-z]+$/

const officeIn = (text: unknown): string | undefined => opened(typeof text === 'string' ? text : '')?.office

const inBody = async (c: Context): Promise<string | undefined> => {
  try {
    return officeIn(((await c.req.json()) as { link?: unknown }).link)
  } catch {
    return undefined
  }
}

/**
 * The office that a request names: while signing in by the link, the page's address or the attempt that comes back; else by
 * the cookie. Nothing is proven by it: a cookie, link or attempt of another office opens nothing there.
 */
export const officeAsked = async (c: Context<ApiEnv>): Promise<string | undefined> => {
  const { path, method } = c.req
  if (method === 'POST' && BY_LINK.includes(path)) return inBody(c)
  if (method === 'GET' && COMING_BACK.test(path)) return attemptIn(c)?.office
  if (method === 'GET' && GOING.test(path)) return c.req.query('office') ?? officeIn(cookieOf(c))
  return officeIn(cookieOf(c))
}

/** What is answered where there are several offices and none is named, or one that there is not: all alike, and none of their names. */
export const ofNoOffice = (c: Context<ApiEnv>): Response => {
  const { path, method } = c.req
  if (method === 'GET' && path === WAYS) return c.json({ ways: [], several: true } satisfies Ways)
  if (method === 'POST' && BY_LINK.includes(path)) throw new Refusal(422, USED_UP)
  if (method === 'GET' && (GOING.test(path) || COMING_BACK.test(path)))
    return c.redirect('/signin?problem=expired', 302)
  throw new Refusal(401, NOT_SIGNED_IN)
}
