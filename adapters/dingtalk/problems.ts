import { z } from 'zod'
import type { DeliveryError } from '../../src/model/problem.ts'
import type { Answer } from '../call.ts'
import { type Reason, type Refusals, refusal } from '../refusals.ts'

/** The present API names its errors in words, the older one by numbers. */
const Code = z.union([z.string(), z.number()]).transform(String).optional()
const Coded = z.object({ code: Code, errcode: Code })
/** Which permissions a call would have taken. */
const Denied = z.object({
  accessdenieddetail: z.object({
    requiredScopes: z
      .array(z.string().regex(/^[\w.-]{1,60}$/))
      .min(1)
      .max(5),
  }),
})

/** What an answer calls its error, `0` where it is none, undefined where it says nothing that can be read. */
export function codeOf({ status, json }: Answer): string | undefined {
  const { code, errcode } = Coded.safeParse(json).data ?? {}
  return errcode ?? code ?? (json !== undefined && status < 300 ? '0' : undefined)
}

/** The token that we hold is dead: a new one, then once more. */
export const isDeadToken = (code: string | undefined): boolean =>
  /^(InvalidAuthentication|40014|42001)$/.test(code ?? '')

/** Where the app's id and secret stand. */
export const CREDENTIALS =
  'DINGTALK_CLIENT_ID 或 DINGTALK_CLIENT_SECRET 不对：照开放平台 应用开发 › 本应用 › 凭证与基础信息 抄'
const QUOTA = '本企业当月的接口调用次数用完了：到开放平台查看用量，升级套餐或等到下月'

/** By what a code begins with or holds; the first that fits. */
const CODES: Refusals<RegExp> = [
  ['forbidden', /^(90020|90030|Forbidden\.AccessDenied\.ApiCountLimit)/, QUOTA],
  ['later', /^(Forbidden\.AccessDenied\.QpsLimit|Throttling|90018|90002)/, undefined, 60_000],
  // Of custom robots it is known that they are shut out for ten minutes.
  ['later', /^130101$/, undefined, 600_000],
  ['unsure', /^-1$/],
  ['forbidden', /^(invalidClient|authFailed|invalidParameter\.(appKey|appSecret|clientId|clientSecret))/i, CREDENTIALS],
  [
    'forbidden',
    /^Forbidden\.AccessDenied\.IpNotInWhiteList/,
    '本机出口IP不在应用的服务器出口IP里：开放平台 本应用 › 安全设置',
  ],
  [
    'forbidden',
    /^(Forbidden|60011|60020)/,
    '应用缺接口权限：开放平台 本应用 › 权限管理，发消息要“企业内机器人发送消息权限”，按手机号认人要“根据手机号获取成员基本信息权限”',
  ],
  ['forbidden', /robotCode/i, 'DINGTALK_ROBOT_CODE 不对，或机器人没有发布：开放平台 本应用 › 机器人'],
  ['gone', /openConversationId/i, '机器人不在这个群里'],
  ['gone', /staffId|userIds?\.(invalid|notExist)/i, '没有这个成员，或不在应用的可见范围'],
]

/** What an answer without a known code means: what names its error was refused; beyond 500 without one it may have gone out. */
function byStatus(status: number, code: string | undefined): Reason {
  if (status === 429) return 'later'
  if (code === undefined) return 'unsure'
  if (status >= 500) return 'later'
  return status === 401 || status === 403 ? 'forbidden' : 'malformed'
}

/** What is wrong with an answer; undefined where nothing is. */
export function dingtalkProblem(answer: Answer): DeliveryError | undefined {
  const code = codeOf(answer)
  if (answer.status < 300 && code === '0') return undefined
  const [reason = byStatus(answer.status, code), , hint, after] =
    CODES.find(([, name]) => code !== undefined && name.test(code)) ?? []
  const scopes = Denied.safeParse(answer.json).data?.accessdenieddetail.requiredScopes
  const what = code === undefined ? String(answer.status) : `${answer.status} ${code.slice(0, 80)}`
  return refusal(`dingtalk ${what}`, {
    reason,
    hint: [hint, scopes && `缺 ${scopes.join('、')}`].filter(Boolean).join('；'),
    after: after ?? (answer.status === 429 ? 60_000 : undefined),
  })
}
