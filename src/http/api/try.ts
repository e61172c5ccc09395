import type { Context } from 'hono'
import { openSession } from '../../flow/console/sign-in.ts'
import type { Said } from '../../flow/console/try/chat.ts'
import { hintsOf } from '../../flow/console/try/hints.ts'
import {
  castOf,
  dropTry,
  moveTry,
  newsTry,
  pressTry,
  privateKey,
  sayTry,
  type TryWorld,
  tryRooms,
} from '../../flow/console/try.ts'
import type { Deps } from '../../flow/deps.ts'
import { dayOf, timeOf } from '../../time/day.ts'
import { FILE_MB } from '../shapes/shared.ts'
import {
  TryAsk,
  type TryClock,
  TryDrop,
  TryEnter,
  TryHeard,
  TryMove,
  TryNews,
  TryPress,
  TrySay,
  TryState,
} from '../shapes/try.ts'
import { type ApiEnv, json, part, Refusal, route, z } from './kit.ts'
import { giveCookie } from './session.ts'

/** The simulated group of a demonstration, and how the server knows where a request comes from. */
export interface TryDeps extends TryWorld {
  /** The address at the other end of the connection; undefined where it is not known. */
  remote(c: Context): string | undefined
}

export const TRY_FILE_BYTES = FILE_MB << 20
export const TRY_FILES = '/api/try/files'

const isLoopback = (address: string): boolean => /^(?:::1|(?:::ffff:)?127(?:\.\d{1,3}){3})$/.test(address)
const isLocalHost = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i.test(host)
/** What a proxy adds: behind one, everybody comes from this machine. */
const forwarded = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via']

/** From this machine to this machine by its own name: another site's page that names us otherwise (DNS rebinding) is not. */
const isHere = (c: Context, remote: string | undefined): boolean =>
  remote !== undefined &&
  isLoopback(remote) &&
  isLocalHost(c.req.header('host') ?? '') &&
  forwarded.every((name) => c.req.header(name) === undefined)

const clockOf = async (deps: Deps): Promise<TryClock> => {
  const { calendar } = await deps.cache(deps.store)
  const now = deps.now()
  const today = dayOf(now, deps.zone)
  return { now: now.toISOString(), today, time: timeOf(now, deps.zone), workday: calendar.isWorkday(today) }
}

const shown = (said: Said, zone: string) => {
  const day = dayOf(said.at, zone)
  const at = `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日 ${timeOf(said.at, zone)}`
  return { ...said, at }
}

const heard = { responses: { 200: json(TryHeard, '机器人听到了') } }

/**
 * The simulated group: anybody at this machine speaks as anybody of the demo. It exists in a demonstration alone, and for
 * requests from this machine alone; to all others it is an address that there is not.
 */
export const tryApi = (world: TryDeps) => {
  const api = part()
  api.use('/try/*', async (c, next) => {
    if (!isHere(c, world.remote(c))) throw new Refusal(404, '没有这个地址')
    return next()
  })
  const depsOf = (c: { get(key: 'deps'): ApiEnv['Variables']['deps'] }) => c.get('deps')
  return api
    .openapi(
      route('public', {
        method: 'get',
        path: '/try/state',
        responses: { 200: json(TryState, '演示里有谁、有哪些群') },
      }),
      async (c) => {
        const deps = depsOf(c)
        const { view } = await deps.cache(deps.store)
        const cast = await castOf(deps)
        const rooms = await tryRooms(deps, cast)
        const people = cast.map(({ person, ...one }) => ({
          ...one,
          known: person !== undefined,
          room: privateKey(one),
        }))
        const own = { epoch: world.chat.epoch, office: view.name, botName: deps.botName, zone: deps.zone }
        return c.json({ ...own, people, rooms, hints: await hintsOf(deps, cast, rooms) }, 200)
      },
    )
    .openapi(
      route('public', {
        method: 'get',
        path: '/try/messages',
        request: { query: TryAsk },
        responses: { 200: json(TryNews, '新的和有变化的消息；没有就等一会儿') },
      }),
      async (c) => {
        const deps = depsOf(c)
        const { epoch, after, wait } = c.req.valid('query')
        const { chat } = world
        const from = epoch === chat.epoch ? after : 0
        if (wait > 0 && from > 0) await chat.changed(from, wait * 1000, c.req.raw.signal)
        const seq = chat.seq()
        const messages = (await newsTry(deps, world, from)).map((said) => shown(said, deps.zone))
        return c.json({ epoch: chat.epoch, seq, clock: await clockOf(deps), messages }, 200)
      },
    )
    .openapi(
      route('public', { method: 'post', path: '/try/messages', request: { body: body(TrySay) }, ...heard }),
      async (c) => c.json(await sayTry(depsOf(c), world, c.req.valid('json')), 200),
    )
    .openapi(
      route('public', { method: 'post', path: '/try/presses', request: { body: body(TryPress) }, ...heard }),
      async (c) => c.json(await pressTry(depsOf(c), c.req.valid('json')), 200),
    )
    .openapi(
      route('public', {
        method: 'post',
        path: '/try/files',
        request: { body: { content: { 'multipart/form-data': { schema: TryDrop } }, required: true } },
        ...heard,
      }),
      async (c) => {
        const { file, mention, ...spoken } = c.req.valid('form')
        const bytes = new Uint8Array(await file.arrayBuffer())
        const dropped = { ...spoken, mention: mention === 'yes', name: file.name, bytes }
        return c.json(await dropTry(depsOf(c), world, dropped), 200)
      },
    )
    .openapi(
      route('public', {
        method: 'post',
        path: '/try/clock',
        request: { body: body(TryMove) },
        responses: { 200: json(z.object({ now: z.iso.datetime() }), '时钟已往后调') },
      }),
      async (c) => {
        const at = await moveTry(depsOf(c), world, c.req.valid('json').to)
        return c.json({ now: at.toISOString() }, 200)
      },
    )
    .openapi(
      route('public', {
        method: 'post',
        path: '/try/again',
        responses: { 200: json(z.object({}), '马上重新开始') },
      }),
      async (c) => {
        world.again()
        return c.json({}, 200)
      },
    )
    .openapi(
      route('public', {
        method: 'post',
        path: '/try/session',
        request: { body: body(TryEnter) },
        responses: { 200: json(z.object({ expiresAt: z.iso.datetime() }), '已登录') },
      }),
      async (c) => {
        const deps = depsOf(c)
        const member = (await castOf(deps)).find(({ account }) => account === c.req.valid('json').account)
        if (!member?.person) throw new Refusal(422, '这个身份不能登录：没有登记的人进不了网页版')
        const made = await openSession(deps, member.person, 'demo', c.req.header('user-agent') ?? '')
        giveCookie(c, made)
        return c.json({ expiresAt: made.expiresAt.toISOString() }, 200)
      },
    )
}
export type TryApi = ReturnType<typeof tryApi>
