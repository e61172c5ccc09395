import { type AssessmentRow, assessments } from '../db/queries/scores.ts'
import { assessedWords } from '../src/model/assessment.ts'
import type { Block, Card } from '../src/model/card.ts'
import { readsAll } from '../src/model/person.ts'
import { pointWords } from '../src/score/points.ts'
import { ruleWords } from '../src/score/score.ts'
import { type Assessed, assessed, asUnitSees } from './assessed.ts'
import type { Command, Context } from './command.ts'
import { readScope } from './find.ts'
import { asOf, unitName } from './present.ts'
import { problem } from './problem.ts'

const SHOWN = 8

/** The newest assessment that is no draft: one in whose scores are being given or told before one that is over. */
const current = async (c: Context): Promise<AssessmentRow | undefined> => {
  const all = (await assessments(c.db)).filter(({ state }) => state !== 'draft')
  return all.find(({ state }) => state !== 'closed') ?? all[0]
}

/** Nobody else reads along, or only the office. */
const isApart = ({ place }: Context): boolean => place.scope === 'private' || place.scope === 'office'
/** Everybody who reads along is of these units. */
const isOwnRoom = ({ place }: Context, units: readonly string[]): boolean =>
  place.scope === 'units' && place.units.every((unit) => units.includes(unit))

const totalWords = ({ result }: Assessed): string => {
  if (result.waiting > 0) return `还有${result.waiting}项没有公布评分`
  if (result.percent === null) return '没有应计事项'
  const share = result.contributes === null ? '' : `，计入绩效${pointWords(result.contributes.value)}分`
  return `${pointWords(result.total)}／${pointWords(result.full)}，折合${pointWords(result.percent.value)}分${share}`
}

/** What took or gave points, the most first; on its page stands all of it. */
const lineBlocks = ({ ledger }: Assessed): Block[] => {
  const told = (ledger?.lines ?? []).filter(({ rule, points }) => rule !== 'base' && points !== 0)
  if (!ledger || told.length === 0) return []
  const most = [...told].sort((a, b) => a.points - b.points).slice(0, SHOWN)
  const left = told.length - most.length
  const lines = most.map(({ code, round, rule, points, why }) => ({
    text: `${points > 0 ? '+' : ''}${pointWords(points)} ${[code, round].filter(Boolean).join(' ')} ${ruleWords[rule]}：${why}`,
  }))
  return [
    { kind: 'list', lines },
    ...(left > 0 ? [{ kind: 'note' as const, text: `还有${left}条，在网页版“考核”里看全部。` }] : []),
  ]
}

const unitBlocks = (c: Context, one: Assessed): Block[] => [
  { kind: 'text', text: `${unitName(c, one.result.unit)}：${totalWords(one)}` },
  {
    kind: 'fields',
    fields: one.result.indicators.map(({ indicator, result, how }): [string, string] => [
      `${indicator.number} ${indicator.name}`,
      `${result === null ? '—' : pointWords(result)}／${pointWords(indicator.points)}（${how}）`,
    ]),
  },
  ...lineBlocks(one),
]

const cardOf = (c: Context, row: AssessmentRow, blocks: Block[]): Card => ({
  title: `${row.title}得分（${assessedWords[row.state]}）`,
  tone: 'plain',
  blocks: [
    ...blocks,
    ...(row.state === 'told' && row.objectBy
      ? [{ kind: 'note' as const, text: `异议期到${row.objectBy}，在网页版“考核”里提出。` }]
      : []),
    { kind: 'note', text: `${asOf(c)}${row.state === 'open' ? '，公示前还会变动' : ''}。` },
  ],
})

/** Points: a unit's own to its people, all to leaders and the office; in the roster's order, which ranks nobody. */
export const scores: Command<'scores'> = {
  intent: 'scores',
  title: '考核得分',
  usage: '考核得分 / 各单位考核得分',
  example: '我单位考核得分',
  officeExample: '各单位考核得分',
  roles: ['liaison', 'head', 'leader', 'office', 'admin'],
  run: async (c, intent) => {
    if (intent.all && !readsAll(c.actor))
      return {
        reply: problem('只能看本单位的得分', '其他单位的得分不在这里给出。', '例：我单位考核得分'),
        refused: 'other-unit',
      }
    const scope = intent.all ? { ok: undefined } : readScope(c, intent.units)
    if ('outcome' in scope) return scope.outcome
    const units = scope.ok
    const fits = isApart(c) || (units !== undefined && isOwnRoom(c, units))
    if (!fits)
      return {
        reply: problem(
          '请单聊我',
          '得分只给本单位、领导和主管科室看，这个群里还有其他单位。',
          '打开与我的单聊，再说一次。',
        ),
      }
    const row = await current(c)
    if (!row) return { reply: problem('还没有考核', '主管科室还没有发起考核，或者还没有开始评分。') }
    const found = await assessed(c, row, units)
    const all = readsAll(c.actor) ? found : found.map((one) => asUnitSees(row, one))
    if (all.length === 0) return { reply: problem('没有得分', `“${row.title}”不考核这个单位。`) }
    const [only, ...more] = all
    if (only && more.length === 0) return { reply: cardOf(c, row, unitBlocks(c, only)) }
    const lines = all.map((one) => ({ text: `${unitName(c, one.result.unit)}：${totalWords(one)}` }))
    return { reply: cardOf(c, row, [{ kind: 'list', lines }]) }
  },
}
