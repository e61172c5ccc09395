/** What one invocation of the cron trigger may take. */
export const LIMITS = {
  /** Sends of one office; the next minute goes on. */
  sends: 8,
  /** Offices that are planned and sent for together. */
  atOnce: 4,
  /**
   * After so many queries no further office is begun. Cloudflare allows a thousand; what four that were begun may still need
   * fits in between, see test/worker/queries.test.ts.
   */
  queries: 500,
}

const GOLDEN = (Math.sqrt(5) - 1) / 2
const MINUTE_MS = 60_000

/**
 * A list from another place on each minute, so that a tick that cannot get through all of it begins at every one before
 * long: steps of the golden section leave no long gap.
 */
export const turned = <T>(all: readonly T[], now: Date): T[] => {
  const from = Math.floor(((Math.floor(now.getTime() / MINUTE_MS) * GOLDEN) % 1) * all.length)
  return [...all.slice(from), ...all.slice(0, from)]
}
