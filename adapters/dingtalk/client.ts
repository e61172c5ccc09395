import { z } from 'zod'
import { DeliveryError } from '../../src/model/problem.ts'
import { askFile, callOnce, callTwice, harmless, readAs } from '../ask.ts'
import type { Answer } from '../call.ts'
import type { AdapterDeps } from '../deps.ts'
import { createTokenCache } from '../token.ts'
import { hostsOf, isWayBack, urlOf } from './hosts.ts'
import { CREDENTIALS, codeOf, dingtalkProblem, isDeadToken } from './problems.ts'
import type { DingtalkMarkdown } from './render.ts'

export interface DingtalkAccount {
  /** Client ID, formerly AppKey. */
  clientId: string
  clientSecret: string
  /** What it was before: callbacks signed with it are taken too while a rotation is under way. */
  clientSecretOld?: string
  robotCode: string
  /** https://api.dingtalk.com, or another edition's own host. */
  apiBase: string
}

/** No send takes a key, so none is repeated here. Every one @throws DeliveryError, `unsure` where no answer came. */
export interface DingtalkClient {
  /** Answers through the way back of a message; @-mentions members by userid. */
  answer(webhook: string, message: DingtalkMarkdown, userIds: readonly string[]): Promise<void>
  /** Returns the key by which a quote of the message names it. */
  toGroup(conversationId: string, message: DingtalkMarkdown): Promise<string | undefined>
  toPerson(userId: string, message: DingtalkMarkdown): Promise<string | undefined>
  download(downloadCode: string): Promise<Uint8Array>
  /** The userid of an employee; undefined where nobody has the number. */
  userBy(mobile: string): Promise<string | undefined>
  /** Asks for an access token, where none is held. */
  login(): Promise<void>
}

/** Of a token's two hours the last tenth. */
const SPARE_SECONDS = 720
const MINUTE = 60_000

const Token = z.object({ accessToken: z.string().min(1), expireIn: z.number().positive() })
const Sent = z.object({ processQueryKey: z.string().optional() })
const SentTo = Sent.extend({
  invalidStaffIdList: z.array(z.string()).nullish(),
  flowControlledStaffIdList: z.array(z.string()).nullish(),
})
const Download = z.object({ downloadUrl: z.string() })
const Found = z.object({
  result: z.object({ userid: z.string().optional(), exclusive_account_userid_list: z.array(z.string()).optional() }),
})
/** Nobody here has that number, or it is none. */
const NOBODY = new Set(['60121', '40104'])

const read = <T extends z.ZodType>(shape: T, answer: Answer): z.infer<T> => readAs('dingtalk', shape, answer)

/** A file behind an address that the platform has just given, over https alone and without following it elsewhere. */
async function fileAt(address: string, deps: AdapterDeps): Promise<Uint8Array> {
  if (urlOf(address)?.protocol !== 'https:') throw new DeliveryError('forbidden', 'dingtalk 给出的下载地址不是 https')
  const { status, bytes } = await askFile('dingtalk', deps, address, { redirect: 'manual' })
  if (status < 200 || status > 299) throw new DeliveryError(status >= 500 ? 'later' : 'gone', `dingtalk file ${status}`)
  if (!bytes) throw new DeliveryError('malformed', 'dingtalk 文件超过 20 MB')
  return bytes
}

