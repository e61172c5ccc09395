import { and, eq } from 'drizzle-orm'
import { guard } from '../../../db/guard.ts'
import { BadInput } from '../../model/problem.ts'
import { dayOf } from '../../time/day.ts'
import type { Deps } from '../deps.ts'
import { factRow, officeMoves, type Stamp } from '../ledger.ts'
import { readPlan } from './read.ts'

/** 办结一份方案: its duties leave every list and count; nothing of the ledger is lost. @throws BadInput unless released */
export const closePlan = async (deps: Deps, plan: string, stamp: Stamp): Promise<{ code: string }> => {
  const { t, office } = deps.store
  const { row } = await readPlan(deps, plan)
  if (row.state !== 'released') throw new BadInput(`${row.code} 还没有下达或已经办结，只有已下达的方案才能办结`)
  const link = { subject: 'plan' as const, id: plan, seq: row.version + 1, prev: row.head, kind: 'closed' }
  const fact = factRow(deps, { ...link, body: { on: dayOf(stamp.at, deps.zone) } }, stamp)
  await deps.store.atomic((q) => [
    guard(t, q, office, 'plans', plan, row.version),
    q.insert(t.facts).values(fact),
    q
      .update(t.plans)
      .set({ state: 'closed', version: fact.seq, head: fact.hash })
      .where(and(eq(t.plans.office, office), eq(t.plans.id, plan))),
    officeMoves(deps, q),
  ])
  return { code: row.code }
}
