import { monotonicFactory } from 'ulid'

/** Opaque ids (ULID) from an injected clock and an injected source of randomness (0 ≤ x < 1); in one millisecond they still rise. */
export const createIds = (now: () => Date, random: () => number): (() => string) => {
  const next = monotonicFactory(random)
  return () => next(now().getTime())
}
