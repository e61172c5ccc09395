import type { Block } from '../src/model/card.ts'
import type { Command, Context } from './command.ts'
import { readScope } from './find.ts'
import { asOf, spanWords, unitName } from './present.ts'
import { percent, plansNamed, type Standing, standings } from './rate.ts'

const SHOWN = 10

interface Place extends Standing {
  unit: string
}

const late = (place: Place): number => place.doneLate + place.reviewLate + place.red

/** By rate, then fewer late, then more done: the rule that the card names. */
const order = (a: Place, b: Place): number =>
  b.done / b.due - a.done / a.due || late(a) - late(b) || b.done - a.done || (a.unit < b.unit ? -1 : 1)

const equal = (a: Place | undefined, b: Place): boolean =>
  a !== undefined && a.done / a.due === b.done / b.due && late(a) === late(b) && a.done === b.done

const columns = ['单位', '完成率', '待审核', '逾期办结', '逾期未办']

const count = (n: number): string => (n > 0 ? String(n) : '')

/** Units that owed something in their places, the best first; who stands alike shares a place. */
export const ranked = (all: ReadonlyMap<string, Standing>): (Place & { rank: number })[] => {
  const sorted = [...all].flatMap(([unit, standing]) => (standing.due > 0 ? [{ unit, ...standing }] : [])).sort(order)
  let rank = 0
  return sorted.map((place, i) => {
    if (!equal(sorted[i - 1], place)) rank = i + 1
    return { ...place, rank }
  })
}

const rowsOf = (c: Context, places: ReturnType<typeof ranked>): string[][] =>
  places.map((place) => [
    `${place.rank}. ${unitName(c, place.unit)}`,
    `${percent(place.done, place.due)}（${place.done}/${place.due}）`,
    ...[place.review, place.doneLate, place.red].map(count),
  ])

/** A column whose cells are all empty is left out: a phone shows three columns well and five badly. */
const tableOf = (rows: string[][]): Block => {
  const used = columns.flatMap((_, i) => (rows.some((row) => row[i]) ? [i] : []))
  return {
    kind: 'table',
    columns: used.map((i) => columns[i] ?? ''),
    rows: rows.map((row) => used.map((i) => row[i] ?? '')),
  }
}

/** A row in a line: 12. 市财政局 · 50.0%（1/2） · 逾期未办1. */
const inWords = ([unit = '', rate = '', ...counts]: readonly string[]): string =>
  [unit, rate, ...counts.map((n, i) => n && `${columns[i + 2]}${n}`)].filter(Boolean).join(' · ')

/** Units against each other by what was due, with the rule it uses; who owed nothing has no place. */
export const rank: Command<'rank'> = {
  intent: 'rank',
  title: '排名',
  usage: '[时间] 各单位排名',
  example: '各单位排名',
  roles: ['leader', 'office', 'admin'],
  run: async (c, intent) => {
    // A unit's own room hears nothing of other units.
    const scope = readScope(c, undefined)
    if ('outcome' in scope) return scope.outcome
    const { plan, window } = intent
    const all = await standings(c, { units: scope.ok, plans: plansNamed(c, plan), window })
    const sorted = ranked(all)
    const rows = rowsOf(c, sorted)
    const [tenth, worst] = [sorted[SHOWN - 1], sorted.at(-1)]
    const differs = worst && !equal(tenth, worst) ? `，最后一位：${inWords(rows.at(-1) ?? [])}` : ''
    const last = sorted.length > SHOWN ? `另有${sorted.length - SHOWN}家${differs}。` : ''
    const name = [plan, window && spanWords(window, c.today), '各单位完成率排名'].filter(Boolean).join(' ')
    return {
      reply: {
        title: `${name}（${sorted.length}家）`,
        tone: 'plain',
        blocks: [
          sorted.length > 0 ? tableOf(rows.slice(0, SHOWN)) : { kind: 'text', text: '这段时间没有应完成的任务。' },
          ...(last ? [{ kind: 'note' as const, text: last }] : []),
          {
            kind: 'note',
            text: `${asOf(c)}。按完成率（已办结÷应完成）排序，相同的看逾期项数，再看办结项数；没有到期任务的不排。`,
          },
        ],
      },
    }
  },
}
