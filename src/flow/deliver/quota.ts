import type { Adapter } from '../../../adapters/adapter.ts'
import { type Lane, quotaUsed, takeQuota } from '../../../db/queries/outbox.ts'
import type { Deps } from '../deps.ts'

const MINUTE = 60_000
/** Of each minute so much is kept for answers and hour clocks: who asks does not wait until a push is through. */
const KEPT = 0.1

/**
 * What the apps may still send in a minute. Counted for each office: offices that share one app may together ask for more
 * than the platform allows, which then refuses with `later`, and they wait.
 */
interface Quota {
  minute: Date
  used: Map<string, number>
}

export const appOf = ({ platform, route }: Pick<Adapter, 'platform' | 'route'>): string => `${platform}:${route}`

const limitOf = ({ perMinute }: Adapter, lane: Lane): number =>
  lane === 'push' ? Math.max(1, Math.floor(perMinute * (1 - KEPT))) : perMinute

/** What stands in the counters of this minute. */
export const quotaNow = async ({ store, now }: Deps): Promise<Quota> => {
  const minute = new Date(Math.floor(now().getTime() / MINUTE) * MINUTE)
  return { minute, used: await quotaUsed(store, minute) }
}

type Closed = { prefix: string; lanes: Lane[] }

/** Answers of an app whose connection stands in another process, or in none just now: they wait for whoever has it. */
const unready = (adapters: readonly Adapter[]): Closed[] =>
  adapters.flatMap((adapter) => (adapter.ready?.() === false ? { prefix: appOf(adapter), lanes: ['answer'] } : []))

const usedUp = (adapters: readonly Adapter[], { used }: Quota): Closed[] =>
  adapters.flatMap((adapter) => {
    const so = used.get(appOf(adapter)) ?? 0
    const lanes = (['answer', 'clock', 'push'] as const).filter((lane) => so >= limitOf(adapter, lane))
    return lanes.length === 0 ? [] : [appOf(adapter), `${adapter.platform}:*`].map((prefix) => ({ prefix, lanes }))
  })

/** What may be sent by no app of this process now, as the beginnings of the keys of its rooms. */
export const closedBy = (adapters: readonly Adapter[], quota: Quota): Closed[] => [
  ...usedUp(adapters, quota),
  ...unready(adapters),
]

/** Takes the quota of what is to be sent in few writes, answers first. Returns those that were granted, in their order. */
export const granted = async <T extends { adapter: Adapter; row: { lane: Lane } }>(
  deps: Deps,
  quota: Quota,
  sends: readonly T[],
): Promise<T[]> => {
  const groups = new Map<string, T[]>()
  for (const send of sends) {
    const name = `${appOf(send.adapter)} ${limitOf(send.adapter, send.row.lane)}`
    groups.set(name, [...(groups.get(name) ?? []), send])
  }
  const through: T[] = []
  for (const group of groups.values()) {
    const [first] = group
    if (!first) continue
    const app = appOf(first.adapter)
    const max = limitOf(first.adapter, first.row.lane)
    const used = quota.used.get(app) ?? 0
    const wanted = Math.min(group.length, Math.max(0, max - used))
    const given = wanted === 0 ? 0 : await takeQuota(deps.store, app, quota.minute, wanted, max)
    quota.used.set(app, given < wanted ? max : used + given)
    through.push(...group.slice(0, given))
  }
  return through
}

/** Takes one send of an app's quota of this minute, for a notice that goes another way than was reckoned with. */
export const grantedOne = async ({ store, now }: Deps, adapter: Adapter, lane: Lane): Promise<boolean> => {
  const minute = new Date(Math.floor(now().getTime() / MINUTE) * MINUTE)
  return (await takeQuota(store, appOf(adapter), minute, 1, limitOf(adapter, lane))) === 1
}
