import type { Adapter } from '../../adapters/adapter.ts'
import { leaseOutbox, type OutboxRow, type Settlement, settleOutbox, takeQuota } from '../../db/queries/outbox.ts'
import { describeError } from '../log.ts'
import type { Card } from '../model/card.ts'
import { DeliveryError } from '../model/problem.ts'
import { compose, type Recipe } from './compose.ts'
import type { Deps } from './deps.ts'
import { mayGoAt } from './remind/hours.ts'
import { codesOn } from './spoken.ts'

export interface Sent {
  id: string
  room: string
  state: OutboxRow['state']
  card?: Card
  reason?: string
}

const MINUTE = 60_000
/** Longer than any adapter's own time-out, so that a slow call is not taken for a dead one. */
const LEASE_MS = 0.5 * MINUTE
const TRIES = 8

/** 30 s, 1, 2, 4 … minutes, at most an hour. */
const backoff = (attempts: number): number => Math.min(60 * MINUTE, 0.5 * MINUTE * 2 ** Math.max(0, attempts - 1))

const adapterFor = (deps: Deps, row: OutboxRow): Adapter | undefined => {
  const ofPlatform = deps.adapters.filter((adapter) => adapter.platform === row.address.platform)
  return row.address.route === '*'
    ? (ofPlatform.find((adapter) => adapter.canStart[row.address.kind]) ?? ofPlatform[0])
    : ofPlatform.find((adapter) => adapter.route === row.address.route)
}

const settled = (state: Settlement['state'], now: Date, more: Partial<Settlement> = {}): Settlement => ({
  state,
  settledAt: now,
  ...more,
})

const wait = (row: OutboxRow, now: Date, error: string, after = backoff(row.attempts)): Settlement =>
  row.attempts >= TRIES
    ? settled('dead', now, { error: `试了${row.attempts}次：${error}` })
    : { state: 'waiting', dueAt: new Date(now.getTime() + after), error }

const classOf = (error: unknown): string => describeError(error).class

/** What an adapter's error means for the row. A bug of ours may have come after the sending: that row is not repeated. */
const afterError = (error: unknown, row: OutboxRow, now: Date): Settlement => {
  if (!(error instanceof DeliveryError)) return settled('unsure', now, { error: classOf(error) })
  if (error.reason === 'unsure') return settled('unsure', now, { error: error.message })
  if (error.reason !== 'later') return settled('dead', now, { error: `${error.reason}: ${error.message}` })
  return wait(row, now, error.message, error.after)
}

const tasksOn = async (deps: Deps, card: Card): Promise<string[]> => {
  const { view } = await deps.cache(deps.store)
  return codesOn(
    card,
    view.plans.map((plan) => plan.code),
  )
}

const send = async (deps: Deps, adapter: Adapter, row: OutboxRow, card: Card): Promise<Settlement> => {
  const now = deps.now()
  const route = row.address.route === '*' ? { ...row.address, route: adapter.route } : row.address
  const replyBy =
    row.replyHandle && row.replyUntil && row.replyUntil > now
      ? { handle: row.replyHandle, until: row.replyUntil }
      : undefined
  if (!replyBy && row.lane === 'push' && !adapter.canStart[row.address.kind])
    return settled('dead', now, { error: 'no-route: 这个平台的机器人不能主动发起会话' })
  try {
    const { ref } = await adapter.deliver({
      to: route,
      card,
      key: row.id,
      ...(replyBy && { replyBy }),
    })
    // What a push was to say is known only now: whoever quotes it, or answers 收到, means these tasks.
    const tasks = row.recipe ? await tasksOn(deps, card) : row.tasks
    return settled('sent', deps.now(), { error: null, card, tasks, ...(ref && { ref }) })
  } catch (error) {
    return afterError(error, row, deps.now())
  }
}

/** Looks at the state again, then sends: a push that is no longer true is dropped. */
const attempt = async (deps: Deps, row: OutboxRow): Promise<{ settlement: Settlement; card?: Card }> => {
  const now = deps.now()
  if (row.validUntil <= now) return { settlement: settled('dropped', now, { error: '已过时效' }) }
  // Taken so often and never settled: each time the process ended over it.
  if (row.attempts > TRIES) return { settlement: settled('dead', now, { error: `试了${TRIES}次，都没有结果` }) }
  // A mute that ends, a try that is repeated or a server that comes back at night: what was not asked for waits.
  const opening = await mayGoAt(deps, row, now)
  if (opening > now)
    return { settlement: { state: 'waiting', dueAt: opening, attempts: row.attempts - 1, error: row.error } }
  const adapter = adapterFor(deps, row)
  if (!adapter) return { settlement: settled('dead', now, { error: `no-route: 没有配置 ${row.address.platform}` }) }
  const minute = new Date(Math.floor(now.getTime() / MINUTE) * MINUTE)
  if ((await takeQuota(deps.store, `${adapter.platform}:${adapter.route}`, minute, 1, adapter.perMinute)) === 0)
    return {
      settlement: {
        state: 'waiting',
        dueAt: new Date(minute.getTime() + MINUTE),
        attempts: row.attempts - 1,
        error: '本分钟发送已达平台上限',
      },
    }
  const card = row.card ?? (row.recipe ? await compose(deps, row.recipe as unknown as Recipe) : undefined)
  if (!card) return { settlement: settled('dropped', now, { error: '发送时已无内容' }) }
  return { settlement: await send(deps, adapter, row, card), card }
}

/**
 * Sends what waits and is due, oldest first in each room and lane, until nothing is left or the budget of sends is used
 * up. Every row ends sent, later, dropped, dead or unsure.
 */
export const deliver = async (deps: Deps, budget = 40): Promise<Sent[]> => {
  const owner = deps.newId()
  const platforms = [...new Set(deps.adapters.map((adapter) => adapter.platform))]
  const done: Sent[] = []
  while (done.length < budget) {
    const now = deps.now()
    const rows = await leaseOutbox(deps.store, {
      owner,
      now,
      until: new Date(now.getTime() + LEASE_MS),
      limit: Math.min(8, budget - done.length),
      platforms,
    })
    if (rows.length === 0) break
    await Promise.all(
      rows.map(async (row) => {
        // Nothing was sent yet where this fails; one bad row must not keep the others from their delivery.
        const { settlement, card } = await attempt(deps, row).catch((error: unknown) => ({
          settlement: wait(row, deps.now(), classOf(error)),
          card: undefined,
        }))
        const mine = await settleOutbox(deps.store, row.id, owner, settlement)
        if (!mine) return
        done.push({
          id: row.id,
          room: row.room,
          state: settlement.state,
          ...(card && { card }),
          ...(settlement.error && { reason: settlement.error }),
        })
        deps.log({ event: 'delivery', id: row.id, platform: row.address.platform, outcome: settlement.state })
      }),
    )
  }
  return done
}

/** Delivery in the background: what it throws is logged, and the row's lease brings it back. */
export const deliverSoon = (deps: Deps): void =>
  deps.background(
    deliver(deps).catch((error: unknown) =>
      deps.log({ event: 'delivery', outcome: 'failed', error: describeError(error) }),
    ),
  )
