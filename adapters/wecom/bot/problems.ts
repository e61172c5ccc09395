import { DeliveryError } from '../../../src/model/problem.ts'

type Reason = DeliveryError['reason']

/** What an administrator can do about it. */
const NOBODY_SPOKE =
  '智能机器人不能在这个会话里说话：群里要先有人@过它一次（单聊要先给它发过一条消息），被移出群后也会这样'
const WRONG_BOT =
  '智能机器人的 Bot ID 或 Secret 不对：照管理后台该机器人“API 模式 · 长连接”一页重抄 WECOM_BOT_ID 和 WECOM_BOT_SECRET'
const NOT_ALLOWED = '企业没有开通或管理员没有批准智能机器人的这项能力'

interface Problem {
  reason: Reason
  codes: number[]
  /** Ms until the next try is of use. */
  after?: number
  hint?: string
}

/** The platform's global codes as far as they are documented, and those of the long connection as they were seen (no official table). */
const PROBLEMS: Problem[] = [
  { reason: 'later', codes: [-1, 6000, 45033, 846601, 846602, 846609] },
  { reason: 'later', codes: [45009], after: 60_000 },
  { reason: 'malformed', codes: [40007, 40008, 40058, 44004, 45002] },
  { reason: 'gone', codes: [93006, 853008], hint: NOBODY_SPOKE },
  { reason: 'forbidden', codes: [853000, 93019], hint: WRONG_BOT },
  { reason: 'forbidden', codes: [48002, 48006, 60011, 60020, 853001, 853006], hint: NOT_ALLOWED },
]

/** Wrong for good until somebody changes the configuration: no reason to connect again. */
export const isWrongBot = (code: number): boolean => [853000, 93019].includes(code)

/** A way back that has ended; whoever may start a conversation has another. */
export const isWayEnded = (code: number): boolean => [846605, 846608].includes(code)

/** The connection no longer counts as ours. */
export const isUnsubscribed = (code: number): boolean => code === 846609

/** The platform refuses this kind of message here. */
export const isKindRefused = (code: number): boolean => code === 40008

/** An errcode that is not 0 as the reason that it means; one that nobody knows is no way. */
export function problemOf(code: number): DeliveryError {
  const { reason = 'no-route', after, hint } = PROBLEMS.find(({ codes }) => codes.includes(code)) ?? {}
  return new DeliveryError(reason, `wecom-bot errcode ${code}${hint ? `：${hint}` : ''}`, after)
}
