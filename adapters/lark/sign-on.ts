import * as oauth from 'oauth4webapi'
import { z } from 'zod'
import { DeliveryError } from '../../src/model/problem.ts'
import type { SignOn } from '../adapter.ts'
import { callTwice, harmless } from '../ask.ts'
import type { AdapterDeps } from '../deps.ts'
import type { LarkAccount } from './calls.ts'

const TIMEOUT_MS = 5000

const User = z.object({ code: z.literal(0), data: z.object({ open_id: z.string().min(1) }) })

/** People say yes on a host of its own: https://open.feishu.cn → https://accounts.feishu.cn; a private edition may have one for both. */
const accountsOf = (domain: string): string => domain.replace(/^(https?:\/\/)open\./, '$1accounts.')

/** The token endpoint is OAuth's but for its body, which is JSON. */
const asJson =
  ({ fetch }: AdapterDeps): typeof fetch =>
  (input, init) =>
    fetch(input, {
      ...init,
      headers: { ...Object.fromEntries(new Headers(init?.headers)), 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(Object.fromEntries(init?.body as URLSearchParams)),
    })

/** The platform said no, or something else than an answer: nobody is vouched for. Anything else is the network. */
const isRefusal = (error: unknown): boolean =>
  error instanceof oauth.ResponseBodyError ||
  error instanceof oauth.AuthorizationResponseError ||
  error instanceof oauth.WWWAuthenticateChallengeError ||
  error instanceof oauth.OperationProcessingError

/**
 * Web sign-on by authorization code with PKCE, as “获取授权码” (common-capabilities/sso/api/obtain-oauth-code), “获取
 * user_access_token” (authen/v2/oauth/token, which every edition has) and “获取用户信息” (authen-v1/user_info/get) describe it.
 * The token of the person is used for the one question who they are, and not kept.
 */
export const createLarkSignOn = ({ appId, appSecret, domain: given }: LarkAccount, deps: AdapterDeps): SignOn => {
  const domain = given.replace(/\/+$/, '')
  const server: oauth.AuthorizationServer = {
    issuer: accountsOf(domain),
    authorization_endpoint: `${accountsOf(domain)}/open-apis/authen/v1/authorize`,
    token_endpoint: `${domain}/open-apis/authen/v2/oauth/token`,
  }
  const client: oauth.Client = { client_id: appId }

  const openId = async (token: string): Promise<string | undefined> => {
    const headers = { authorization: `Bearer ${token}` }
    const url = `${domain}/open-apis/authen/v1/user_info`
    const answer = await callTwice('lark', deps, 'GET', url, undefined, headers).catch(harmless)
    return User.safeParse(answer.json).data?.data.open_id
  }

  const tokenFor = async (query: URLSearchParams, { back, state, verifier }: Parameters<SignOn['answer']>[0]) => {
    const answered = oauth.validateAuthResponse(server, client, query, state)
    const secret = oauth.ClientSecretPost(appSecret)
    const response = await oauth.authorizationCodeGrantRequest(server, client, secret, answered, back, verifier, {
      [oauth.customFetch]: asJson(deps) as (url: string, options: object) => Promise<Response>,
      [oauth.allowInsecureRequests]: domain.startsWith('http:'),
      signal: AbortSignal.timeout(deps.timeout ?? TIMEOUT_MS),
    })
    return (await oauth.processAuthorizationCodeResponse(server, client, response)).access_token
  }

  return {
    async ask({ back, state, verifier }) {
      const url = new URL(server.authorization_endpoint ?? '')
      url.search = new URLSearchParams({
        ...{ client_id: appId, response_type: 'code', redirect_uri: back, state },
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }).toString()
      return url.href
    },
    async answer(asked, query) {
      try {
        return await openId(await tokenFor(query, asked))
      } catch (error) {
        if (isRefusal(error)) return undefined
        throw error instanceof DeliveryError ? error : new DeliveryError('later', 'lark sign-on unreachable')
      }
    },
  }
}
