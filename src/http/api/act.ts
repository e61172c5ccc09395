import { act } from '../../flow/console/act.ts'
import { Act, Acted } from '../shapes/act.ts'
import { body, EVERYONE, json, part, route, who } from './kit.ts'

/** What the console changes in the ledger goes the way of a chat message. */
export const actApi = () =>
  part().openapi(
    route(EVERYONE, {
      method: 'post',
      path: '/act',
      summary: '办一件事：与在群里说同一句话一样',
      request: { body: body(Act) },
      responses: { 200: json(Acted, '机器人的回答') },
    }),
    async (c) => {
      const { status, refused, asks, reply } = await act(c.get('deps'), who(c).actor, c.req.valid('json'))
      return c.json({ status, refused: refused === true, asks: asks === true, ...(reply && { card: reply }) }, 200)
    },
  )
export type ActApi = ReturnType<typeof actApi>
