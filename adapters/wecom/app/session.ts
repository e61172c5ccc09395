import { z } from 'zod'
import { DeliveryError } from '../../../src/model/problem.ts'
import { callTwice, harmless, readAs } from '../../ask.ts'
import type { Answer } from '../../call.ts'
import type { AdapterDeps } from '../../deps.ts'
import { createTokenCache, type FreshToken, type TokenCache } from '../../token.ts'
import { DEAD_TOKEN, TOO_MANY, waitFor, wecomProblem } from './problems.ts'

export interface WecomAccount {
  corpId: string
  agentId: string
  secret: string
  /** https://qyapi.weixin.qq.com, or a private edition's own host. */
  apiBase: string
}

/** An answer without a fault, and its code. */
export type Asked = Pick<Answer, 'json'> & { code: number }

/** Calls of one app, with its token. @throws DeliveryError */
export interface WecomSession {
  get(path: string, query: Record<string, string>, fine?: readonly number[]): Promise<Asked>
  /** `fine`: codes that are an answer here and no fault. */
  post(path: string, body: unknown, query?: Record<string, string>, fine?: readonly number[]): Promise<Asked>
  /** For what is asked in a way of its own. */
  withToken: TokenCache['use']
}

/** Of a token's two hours the last tenth. */
const SPARE_SECONDS = 720
/** A secret that was called wrong is not tried again so soon: the platform shuts out an address that goes on. */
const WRONG_FOR_MS = 5 * 60_000

const Coded = z.object({ errcode: z.number(), errmsg: z.string().optional() })
const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })

const codedOf = ({ json }: Pick<Answer, 'json'>) => Coded.safeParse(json).data
const codeOf = (answer: Pick<Answer, 'json'>) => codedOf(answer)?.errcode

export const apiOf = ({ apiBase }: Pick<WecomAccount, 'apiBase'>): string => `${apiBase.replace(/\/+$/, '')}/cgi-bin`

/** A self-built app's token (path 91039) and what is asked with it, on the `fetch` that it is given; runs on Workers. */
export function createWecomSession(account: WecomAccount, deps: AdapterDeps): WecomSession {
  const base = apiOf(account)

  let tooManySince: number | undefined
  const problem = (answer: Answer, fine: readonly number[] = []): DeliveryError | undefined => {
    const { errcode: code, errmsg } = codedOf(answer) ?? {}
    if (code === 0 || (code !== undefined && fine.includes(code))) {
      tooManySince = undefined
      return undefined
    }
    if (code !== TOO_MANY && answer.status !== 429) return wecomProblem(answer.status, code, { said: errmsg })
    const now = deps.now().getTime()
    tooManySince ??= now
    return wecomProblem(answer.status, code, { after: waitFor(now - tooManySince) })
  }

  const askToken = async (): Promise<FreshToken> => {
    const query = new URLSearchParams({ corpid: account.corpId, corpsecret: account.secret })
    const answer = await callTwice('wecom', deps, 'GET', `${base}/gettoken?${query}`)
    const wrong = problem(answer)
    if (wrong) throw wrong
    const { access_token, expires_in } = readAs('wecom', Token, answer)
    return { value: access_token, expiresIn: expires_in }
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
        return harmless(error)
      }
    },
    deps.now,
    SPARE_SECONDS,
  )

  const ask = async (
    method: 'GET' | 'POST',
    path: string,
    query: Record<string, string>,
    fine: readonly number[],
    body?: unknown,
  ): Promise<Asked> => {
    let doubt = false
    const isDead = (answer: Answer) => DEAD_TOKEN.has(codeOf(answer) ?? 0)
    const answer = await token.use(async (access_token) => {
      const url = `${base}${path}?${new URLSearchParams({ access_token, ...query })}`
      const one = await callTwice('wecom', deps, method, url, body)
      doubt ||= one.doubt
      return one
    }, isDead)
    const wrong = problem(answer, fine)
    if (!wrong) return { json: answer.json, code: codeOf(answer) ?? 0 }
    // What the first of two tries met with is not known.
    if (doubt) throw new DeliveryError('unsure', wrong.message, wrong.after)
    throw isDead(answer) && wrong.reason === 'later' ? new DeliveryError('later', wrong.message, 60_000) : wrong
  }

  return {
    get: (path, query, fine = []) => ask('GET', path, query, fine),
    post: (path, body, query = {}, fine = []) => ask('POST', path, query, fine, body),
    withToken: token.use,
  }
}
