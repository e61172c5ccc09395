import { desc, eq } from 'drizzle-orm'
import { isConflict } from '../../db/conflict.ts'
import { addDays, dayOf } from '../time/day.ts'
import type { Deps } from './deps.ts'
import { headsOf, sealHash } from './verify.ts'

/**
 * The nightly seal: count and hash of all heads over the seal before it, one a day, made at the first tick after
 * midnight. An office without a row has nothing to seal.
 */
export const sealYesterday = async (deps: Deps): Promise<void> => {
  const { t, office, q } = deps.store
  const day = addDays(dayOf(deps.now(), deps.zone), -1)
  const [last] = await q.select().from(t.seals).where(eq(t.seals.office, office)).orderBy(desc(t.seals.day)).limit(1)
  if (last && last.day >= day) return
  const heads = await headsOf(deps.store)
  if (heads.length === 0) return
  const prev = last?.hash ?? ''
  const hash = sealHash(deps.alg, prev, heads)
  try {
    await deps.store.atomic((w) => [
      w.insert(t.seals).values({ office, day, heads: heads.length, hash, prev, at: deps.now() }),
    ])
  } catch (error) {
    if (!isConflict(error)) throw error
  }
}
