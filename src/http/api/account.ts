import { runningSessions } from '../../../db/queries/sessions.ts'
import { endOthers, endRunning, type Session } from '../../flow/console/sign-in.ts'
import type { Deps } from '../../flow/deps.ts'
import { isOffice } from '../../model/person.ts'
import { type Running, RunningList } from '../shapes/session.ts'
import { EVERYONE, json, OFFICE, part, Refusal, route, who, z } from './kit.ts'

/** Who is signed in, newest first: one person's sessions, or everybody's. */
const running = async (deps: Deps, { id: here }: Session, person?: string): Promise<Running[]> =>
  (await runningSessions(deps.store, deps.now(), person)).map(
    ({ id, person: of, name, role, via, agent, startedAt, seenAt, expiresAt }) => ({
      ...{ id, person: { id: of, name, role }, via, agent, here: id === here },
      ...{ startedAt: startedAt.toISOString(), seenAt: seenAt.toISOString(), expiresAt: expiresAt.toISOString() },
    }),
  )

/** Where one is signed in, and ending it; the office sees and ends everybody's. */
export const accountApi = () =>
  part()
    .openapi(
      route(EVERYONE, { method: 'get', path: '/sessions', responses: { 200: json(RunningList, '我的登录') } }),
      async (c) => c.json({ sessions: await running(c.get('deps'), who(c), who(c).actor.id) }, 200),
    )
    .openapi(
      route(OFFICE, { method: 'get', path: '/sessions/all', responses: { 200: json(RunningList, '全部登录') } }),
      async (c) => c.json({ sessions: await running(c.get('deps'), who(c)) }, 200),
    )
    .openapi(
      route(EVERYONE, {
        method: 'delete',
        path: '/sessions/others',
        responses: { 200: json(z.object({ ended: z.number() }), '其他登录已退出') },
      }),
      async (c) => {
        const { id, actor } = who(c)
        return c.json({ ended: await endOthers(c.get('deps'), actor.id, id) }, 200)
      },
    )
    .openapi(
      route(EVERYONE, {
        method: 'delete',
        path: '/sessions/{id}',
        request: { params: z.object({ id: z.string().max(64) }) },
        responses: { 200: json(z.object({}), '已退出') },
      }),
      async (c) => {
        const { actor } = who(c)
        const own = isOffice(actor) ? undefined : actor.id
        // Somebody else's and none at all are told alike.
        if (!(await endRunning(c.get('deps'), c.req.valid('param').id, actor.id, own)))
          throw new Refusal(404, '没有这个登录，或已经退出')
        return c.json({}, 200)
      },
    )
export type AccountApi = ReturnType<typeof accountApi>
