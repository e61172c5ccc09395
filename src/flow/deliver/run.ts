import type { Adapter } from '../../../adapters/adapter.ts'
import {
  keepLonger,
  keepWords,
  leaseOutbox,
  markSending,
  releaseOutbox,
  type Settlement,
} from '../../../db/queries/lease.ts'
import type { OutboxRow } from '../../../db/queries/outbox.ts'
import type { Card } from '../../model/card.ts'
import { reasonClass } from '../../model/problem.ts'
import type { Deps } from '../deps.ts'
import { shownNow } from '../shown.ts'
import { hoursFor } from './hours.ts'
import { isSend, isSettled, judge, turnOf } from './judge.ts'
import { closedBy, granted, quotaNow } from './quota.ts'
import { composed, handedOver, type Said } from './say.ts'
import { createSettling } from './settling.ts'
import { placesFor } from './ways.ts'

/** How one delivery ended. */
export interface Sent {
  id: string
  room: string
  state: OutboxRow['state']
  card?: Card
  reason?: string
}

/**
 * Longer than composing takes and nearly every call. Where the platform takes a key, a call that is taken for dead too soon
 * is repeated with it and harms nothing; and what a process that died held is on its way again soon.
 */
const LEASE_MS = 8000
/** Longer than any adapter's call with all its own tries: without a key a slow call must not be taken for a dead one. */
const KEYLESS_MS = 45_000

/** Fetching a file may take a minute, and reading it some seconds: meanwhile nobody else begins it anew. */
const SLOW_MS = 120_000

export const leaseMs = ({ once }: Pick<Adapter, 'once'>): number => (once === undefined ? KEYLESS_MS : LEASE_MS)

type Settling = ReturnType<typeof createSettling>

/** Writes down how a delivery ended; nothing where it has passed to another meanwhile. */
export const endingOf =
  (deps: Deps, settle: Settling) =>
  async (row: OutboxRow, settlement: Settlement): Promise<Sent | undefined> => {
    const { card, tasks, ...bare } = settlement
    // An answer's words are stored as they are said.
    if (!(await settle(row.lane === 'answer' ? bare : settlement))) return undefined
    await shownNow(deps, row, settlement)
    const { state, error } = settlement
    const reason = error ? { reason: reasonClass(error) } : {}
    deps.log({ event: 'delivery', id: row.id, platform: row.address.platform, outcome: state, ...reason })
    return { id: row.id, room: row.room, state, ...(card && { card }), ...(error && { reason: error }) }
  }

/** What a run has begun. */
export interface Begun {
  /** How many notices were taken; none: nothing is due that may be sent now. */
  taken: number
  /** Each ends when its notice is settled, nothing where it has passed to another meanwhile. */
  flights: Promise<Sent | undefined>[]
  /** Milliseconds that the platforms want before more is begun. */
  pause: number
  /** Nothing else is to be begun until these, or where there are none, those before them, have ended. */
  wary: boolean
}

/** So long that no platform gets more in a second than it takes. */
const pauseAfter = (sends: readonly Said[]): number => {
  const counts = new Map<number, number>()
  for (const { adapter } of sends)
    if (adapter.perSecond) counts.set(adapter.perSecond, (counts.get(adapter.perSecond) ?? 0) + 1)
  return Math.max(0, ...[...counts].map(([perSecond, n]) => (n * 1000) / perSecond))
}

/**
 * One run of delivery under a name of its own: what it takes, it alone settles. Begins up to `limit` deliveries a call,
 * while `beside` are under way.
 */
export const createRun = (deps: Deps): ((limit: number, beside: number) => Promise<Begun>) => {
  const { store } = deps
  const owner = deps.newId()
  const ending = endingOf(deps, createSettling(deps, owner))
  const platforms = [...new Set(deps.adapters.map((adapter) => adapter.platform))]
  const leaseUntil = (now: Date, ms = LEASE_MS): Date => new Date(now.getTime() + ms)

  /**
   * Those that are still ours, marked as being sent from now on: after this only an answer of the platform says what became
   * of them. Where a repeat must have the same words, those are written down before anything is said.
   */
  const marked = async (said: readonly Said[], now: Date): Promise<Said[]> => {
    const ours = new Set<string>()
    for (const keyed of [true, false]) {
      const ids = said.flatMap(({ row, once }) => ((once !== undefined) === keyed ? [row.id] : []))
      if (ids.length === 0) continue
      const until = leaseUntil(now, keyed ? LEASE_MS : KEYLESS_MS)
      for (const id of await markSending(store, owner, ids, { now, until })) ours.add(id)
    }
    const sends = said.filter(({ row }) => ours.has(row.id))
    const fixed = sends.filter(({ row, adapter }) => adapter.sameWords && !row.card)
    if (fixed.length > 0)
      await keepWords(
        store,
        owner,
        fixed.map(({ row: { id }, card, tasks }) => ({ id, card, tasks })),
      )
    return sends
  }

  /** Before another way is taken: it is ours for as long as that may take. */
  const stillOurs = async ({ row, once }: Said): Promise<boolean> => {
    const now = deps.now()
    const until = leaseUntil(now, once === undefined ? KEYLESS_MS : LEASE_MS)
    return (await markSending(store, owner, [row.id], { now, until })).has(row.id)
  }

  return async (limit, beside) => {
    const quota = await quotaNow(deps)
    const now = deps.now()
    const closed = closedBy(deps.adapters, quota)
    const taken = await leaseOutbox(store, { owner, now, until: leaseUntil(now), limit, platforms, closed })
    if (taken.length === 0) return { taken: 0, flights: [], pause: 0, wary: false }

    const { turn, wary } = turnOf(taken, beside)
    const slow = turn.filter(({ recipe }) => recipe?.kind === 'file').map(({ id }) => id)
    if (slow.length > 0) await keepLonger(store, owner, slow, leaseUntil(now, SLOW_MS))
    const hours = await hoursFor(deps, turn, now)
    const places = await placesFor(deps, turn)
    const judged = turn.map((row) => judge(deps, row, { hours, places }, now))
    const wanted = judged.filter(isSend)
    const allowed = await granted(deps, quota, wanted)
    const kept = new Set([...judged.filter(isSettled).map(({ id }) => id), ...allowed.map(({ row }) => row.id)])
    const back = taken.flatMap(({ id }) => (kept.has(id) ? [] : [id]))
    if (back.length > 0) await releaseOutbox(store, owner, back)

    const said = await Promise.all(allowed.map((send) => composed(deps, send)))
    const markedAt = deps.now()
    const sends = await marked(said.filter(isSend), markedAt)
    const rows = new Map(taken.map((row) => [row.id, row]))
    const settledNow = [...judged.filter(isSettled), ...said.filter(isSettled)]
    return {
      taken: taken.length,
      flights: [
        ...settledNow.flatMap((settlement) => {
          const row = rows.get(settlement.id)
          return row ? [ending(row, settlement)] : []
        }),
        ...sends.map(async (send) => ending(send.row, await handedOver(deps, send, markedAt, stillOurs))),
      ],
      pause: pauseAfter(sends),
      wary,
    }
  }
}
