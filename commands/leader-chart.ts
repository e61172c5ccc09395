import type { Chart, Tone } from '../src/model/card.ts'
import type { Context } from './command.ts'
import { together } from './figures.ts'
import { mostLateFirst } from './late-first.ts'
import { asOf, unitName } from './present.ts'
import { percent, type Standing } from './rate.ts'

/** Bars that a leader takes in at a glance; of more units the rest are one. */
const MOST = 12

const parts: { name: string; tone: Tone; of(sum: Standing): number }[] = [
  { name: '已办结', tone: 'done', of: (sum) => sum.done },
  { name: '待审核', tone: 'review', of: (sum) => sum.review },
  { name: '在办', tone: 'open', of: (sum) => sum.due - sum.done - sum.review - sum.red },
  { name: '逾期', tone: 'late', of: (sum) => sum.red },
]

/** What was due of each unit, in the parts that a rate is made of; undefined where fewer than two units owed anything. */
export const unitsChart = (c: Context, all: ReadonlyMap<string, Standing>): Chart | undefined => {
  const places = [...all].filter(([, sum]) => sum.due > 0).sort(mostLateFirst)
  if (places.length < 2) return undefined
  const shown = places.length > MOST ? places.slice(0, MOST - 1) : places
  const rest = places.slice(shown.length).map(([, sum]) => sum)
  const bars = [
    ...shown.map(([unit, sum]) => ({ label: unitName(c, unit), sum })),
    ...(rest.length > 0 ? [{ label: `其余${rest.length}家`, sum: together(rest) }] : []),
  ]
  const met = parts.filter(({ of }) => bars.some(({ sum }) => of(sum) > 0))
  return {
    title: '各单位应完成任务办理情况',
    asOf: asOf(c),
    parts: met.map(({ name, tone }) => ({ name, tone })),
    rows: bars.map(({ label, sum }) => ({
      label,
      values: met.map(({ of }) => of(sum)),
      end: `${percent(sum.done, sum.due)}（${sum.done}/${sum.due}）`,
    })),
  }
}
