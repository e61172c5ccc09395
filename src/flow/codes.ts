import type { Query, Write } from '../../db/store.ts'
import { digestOf } from './chain.ts'
import type { Deps } from './deps.ts'

/** No 0, O, 1, I, L: a code is read out over the phone. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const LENGTH = 8
const DAYS = 7

/** What the table keeps of a code: enough to recognise it, not to say it. */
export const codeDigest = (deps: Pick<Deps, 'store' | 'alg'>, code: string): string =>
  digestOf(deps.alg, ['code', deps.store.office, code.trim().toUpperCase()])

/** A one-time code, good for a week (31^8 codes: about 8·10^11), with what stores it: enough to recognise it, no more. */
export const codeWrites = (deps: Deps, person: string) => {
  const code = Array.from({ length: LENGTH }, () => LETTERS[Math.floor(deps.secureRandom() * LETTERS.length)]).join('')
  const expiresAt = new Date(deps.now().getTime() + DAYS * 86_400_000)
  const { t, office } = deps.store
  const row = { office, digest: codeDigest(deps, code), person, expiresAt, usedAt: null }
  return { code, expiresAt, writes: (q: Query): Write[] => [q.insert(t.codes).values(row)] }
}

/** Gives a person a code. It is shown once and kept nowhere. */
export const giveCode = async (deps: Deps, person: string): Promise<{ code: string; expiresAt: Date }> => {
  const { code, expiresAt, writes } = codeWrites(deps, person)
  await deps.store.atomic(writes)
  return { code, expiresAt }
}
