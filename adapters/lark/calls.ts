import { z } from 'zod'
import { DeliveryError } from '../../src/model/problem.ts'
import { askFile, callTwice, harmless, readAs } from '../ask.ts'
import type { Answer } from '../call.ts'
import type { AdapterDeps } from '../deps.ts'
import { createTokenCache } from '../token.ts'
import { DEAD_TOKEN, larkProblem } from './problems.ts'

export interface LarkAccount {
  appId: string
  appSecret: string
  /** https://open.feishu.cn, https://open.larksuite.com, or a private edition's own host. */
  domain: string
}

/** Calls under the app's token; paths from /open-apis on. */
export interface LarkCalls {
  /** What may be sent twice only by its own key. @throws DeliveryError `unsure` where nobody knows whether it was */
  send(path: string, body: unknown): Promise<Answer>
  /** What may be done again without harm. @throws DeliveryError, never `unsure` */
  ask(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<Answer>
  /** @throws DeliveryError */
  file(path: string): Promise<{ bytes: Uint8Array; type: string }>
}

/** Below 30 minutes the platform gives a new token, above it the same one again. */
const SPARE_SECONDS = 1800

const Coded = z.object({ code: z.number() })
const Token = z.object({ tenant_access_token: z.string(), expire: z.number() })

const codeOf = (answer: Answer) => Coded.safeParse(answer.json).data?.code

function fault(answer: Answer): DeliveryError | undefined {
  const code = codeOf(answer)
  if (answer.status < 300 && code === 0) return undefined
  return larkProblem(answer.status, code, answer.header('x-ogw-ratelimit-reset'), answer.json)
}

/** @throws DeliveryError `later` where the answer is not of that shape */
export const read = <T extends z.ZodType>(shape: T, answer: Answer): z.infer<T> => readAs('lark', shape, answer)

/** On the `fetch` that it is given, with one token for all; runs on Workers. */
export function createLarkCalls(account: LarkAccount, deps: AdapterDeps): LarkCalls {
  const base = `${account.domain.replace(/\/+$/, '')}/open-apis`

  const token = createTokenCache(
    async () => {
      const body = { app_id: account.appId, app_secret: account.appSecret }
      const answer = await callTwice('lark', deps, 'POST', `${base}/auth/v3/tenant_access_token/internal`, body).catch(
        harmless,
      )
      const wrong = fault(answer)
      if (wrong) harmless(wrong)
      const { tenant_access_token, expire } = read(Token, answer)
      return { value: tenant_access_token, expiresIn: expire }
    },
    deps.now,
    SPARE_SECONDS,
  )

  /** With one new token where the platform calls ours dead. */
  const withToken = async <A extends Answer>(one: (headers: Record<string, string>) => Promise<A>): Promise<A> => {
    const isDead = (answer: Answer) => DEAD_TOKEN.has(codeOf(answer) ?? 0)
    const answer = await token.use((bearer) => one({ authorization: `Bearer ${bearer}` }), isDead)
    if (isDead(answer)) throw new DeliveryError('later', `lark ${answer.status} code ${codeOf(answer)}`, 60_000)
    return answer
  }

  const authorized = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<Answer> => {
    const answer = await withToken((headers) => callTwice('lark', deps, method, base + path, body, headers))
    const wrong = fault(answer)
    // What the first of two tries met with is not known.
    if (wrong && answer.doubt) throw new DeliveryError('unsure', wrong.message, wrong.after)
    if (wrong) throw wrong
    return answer
  }

  return {
    send: (path, body) => authorized('POST', path, body),
    ask: (method, path, body) => authorized(method, path, body).catch(harmless),
    async file(path) {
      const answer = await withToken((headers) => askFile('lark', deps, base + path, { headers })).catch(harmless)
      const code = codeOf(answer)
      // Somebody's file may be JSON too; an error is told by its code.
      const wrong = answer.status >= 300 || (code !== undefined && code !== 0) ? fault(answer) : undefined
      if (wrong) harmless(wrong)
      if (!answer.bytes) throw new DeliveryError('malformed', '文件超过 20 MB')
      return { bytes: answer.bytes, type: answer.header('content-type') ?? '' }
    },
  }
}
