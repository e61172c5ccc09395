import type { Adapter } from '../../../adapters/adapter.ts'
import type { Settlement } from '../../../db/queries/lease.ts'
import { EXPIRED, type OutboxRow } from '../../../db/queries/outbox.ts'
import type { ReplyBy } from '../../model/message.ts'
import type { Deps } from '../deps.ts'
import { ended, held, repeatable } from './endings.ts'
import { type Hours, heldUntil } from './hours.ts'

/** So often in a row the process may end over a notice. */
const LAPSES = 8
/** So many may be under way beside one over which the process has not ended; each time that it has halves it. */
const BESIDE = 64

/** A notice that is to be sent, and by whom. */
export interface Send {
  row: OutboxRow
  adapter: Adapter
}

/** Is it still to be sent, or settled already? */
export const isSend = <S extends Send>(one: S | Settlement): one is S => 'adapter' in one
export const isSettled = <S extends Send>(one: S | Settlement): one is Settlement => !('adapter' in one)

/** The way back that the platform gave with the message, as long as it is open. */
export const replyOf = ({ replyHandle: handle, replyUntil: until }: OutboxRow, now: Date): ReplyBy | undefined =>
  handle && until && until > now ? { handle, until } : undefined

const adapterFor = (deps: Deps, row: OutboxRow): Adapter | undefined => {
  const ofPlatform = deps.adapters.filter((adapter) => adapter.platform === row.address.platform)
  return row.address.route === '*'
    ? (ofPlatform.find((adapter) => adapter.canStart[row.address.kind]) ?? ofPlatform[0])
    : ofPlatform.find((adapter) => adapter.route === row.address.route)
}

/** Whether a row is to be sent now, and by whom; else what becomes of it. */
export const judge = (deps: Deps, row: OutboxRow, hours: Hours | undefined, now: Date): Send | Settlement => {
  const dead = (reason: string) => ended(row, 'dead', now, reason)
  if (row.validUntil <= now) return dead(row.error ? `${EXPIRED}：${row.error}` : EXPIRED)
  if (row.lapsed > LAPSES) return dead(`处理它时程序中断了${row.lapsed}次`)
  const adapter = adapterFor(deps, row)
  if (!adapter) return dead(`no-route: 没有配置 ${row.address.platform}`)
  if (row.lane !== 'answer' && !replyOf(row, now) && !adapter.canStart[row.address.kind])
    return dead('no-route: 这个平台的机器人不能主动发起会话')
  const until = heldUntil(row, hours, now) ?? now
  if (!repeatable(row, until, adapter.once)) return dead(row.error ?? '发送中程序中断')
  if (until >= row.validUntil) return dead('时效内没有可以推送的时间')
  return until > now ? held(row, until, '等到可以推送的时间') : { row, adapter }
}

/** So many may be under way at once with it among them, at last it alone. */
const widthOf = ({ lapsed }: OutboxRow): number => Math.max(1, Math.floor(BESIDE / 2 ** lapsed))

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
    turn.push(row)
  }
  return { turn, wary: width < BESIDE }
}
