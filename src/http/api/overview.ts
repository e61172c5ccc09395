import type { Context } from 'hono'
import { dueCalendarOf, provisionalOf } from '../../flow/console/overview/days.ts'
import { movementOf } from '../../flow/console/overview/moved.ts'
import { type Narrowing, type Scope, scopeOf } from '../../flow/console/overview/scope.ts'
import { themesOf } from '../../flow/console/overview/themes.ts'
import { overviewOf } from '../../flow/console/overview.ts'
import {
  CalendarQuery,
  DueCalendar,
  Movement,
  Overview,
  OverviewQuery,
  Provisional,
  Themes,
} from '../shapes/overview.ts'
import { type ApiEnv, EVERYONE, json, part, Refusal, route, who } from './kit.ts'

/** @throws Refusal where another unit is asked for by who sees only their own */
const seenBy = async (c: Context<ApiEnv>, asked: Narrowing): Promise<Scope> => {
  const scope = await scopeOf(c.get('deps'), who(c).actor, asked)
  if (!scope) throw new Refusal(403, '只能看本单位的情况')
  return scope
}

const read = <P extends string, R extends ReturnType<typeof json>>(path: P, ok: R) =>
  ({ method: 'get', path, request: { query: OverviewQuery }, responses: { 200: ok } }) as const

/** What is looked at once a week: figures and lights first, then what takes longer to draw, each by itself. */
export const overviewApi = () =>
  part()
    .openapi(route(EVERYONE, read('/overview', json(Overview, '数字和红黄绿灯'))), async (c) =>
      c.json(await overviewOf(await seenBy(c, c.req.valid('query'))), 200),
    )
    .openapi(route(EVERYONE, read('/overview/themes', json(Themes, '各主题完成情况'))), async (c) =>
      c.json(await themesOf(await seenBy(c, c.req.valid('query'))), 200),
    )
    .openapi(
      route(EVERYONE, {
        method: 'get',
        path: '/overview/calendar',
        request: { query: CalendarQuery },
        responses: { 200: json(DueCalendar, '一年的到期日历') },
      }),
      async (c) => {
        const asked = c.req.valid('query')
        const scope = await seenBy(c, asked)
        const year = asked.of ?? asked.year ?? Number(scope.c.today.slice(0, 4))
        return c.json(await dueCalendarOf(scope, year), 200)
      },
    )
    .openapi(route(EVERYONE, read('/overview/moved', json(Movement, '最近七天的动态'))), async (c) =>
      c.json(await movementOf(await seenBy(c, c.req.valid('query'))), 200),
    )
    .openapi(route(EVERYONE, read('/overview/provisional', json(Provisional, '日期待定的事项'))), async (c) =>
      c.json(await provisionalOf(await seenBy(c, c.req.valid('query'))), 200),
    )
export type OverviewApi = ReturnType<typeof overviewApi>
