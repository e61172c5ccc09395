import { reviewMany } from '../../flow/console/review/many.ts'
import { reviewQueue } from '../../flow/console/review.ts'
import { ReviewedMany, ReviewMany, ReviewQuery, ReviewQueue } from '../shapes/review.ts'
import { body, json, OFFICE, part, route, who } from './kit.ts'

/** What waits for the office's word, and one answer to many reports. */
export const reviewApi = () =>
  part()
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/review',
        request: { query: ReviewQuery },
        responses: { 200: json(ReviewQueue, '待主管科室办理的') },
      }),
      async (c) => {
        const { unit, plan, kind, offset, limit } = c.req.valid('query')
        return c.json(
          await reviewQueue(c.get('deps'), who(c).actor, { units: unit, plans: plan, kind, offset, limit }),
          200,
        )
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'post',
        path: '/review',
        request: { body: body(ReviewMany) },
        responses: { 200: json(ReviewedMany, '逐项的结果') },
      }),
      async (c) => c.json({ results: await reviewMany(c.get('deps'), who(c).actor, c.req.valid('json')) }, 200),
    )
export type ReviewApi = ReturnType<typeof reviewApi>
