import type { Adapter } from '../../../adapters/adapter.ts'
import { takeQuota } from '../../../db/queries/outbox.ts'
import type { Deps } from '../deps.ts'
import { appOf } from './quota.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
/** Of a minute's sends so much is fetched at once; at most a process's last share of a minute stays unused. */
const SHARE = 0.02
const MOST_AT_ONCE = 100

/** What is left to this process of an app's minute and second. */
interface Left {
  minute: number
  share: number
  /** The counter has no more to give in this minute. */
  closed: boolean
  asking?: Promise<void>
  second: number
  used: number
}

/**
 * Sends that this process may make at once, one a call: of the platform's minute, fetched from the office's counter some
 * at a time, and of its second. False: it goes the ordinary way, which waits.
 */
export const createAllowance = (deps: Pick<Deps, 'store' | 'now'>): ((adapter: Adapter) => Promise<boolean>) => {
  const apps = new Map<string, Left>()

  const fetchShare = async (app: string, left: Left, perMinute: number): Promise<void> => {
    const wanted = Math.max(1, Math.min(MOST_AT_ONCE, Math.floor(perMinute * SHARE)))
    const given = await takeQuota(deps.store, app, new Date(left.minute * MINUTE), wanted, perMinute)
    left.share += given
    left.closed = given < wanted
  }

  return async (adapter) => {
    const app = appOf(adapter)
    const now = deps.now().getTime()
    const [minute, second] = [Math.floor(now / MINUTE), Math.floor(now / SECOND)]
    const known = apps.get(app)
    const left = known?.minute === minute ? known : { minute, share: 0, closed: false, second, used: 0 }
    apps.set(app, left)
    if (left.second !== second) Object.assign(left, { second, used: 0 })
    if (left.used >= (adapter.perSecond ?? Number.POSITIVE_INFINITY)) return false
    left.used++
    while (left.share === 0 && !left.closed) {
      left.asking ??= fetchShare(app, left, adapter.perMinute).finally(() => delete left.asking)
      await left.asking
    }
    if (left.share === 0) return false
    left.share--
    return true
  }
}
