import { standsUnder } from '../../db/mark.ts'
import { requireServable } from '../../db/migrate.ts'
import { takeQuota } from '../../db/queries/outbox.ts'
import type { OfficeStore, Store } from '../../db/store.ts'

/** Why no requests should come here; one word, and nothing about it to whoever asks. */
export type Unready = 'stopping' | 'tick' | 'database' | 'schema' | 'key'

interface Watched {
  store: Pick<Store, 'applied' | 'dialect' | 'of' | 'sealing'>
  /** Any office of the database: its counter is what is written. */
  office: OfficeStore
  now(): Date
  sleep(ms: number): Promise<void>
  /** When a tick last ended as a whole, or the process began; absent where ticks are somebody else's (Workers). */
  ticked?(): Date
  /** Is the process told to end? */
  stopping?(): boolean
}

/** Ten ticks that did not end: one that waits for a platform is not it, for the next ones end meanwhile. */
const TICK_MS = 10 * 60_000
/** A database that takes longer is none that requests should be sent to. */
const PATIENCE_MS = 3000
/** Whoever asks more often is told the same: everybody may ask, and each look writes. */
const KEPT_MS = 2000
const DAY_MS = 86_400_000
/** No limit: the counter only counts. */
const MOST = 2 ** 31 - 1

/** Reads the version and the key's mark, and writes a counter, which the sweep takes out a day later. */
const tried = async ({ store, office, now }: Watched): Promise<Unready | undefined> => {
  try {
    await requireServable(store)
    if (!(await standsUnder(store))) return 'key'
  } catch (error) {
    return error instanceof Error && error.name === 'WrongVersion' ? 'schema' : 'database'
  }
  const day = new Date(Math.floor(now().getTime() / DAY_MS) * DAY_MS)
  return takeQuota(office, 'ready', day, 1, MOST).then(
    () => undefined,
    () => 'database',
  )
}

/** Why this process should get no requests at the moment, or undefined: it is ended, its ticks stand still, its database fails. */
export const createReadiness = (watched: Watched): (() => Promise<Unready | undefined>) => {
  const { now, sleep, ticked, stopping } = watched
  let kept: { at: number; found: Promise<Unready | undefined> } | undefined
  const database = (): Promise<Unready | undefined> => {
    const at = now().getTime()
    if (!kept || Math.abs(at - kept.at) >= KEPT_MS)
      kept = { at, found: Promise.race([tried(watched), sleep(PATIENCE_MS).then((): Unready => 'database')]) }
    return kept.found
  }
  return async () => {
    if (stopping?.()) return 'stopping'
    if (ticked && now().getTime() - ticked().getTime() > TICK_MS) return 'tick'
    return database()
  }
}
