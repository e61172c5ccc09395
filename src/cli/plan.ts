import { BadInput } from '../model/problem.ts'
import { dayArg, readArgs } from './args.ts'
import { closeUsage, runClose } from './close.ts'
import { followUsage, runFollow } from './follow.ts'
import { out } from './print.ts'
import { release } from './release.ts'
import { type Runtime, withRuntime } from './runtime.ts'

const usage = `plan list | plan release PLAN [--from DAY] | ${closeUsage} | ${followUsage}`

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

const many = { type: 'string', multiple: true } as const

export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(
    argv,
    {
      ...{
        from: { type: 'string' },
        to: { type: 'string' },
        reason: { type: 'string' },
        yes: { type: 'boolean' },
        dry: { type: 'boolean' },
      },
      ...{ carry: many, archive: many, pair: many, new: many },
    },
    usage,
  )
  const [verb, code, other] = positionals
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
      const { carry = [], archive = [], to, reason = '', yes = false, dry = false } = values
      await runClose(deps, await planNamed(runtime, code), { carry, archive, to, reason, yes, dry })
      return
    }
    if (verb === 'follow') {
      const old = other === undefined ? undefined : await planNamed(runtime, other)
      const asked = { pairs: values.pair ?? [], fresh: values.new ?? [], yes: values.yes === true }
      await runFollow(deps, await planNamed(runtime, code), old, asked, out)
      return
    }
    throw new BadInput(`用法：duban ${usage}`)
  })
}
