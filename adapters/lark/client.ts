import { z } from 'zod'
import { DeliveryError } from '../../src/model/problem.ts'
import type { Answer, callJson } from '../call.ts'
import type { AdapterDeps } from '../deps.ts'
import { createTokenCache } from '../token.ts'
import { callTwice } from '../twice.ts'
import { DEAD_TOKEN, larkProblem } from './problems.ts'

export interface LarkAccount {
  appId: string
  appSecret: string
  /** https://open.feishu.cn, https://open.larksuite.com, or a private edition's own host. */
  domain: string
}

export interface LarkClient {
  /** `receive_id` is a chat_id or an open_id. @throws DeliveryError */
  create(to: 'chat_id' | 'open_id', id: string, message: LarkMessage): Promise<string | undefined>
  /** @throws DeliveryError */
  reply(messageId: string, message: LarkMessage): Promise<string | undefined>
  /** Our own open_id, asked once. @throws DeliveryError */
  self(): Promise<string>
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
const Bot = z.object({ bot: z.object({ open_id: z.string().min(1) }) })
const Sent = z.object({ data: z.object({ message_id: z.string() }) })

const codeOf = (answer: Answer) => Coded.safeParse(answer.json).data?.code

function fault(answer: Answer): DeliveryError | undefined {
  const code = codeOf(answer)
  if (answer.status < 300 && code === 0) return undefined
  return larkProblem(answer.status, code, answer.header('x-ogw-ratelimit-reset'))
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
  const authorized = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> => {
    const once = async () => {
      const bearer = await token.get()
      const answer = await call(deps, method, base + path, body, { authorization: `Bearer ${bearer}` })
      const dead = DEAD_TOKEN.has(codeOf(answer) ?? 0)
      if (dead) token.drop(bearer)
      return { answer, dead }
    }
    const first = await once()
    const { answer, dead } = first.dead ? await once() : first
    if (dead) throw new DeliveryError('later', `lark ${answer.status} code ${codeOf(answer)}`, 60_000)
    const wrong = fault(answer)
    // What the first of two tries met with is not known.
    if (wrong && answer.doubt) throw new DeliveryError('unsure', wrong.message, wrong.after)
    if (wrong) throw wrong
    return answer
  }

  const send = async (path: string, body: object) =>
    Sent.safeParse((await authorized('POST', path, body)).json).data?.data.message_id

  let own: Promise<string> | undefined
  return {
    create: (to, id, message) => send(`/im/v1/messages?receive_id_type=${to}`, { receive_id: id, ...message }),
    reply: (messageId, message) => send(`/im/v1/messages/${encodeURIComponent(messageId)}/reply`, message),
    self() {
      own ??= authorized('GET', '/bot/v3/info').then((answer) => read(Bot, answer).bot.open_id)
      own.catch(() => {
        own = undefined
      })
      return own
    },
  }
}
