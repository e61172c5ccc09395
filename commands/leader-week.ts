import { countDuties, findDuties } from '../db/queries/duties.ts'
import type { Block, Card } from '../src/model/card.ts'
import type { Day } from '../src/model/deadline.ts'
import { addDays } from '../src/time/day.ts'
import { lastListDay } from '../src/time/remind.ts'
import { lateUpTo } from '../src/time/schedule.ts'
import { withPredecessors } from '../src/unit/succession.ts'
import type { Context } from './command.ts'
import { caseBlocks, casesNear } from './digest/cases.ts'
import { asideWords, rateFields, together } from './figures.ts'
import { mostLateFirst } from './late-first.ts'
import { unitsChart } from './leader-chart.ts'
import { asOf, isClassLine, scopeName, seen, spanWords, unitName } from './present.ts'
import { type Standing, standings } from './rate.ts'

/** Units with something overdue that are named. */
const NAMED = 3

type Units = readonly string[] | undefined

/** Open shares of units as lead that became due since, or will within the week; each as it stands now. */
const nearby = async (c: Context, units: Units, from: Day, to: Day) => {
  const states = ['open', 'returned', 'unclaimed'] as const
  const found = await findDuties(c.db, { ...(units && { units }), states, role: 'lead', due: { from, to } })
  return found
    .filter(({ unit }) => !isClassLine(c, unit))
    .map((duty) => seen(c, duty))
    .filter(({ state }) => state === 'open' || state === 'returned')
}

/** What moved since the last weekly list, and what comes up in the seven days from today. */
const movement = async (c: Context, units: Units): Promise<[label: string, value: string][]> => {
  const since = lastListDay(c.today, c.calendar)
  const closed = { from: since, to: addDays(c.today, -1) }
  const ahead = { from: c.today, to: addDays(c.today, 6) }
  const done = await countDuties(c.db, { ...(units && { units }), states: ['done'], role: 'lead', closed })
  const near = await nearby(c, units, addDays(lateUpTo(since, c.calendar), 1), ahead.to)
  const late = near.filter(({ overdue }) => overdue)
  const coming = near.filter(({ duty, overdue }) => !overdue && duty.dueOn !== null && duty.dueOn >= c.today)
  return [
    ['近期变化', `${spanWords(closed, c.today)}办结${done}项，新增逾期${late.length}项`],
    ['未来一周', `${spanWords(ahead, c.today)}到期${coming.length}项`],
  ]
}

/** 市财政局2项、市教育局1项，另有4家: most first. */
const lateUnits = (c: Context, all: ReadonlyMap<string, Standing>): string => {
  const late = [...all].filter(([, { red }]) => red > 0).sort(mostLateFirst)
  const named = late.slice(0, NAMED).map(([unit, { red }]) => `${unitName(c, unit)}${red}项`)
  const more = late.length - named.length
  return `${named.join('、') || '无'}${more > 0 ? `，另有${more}家` : ''}`
}

/**
 * A leader's week on ten lines and a chart: the rate up to today as `figures` says it, what moved, who is late, what comes
 * up. `units`: those in the leader's charge, undefined for all. Undefined where the ledger has nothing of them.
 */
export const leaderWeek = async (c: Context, units: Units): Promise<Card | undefined> => {
  const scope = units && withPredecessors(c.office.units, units)
  const all = await standings(c, { units: scope })
  if (all.size === 0) return undefined
  const sum = together(all.values())
  const chart = unitsChart(c, all)
  const [moved, ahead] = await movement(c, scope)
  const fields = [...rateFields(sum), ['逾期单位', lateUnits(c, all)], moved, ahead] as [string, string][]
  const blocks: Block[] = [
    { kind: 'fields', fields },
    ...(chart ? [{ kind: 'chart' as const, chart }] : []),
    ...caseBlocks(c, await casesNear(c, scope), { withUnit: true, most: 3 }),
    { kind: 'note', text: `${asOf(c)}，应完成指已到期的。` },
    { kind: 'note', text: `不计入完成率：未到期${sum.later}项、${asideWords(sum)}。` },
  ]
  return {
    title: `${scope === undefined ? '全部单位' : scopeName(c, scope, 3)} 每周完成情况`,
    tone: sum.red > 0 ? 'late' : 'good',
    blocks,
  }
}
