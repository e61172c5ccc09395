import type { Deps } from '../../src/flow/deps.ts'
import { type Closed, closePlan, endingOf } from '../../src/flow/import.ts'

/** Closes a plan as it is proposed, with a reason for what is archived. */
export const closeWhole = async (deps: Deps, plan: string, to?: string): Promise<Closed> => {
  const { open } = await endingOf(deps, plan)
  const chosen = open.map(({ id, version, fate }) => ({ id, version, fate }))
  const stamp = { by: 'admin:test', via: `test:${deps.newId()}`, at: deps.now() }
  const made = await closePlan(deps, plan, { chosen, reason: '年度结束', to }, stamp)
  if ('stale' in made) throw new Error('moved meanwhile')
  return made.done
}
