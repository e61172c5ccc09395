import { isConflict } from '../../db/conflict.ts'
import { findDuties } from '../../db/queries/duties.ts'
import { evidenceNamed, evidenceOf } from '../../db/queries/evidence.ts'
import { eraseEvidence } from '../flow/erase/evidence.ts'
import { BadInput } from '../model/problem.ts'
import { dayOf } from '../time/day.ts'
import { readArgs, type Shared } from './args.ts'
import { out } from './print.ts'
import { stampOf, withRuntime } from './runtime.ts'

const usage = 'evidence list TASK | evidence erase ID… --reason 理由'

const stateWords = { waiting: '待取', kept: '已存', looked: '已看', failed: '没有取到', erased: '已清除' }

/** What was brought for a task (公开17-12), a line each with the id that `erase` takes. */
const list = (code: string, shared: Shared): Promise<void> =>
  withRuntime(shared, async ({ deps }) => {
    const { view } = await deps.cache(deps.store)
    const plan = view.plans.find((one) => code.startsWith(`${one.code}-`))
    if (!plan) throw new BadInput(`没有“${code}”这项任务：应写全编号，例如 公开17-12`)
    const number = code.slice(plan.code.length + 1)
    const duties = (await findDuties(deps.store, { plans: [plan.id] })).filter((duty) => duty.number === number)
    if (duties.length === 0) throw new BadInput(`${plan.code} 里没有 ${number} 号任务`)
    const unitOf = new Map(
      duties.map((duty) => [duty.id, view.units.find((unit) => unit.id === duty.unit)?.name ?? '']),
    )
    const rows = await evidenceOf(
      deps.store,
      duties.map(({ id }) => id),
    )
    for (const { id, duty, state, name, at } of rows)
      out([id, unitOf.get(duty), dayOf(at, deps.zone), stateWords[state], name].join('  '))
  })

const erase = (ids: readonly string[], reason: string, shared: Shared): Promise<void> =>
  withRuntime(shared, async ({ deps }) => {
    const rows = await evidenceNamed(deps.store, ids)
    const strange = ids.filter((id) => !rows.some((row) => row.id === id))
    if (strange.length > 0) throw new BadInput(`没有这份佐证：${strange.join('、')}。用 evidence list 查编号`)
    const going = rows.filter(({ state }) => state !== 'erased')
    if (going.length === 0) throw new BadInput('这些佐证已经清除过了')
    const files = await eraseEvidence(deps, going, { why: 'asked', reason }, stampOf(deps)).catch((error: unknown) => {
      if (isConflict(error)) throw new BadInput('佐证刚被改动，没有清除：请再执行一次')
      throw error
    })
    out(`已清除${going.length}份佐证，删去${files}个文件；登记和记录留下`)
  })

export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, { reason: { type: 'string' } }, usage)
  const [verb, ...rest] = positionals
  if (verb === 'list' && rest[0] && rest.length === 1) return list(rest[0], values)
  if (verb !== 'erase' || rest.length === 0) throw new BadInput(`用法：duban ${usage}`)
  if (!values.reason?.trim()) throw new BadInput('清除要写明理由，例如 evidence erase 编号 --reason 误传')
  await erase([...new Set(rest)], values.reason.trim(), values)
}
