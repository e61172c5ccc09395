import { z } from 'zod'
import { DeliveryError } from '../../../src/model/problem.ts'
import type { Answer } from '../../call.ts'
import type { AdapterDeps } from '../../deps.ts'
import { createTokenCache, type FreshToken } from '../../token.ts'
import { callTwice } from '../../twice.ts'
import { DEAD_TOKEN, TOO_MANY, waitFor, wecomProblem } from './problems.ts'
import type { AppMessage } from './render.ts'

export interface WecomAccount {
  corpId: string
  agentId: string
  secret: string
  /** https://qyapi.weixin.qq.com, or a private edition's own host. */
  apiBase: string
}

export interface WecomClient {
  /** One message to one member. @throws DeliveryError */
  send(userId: string, message: AppMessage): Promise<void>
}

/** Of a token's two hours the last tenth. */
const SPARE_SECONDS = 720
/** A secret that was called wrong is not tried again so soon: the platform shuts out an address that goes on. */
const WRONG_FOR_MS = 5 * 60_000

/** The longest that the platform takes: within it a second message of the same words to the same member is dropped. */
export const DUPLICATE_SECONDS = 14_400

const Coded = z.object({ errcode: z.number() })
const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })
const Sent = z.object({ invaliduser: z.string().nullish(), unlicenseduser: z.string().nullish() })

const codeOf = (answer: Answer) => Coded.safeParse(answer.json).data?.errcode

/** Without a token nothing was sent, whatever became of the question for one. */
const notSent = (error: DeliveryError) =>
  error.reason === 'unsure' ? new DeliveryError('later', error.message, error.after) : error

/** The two calls that the app needs (paths 91039, 90236), on the `fetch` that it is given; runs on Workers. */
export function createWecomClient(account: WecomAccount, deps: AdapterDeps): WecomClient {
  const base = `${account.apiBase.replace(/\/+$/, '')}/cgi-bin`

  let tooManySince: number | undefined
  const problem = (answer: Answer): DeliveryError | undefined => {
    const code = codeOf(answer)
    if (code === 0) {
      tooManySince = undefined
      return undefined
    }
    if (code !== TOO_MANY && answer.status !== 429) return wecomProblem(answer.status, code)
    const now = deps.now().getTime()
    tooManySince ??= now
    return wecomProblem(answer.status, code, waitFor(now - tooManySince))
  }

  const askToken = async (): Promise<FreshToken> => {
    const query = new URLSearchParams({ corpid: account.corpId, corpsecret: account.secret })
    const answer = await callTwice('wecom', deps, 'GET', `${base}/gettoken?${query}`)
    const wrong = problem(answer)
    if (wrong) throw wrong
    const token = Token.safeParse(answer.json)
    if (!token.success) throw new DeliveryError('later', `wecom ${answer.status} unreadable`)
    return { value: token.data.access_token, expiresIn: token.data.expires_in }
  }

  let refused: { error: DeliveryError; until: number } | undefined
  const token = createTokenCache(
    async () => {
      if (refused && deps.now().getTime() < refused.until) throw refused.error
      try {
        return await askToken()
      } catch (error) {
        if (!(error instanceof DeliveryError)) throw error
        if (error.reason === 'forbidden') refused = { error, until: deps.now().getTime() + WRONG_FOR_MS }
        throw notSent(error)
      }
    },
    deps.now,
    SPARE_SECONDS,
  )

  /** With one new token where the platform calls ours dead. */
  const post = async (path: string, body: unknown): Promise<Answer> => {
    const once = async () => {
      const value = await token.get()
      const answer = await callTwice('wecom', deps, 'POST', `${base}${path}?access_token=${value}`, body)
      const dead = DEAD_TOKEN.has(codeOf(answer) ?? 0)
      if (dead) token.drop(value)
      return { answer, dead }
    }
    const first = await once()
    const { answer, dead } = first.dead ? await once() : first
    const wrong = problem(answer)
    if (!wrong) return answer
    // What the first of two tries met with is not known.
    if (first.answer.doubt || answer.doubt) throw new DeliveryError('unsure', wrong.message, wrong.after)
    throw dead && wrong.reason === 'later' ? new DeliveryError('later', wrong.message, 60_000) : wrong
  }

  return {
    async send(userId, message) {
      const answer = await post('/message/send', {
        touser: userId,
        agentid: Number(account.agentId),
        ...message,
        enable_duplicate_check: 1,
        duplicate_check_interval: DUPLICATE_SECONDS,
      })
      // Of several receivers the others would have got it; there is only this one.
      const { invaliduser, unlicenseduser } = Sent.safeParse(answer.json).data ?? {}
      if (invaliduser) throw new DeliveryError('gone', 'wecom invaliduser：没有这个成员，或不在应用的可见范围')
      if (unlicenseduser) throw new DeliveryError('forbidden', 'wecom unlicenseduser：成员没有接口许可')
    },
  }
}
