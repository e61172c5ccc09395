import { z } from 'zod'
import { DeliveryError } from '../../src/model/problem.ts'
import { type Answer, callFile, type callJson, NoAnswer } from '../call.ts'
import type { AdapterDeps } from '../deps.ts'
import { createTokenCache } from '../token.ts'
import { callTwice } from '../twice.ts'
import { filePath, readReplyHandle } from './handle.ts'
import { CARD_GONE, DEAD_TOKEN, larkProblem } from './problems.ts'

export interface LarkAccount {
  appId: string
  appSecret: string
  /** https://open.feishu.cn, https://open.larksuite.com, or a private edition's own host. */
  domain: string
}

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

/** Below 30 minutes the platform gives a new token, above it the same one again. */
const SPARE_SECONDS = 1800

const Coded = z.object({ code: z.number() })
const Token = z.object({ tenant_access_token: z.string(), expire: z.number() })
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
const MOST_FILE = 20 << 20

/** The same number with and without the country's code. */
const bare = (mobile: string): string => mobile.replace(/[^\d+]/g, '').replace(/^\+?86(?=1\d{10}$)/, '')

const codeOf = (answer: Answer) => Coded.safeParse(answer.json).data?.code

function fault(answer: Answer): DeliveryError | undefined {
  const code = codeOf(answer)
  if (answer.status < 300 && code === 0) return undefined
  return larkProblem(answer.status, code, answer.header('x-ogw-ratelimit-reset'), answer.json)
}

function read<T extends z.ZodType>(shape: T, answer: Answer): z.infer<T> {
  const value = shape.safeParse(answer.json)
  if (!value.success) throw new DeliveryError('later', `lark ${answer.status} unreadable`)
  return value.data
}

/** Without a token nothing was sent, whatever became of the question for one. */
const notSent = (error: unknown): never => {
  throw error instanceof DeliveryError && error.reason === 'unsure' ? new DeliveryError('later', error.message) : error
}

/** The few calls that the bot needs, on the `fetch` that it is given; runs on Workers. */
export function createLarkClient(account: LarkAccount, deps: AdapterDeps): LarkClient {
  const base = `${account.domain.replace(/\/+$/, '')}/open-apis`

  const call = (...args: Parameters<typeof callJson>) => callTwice('lark', ...args)

  const token = createTokenCache(
    async () => {
      const body = { app_id: account.appId, app_secret: account.appSecret }
      const answer = await call(deps, 'POST', `${base}/auth/v3/tenant_access_token/internal`, body).catch(notSent)
      const wrong = fault(answer)
      if (wrong) notSent(wrong)
      const { tenant_access_token, expire } = read(Token, answer)
      return { value: tenant_access_token, expiresIn: expire }
    },
    deps.now,
    SPARE_SECONDS,
  )

  /** With one new token where the platform calls ours dead. */
  const withToken = async <A extends Answer>(ask: (headers: Record<string, string>) => Promise<A>): Promise<A> => {
    const once = async () => {
      const bearer = await token.get()
      const answer = await ask({ authorization: `Bearer ${bearer}` })
      const dead = DEAD_TOKEN.has(codeOf(answer) ?? 0)
      if (dead) token.drop(bearer)
      return { answer, dead }
    }
    const first = await once()
    const { answer, dead } = first.dead ? await once() : first
    if (dead) throw new DeliveryError('later', `lark ${answer.status} code ${codeOf(answer)}`, 60_000)
    return answer
  }

  const authorized = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> => {
    const answer = await withToken((headers) => call(deps, method, base + path, body, headers))
    const wrong = fault(answer)
    // What the first of two tries met with is not known.
    if (wrong && answer.doubt) throw new DeliveryError('unsure', wrong.message, wrong.after)
    if (wrong) throw wrong
    return answer
  }

  const file = async (path: string) => {
    const answer = await withToken((headers) => callFile(deps, base + path, MOST_FILE, headers))
    const code = codeOf(answer)
    // Somebody's file may be JSON too; an error is told by its code.
    const wrong = answer.status >= 300 || (code !== undefined && code !== 0) ? fault(answer) : undefined
    if (wrong) notSent(wrong)
    if (!answer.bytes) throw new DeliveryError('malformed', '文件超过 20 MB')
    return { bytes: answer.bytes, type: answer.header('content-type') ?? '' }
  }

  const send = async (path: string, body: object) =>
    Sent.safeParse((await authorized('POST', path, body)).json).data?.data.message_id

  const bot = async (): Promise<LarkBot> => {
    const answer = await authorized('GET', '/bot/v3/info').catch(notSent)
    const { open_id, app_name = '', activate_status } = read(Bot, answer).bot
    return { openId: open_id, name: app_name, status: activate_status }
  }

  let own: Promise<string> | undefined
  return {
    create: (to, id, message) => send(`/im/v1/messages?receive_id_type=${to}`, { receive_id: id, ...message }),
    reply(handle, message) {
      const { message: id, inThread } = readReplyHandle(handle)
      const body = inThread ? { ...message, reply_in_thread: true } : message
      return send(`/im/v1/messages/${encodeURIComponent(id)}/reply`, body)
    },
    async patch(messageId, content) {
      const path = `${base}/im/v1/messages/${encodeURIComponent(messageId)}`
      const answer = await withToken((headers) => call(deps, 'PATCH', path, { content }, headers)).catch(notSent)
      const wrong = fault(answer)
      if (wrong) throw CARD_GONE.has(codeOf(answer) ?? 0) ? new DeliveryError('gone', wrong.message) : notSent(wrong)
    },
    async file(handle) {
      const path = filePath(handle)
      if (!path) throw new DeliveryError('malformed', 'lark: no file of ours')
      return file(path).catch((error: unknown) => {
        throw error instanceof NoAnswer ? new DeliveryError('later', `lark ${error.message}`) : error
      })
    },
    async find(mobiles) {
      const found = new Map<string, string>()
      for (let at = 0; at < mobiles.length; at += NUMBERS) {
        const some = mobiles.slice(at, at + NUMBERS)
        const body = { mobiles: some, include_resigned: false }
        const path = '/contact/v3/users/batch_get_id?user_id_type=open_id'
        const { user_list } = read(Users, await authorized('POST', path, body).catch(notSent)).data
        const ids = new Map(user_list.map(({ mobile = '', user_id }) => [bare(mobile), user_id]))
        for (const mobile of some) {
          const id = ids.get(bare(mobile))
          if (id) found.set(mobile, id)
        }
      }
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
