import { archivedIn } from '../db/queries/yearend.ts'
import type { Block } from '../src/model/card.ts'
import { stateWords } from '../src/model/duty.ts'
import type { Window } from '../src/model/intent.ts'
import type { Command, Context } from './command.ts'
import { readScope } from './find.ts'
import { mostLateFirst } from './late-first.ts'
import { heardBy, heardWords, thisMonth } from './noise.ts'
import { asOf, scopeName, spanWords, unitName } from './present.ts'
import { judgedUpTo, nothing, percent, plansNamed, type Standing, standings } from './rate.ts'

/** Several units' standings as one. */
export const together = (all: Iterable<Standing>): Standing => {
  const sum = nothing()
  for (const { aside, ...counts } of all) {
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) sum[key] += counts[key]
    for (const [state, n] of Object.entries(aside))
      sum.aside[state as keyof typeof aside] = (sum.aside[state as keyof typeof aside] ?? 0) + n
  }
  return sum
}

/** In the order in which an office would ask. */
const aside = ['standing', 'unclaimed', 'waiting', 'unconfirmed', 'suspended', 'waived'] as const

/** What has no place in a rate, counted: 持续推进3项、等待触发1项. */
export const asideWords = (sum: Standing): string =>
  aside.flatMap((state) => (sum.aside[state] ? [`${stateWords[state]}${sum.aside[state]}项`] : [])).join('、') || '无'

/** The rate and its parts, which add up: what was done, what waits for the office, what is still owed. */
export const rateFields = (sum: Standing): [label: string, value: string][] => [
  ['完成率', `${percent(sum.done, sum.due)}（已办结${sum.done} ÷ 应完成${sum.due}）`],
  ['已办结', `${sum.done}项（按时${sum.done - sum.doneLate}，逾期办结${sum.doneLate}）`],
  ['待审核', `${sum.review}项（按时报送${sum.review - sum.reviewLate}，逾期报送${sum.reviewLate}）`],
  ['未完成', `${sum.due - sum.done - sum.review}项，其中逾期${sum.red}项`],
]
/** Of one unit, for itself and the office: how many messages it got in those days, this month's where none were said. */
const messagesLine = async (c: Context, units: string[] | undefined, said?: Window): Promise<string | undefined> => {
  if (c.actor.role === 'leader' || c.actor.role === 'unknown') return undefined
  const living = c.office.units.filter(({ id, succession }) => !succession && units?.includes(id))
  const [unit] = living
  if (!unit || living.length > 1) return undefined
  const window = said ?? thisMonth(c)
  const heard = (await heardBy(c, window)).get(unit.id)
  return heard && `${spanWords(window, c.today)}督办给${unit.name}发消息：${heardWords(heard)}。`
}

/** Plans that ended, of the years that the window touches. */
const endedBy = (c: Context, window: Window): string[] =>
  c.office.plans.flatMap(({ id, state, document }) =>
    state === 'closed' &&
    document.year <= Number(window.to.slice(0, 4)) &&
    (document.untilYear ?? document.year) >= Number(window.from.slice(0, 4))
      ? [id]
      : [],
  )

/** Of plans that have ended: what was left open, so that nobody waits for it. */
const endedLines = async (
  c: Context,
  plans: readonly string[],
  units: readonly string[] | undefined,
): Promise<Block[]> => {
  const closed = c.office.plans.filter(({ id, state }) => state === 'closed' && plans.includes(id))
  if (closed.length === 0) return []
  const rows = await archivedIn(
    c.db,
    closed.map(({ id }) => id),
    units,
  )
  const left = rows.reduce((n, { n: own, state }) => n + (state === 'standing' ? 0 : own), 0)
  const names = closed.map(({ code }) => code).join('、')
  return [
    {
      kind: 'note',
      text: `${names}已办结${left > 0 ? `，其中${left}项未完成、已归档` : ''}；结转的事项在接续的方案里统计。`,
    },
  ]
}

/** Units that a table in a chat shows. */
const SHOWN = 20

/** Of several units that were named, how each stands, who is latest first; undefined where fewer than two owed anything. */
const unitsTable = (c: Context, all: ReadonlyMap<string, Standing>): Block | undefined => {
  const places = [...all].filter(([, { due }]) => due > 0).sort(mostLateFirst)
  if (places.length < 2 || places.length > SHOWN) return undefined
  return {
    kind: 'table',
    columns: ['单位', '完成率', '应完成', '已办结', '待审核', '逾期'],
    rows: places.map(([unit, { due, done, review, red }]) => [
      unitName(c, unit),
      percent(done, due),
      ...[due, done, review, red].map(String),
    ]),
  }
}

/** 完成率 = approved ÷ due up to the as-of day, with its parts, so that they add up, and beside it what it leaves out. */
export const figures: Command<'figures'> = {
  intent: 'figures',
  title: '看数字',
  usage: '[单位] [时间] 完成率/完成情况',
  example: '市财政局完成率多少',
  roles: ['liaison', 'head', 'leader', 'office', 'admin', 'unknown'],
  run: async (c, intent) => {
    const scope = readScope(c, intent.units, intent.mine)
    if ('outcome' in scope) return scope.outcome
    const { plan, window } = intent
    const all = await standings(c, { units: scope.ok, plans: plansNamed(c, plan), window })
    const sum = together(all.values())
    const table = scope.ok === undefined ? undefined : unitsTable(c, all)
    const name = scope.ok === undefined ? '全部单位' : scopeName(c, scope.ok, 3)
    const due = window ? `${spanWords({ from: window.from, to: judgedUpTo(window, c.today) }, c.today)}到期` : '到期'
    const heard = await messagesLine(c, scope.ok, window)
    return {
      reply: {
        title: [name, plan, window && spanWords(window, c.today), '完成情况'].filter(Boolean).join(' '),
        tone: sum.red > 0 ? 'late' : 'good',
        blocks: [
          { kind: 'fields', fields: rateFields(sum) },
          ...(table ? [table] : []),
          { kind: 'note', text: `${asOf(c)}，应完成指已${due}的。` },
          ...(heard ? [{ kind: 'note' as const, text: heard }] : []),
          ...(await endedLines(c, plansNamed(c, plan) ?? (window ? endedBy(c, window) : []), scope.ok)),
          { kind: 'note', text: `不计入完成率：${window ? '' : `未到期${sum.later}项、`}${asideWords(sum)}。` },
        ],
      },
    }
  },
}
