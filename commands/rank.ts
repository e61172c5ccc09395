import { findDuties } from '../db/queries/duties.ts'
import type { Command, Context } from './command.ts'
import { readScope } from './find.ts'
import { isClassLine, type Seen, seen, unitName } from './present.ts'
import { countsIn, percent } from './rate.ts'

const SHOWN = 10

interface Place {
  unit: string
  due: number
  done: number
  late: number
  red: number
}

const places = (items: readonly Seen[]): Place[] => {
  const units = new Map<string, Place>()
  for (const { duty, state, overdue } of items) {
    const place = units.get(duty.unit) ?? { unit: duty.unit, due: 0, done: 0, late: 0, red: 0 }
    place.due++
    if (state === 'done') place.done++
    if (state === 'done' && duty.late) place.late++
    if (overdue) place.red++
    units.set(duty.unit, place)
  }
  return [...units.values()]
}

/** By rate, then fewer late, then more done: the rule that the card names. */
const order = (a: Place, b: Place): number =>
  b.done / b.due - a.done / a.due || a.late + a.red - (b.late + b.red) || b.done - a.done || (a.unit < b.unit ? -1 : 1)

const equal = (a: Place | undefined, b: Place): boolean =>
  a !== undefined && a.done / a.due === b.done / b.due && a.late + a.red === b.late + b.red && a.done === b.done

const lines = (c: Context, sorted: readonly Place[]) => {
  let rank = 0
  return sorted.map((place, i) => {
    if (!equal(sorted[i - 1], place)) rank = i + 1
    const parts = [
      `${rank}. ${unitName(c, place.unit)}`,
      `${percent(place.done, place.due)}（${place.done}/${place.due}）`,
      place.late > 0 ? `逾期办结${place.late}` : '',
      place.red > 0 ? `逾期未办${place.red}` : '',
    ]
    return { text: parts.filter(Boolean).join(' · ') }
  })
}

/** Units against each other by what was due, with the rule it uses; who owed nothing has no place. */
export const rank: Command<'rank'> = {
  intent: 'rank',
  title: '排名',
  usage: '[时间] 各单位排名',
  example: '各单位排名',
  roles: ['leader', 'office', 'admin'],
  run: async (c, intent) => {
    const scope = readScope(c, undefined)
    if ('outcome' in scope) return scope.outcome
    const plans = intent.plan
      ? c.office.plans.filter((plan) => plan.code === intent.plan).map((plan) => plan.id)
      : undefined
    const duties = await findDuties(c.db, { role: 'lead', ...(plans && { plans }) })
    const items = duties.filter((duty) => !isClassLine(c, duty.unit)).map((duty) => seen(c, duty))
    const { due, to } = countsIn(items, intent.window, c.today)
    const sorted = places(due).sort(order)
    const last = sorted.length > SHOWN ? sorted.at(-1) : undefined
    const all = lines(c, sorted)
    return {
      reply: {
        title: `各单位完成率排名（${sorted.length}家）`,
        tone: 'plain',
        blocks: [
          sorted.length > 0
            ? { kind: 'list', lines: all.slice(0, SHOWN) }
            : { kind: 'text', text: '这段时间没有应完成的任务。' },
          ...(last
            ? [{ kind: 'note' as const, text: `另有${sorted.length - SHOWN}家，最后一位：${all.at(-1)?.text}` }]
            : []),
          {
            kind: 'note',
            text: `截至${to}${intent.window ? `，${intent.window.from}起到期` : ''}。按完成率（已办结÷应完成）排序，相同的看逾期项数，再看办结项数。`,
          },
        ],
      },
    }
  },
}
