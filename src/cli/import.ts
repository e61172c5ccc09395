import { importPlan, releasePlan } from '../flow/import.ts'
import type { Question } from '../model/plan.ts'
import { parse } from '../plan/parse.ts'
import { dayArg, readArgs } from './args.ts'
import { readInput } from './files.ts'
import { out } from './print.ts'
import { type Runtime, stampOf, withRuntime } from './runtime.ts'

const usage = 'import FILE [--yes] [--from DAY]'
const SHOWN = 20

const questionLines = (questions: readonly Question[], settled: boolean): string[] => {
  if (questions.length === 0) return []
  const shown = questions.slice(0, SHOWN).map((one) => {
    const where = [one.task ? `${one.task}号` : '', one.line > 0 ? `第${one.line}行` : ''].filter(Boolean).join(' ')
    return `  ${where ? `${where}：` : ''}${one.text} → ${one.proposal}`
  })
  const more = questions.length > SHOWN ? [`  …… 共${questions.length}个，其余见 parse 的 questions`] : []
  return [`${settled ? '按建议处理的问题' : '待确认的问题'}（${questions.length}个）：`, ...shown, ...more]
}

const release = async ({ deps }: Runtime, plan: string, from: string | undefined): Promise<void> => {
  const done = await releasePlan(deps, plan, stampOf(deps), from)
  out(
    `已下达 ${done.code}：${done.units}个单位，${done.duties}条责任事项` +
      `（持续推进${done.standing}、待认领${done.unclaimed}、待核实${done.unconfirmed}）`,
  )
  for (const line of questionLines(done.questions, true)) out(line)
}

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
