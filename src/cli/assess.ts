import type { Place } from '../../commands/scoring.ts'
import {
  indicatorOf,
  objected,
  objectionAnswered,
  officeScored,
  type Scored,
  selfScored,
} from '../../commands/scoring.ts'
import { type AssessmentRow, assessments, scoresOf } from '../../db/queries/scores.ts'
import {
  changeBy,
  changeRules,
  closeAssessment,
  importAssessment,
  openAssessment,
  storeScored,
  tellAssessment,
} from '../flow/assess/deeds.ts'
import { onRoster, unknownWords } from '../flow/assess/table.ts'
import { assessedWords, type GivenBy } from '../model/assessment.ts'
import { BadInput } from '../model/problem.ts'
import { pointsOf, pointWords } from '../score/points.ts'
import { dayOf } from '../time/day.ts'
import type { Registry } from '../unit/names.ts'
import { dayArg, readArgs } from './args.ts'
import { ruleLines, rulesSaid } from './assess-rules.ts'
import { showAssessment } from './assess-show.ts'
import { readInput } from './files.ts'
import { err, out } from './print.ts'
import { type Runtime, stampOf, withRuntime } from './runtime.ts'

const usage =
  'assess list | import FILE --title 名称 --from DAY --to DAY [--means 表中名称=单位]… [--rules 编号]… | new --title 名称 --from DAY --to DAY | rules [规则=数]… | by 编号=rules|people… | open | self 单位 编号 分 佐证 | give 单位 编号 分 [理由] [--third] | tell | object 单位 编号 理由 | answer 单位 编号 [维持|分] 理由 | close | show [UNIT]，多次考核时加 --title 名称'

const text = { type: 'string' } as const
const several = { type: 'string', multiple: true } as const
const options = {
  ...{ title: text, from: text, to: text, means: several, rules: several },
  third: { type: 'boolean' },
} as const

type Values = ReturnType<typeof readArgs<typeof options>>['values']

const needs = (value: string | undefined, what: string): string => {
  if (value === undefined || value.trim() === '') throw new BadInput(`缺少${what}。用法：duban ${usage}`)
  return value
}

const span = (values: Values) => ({
  title: needs(values.title, ' --title 名称'),
  from: dayArg(needs(values.from, ' --from 日期'), '--from'),
  to: dayArg(needs(values.to, ' --to 日期'), '--to'),
})

/** “甲=乙” → [甲, 乙]. @throws BadInput */
const pairOf = (said: string, example: string): [string, string] => {
  const at = said.indexOf('=')
  if (at <= 0 || at === said.length - 1) throw new BadInput(`“${said}”应写成 ${example}`)
  return [said.slice(0, at), said.slice(at + 1)]
}

/** The one that `--title` names, else the only one that is not closed, else the newest. @throws BadInput */
const theOne = async ({ deps }: Runtime, title: string | undefined): Promise<AssessmentRow> => {
  const all = await assessments(deps.store)
  const named = title === undefined ? undefined : all.find((one) => one.title === title)
  if (title !== undefined && !named)
    throw new BadInput(`没有“${title}”这次考核，有：${all.map((one) => one.title).join('、') || '（还没有）'}`)
  if (named) return named
  const running = all.filter(({ state }) => state !== 'closed')
  if (running.length > 1)
    throw new BadInput(`有几次考核在办：${running.map((one) => one.title).join('、')}。请加 --title 名称`)
  const [one] = running.length === 1 ? running : all
  if (!one) throw new BadInput(`还没有考核。用法：duban ${usage}`)
  return one
}

const unitOf = (registry: Registry, name: string): { id: string; name: string } => {
  const found = registry.resolve(name)
  if (found.kind === 'one') return found.unit
  if (found.kind === 'none') throw new BadInput(`通讯录里没有“${name}”：应是一个责任单位的名称`)
  throw new BadInput(`“${name}”可以是${found.units.map((unit) => unit.name).join('、')}：请写全称`)
}

const pointsArg = (said: string): number => {
  const points = pointsOf(said)
  if (points === undefined) throw new BadInput(`“${said}”应是分数，最多两位小数，例如 4.5`)
  return points
}

const placeOf = async (runtime: Runtime, values: Values, unit: string, indicator: string): Promise<Place> => {
  const { deps } = runtime
  const { registry } = await deps.cache(deps.store)
  const { id, name } = unitOf(registry, needs(unit, '单位'))
  const row = await theOne(runtime, values.title)
  const was = (await scoresOf(deps.store, row.id, [id])).find((one) => one.indicator === indicator)
  return {
    row,
    unit: id,
    unitName: name,
    indicator: needs(indicator, '指标编号'),
    was,
    today: dayOf(deps.now(), deps.zone),
  }
}

