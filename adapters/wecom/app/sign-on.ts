import { z } from 'zod'
import type { SignOn } from '../../adapter.ts'
import { harmless } from '../../ask.ts'
import type { WecomAccount, WecomSession } from './session.ts'

/** The code was used before, is too old, or is none. */
const BAD_CODE = [40029, 42003, 41008]

/** A visitor from outside of the corporation has an `openid` instead. */
const Member = z.object({ userid: z.string().min(1) })

/**
 * Web sign-on: inside WeCom without a question (path 91022, snsapi_base), in other browsers by a code that is scanned
 * (path 91019); both come back with a code for “获取访问用户身份” (auth/getuserinfo, path 91023), asked with the app's
 * own token. It is no OAuth token endpoint, and knows no PKCE.
 */
export const createWecomSignOn = (
  { corpId, agentId }: Pick<WecomAccount, 'corpId' | 'agentId'>,
  session: Pick<WecomSession, 'get'>,
): SignOn => ({
  ask: async ({ back, state, inside }) => {
    const asked = { appid: corpId, redirect_uri: back, state, agentid: agentId }
    if (!inside) return `https://open.work.weixin.qq.com/wwopen/sso/qrConnect?${new URLSearchParams(asked)}`
    const base = { ...asked, response_type: 'code', scope: 'snsapi_base' }
    return `https://open.weixin.qq.com/connect/oauth2/authorize?${new URLSearchParams(base)}#wechat_redirect`
  },
  answer: async (_asked, query) => {
    const code = query.get('code')
    if (!code) return undefined
    const { json } = await session.get('/auth/getuserinfo', { code }, BAD_CODE).catch(harmless)
    return Member.safeParse(json).data?.userid
  },
})
