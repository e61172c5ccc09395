/** Messages of one account lie so far apart, whoever they are for. */
export interface Turns {
  /** Milliseconds from `now` until the next may be sent. */
  wait(now: number): number
  /** Takes the next `n` turns; gives how long from `now` the first is away. */
  take(now: number, n: number): number
}

/** @param gap milliseconds between two messages; times are of any one clock, in milliseconds */
export function createTurns(gap: number): Turns {
  let free = Number.NEGATIVE_INFINITY
  const wait = (now: number) => Math.max(0, free - now)
  return {
    wait,
    take(now, n) {
      const first = wait(now)
      free = now + first + n * gap
      return first
    },
  }
}