/** The few calls that the robot needs, on the `fetch` that it is given; runs on Workers. */
export function createDingtalkClient(account: DingtalkAccount, deps: AdapterDeps): DingtalkClient {
  const hosts = hostsOf(account.apiBase)
  const { robotCode } = account

  const token = createTokenCache(
    async () => {
      const body = { appKey: account.clientId, appSecret: account.clientSecret }
      const url = `${hosts.api}/v1.0/oauth2/accessToken`
      const answer = await callTwice('dingtalk', deps, 'POST', url, body).catch(harmless)
      const wrong = dingtalkProblem(answer)
      // There is nothing else in it that could be wrong.
      if (wrong?.reason === 'malformed') throw new DeliveryError('forbidden', `${wrong.message}：${CREDENTIALS}`)
      if (wrong) harmless(wrong)
      const { accessToken, expireIn } = read(Token, answer)
      return { value: accessToken, expiresIn: expireIn }
    },
    deps.now,
    SPARE_SECONDS,
  )

  /** With one new token where the platform calls ours dead: what it refused so was surely not done. */
  const authorized = async (call: (bearer: string) => Promise<Answer>): Promise<Answer> => {
    const isDead = (answer: Answer) => isDeadToken(codeOf(answer))
    const answer = await token.use(call, isDead)
    if (isDead(answer)) throw new DeliveryError('later', `dingtalk ${answer.status} ${codeOf(answer)}`, MINUTE)
    return answer
  }

  const post = async (path: string, body: object): Promise<Answer> => {
    const answer = await authorized((bearer) =>
      callOnce('dingtalk', deps, 'POST', `${hosts.api}/v1.0/robot/${path}`, body, {
        'x-acs-dingtalk-access-token': bearer,
      }),
    )
    const wrong = dingtalkProblem(answer)
    if (wrong) throw wrong
    return answer
  }

  const sample = (message: DingtalkMarkdown) => ({
    robotCode,
    msgKey: 'sampleMarkdown',
    msgParam: JSON.stringify(message),
  })

  return {
    async answer(webhook, { title, text }, userIds) {
      if (!isWayBack(webhook, hosts)) throw new DeliveryError('no-route', 'dingtalk way back of another host')
      // Named in the text as well, or the mention does not show.
      const named = [text, userIds.map((id) => `@${id}`).join(' ')].filter(Boolean).join('\n\n')
      const body = {
        msgtype: 'markdown',
        markdown: { title, text: named },
        at: { atUserIds: userIds, atMobiles: [], isAtAll: false },
      }
      const wrong = dingtalkProblem(await callOnce('dingtalk', deps, 'POST', webhook, body))
      if (wrong) throw wrong
    },

    async toGroup(openConversationId, message) {
      const answer = await post('groupMessages/send', { openConversationId, ...sample(message) })
      return Sent.safeParse(answer.json).data?.processQueryKey
    },

    async toPerson(userId, message) {
      const answer = await post('oToMessages/batchSend', { userIds: [userId], ...sample(message) })
      // Of several receivers the others would have got it; there is only this one.
      const { processQueryKey, invalidStaffIdList, flowControlledStaffIdList } =
        SentTo.safeParse(answer.json).data ?? {}
      if (invalidStaffIdList?.length) throw new DeliveryError('gone', 'dingtalk 没有这个成员，或不在应用的可见范围')
      if (flowControlledStaffIdList?.length) throw new DeliveryError('later', 'dingtalk flow controlled', MINUTE)
      return processQueryKey
    },

    async download(downloadCode) {
      const { downloadUrl } = read(Download, await post('messageFiles/download', { downloadCode, robotCode }))
      return fileAt(downloadUrl, deps)
    },

    async userBy(mobile) {
      const body = { mobile, support_exclusive_account_search: 'true' }
      const answer = await authorized((bearer) => {
        const query = new URLSearchParams({ access_token: bearer })
        return callTwice('dingtalk', deps, 'POST', `${hosts.oapi}/topapi/v2/user/getbymobile?${query}`, body)
      })
      if (NOBODY.has(codeOf(answer) ?? '')) return undefined
      const wrong = dingtalkProblem(answer)
      if (wrong) throw wrong
      const { userid, exclusive_account_userid_list: own = [] } = read(Found, answer).result
      // Of several accounts of an enterprise's own nobody says whose the number is.
      return userid || (own.length === 1 ? own[0] : undefined)
    },

    async login() {
      await token.get()
    },
  }
}
