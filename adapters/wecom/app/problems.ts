import { DeliveryError } from '../../../src/model/problem.ts'
import { lookUp, type Reason, refusal } from '../../refusals.ts'

/** The token that we hold is dead, or that of another app: a new one, then once more. */
export const DEAD_TOKEN = new Set([40014, 42001, 40001])

/** Too many calls: of which window, the platform does not say. */
export const TOO_MANY = 45009

const APP = '管理后台 → 应用管理 → 本应用'
const NOT_IN_RANGE = `成员不在应用的可见范围（${APP} → 可见范围）`

/** The platform's codes (path 90313), as far as the app's few calls may answer with them, with the admin console's own names. */
const known = lookUp([
  ['later', [6000, 45033, TOO_MANY, 40014, 42001]],
  // Busy is not refused, and a repeat with the same words does no harm.
  ['unsure', [-1]],
  ['forbidden', [60020], `本机出口IP不在应用的“企业可信IP”里（${APP} → 企业可信IP）`],
  ['forbidden', [40001], `WECOM_SECRET 不对，或不是这个应用的（${APP} → Secret）`],
  ['forbidden', [40091], `WECOM_SECRET 格式不对（${APP} → Secret）`],
  ['forbidden', [40013], 'WECOM_CORP_ID 不对（管理后台 → 我的企业 → 企业信息 → 企业ID）'],
  ['forbidden', [40056], `WECOM_AGENT_ID 不对（${APP} → AgentId）`],
  ['forbidden', [301002], `WECOM_AGENT_ID 与 WECOM_SECRET 不是同一个应用的（${APP}，AgentId 和 Secret 都照这一页抄）`],
  ['forbidden', [48002], `应用没有这个接口的权限（${APP}）`],
  ['forbidden', [48006], `应用太久没用，接口权限被收回（${APP}，重新启用）`],
  ['forbidden', [50003], `应用已停用（${APP} → 启用）`],
  ['forbidden', [43012], `应用没有设置接收消息的地址，发不了按钮（${APP} → 接收消息 → 设置API接收）`],
  ['forbidden', [60011], NOT_IN_RANGE],
  ['forbidden', [50001]],
  ['gone', [81013], NOT_IN_RANGE],
  ['gone', [40003, 60111], '没有这个成员'],
])

/** The address that the platform saw a call come from; its words may change, so nothing rests on this. */
const sourceOf = (said: string | undefined): string | undefined => /from ip: ([\da-f.:]{3,45})/.exec(said ?? '')?.[1]

/** What an answer without a known code means: beyond 500 the message may have gone out first. */
function byStatus(status: number, code: number | undefined): Reason {
  if (status === 429) return 'later'
  if (status >= 500) return 'unsure'
  if (status === 401 || status === 403) return 'forbidden'
  return code === undefined && status < 300 ? 'unsure' : 'malformed'
}

/**
 * @param after ms, where the wait is known
 * @param said the platform's own words, of which at most our own address is passed on
 */
export function wecomProblem(
  status: number,
  code: number | undefined,
  { after, said }: { after?: number | undefined; said?: string | undefined } = {},
): DeliveryError {
  const { reason, hint } = known(code) ?? { reason: byStatus(status, code) }
  const source = code === 60020 ? sourceOf(said) : undefined
  return refusal(`wecom ${code === undefined ? status : `errcode ${code}`}`, {
    reason,
    hint: source ? `${hint}，要加的是 ${source}` : hint,
    after,
  })
}

const MINUTE = 60_000

/**
 * How long to wait where too much was sent: the platform counts by minutes, hours and days, and shuts out for as long.
 * @param since ms since the first such refusal in a row
 */
export const waitFor = (since: number): number =>
  since < 2 * MINUTE ? MINUTE : since < 60 * MINUTE ? 10 * MINUTE : 60 * MINUTE

/** What else a card's own codes mean (path 94888): used, too old, not ours. An unknown refusal is of that kind. */
const OUR_FAULT = new Set([40008, 40058, 44004, 45002])

/** Of putting a card into its present state: where nothing more can be done about that card, it is `gone`. */
export const updateProblem = (error: DeliveryError): DeliveryError => {
  const code = Number(/errcode (-?\d+)/.exec(error.message)?.[1])
  return error.reason === 'malformed' && !OUR_FAULT.has(code) ? new DeliveryError('gone', error.message) : error
}
