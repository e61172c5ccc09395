import type { Database } from 'better-sqlite3'

/** What one batch does, in order; its results come back in that order. */
type Work = () => unknown

interface Waiting {
  work: Work
  resolve(result: unknown): void
  reject(error: unknown): void
}

type Ending = { result: unknown } | { error: unknown }

/**
 * Batches that come in the same turn of the loop go to the disk together: one transaction, in which each stands behind a
 * savepoint and succeeds or fails on its own. A commit writes whole pages, and most of them are the same ones for all.
 * `patiently` runs a piece of work again while another process writes. @throws to all of a group what fails the transaction
 */
export const createGroups = (client: Database, patiently: <T>(work: () => T) => Promise<T>) => {
  const [save, release, back] = ['savepoint one', 'release one', 'rollback to one'].map((sql) => client.prepare(sql))
  let open: Waiting[] = []

  const alone = ({ work }: Waiting): Ending => {
    save?.run()
    try {
      const result = work()
      release?.run()
      return { result }
    } catch (error) {
      // A full disk and its like end the whole transaction.
      if (!client.inTransaction) throw error
      back?.run()
      release?.run()
      return { error }
    }
  }
  const together = client.transaction((group: readonly Waiting[]): Ending[] => {
    const [first] = group
    return group.length === 1 && first ? [{ result: first.work() }] : group.map(alone)
  }).immediate

  const write = async (): Promise<void> => {
    const group = open
    open = []
    try {
      const endings = await patiently(() => together(group))
      for (const [i, one] of group.entries()) {
        const ending = endings[i]
        if (ending && 'result' in ending) one.resolve(ending.result)
        else one.reject(ending?.error)
      }
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
  }
  return <T>(work: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      if (open.length === 0) setImmediate(() => void write())
      open.push({ work, resolve: resolve as Waiting['resolve'], reject })
    })
}
