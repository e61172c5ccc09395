import { isConflict } from '../../db/conflict.ts'
import { lastSeal } from '../../db/queries/seals.ts'
import { addDays, dayOf } from '../time/day.ts'
import type { Deps } from './deps.ts'
import { type Heads, movedBetween, sealedHeads, sealHash, sealsOf, withMoved } from './heads.ts'

/**
 * The nightly seal of an office: count and hash of all heads over the seal before it, one a day, made at the first tick
 * after midnight and told in the office's digest, where nobody can change it. Nothing to seal, no seal.
 */
export const sealYesterday = async (deps: Deps): Promise<void> => {
  const { t, office } = deps.store
  const now = deps.now()
  const today = dayOf(now, deps.zone)
  const day = addDays(today, -1)
  const last = await lastSeal(deps.store)
  if (last && last.day >= day) return
  const heads = await sealedHeads(deps.store)
  if (heads.size === 0) return
  const before = (await sealsOf(deps.store)).reduce((known: Heads, seal) => withMoved(known, seal.moved), new Map())
  const prev = last?.hash ?? ''
  const hash = sealHash(deps.alg, prev, heads)
  try {
    await deps.store.atomic((w) => [
      w.insert(t.seals).values({
        office,
        day,
        alg: deps.alg,
        heads: heads.size,
        hash,
        prev,
        moved: movedBetween(before, heads),
        at: now,
      }),
    ])
  } catch (error) {
    // Another server sealed the day first.
    if (!isConflict(error)) throw error
  }
}
