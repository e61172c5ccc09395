import { z } from 'zod'
import { DeliveryError } from '../../../src/model/problem.ts'
import { readAs } from '../../ask.ts'
import { updateProblem } from './problems.ts'
import type { AppMessage } from './render.ts'
import type { PlacedCard } from './render-placed.ts'
import type { WecomSession } from './session.ts'

/** @throws DeliveryError */
export interface WecomClient {
  /** One message to one member; of a card with buttons the code by which it can be changed once. */
  send(userId: string, message: AppMessage): Promise<{ code?: string }>
  /** Puts a card in the place of one that was sent, or greys its buttons under that text. `gone` where the code is used or old. */
  update(userId: string, code: string, card: PlacedCard | string): Promise<void>
  /** A PNG of at most 10 MB for a message → its media_id. Sent twice it is there twice, which harms nobody. */
  upload(png: Uint8Array): Promise<string>
  /** The app's name; problems are what its settings lack. */
  self(): Promise<{ name: string; problems: string[] }>
}

/** The longest that the platform takes: within it a second message of the same words to the same member is dropped. */
export const DUPLICATE_SECONDS = 14_400

const Sent = z.object({
  invaliduser: z.string().nullish(),
  unlicenseduser: z.string().nullish(),
  response_code: z.string().nullish(),
})
const Updated = z.object({ invaliduser: z.array(z.string()).nullish() })
const Media = z.object({ media_id: z.string().min(1) })
const Some = z.array(z.unknown()).nullish()
const Agent = z.object({
  name: z.string(),
  close: z.number().nullish(),
  allow_userinfos: z.object({ user: Some }).nullish(),
  allow_partys: z.object({ partyid: Some }).nullish(),
  allow_tags: z.object({ tagid: Some }).nullish(),
})

const problemsOf = ({ close, ...range }: z.infer<typeof Agent>): string[] => {
  const seen = [range.allow_userinfos?.user, range.allow_partys?.partyid, range.allow_tags?.tagid]
  return [
    ...(close === 1 ? ['应用已停用（管理后台 → 应用管理 → 本应用 → 启用）'] : []),
    ...(seen.every((list) => !list?.length) ? ['应用的可见范围是空的（管理后台 → 应用管理 → 本应用 → 可见范围）'] : []),
  ]
}

/** What the app says and shows (paths 90236, 94888, 90253, 90227). */
export function createWecomClient(session: WecomSession, agentId: string): WecomClient {
  return {
    async send(userId, message) {
      const { json } = await session.post('/message/send', {
        touser: userId,
        agentid: Number(agentId),
        ...message,
        enable_duplicate_check: 1,
        duplicate_check_interval: DUPLICATE_SECONDS,
      })
      // Of several receivers the others would have got it; there is only this one.
      const { invaliduser, unlicenseduser, response_code } = Sent.safeParse(json).data ?? {}
      if (invaliduser) throw new DeliveryError('gone', 'wecom invaliduser：没有这个成员，或不在应用的可见范围')
      if (unlicenseduser) throw new DeliveryError('forbidden', 'wecom unlicenseduser：成员没有接口许可')
      return response_code ? { code: response_code } : {}
    },

    async update(userId, code, card) {
      const body = {
        userids: [userId],
        agentid: Number(agentId),
        response_code: code,
        ...(typeof card === 'string' ? { button: { replace_name: card } } : { template_card: card }),
      }
      try {
        const { json } = await session.post('/message/update_template_card', body)
        if (Updated.safeParse(json).data?.invaliduser?.length)
          throw new DeliveryError('gone', 'wecom invaliduser：没有这个成员，或不在应用的可见范围')
      } catch (error) {
        throw error instanceof DeliveryError ? updateProblem(error) : error
      }
    },

    async upload(png) {
      const form = new FormData()
      form.set('media', new Blob([png as Uint8Array<ArrayBuffer>], { type: 'image/png' }), 'chart.png')
      return readAs('wecom', Media, await session.post('/media/upload', form, { type: 'image' })).media_id
    },

    async self() {
      const agent = readAs('wecom', Agent, await session.get('/agent/get', { agentid: agentId }))
      return { name: agent.name, problems: problemsOf(agent) }
    },
  }
}
