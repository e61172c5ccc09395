import { deliverSoon } from '../../flow/deliver.ts'
import { dispatch } from '../../flow/dispatch.ts'
import { Act, Acted } from '../shapes/act.ts'
import { EVERYONE, json, part, route, who } from './kit.ts'

/** What the console changes in the ledger goes the way of a chat message: one dispatch, one role check, one batch, one receipt. */
export const actApi = () =>
  part().openapi(
    route(EVERYONE, {
      method: 'post',
      path: '/act',
      summary: '办一件事：与在群里说同一句话一样',
      request: { body: { content: { 'application/json': { schema: Act } }, required: true } },
      responses: { 200: json(Acted, '机器人的回答') },
    }),
    async (c) => {
      const deps = c.get('deps')
      const { actor } = who(c)
      const { id, intent, text, filled } = c.req.valid('json')
      const place = { platform: 'console' as const, route: 'web' }
      const turn = await dispatch(
        deps,
        {
          ...place,
          id: `${actor.id}:${id}`,
          at: deps.now(),
          from: { id: actor.id, name: actor.name },
          room: { ...place, kind: 'person', id: actor.id },
          addressed: true,
          text,
          button: intent,
          ...(filled && { filled }),
        },
        true,
        actor,
      )
      if (turn.waits) deliverSoon(deps)
      return c.json(
        { status: turn.status, refused: turn.refused === true, ...(turn.reply && { card: turn.reply }) },
        200,
      )
    },
  )
export type ActApi = ReturnType<typeof actApi>
