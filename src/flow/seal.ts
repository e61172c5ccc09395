import { isConflict } from '../../db/conflict.ts'
import { lastSeal } from '../../db/queries/seals.ts'
import type { Reader } from '../../db/store.ts'
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

/**
 * The day of the seal whose value begins with `code`, as it stands in the office's room; undefined where there is none. Each seal
 * is over the one before: whoever changes the past and seals it anew has other values from that day on, and the room has the old.
 */
export const sealedOn = async (db: Reader, code: string): Promise<string | undefined> =>
  (await sealsOf(db)).find(({ hash }) => hash.startsWith(code))?.day
