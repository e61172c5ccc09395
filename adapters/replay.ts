import type { Platform } from '../src/model/message.ts'
import type { AdapterDeps } from './deps.ts'

const DAY_MS = 86_400_000
/**
 * A request that comes a second time meets the receipt of the first, which is kept for 30 days. What was signed longer ago
 * could be taken anew; no platform sends again for half as long.
 */
const MOST_MS = 15 * DAY_MS

/** The moment of a stamp of seconds or milliseconds; undefined for what is neither, which nobody but the platform could have signed. */
const momentOf = (stamp: string | null): number | undefined => {
  const [digits] = /^\d{1,13}$/.exec(stamp ?? '') ?? []
  if (digits === undefined) return undefined
  return digits.length > 11 ? Number(digits) : Number(digits) * 1000
}

/** Was it signed so long ago that nobody would know it again? Then the log says so. `stamp`: as it stands under the signature. */
export function isForgotten(stamp: string | null, platform: Platform, { now, log }: AdapterDeps): boolean {
  const at = momentOf(stamp)
  if (at === undefined || now().getTime() - at <= MOST_MS) return false
  log?.({ event: 'refused', platform, outcome: 'too-old' })
  return true
}
