import { isOfOneUnit, usualWindow } from '../../commands/papers/ask.ts'
import { holdsWords } from '../../commands/papers/issued.ts'
import { dayWords, unitName } from '../../commands/present.ts'
import { paperHeads } from '../../db/queries/paper-rows.ts'
import { machineContext } from '../flow/compose.ts'
import { draftPaper } from '../flow/paper/draft.ts'
import { issuePaper } from '../flow/paper/issue.ts'
import { signPaper, submitPaper, voidPaper } from '../flow/paper/sign.ts'
import { needsSignature, PaperKind, paperStateWords, paperWords } from '../model/paper.ts'
import { type PaperAsk, skipWords } from '../model/paper-life.ts'
import { BadInput } from '../model/problem.ts'
import { dayArg, readArgs } from './args.ts'
import { out } from './print.ts'
import { type Runtime, stampOf, withRuntime } from './runtime.ts'

const usage =
  'paper list | draft KIND [--from DAY --to DAY] [--plan PLAN] [--unit UNIT]… | submit ID | sign ID --signer 姓名 --number 文号 --on DAY [--until DAY] | void ID --reason 理由 | push ID'

const text = { type: 'string' } as const
const options = {
  ...{ from: text, to: text, plan: text, unit: { type: 'string', multiple: true } as const },
  ...{ signer: text, number: text, on: text, until: text, reason: text },
}
type Values = ReturnType<typeof readArgs<typeof options>>['values']

const kindOf = (word: string | undefined): PaperKind => {
  const named = PaperKind.options.find((kind) => kind === word || paperWords[kind] === word)
  if (named) return named
  const all = PaperKind.options.map((kind) => `${kind} ${paperWords[kind]}`).join('、')
  throw new BadInput(`没有“${word ?? ''}”这种文书，应是：${all}`)
}

const needed = (value: string | undefined, option: string): string => {
  if (value === undefined || value.trim() === '') throw new BadInput(`缺少 ${option}。用法：duban ${usage}`)
  return value
}

const asked = async ({ deps }: Runtime, kind: PaperKind, values: Values): Promise<PaperAsk> => {
  const c = machineContext(deps, await deps.cache(deps.store))
  if ((values.from === undefined) !== (values.to === undefined)) throw new BadInput('--from 和 --to 应一起写')
  const window =
    values.from !== undefined && values.to !== undefined
      ? { from: dayArg(values.from, '--from'), to: dayArg(values.to, '--to') }
      : usualWindow(kind, c.today)
  if (window.from > window.to) throw new BadInput(`--from ${window.from} 应不晚于 --to ${window.to}`)
  const plan = c.office.plans.find(({ code }) => code === values.plan)
  if (values.plan !== undefined && !plan) throw new BadInput(`没有“${values.plan}”这份方案`)
  const units = (values.unit ?? []).map((name) => {
    const found = c.registry.resolve(name)
    if (found.kind !== 'one') throw new BadInput(`通讯录上没有“${name}”这个单位`)
    return found.unit.id
  })
  if (isOfOneUnit(kind) && units.length !== 1) throw new BadInput(`${paperWords[kind]}是一个单位的：请写 --unit 单位`)
  return { kind, window, plan: plan?.id ?? '', units }
}

const list = async ({ deps }: Runtime): Promise<void> => {
  for (const { id, kind, state, title, number, signer, signedOn } of await paperHeads(deps.store))
    out([id, paperWords[kind], paperStateWords[state], title, number, signer, signedOn].filter(Boolean).join('  '))
}

const draft = async (runtime: Runtime, kind: PaperKind, values: Values): Promise<void> => {
  const { deps } = runtime
  const made = await draftPaper(deps, await asked(runtime, kind, values), stampOf(deps))
  if (!made) return
  const { id, content, was } = made
  out(`${was ? '已重新起草' : '已起草'} ${id}  《${content.title}》  ${holdsWords(content)}`)
  for (const remark of content.remarks) out(`  ${remark}`)
  if (needsSignature(kind)) out(`签发后登记：duban paper sign ${id} --signer 姓名 --number 文号 --on 日期`)
}

const sign = async ({ deps }: Runtime, id: string, values: Values): Promise<void> => {
  const on = dayArg(needed(values.on, '--on'), '--on')
  const until = values.until === undefined ? undefined : dayArg(values.until, '--until')
  const [signer, number] = [needed(values.signer, '--signer'), needed(values.number, '--number')]
  const signed = await signPaper(deps, { id, signer, number, on, until }, stampOf(deps))
  const c = machineContext(deps, await deps.cache(deps.store))
  out(`已登记签发 ${id}`)
  if (!signed) return
  const { opened, skipped, until: day } = signed
  if (opened.length > 0) out(`开出整改 ${opened.length} 项${day ? `，${dayWords(day, c.today)}前` : ''}：`)
  for (const { code, unit } of opened) out(`  ${code}  ${unitName(c, unit)}`)
  for (const { why } of skipped) out(`  没有开整改：${skipWords[why]}`)
}

/** What is done to one paper, by the word that says so. */
const deeds: Record<string, (runtime: Runtime, id: string, values: Values) => Promise<void>> = {
  sign,
  submit: async ({ deps }, id) => {
    await submitPaper(deps, { id }, stampOf(deps))
    out(`待签发 ${id}`)
  },
  void: async ({ deps }, id, values) => {
    await voidPaper(deps, { id, reason: needed(values.reason, '--reason') }, stampOf(deps))
    out(`已作废 ${id}`)
  },
  push: async ({ deps }, id) => {
    const done = await issuePaper(deps, { id }, stampOf(deps))
    const c = machineContext(deps, await deps.cache(deps.store))
    out(`已安排推送：${done?.told.length ?? 0}个单位`)
    for (const unit of done?.unreached ?? []) out(`  送不到：${unitName(c, unit)}（没有群，也没有绑定联络员）`)
  },
}

export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, options, usage)
  const [verb = '', word, ...more] = positionals
  const deed = Object.hasOwn(deeds, verb) ? deeds[verb] : undefined
  if (more.length > 0 || (verb !== 'list' && verb !== 'draft' && !deed)) throw new BadInput(`用法：duban ${usage}`)
  const kind = verb === 'draft' ? kindOf(word) : undefined
  await withRuntime(values, async (runtime) => {
    if (kind) return draft(runtime, kind, values)
    return deed ? deed(runtime, needed(word, '文书编号 ID'), values) : list(runtime)
  })
}
