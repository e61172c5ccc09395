import { guard } from '../../../db/guard.ts'
import type { Query, Write } from '../../../db/store.ts'
import { digestOf } from '../chain.ts'
import type { Deps } from '../deps.ts'
import { factRow, officeMoves, type Stamp } from '../ledger.ts'

/** The office's own register of a year: what no file was read for (临时交办), and what goes on from a year before. */
export interface RegisterHead {
  code: string
  title: string
  year: number
}

export const registerOf = (year: number): RegisterHead => ({
  code: `交办${String(year).slice(2)}`,
  title: `${year}年临时交办事项`,
  year,
})

export const registerId = (deps: Deps, code: string): string =>
  digestOf(deps.alg, [deps.store.office, 'assigned', code]).slice(0, 26)

/** The register, made with its first task. */
export const registerWrites = (deps: Deps, q: Query, { code, title, year }: RegisterHead, stamp: Stamp): Write[] => {
  const { t, office } = deps.store
  const id = registerId(deps, code)
  const body = { code, register: true }
  const fact = factRow(deps, { subject: 'plan', id, seq: 1, prev: '', kind: 'released', body }, stamp)
  return [
    guard(t, q, office, 'plans', id, null),
    q.insert(t.facts).values(fact),
    q.insert(t.plans).values({
      ...{ office, id, code, state: 'released', startOn: null, releasedAt: stamp.at },
      document: { title, number: '', issuer: '', issuedOn: '', year },
      ...{ digest: '', common: [], questions: [], natural: title, version: 1, head: fact.hash },
    }),
    officeMoves(deps, q),
  ]
}
