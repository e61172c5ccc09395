import { markSwept, sweep, sweptOn } from '../../db/queries/sweep.ts'
import { addDays, atOffice, dayOf, timeOf } from '../time/day.ts'
import type { Deps } from './deps.ts'

/** Days that things are kept. Receipts far longer than any platform sends again; notices for the yearly accounts. */
const RECEIPTS = 30
const QUOTAS = 1
const LINKS = 1
const SESSIONS = 30
const CARDS = 90
const NOTICES = 400
/** Rows of a kind that one tick takes out. */
const CHUNK = 500

/** At night each tick looks; by day one in an hour, for an installation that is switched off at night. */
const looksNow = (time: string): boolean => time < '06:00' || time.endsWith(':40')

/** Is there nothing to sweep at this moment, the office having been swept last on that day? */
export const isSwept = ({ now, zone }: Pick<Deps, 'now' | 'zone'>, swept: string): boolean =>
  swept >= dayOf(now(), zone) || !looksNow(timeOf(now(), zone))

/** Takes out what is kept no longer, once a day, a chunk a tick until nothing is left. */
export const sweepOld = async (deps: Deps): Promise<void> => {
  const now = deps.now()
  if (!looksNow(timeOf(now, deps.zone))) return
  const today = dayOf(now, deps.zone)
  const swept = await sweptOn(deps.store)
  if (swept >= today) return
  const ago = (days: number, from = today): Date => atOffice(addDays(from, -days), '00:00', deps.zone)
  const cards = { from: swept === '' ? new Date(0) : ago(CARDS + 1, swept), to: ago(CARDS) }
  const kept = {
    receipts: ago(RECEIPTS),
    quotas: ago(QUOTAS),
    links: ago(LINKS),
    sessions: ago(SESSIONS),
    cards,
    notices: ago(NOTICES),
  }
  if (!(await sweep(deps.store, kept, CHUNK))) await markSwept(deps.store, today)
}