const importTable = async ({ deps }: Runtime, values: Values, file: string | undefined): Promise<void> => {
  const asked = span(values)
  const bytes = await readInput(file, usage)
  if (!deps.readIndicators) throw new BadInput('这里读不了文件')
  const lines = await deps.readIndicators(bytes, file ?? '')
  const { registry } = await deps.cache(deps.store)
  const means = Object.fromEntries((values.means ?? []).map((one) => pairOf(one, '--means 表中名称=通讯录名称')))
  const { indicators, unknown } = onRoster(lines, registry, { means, byRules: values.rules ?? [] })
  const stray = (values.rules ?? []).filter((number) => !indicators.some((one) => one.number === number))
  if (stray.length > 0)
    throw new BadInput(
      `--rules 里的 ${stray.join('、')} 不是表中的指标编号：有 ${indicators.map(({ number }) => number).join('、')}`,
    )
  if (unknown.length > 0)
    throw new BadInput(
      `${unknown.map(unknownWords).join('；')}。请改正，或加 --means ${unknown[0]?.name}=通讯录名称；没有保存任何内容`,
    )
  await importAssessment(deps, { ...asked, indicators }, stampOf(deps))
  const sum = indicators.reduce((total, { points }) => total + points, 0)
  const ledger = indicators.filter(({ by }) => by === 'rules').map(({ number }) => number)
  out(`已导入“${asked.title}”：${indicators.length}项指标，共${pointWords(sum)}分，草稿`)
  out(ledger.length > 0 ? `由台账计分：${ledger.join('、')}` : '没有由台账计分的指标；要改用 assess by 编号=rules')
}

const newAssessment = async ({ deps }: Runtime, values: Values): Promise<void> => {
  const asked = span(values)
  const indicator = {
    ...{ number: '1', theme: '', name: '督办事项办理情况', points: 10_000, units: [], by: 'rules' as const },
    standard: '按台账和评分规则计分',
  }
  await importAssessment(deps, { ...asked, indicators: [indicator] }, stampOf(deps))
  out(`已建“${asked.title}”：只按台账计分，草稿`)
}

const byPairs = (said: readonly string[]): Record<string, GivenBy> =>
  Object.fromEntries(
    said.map((one) => {
      const [number, by] = pairOf(one, '1.1=rules 或 1.1=people')
      if (by !== 'rules' && by !== 'people')
        throw new BadInput(`“${one}”应写成 ${number}=rules（台账计分）或 ${number}=people（人评）`)
      return [number, by]
    }),
  )

type Verb = (runtime: Runtime, values: Values, rest: string[]) => Promise<void>

const giving =
  (decide: (place: Place, rest: string[], values: Values) => Scored, done: string): Verb =>
  async (runtime, values, [unit = '', indicator = '', ...rest]) => {
    const place = await placeOf(runtime, values, unit, indicator)
    await storeScored(runtime.deps, decide(place, rest, values), stampOf(runtime.deps))
    out(`${place.unitName} ${indicator} ${indicatorOf(place).name}：${done}`)
  }

const answering = (place: Place, [word = '', ...rest]: string[]): Scored =>
  objectionAnswered(place, { points: word === '维持' ? null : pointsArg(word), text: rest.join(' ') })

const verbs: Record<string, Verb> = {
  list: async ({ deps }) => {
    for (const { title, state, from, to } of await assessments(deps.store))
      out([title, assessedWords[state], `${from}至${to}`].join('  '))
  },
  import: (runtime, values, [file]) => importTable(runtime, values, file),
  new: (runtime, values) => newAssessment(runtime, values),
  rules: async (runtime, values, said) => {
    const row = await theOne(runtime, values.title)
    const change = rulesSaid(said)
    const now = said.length === 0 ? row.rules : await changeRules(runtime.deps, row, change, stampOf(runtime.deps))
    for (const line of ruleLines(now)) out(line)
  },
  by: async (runtime, values, said) => {
    const row = await theOne(runtime, values.title)
    if (said.length === 0) throw new BadInput('缺少编号，例如 assess by 1.1=rules')
    await changeBy(runtime.deps, row, byPairs(said), stampOf(runtime.deps))
    out(`已改计分方式：${said.join('、')}`)
  },
  open: async (runtime, values) => {
    const row = await theOne(runtime, values.title)
    await openAssessment(runtime.deps, row, stampOf(runtime.deps))
    out(`“${row.title}”开始评分`)
  },
  self: giving(
    (place, [points = '', ...proof]) => selfScored(place, { points: pointsArg(points), proof: proof.join(' ') }),
    '已记自评',
  ),
  give: giving(
    (place, [points = '', ...reason], { third }) =>
      officeScored(place, { points: pointsArg(points), reason: reason.join(' '), third: third ?? false }),
    '已评分',
  ),
  object: giving((place, rest) => objected(place, rest.join(' ')), '已提出异议'),
  answer: giving(answering, '已答复异议'),
  tell: async (runtime, values) => {
    const row = await theOne(runtime, values.title)
    const { objectBy } = await tellAssessment(runtime.deps, row, stampOf(runtime.deps))
    out(`“${row.title}”的结果已公示，异议期到${objectBy}`)
  },
  close: async (runtime, values) => {
    const row = await theOne(runtime, values.title)
    await closeAssessment(runtime.deps, row, stampOf(runtime.deps))
    out(`“${row.title}”已办结`)
  },
  show: async (runtime, values, [unit, ...more]) => {
    if (more.length > 0) throw new BadInput(`一次看一个单位。用法：duban ${usage}`)
    const { registry } = await runtime.deps.cache(runtime.deps.store)
    const units = unit === undefined ? undefined : [unitOf(registry, unit).id]
    const row = await theOne(runtime, values.title)
    for (const line of await showAssessment(runtime, row, units)) out(line)
    if (row.state === 'draft' || row.state === 'open') err('还没有公示，以下分数还会变动。')
  },
}

/** 考核 from the command line: the office's word, and on a unit's behalf what it told on paper. */
export const run = async (argv: string[]): Promise<void> => {
  const { values, positionals } = readArgs(argv, options, usage)
  const [name = '', ...rest] = positionals
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  if (!verb) throw new BadInput(`用法：duban ${usage}`)
  await withRuntime(values, (runtime) => verb(runtime, values, rest))
}
