import { z } from 'zod'
import { DeliveryError } from '../../src/model/problem.ts'
import type { AdapterDeps } from '../deps.ts'
import { createLarkCalls, type LarkAccount, read } from './calls.ts'
import { filePath, readReplyHandle } from './handle.ts'
import { cardProblem } from './problems.ts'

export interface LarkClient {
  /** `receive_id` is a chat_id or an open_id. @throws DeliveryError */
  create(to: 'chat_id' | 'open_id', id: string, message: LarkMessage): Promise<string | undefined>
  /** `handle`: the way back of a message. @throws DeliveryError */
  reply(handle: string, message: LarkMessage): Promise<string | undefined>
  /** A card that we sent becomes another one, in place; done twice it is done once. @throws DeliveryError `gone` after 14 days */
  patch(messageId: string, content: string): Promise<void>
  /** The bytes of what somebody sent, by its handle, and the type that the platform says. @throws DeliveryError */
  file(handle: string): Promise<{ bytes: Uint8Array; type: string }>
  /** open_ids by mobile number; who is not known, or not within the app's range, is absent. @throws DeliveryError */
  find(mobiles: readonly string[]): Promise<Map<string, string>>
  /** Who we are. @throws DeliveryError */
  bot(): Promise<LarkBot>
  /** Our own open_id, asked once. @throws DeliveryError */
  self(): Promise<string>
}

export interface LarkBot {
  openId: string
  name: string
  /** 2: switched on in this tenant. */
  status: number | undefined
}

export interface LarkMessage {
  msg_type: 'interactive'
  content: string
  /** At most 50 characters; within an hour the platform sends one message a uuid. */
  uuid: string
}

const Bot = z.object({
  bot: z.object({
    open_id: z.string().min(1),
    app_name: z.string().optional(),
    activate_status: z.number().optional(),
  }),
})
const Users = z.object({
  data: z.object({ user_list: z.array(z.object({ user_id: z.string().optional(), mobile: z.string().optional() })) }),
})
const Sent = z.object({ data: z.object({ message_id: z.string() }) })

/** Numbers in one question of batch_get_id. */
const NUMBERS = 50

/** The same number with and without the country's code. */
const bare = (mobile: string): string => mobile.replace(/[^\d+]/g, '').replace(/^\+?86(?=1\d{10}$)/, '')

const messagePath = (id: string): string => `/im/v1/messages/${encodeURIComponent(id)}`

/** The few calls that the bot needs. */
export function createLarkClient(account: LarkAccount, deps: AdapterDeps): LarkClient {
  const { send, ask, file } = createLarkCalls(account, deps)

  const sent = async (path: string, body: object) => Sent.safeParse((await send(path, body)).json).data?.data.message_id

  const bot = async (): Promise<LarkBot> => {
    const { open_id, app_name = '', activate_status } = read(Bot, await ask('GET', '/bot/v3/info')).bot
    return { openId: open_id, name: app_name, status: activate_status }
  }

  const findSome = async (mobiles: readonly string[]): Promise<[mobile: string, id: string][]> => {
    const body = { mobiles, include_resigned: false }
    const answer = await ask('POST', '/contact/v3/users/batch_get_id?user_id_type=open_id', body)
    const ids = new Map(read(Users, answer).data.user_list.map(({ mobile = '', user_id }) => [bare(mobile), user_id]))
    return mobiles.flatMap((mobile): [string, string][] => {
      const id = ids.get(bare(mobile))
      return id ? [[mobile, id]] : []
    })
  }

  let own: Promise<string> | undefined
  return {
    create: (to, id, message) => sent(`/im/v1/messages?receive_id_type=${to}`, { receive_id: id, ...message }),
    reply(handle, message) {
      const { message: id, inThread } = readReplyHandle(handle)
      return sent(`${messagePath(id)}/reply`, inThread ? { ...message, reply_in_thread: true } : message)
    },
    async patch(messageId, content) {
      await ask('PATCH', messagePath(messageId), { content }).catch(cardProblem)
    },
    async file(handle) {
      const path = filePath(handle)
      if (!path) throw new DeliveryError('malformed', 'lark: no file of ours')
      return file(path)
    },
    async find(mobiles) {
      const found = new Map<string, string>()
      for (let at = 0; at < mobiles.length; at += NUMBERS)
        for (const [mobile, id] of await findSome(mobiles.slice(at, at + NUMBERS))) found.set(mobile, id)
      return found
    },
    bot,
    self() {
      own ??= bot().then(({ openId }) => openId)
      own.catch(() => {
        own = undefined
      })
      return own
    },
  }
}
