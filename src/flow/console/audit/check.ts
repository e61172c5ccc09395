import { countFacts } from '../../../../db/queries/audit.ts'
import type { OfficeStore } from '../../../../db/store.ts'
import { describeError } from '../../../log.ts'
import type { Deps } from '../../deps.ts'
import { verifyLedger } from '../../verify.ts'

/** How the check of an office's ledger stands. */
export interface Check {
  state: 'never' | 'running' | 'done' | 'failed'
  startedAt?: string
  endedAt?: string
  done: number
  of: number
  result?: {
    subjects: number
    facts: number
    seals: number
    files: number
    orphans: number
    broken: string[]
    brokenCount: number
  }
}

const never: Check = { state: 'never', done: 0, of: 0 }
const SHOWN = 100

/** The last check of each office, as long as the process lives: it proves what is there now, and is soon made again. */
const checks = new WeakMap<OfficeStore, Check>()

export const checkOf = ({ store }: Deps): Check => checks.get(store) ?? never

const run = async (deps: Deps, begun: Check): Promise<void> => {
  const going = { ...begun, of: await countFacts(deps.store) }
  checks.set(deps.store, going)
  const stepped = async (done: number): Promise<void> => {
    checks.set(deps.store, { ...going, done })
    // Whoever asks for something meanwhile is not kept waiting for the whole ledger.
    await deps.sleep(0)
  }
  const { broken, ...found } = await verifyLedger(deps.store, { stepped, blobs: deps.blobs })
  const result = { ...found, broken: broken.slice(0, SHOWN), brokenCount: broken.length }
  const endedAt = deps.now().toISOString()
  checks.set(deps.store, { ...going, state: 'done', done: found.facts, endedAt, result })
}

/** Walks the whole ledger in the background, unless somebody has it walked already. */
export const startCheck = (deps: Deps): Check => {
  const before = checkOf(deps)
  if (before.state === 'running') return before
  const begun: Check = { ...never, state: 'running', startedAt: deps.now().toISOString() }
  checks.set(deps.store, begun)
  deps.background(
    run(deps, begun).catch((error: unknown) => {
      deps.log({ event: 'verify', outcome: 'failed', error: describeError(error) })
      checks.set(deps.store, { ...begun, state: 'failed', endedAt: deps.now().toISOString() })
    }),
  )
  return begun
}
