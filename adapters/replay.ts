const DAY_MS = 86_400_000
/**
 * A request that comes a second time meets the receipt of the first, which is kept for 30 days. What was signed longer ago
 * could be taken anew; no platform sends again for half as long.
 */
const MOST_MS = 15 * DAY_MS

/**
 * Was it signed so long ago that nobody would know it again? `stamp`: seconds, as they stand under the signature, or
 * milliseconds; what is neither says nothing, and nobody else could have written it.
 */
export function isForgotten(stamp: string | null, now: Date): boolean {
  const [digits] = /^\d{1,13}$/.exec(stamp ?? '') ?? []
  if (digits === undefined) return false
  const at = digits.length > 11 ? Number(digits) : Number(digits) * 1000
  return now.getTime() - at > MOST_MS
}
