import type { Adapter } from '../../../adapters/adapter.ts'
import type { Settlement } from '../../../db/queries/lease.ts'
import { EXPIRED, type OutboxRow } from '../../../db/queries/outbox.ts'
import type { ReplyBy } from '../../model/message.ts'
import type { Deps } from '../deps.ts'
import { ended, held, repeatable, settled } from './endings.ts'
import { type Hours, heldUntil } from './hours.ts'
import { DOWN_MS, isRoomPush, NOT_OPEN, onceOf, openWays, type Places, pacedUntil, type Way, waysOf } from './ways.ts'

/** So often in a row the process may end over a notice. */
const LAPSES = 8
/** So many may be under way beside one over which the process has not ended; each time that it has halves it. */
const BESIDE = 64
const FOREVER = Number.MAX_SAFE_INTEGER

/** A notice that is to be sent, and by whom. */
export interface Send {
  row: OutboxRow
  /** Of the first way, whose quota it takes. */
  adapter: Adapter
  /** The ways that it may take, in their order; none where it can only be told people in the room's place. */
  ways: readonly Way[]
  /** When the first of the ways opens that were passed over because of their place's pace. */
  paced?: Date
  places?: Places
  /** As long a repeat of it is harmless, whichever way it went (ms); absent: it is not. */
  once?: number
}

/** Is it still to be sent, or settled already? */
export const isSend = <S extends Send>(one: S | Settlement): one is S => 'adapter' in one
export const isSettled = <S extends Send>(one: S | Settlement): one is Settlement => !('adapter' in one)

/** The way back that the platform gave with the message, as long as it is open. */
export const replyOf = ({ replyHandle: handle, replyUntil: until }: OutboxRow, now: Date): ReplyBy | undefined =>
  handle && until && until > now ? { handle, until } : undefined

/** Why no way leads there; undefined where one may, or people may be told in the room's place. */
const whyNoWay = (deps: Deps, row: OutboxRow, ways: readonly Way[], now: Date): string | undefined => {
  const { platform, kind } = row.address
  const starts = row.lane === 'answer' || replyOf(row, now) !== undefined
  if (ways.some(({ adapter, webhook }) => webhook || starts || adapter.canStart[kind])) return undefined
  if (isRoomPush(row) && insteadOf(deps, row)) return undefined
  return deps.adapters.some((one) => one.platform === platform)
    ? 'no-route: 接上的机器人不能主动往这里发消息：企业微信请用长连接，或给群加群机器人'
    : 'no-route: 没有接这个平台，它的环境变量没有设'
}

/** The app that tells people what cannot be said in their room. */
const insteadOf = ({ adapters }: Deps, { address: { platform } }: OutboxRow): Adapter | undefined =>
  adapters.find((one) => one.platform === platform && one.canStart.person)

/** An update of a message in place: by the adapter that sent it, at any hour, and dropped without a word where it is of no use. */
const judgeEdit = (deps: Deps, row: OutboxRow, now: Date): Send | Settlement => {
  const { platform, route, kind } = row.address
  const dropped = (error: string) => settled(row, now, { state: 'dropped', error })
  if (row.validUntil <= now) return dropped(EXPIRED)
  if (row.lapsed > LAPSES) return dropped(`处理它时程序中断了${row.lapsed}次`)
  const able = deps.adapters.filter((one) => one.platform === platform && one.update)
  const adapter = able.find((one) => (route === '*' ? one.canStart[kind] : one.route === route))
  if (!adapter) return dropped('no-route: 没有能改这条消息的机器人')
  if (adapter.ready?.() === false) return held(row, new Date(now.getTime() + DOWN_MS), NOT_OPEN)
  // Whatever became of an earlier try, the same once more harms nothing.
  return { row, adapter, ways: [{ adapter, to: { ...row.address, route: adapter.route } }], once: FOREVER }
}

/** Whether a row is to be sent now, and by whom; else what becomes of it. */
export const judge = (
  deps: Deps,
  row: OutboxRow,
  { hours, places }: { hours: Hours | undefined; places: Places | undefined },
  now: Date,
): Send | Settlement => {
  if (row.edits !== null) return judgeEdit(deps, row, now)
  const dead = (reason: string) => ended(row, 'dead', now, reason)
  if (row.validUntil <= now) return dead(row.error ? `${EXPIRED}：${row.error}` : EXPIRED)
  if (row.lapsed > LAPSES) return dead(`处理它时程序中断了${row.lapsed}次`)
  const ways = waysOf(deps, row, places)
  const none = whyNoWay(deps, row, ways, now)
  const adapter = ways[0]?.adapter ?? insteadOf(deps, row)
  if (none || !adapter) return dead(none ?? `no-route: 没有配置 ${row.address.platform}`)
  const once = onceOf(ways)
  const until = heldUntil(row, hours, now) ?? now
  if (!repeatable(row, until, once)) return dead(row.error ?? '发送中程序中断')
  if (until >= row.validUntil) return dead('时效内没有可以推送的时间')
  if (until > now) return held(row, until, '等到可以推送的时间')
  const open = ways.length > 0 ? openWays(ways, now) : []
  if (open instanceof Date) return held(row, open, NOT_OPEN)
  // What may have arrived goes the same way once more.
  const taken = row.triedAt ? ways : open
  const paced = pacedUntil(ways, now)
  return {
    row,
    adapter: taken[0]?.adapter ?? adapter,
    ways: taken,
    ...(once !== undefined && { once }),
    ...(places && { places }),
    ...(paced && { paced }),
  }
}

/** So many may be under way at once with it among them, at last it alone. */
const widthOf = ({ lapsed }: OutboxRow): number => Math.max(1, Math.floor(BESIDE / 2 ** lapsed))

/** What is to be said is first fetched and read, or asked of a model: nothing else waits for it, least of all the answer that says so. */
const isSlow = ({ recipe }: OutboxRow): boolean => recipe?.kind === 'file' || recipe?.kind === 'guess'

/**
 * Those whose turn it is of what was taken, in its order, while others are under way: the process may have ended over any
 * of those that it held, so they come in ever smaller companies. The one that ends it is soon alone and takes no other
 * with it; the others are through before that. `wary`: nothing else is begun before these have landed.
 */
export const turnOf = (taken: readonly OutboxRow[], beside: number): { turn: OutboxRow[]; wary: boolean } => {
  const turn: OutboxRow[] = []
  let width = Number.POSITIVE_INFINITY
  for (const row of taken) {
    const most = row.lapsed > 0 ? Math.min(width, widthOf(row)) : width
    if (beside + turn.length + 1 > most) return { turn, wary: turn.length === 0 || width < BESIDE }
    width = most
    if (isSlow(row) && turn.length > 0) break
    turn.push(row)
    if (isSlow(row)) break
  }
  return { turn, wary: width < BESIDE }
}
