import { importPlan } from '../flow/import.ts'
import { parse } from '../plan/parse.ts'
import { dayArg, readArgs } from './args.ts'
import { readInput } from './files.ts'
import { out } from './print.ts'
import { questionLines, release } from './release.ts'
import { stampOf, withRuntime } from './runtime.ts'

const usage = 'import FILE [--yes] [--from DAY]'

export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, { yes: { type: 'boolean' }, from: { type: 'string' } }, usage)
  const from = values.from === undefined ? undefined : dayArg(values.from, '--from')
  const bytes = await readInput(positionals[0], usage)
  const draft = parse(bytes, { name: positionals[0] ?? '' })
  await withRuntime(values, async (runtime) => {
    const { deps } = runtime
    const done = await importPlan(deps, draft, bytes, stampOf(deps))
    if (done.status === 'same') {
      out(`${done.code} 已在台账里，内容没有变化。`)
      if (values.yes && done.state === 'draft') await release(runtime, done.plan, from)
      return
    }
    out(`已导入《${draft.document.title}》为草稿 ${done.code}：${done.tasks}项任务`)
    if (done.entered.length > 0)
      out(
        `录入单位${done.entered.length}个：${done.entered.slice(0, 12).join('、')}${done.entered.length > 12 ? '等' : ''}`,
      )
    for (const line of questionLines(done.questions, values.yes === true)) out(line)
    if (values.yes) await release(runtime, done.plan, from)
    else out(`核对后下达：duban plan release ${done.code}`)
  })
}
