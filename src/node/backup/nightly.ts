import { takeQuota } from '../../../db/queries/outbox.ts'
import type { OfficeStore } from '../../../db/store.ts'
import { describeError, type Log } from '../../log.ts'
import { dayOf, timeOf } from '../../time/day.ts'
import { hasOneOf } from './folder.ts'

interface Nightly {
  /** Any office of the database: its counter says whose hour it is. */
  office: OfficeStore
  zone: string
  folder: string
  now(): Date
  log: Log
  /** Writes a backup into the folder and takes out the old ones, where it holds up nobody. */
  write(at: Date): Promise<void>
}

const HOUR_MS = 3_600_000

/** Between two and six nobody works, and what failed at two has three hours more. */
const isNight = (time: string): boolean => time >= '02:00' && time < '06:00'

/**
 * Called each minute: writes the night's backup where none of today is there. Of several processes the one that takes the
 * hour's counter does; what fails is tried again in the next hour.
 */
export const createNightly =
  ({ office, zone, folder, now, log, write }: Nightly) =>
  async (): Promise<void> => {
    const at = now()
    if (!isNight(timeOf(at, zone)) || (await hasOneOf(folder, dayOf(at, zone)))) return
    const hour = new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS)
    try {
      if ((await takeQuota(office, 'backup', hour, 1, 1)) !== 1) return
      await write(at)
      log({ event: 'backup', outcome: 'done', ms: now().getTime() - at.getTime() })
    } catch (error) {
      log({ event: 'backup', outcome: 'failed', error: describeError(error) })
    }
  }
