import { DeliveryError } from '../../../src/model/problem.ts'

type Reason = DeliveryError['reason']

/** The token that we hold is dead, or that of another app: a new one, then once more. */
export const DEAD_TOKEN = new Set([40014, 42001, 40001])

/** Too many calls: of which window, the platform does not say. */
export const TOO_MANY = 45009

/** The platform's codes (path 90313), as far as the app's few calls may answer with them. */
const CODES: [reason: Reason, codes: number[]][] = [
  ['later', [6000, 45033, TOO_MANY, 40014, 42001]],
  // Busy is not refused, and a repeat with the same words does no harm.
  ['unsure', [-1]],
  ['forbidden', [60020, 60011, 48002, 48006, 40001, 40013, 40056, 301002, 50001, 50003, 40091, 43012]],
  ['gone', [81013, 40003, 60111]],
]
const REASON = new Map(CODES.flatMap(([reason, codes]) => codes.map((code): [number, Reason] => [code, reason])))

/** What whoever runs the program can do about it, and where in the admin console (管理后台). */
const HINT: Record<number, string> = {
  60020: '本机出口IP不在应用的“企业可信IP”里（管理后台 → 应用管理 → 本应用 → 企业可信IP）',
  40001: 'WECOM_SECRET 不对，或不是这个应用的（管理后台 → 应用管理 → 本应用 → Secret）',
  40091: 'WECOM_SECRET 格式不对（管理后台 → 应用管理 → 本应用 → Secret）',
  40013: 'WECOM_CORP_ID 不对（管理后台 → 我的企业 → 企业信息 → 企业ID）',
  40056: 'WECOM_AGENT_ID 不对（管理后台 → 应用管理 → 本应用 → AgentId）',
  301002:
    'WECOM_AGENT_ID 与 WECOM_SECRET 不是同一个应用的（管理后台 → 应用管理 → 本应用，AgentId 和 Secret 都照这一页抄）',
  48002: '应用没有这个接口的权限（管理后台 → 应用管理 → 本应用）',
  48006: '应用太久没用，接口权限被收回（管理后台 → 应用管理 → 本应用，重新启用）',
  50003: '应用已停用（管理后台 → 应用管理 → 本应用 → 启用）',
  43012: '应用没有设置接收消息的地址，发不了按钮（管理后台 → 应用管理 → 本应用 → 接收消息 → 设置API接收）',
  60011: '成员不在应用的可见范围（管理后台 → 应用管理 → 本应用 → 可见范围）',
  81013: '成员不在应用的可见范围（管理后台 → 应用管理 → 本应用 → 可见范围）',
  40003: '没有这个成员',
  60111: '没有这个成员',
}

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
  const reason = (code === undefined ? undefined : REASON.get(code)) ?? byStatus(status, code)
  const hint = code === undefined ? undefined : HINT[code]
  const what = code === undefined ? String(status) : `errcode ${code}`
  const source = code === 60020 ? sourceOf(said) : undefined
  return new DeliveryError(
    reason,
    `wecom ${what}${hint ? `：${hint}` : ''}${source ? `，要加的是 ${source}` : ''}`,
    after,
  )
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
