import { setTimeout as pause } from 'node:timers/promises'

/** What comes within so many milliseconds. @throws what it throws, or `late` where it takes longer */
export const within = async <T>(ms: number, what: Promise<T>, late: () => Error): Promise<T> => {
  const over = new AbortController()
  const clock = pause(ms, undefined, { signal: over.signal }).then(() => Promise.reject(late()))
  clock.catch(() => undefined)
  return Promise.race([what, clock]).finally(() => over.abort())
}
