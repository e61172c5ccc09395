import { ulid } from 'ulid'

/** Opaque ids (ULID) from an injected clock and an injected source of randomness (0 ≤ x < 1). */
export const createIds = (now: () => Date, random: () => number): (() => string) => {
  return () => ulid(now().getTime(), random)
}
