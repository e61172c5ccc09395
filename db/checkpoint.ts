import { statSync } from 'node:fs'

/** Pages of the log from which on a writer is kept out for a moment, so that the log begins anew instead of growing. */
const ANEW = 8000
/** How long that waits for whoever writes. */
const PATIENCE_MS = 100

export interface Checkpoints {
  /** Carries over to the file what was written since the last one. @throws SqliteError, with nothing lost */
  run(): void
  close(): void
}

/**
 * Carries a database's log over to its file on a connection of its own, beside whoever writes: copying the pages and
 * waiting for the disk takes tens of milliseconds, in which a writer that does it itself answers nobody. While somebody
 * writes all the time the log is never carried over whole, so a long one is finished with writers kept out.
 * https://sqlite.org/wal.html#ckpt
 */
export const openCheckpoints = async (path: string): Promise<Checkpoints> => {
  const { default: Client } = await import('better-sqlite3')
  const client = new Client(path, { timeout: PATIENCE_MS, fileMustExist: true })
  let seen: number | undefined
  return {
    run: () => {
      const written = statSync(`${path}-wal`, { throwIfNoEntry: false })?.mtimeMs
      if (written === undefined || written === seen) return
      const [found] = client.pragma('wal_checkpoint(PASSIVE)') as { log: number }[]
      if ((found?.log ?? 0) >= ANEW) client.pragma('wal_checkpoint(RESTART)')
      seen = written
    },
    close: () => void client.close(),
  }
}
