import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { welcomeFirst } from '../../flow/console/sign-in/first.ts'
import { endSession, linkNames, type Session, sessionOf, useLink } from '../../flow/console/sign-in.ts'
import type { Deps } from '../../flow/deps.ts'
import { dayOf } from '../../time/day.ts'
import { LinkHolder, Me, SignIn } from '../shapes/session.ts'
import { give, nameOf, read, takeBack } from './cookie.ts'
import { type ApiEnv, body, EVERYONE, json, part, route, who, z } from './kit.ts'

const COOKIE = 'duban'

/** Gives the browser its session, in seconds from now: its clock need not be ours. */
export const giveCookie = (c: Context<ApiEnv>, { cookie, expiresAt }: { cookie: string; expiresAt: Date }): void =>
  give(c, COOKIE, cookie, Math.floor((expiresAt.getTime() - c.get('deps').now().getTime()) / 1000))

/** Whatever cookie names an office, before it is known how that office is reached; nothing is proven by it. */
export const cookieOf = (c: Context): string | undefined =>
  getCookie(c, nameOf(COOKIE, true)) ?? getCookie(c, nameOf(COOKIE, false))

export const sessionIn = async (c: Context<ApiEnv>, deps: Deps): Promise<Session | undefined> => {
  const cookie = read(c, COOKIE)
  return cookie === undefined ? undefined : sessionOf(deps, cookie)
}

const meOf = async (deps: Deps, { actor, expiresAt }: Session, tryable: boolean): Promise<Me> => {
  const { view } = await deps.cache(deps.store)
  const named = (ids: readonly string[]) =>
    ids.map((id) => ({ id, name: view.units.find((unit) => unit.id === id)?.name ?? id }))
  const { id, name, role, units, charge } = actor
  const now = deps.now()
  return {
    person: { id, name, role, units: named(units), charge: named(charge) },
    office: { name: view.name, demo: view.demo },
    botName: deps.botName,
    today: dayOf(now, deps.zone),
    now: now.toISOString(),
    zone: deps.zone,
    expiresAt: expiresAt.toISOString(),
    tryable,
  }
}

/** Signing in by a link, who I am, signing out. */
export const sessionApi = (tryable: boolean) =>
  part()
    .openapi(
      route(EVERYONE, { method: 'get', path: '/me', summary: '我是谁', responses: { 200: json(Me, '登录的人') } }),
      async (c) => c.json(await meOf(c.get('deps'), who(c), tryable), 200),
    )
    .openapi(
      route('public', {
        method: 'post',
        path: '/session/link',
        summary: '链接是给谁的',
        request: { body: body(SignIn) },
        responses: { 200: json(LinkHolder, '链接是给谁的；链接还没有用掉') },
      }),
      async (c) => {
        const { link } = c.req.valid('json')
        await welcomeFirst(c.get('deps'), link)
        return c.json(await linkNames(c.get('deps'), link), 200)
      },
    )
    .openapi(
      route('public', {
        method: 'post',
        path: '/session',
        summary: '用一次性链接登录',
        request: { body: body(SignIn) },
        responses: { 200: json(z.object({ expiresAt: z.iso.datetime() }), '已登录') },
      }),
      async (c) => {
        const { link } = c.req.valid('json')
        await welcomeFirst(c.get('deps'), link)
        const made = await useLink(c.get('deps'), link, c.req.header('user-agent') ?? '')
        giveCookie(c, made)
        return c.json({ expiresAt: made.expiresAt.toISOString() }, 200)
      },
    )
    .openapi(
      route(EVERYONE, {
        method: 'delete',
        path: '/session',
        summary: '退出登录',
        responses: { 200: json(z.object({}), '已退出') },
      }),
      async (c) => {
        const { id, actor } = who(c)
        await endSession(c.get('deps'), { id, person: actor.id }, actor.id)
        takeBack(c, COOKIE)
        return c.json({}, 200)
      },
    )
export type SessionApi = ReturnType<typeof sessionApi>
