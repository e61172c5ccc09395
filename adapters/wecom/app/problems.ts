import { DeliveryError } from '../../../src/model/problem.ts'

type Reason = DeliveryError['reason']

/** The token that we hold is dead, or that of another app: a new one, then once more. */
export const DEAD_TOKEN = new Set([40014, 42001, 40001])

/** Too many calls: of which window, the platform does not say. */
export const TOO_MANY = 45009

/** The platform's codes (path 90313), as far as message/send and gettoken may answer with them. */
const CODES: [reason: Reason, codes: number[]][] = [
  ['later', [6000, 45033, TOO_MANY, 40014, 42001]],
  // Busy is not refused, and a repeat with the same words does no harm.
  ['unsure', [-1]],
  ['forbidden', [60020, 60011, 48002, 48006, 40001, 40013, 40056, 301002, 50001, 50003, 40091, 43012]],
  ['gone', [81013, 40003, 60111]],
]
const REASON = new Map(CODES.flatMap(([reason, codes]) => codes.map((code): [number, Reason] => [code, reason])))

/** What whoever runs the program can do about it, in the admin console (管理后台). */
const HINT: Record<number, string> = {
  60020: '本机出口IP不在应用的“企业可信IP”里',
  40001: 'WECOM_SECRET 不对，或不是这个应用的',
  40091: 'WECOM_SECRET 格式不对',
  40013: 'WECOM_CORP_ID 不对',
  40056: 'WECOM_AGENT_ID 不对',
  301002: 'WECOM_AGENT_ID 与 WECOM_SECRET 不是同一个应用的',
  48006: '应用太久没用，接口权限被收回',
  50003: '应用已停用',
  43012: '应用没有设置接收消息的地址，发不了按钮',
  60011: '成员不在应用的可见范围',
  81013: '成员不在应用的可见范围',
  40003: '没有这个成员',
  60111: '没有这个成员',
}

/** What an answer without a known code means: beyond 500 the message may have gone out first. */
function byStatus(status: number, code: number | undefined): Reason {
  if (status === 429) return 'later'
  if (status >= 500) return 'unsure'
  if (status === 401 || status === 403) return 'forbidden'
  return code === undefined && status < 300 ? 'unsure' : 'malformed'
}

/** @param after ms, where the wait is known */
export function wecomProblem(status: number, code: number | undefined, after?: number): DeliveryError {
  const reason = (code === undefined ? undefined : REASON.get(code)) ?? byStatus(status, code)
  const hint = code === undefined ? undefined : HINT[code]
  const what = code === undefined ? String(status) : `errcode ${code}`
  return new DeliveryError(reason, `wecom ${what}${hint ? `：${hint}` : ''}`, after)
}

const MINUTE = 60_000

/**
 * How long to wait where too much was sent: the platform counts by minutes, hours and days, and shuts out for as long.
 * @param since ms since the first such refusal in a row
 */
export const waitFor = (since: number): number =>
  since < 2 * MINUTE ? MINUTE : since < 60 * MINUTE ? 10 * MINUTE : 60 * MINUTE
