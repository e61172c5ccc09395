import { closeReleased, endingPage, followingPage, settleFollowing } from '../../flow/console/plans/yearend.ts'
import { PlanClose, PlanClosed, PlanEnding, PlanFollow, PlanFollowed, PlanFollowing } from '../shapes/yearend.ts'
import { body, json, OFFICE, part, route, who, z } from './kit.ts'
import { Id, settled } from './plans.ts'

/** The year's end: a plan's close, and which plan a new one goes on from. */
export const yearendApi = () =>
  part()
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/plans/{id}/ending',
        request: { params: Id },
        responses: { 200: json(PlanEnding, '未完成的事项和建议，没有写入') },
      }),
      async (c) => c.json(await endingPage(c.get('deps'), c.req.valid('param').id), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/plans/{id}/close',
        request: { params: Id, body: body(PlanClose) },
        responses: { 200: json(PlanClosed, '已结；结转到哪里') },
      }),
      async (c) => {
        const { id } = c.req.valid('param')
        const made = await closeReleased(c.get('deps'), id, c.req.valid('json'), who(c).actor.id)
        return c.json(settled(made, '事项刚有变动，没有办结：请核对新的清单'), 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/plans/{id}/following',
        request: { params: Id, query: z.object({ from: z.string().max(40).optional() }) },
        responses: { 200: json(PlanFollowing, '与上一年方案的对应，没有写入') },
      }),
      async (c) => c.json(await followingPage(c.get('deps'), c.req.valid('param').id, c.req.valid('query').from), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/plans/{id}/following',
        request: { params: Id, body: body(PlanFollow) },
        responses: { 200: json(PlanFollowed, '已确认对应') },
      }),
      async (c) => {
        const { id } = c.req.valid('param')
        const made = await settleFollowing(c.get('deps'), id, c.req.valid('json'), who(c).actor.id)
        return c.json(settled(made, '这份方案刚被别人改过：请再核对一遍'), 200)
      },
    )
export type YearendApi = ReturnType<typeof yearendApi>
