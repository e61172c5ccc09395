import { markSwept, sweep, sweptOn } from '../../db/queries/sweep.ts'
import { addDays, atOffice, dayOf, timeOf } from '../time/day.ts'
import type { Deps } from './deps.ts'
import { eraseAged } from './erase/aged.ts'
import { orphansOf } from './verify-files.ts'

/** Days that what is no setting is kept. */
const QUOTAS = 1
const LINKS = 1
/** Bytes that nothing names stay for some days: a batch that will name them may still be under way. */
const ORPHANS = 7
/** Rows of a kind that one tick takes out. */
const CHUNK = 500

/** At night each tick looks; by day one in an hour, for an installation that is switched off at night. */
const looksNow = (time: string): boolean => time < '06:00' || time.endsWith(':40')

/** Is there nothing to sweep at this moment, the office having been swept last on that day? */
export const isSwept = ({ now, zone }: Pick<Deps, 'now' | 'zone'>, swept: string): boolean =>
  swept >= dayOf(now(), zone) || !looksNow(timeOf(now(), zone))

/** When it is looked for what is to be swept again, of the office that was swept last on that day: the next full forty minutes. */
export const nextSweep = ({ now, zone }: Pick<Deps, 'now' | 'zone'>, swept: string): Date[] => {
  const [today, time] = [dayOf(now(), zone), timeOf(now(), zone)]
  const hour = Number(time.slice(0, 2)) + (time.slice(3) < '40' ? 0 : 1)
  return swept >= today || hour > 23 ? [] : [atOffice(today, `${String(hour).padStart(2, '0')}:40`, zone)]
}

/** Deletes kept bytes that nothing has named for some days. */
const sweepOrphans = async (deps: Deps, before: Date): Promise<void> => {
  const { blobs, store } = deps
  if (!blobs) return
  for await (const page of orphansOf(store, blobs))
    for (const hash of page) {
      const since = await blobs.since(hash)
      if (since && since < before) await blobs.delete(hash)
    }
}

/** Takes out what the office keeps no longer, once a day, a chunk a tick until nothing is left. */
export const sweepOld = async (deps: Deps): Promise<void> => {
  const now = deps.now()
  if (!looksNow(timeOf(now, deps.zone))) return
  const today = dayOf(now, deps.zone)
  const swept = await sweptOn(deps.store)
  if (swept >= today) return
  const { retention } = (await deps.cache(deps.store)).view.settings
  const ago = (days: number, from = today): Date => atOffice(addDays(from, -days), '00:00', deps.zone)
  const cards = {
    from: swept === '' ? new Date(0) : ago(retention.cards + 1, swept),
    to: ago(retention.cards),
  }
  const kept = {
    receipts: ago(retention.receipts),
    quotas: ago(QUOTAS),
    links: ago(LINKS),
    sessions: ago(retention.sessions),
    dialogues: now,
    cards,
    notices: ago(retention.notices),
  }
  if (await sweep(deps.store, kept, CHUNK)) return
  if (await eraseAged(deps, retention.evidence)) return
  await sweepOrphans(deps, ago(ORPHANS))
  await deps.store.one((q) => markSwept(deps.store, q, today))
}
