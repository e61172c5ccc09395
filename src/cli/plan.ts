import { closePlan } from '../flow/import.ts'
import { BadInput } from '../model/problem.ts'
import { dayArg, readArgs } from './args.ts'
import { out } from './print.ts'
import { release } from './release.ts'
import { type Runtime, stampOf, withRuntime } from './runtime.ts'

const usage = 'plan list | plan release PLAN [--from DAY] | plan close PLAN'

const stateWords = { draft: '草稿', released: '已下达', closed: '已结' } as const

const planNamed = async ({ deps }: Runtime, code: string | undefined): Promise<string> => {
  const { view } = await deps.cache(deps.store)
  const plan = view.plans.find((one) => one.code === code)
  if (plan) return plan.id
  const known = view.plans.map((one) => one.code).join('、') || '（还没有方案）'
  throw new BadInput(
    code === undefined ? `缺少方案简称。用法：duban ${usage}` : `没有“${code}”这份方案，台账里有：${known}`,
  )
}

export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, { from: { type: 'string' } }, usage)
  const [verb, code] = positionals
  await withRuntime(values, async (runtime) => {
    const { deps } = runtime
    if (verb === 'list') {
      const { view } = await deps.cache(deps.store)
      for (const plan of view.plans)
        out(
          [plan.code, stateWords[plan.state], plan.document.title, plan.document.number, plan.document.issuedOn]
            .filter(Boolean)
            .join('  '),
        )
      return
    }
    if (verb === 'release') {
      const from = values.from === undefined ? undefined : dayArg(values.from, '--from')
      await release(runtime, await planNamed(runtime, code), from)
      return
    }
    if (verb === 'close') {
      const done = await closePlan(deps, await planNamed(runtime, code), stampOf(deps))
      out(`已结 ${done.code}`)
      return
    }
    throw new BadInput(`用法：duban ${usage}`)
  })
}
