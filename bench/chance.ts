/** Random numbers from 0 to 1 (exclusive) that a seed repeats. */
export const seeded = (seed: number) => () => {
  seed = (seed * 1664525 + 1013904223) % 4294967296
  return seed / 4294967296
}

export const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Looks again and again until it holds. False where it did not within `ms`. */
export const until = async (holds: () => boolean | Promise<boolean>, ms: number): Promise<boolean> => {
  const end = performance.now() + ms
  while (!(await holds())) {
    if (performance.now() > end) return false
    await sleep(20)
  }
  return true
}
