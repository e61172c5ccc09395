/** Runs work of one name one after another, of different names side by side. Within one process only. */
export type Queue = <T>(name: string, work: () => Promise<T>) => Promise<T>

export const createQueue = (): Queue => {
  const tails = new Map<string, Promise<unknown>>()
  return async (name, work) => {
    const before = tails.get(name) ?? Promise.resolve()
    const run = before.then(work, work)
    const tail = run.catch(() => undefined)
    tails.set(name, tail)
    try {
      return await run
    } finally {
      if (tails.get(name) === tail) tails.delete(name)
    }
  }
}
