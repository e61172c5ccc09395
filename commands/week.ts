import { type DutyView, findDuties } from '../db/queries/duties.ts'
import type { Block, Card } from '../src/model/card.ts'
import { addDays, startOfWeek } from '../src/time/day.ts'
import type { Context } from './command.ts'
import { codeOf, dayWords, dutyLine, type Seen, seen, unitName } from './present.ts'

/** Rows of the list, its closing lines not counted. */
const ROWS = 10

const owed = (item: Seen): boolean => item.state === 'open' || item.state === 'returned'

/** What a unit is told of: overdue, and due by the Sunday of this week. */
const dueThisWeek = async (c: Context, units: readonly string[]): Promise<{ due: Seen[]; unclaimed: DutyView[] }> => {
  const sunday = addDays(startOfWeek(c.today), 6)
  const duties = await findDuties(c.db, {
    units,
    states: ['open', 'returned', 'unclaimed'],
    due: { to: sunday },
    role: 'lead',
  })
  const items = duties.map((duty) => seen(c, duty))
  return {
    due: items.filter(owed),
    unclaimed: items.filter((item) => item.state === 'unclaimed' && !item.duty.disclaimed).map((item) => item.duty),
  }
}

const lines = (c: Context, items: Seen[], room: number): Block[] => {
  const late = items.filter((item) => item.overdue)
  const week = items.filter((item) => !item.overdue)
  const shownWeek = week.slice(0, Math.max(room - late.length, Math.ceil(room / 2)))
  const shownLate = late.slice(0, room - shownWeek.length)
  return [
    ...(shownWeek.length > 0
      ? [{ kind: 'list' as const, title: '本周到期', lines: shownWeek.map((item) => dutyLine(c, item, false)) }]
      : []),
    ...(shownLate.length > 0
      ? [{ kind: 'list' as const, title: '已逾期', lines: shownLate.map((item) => dutyLine(c, item, false)) }]
      : []),
  ]
}

const closing = (items: Seen[], shown: number, unclaimed: DutyView[]): Block[] => {
  const codes = [...new Set(unclaimed.map(codeOf))]
  return [
    ...(items.length > shown
      ? [{ kind: 'note' as const, text: `另有${items.length - shown}项，回复“本周任务”查看全部。` }]
      : []),
    ...(codes.length > 0
      ? [
          {
            kind: 'note' as const,
            text: `待认领${codes.length}项：${codes.slice(0, 12).join('、')}${codes.length > 12 ? '等' : ''}`,
          },
        ]
      : []),
  ]
}

const title = (c: Context, name: string): string => {
  const monday = startOfWeek(c.today)
  return `${name}本周任务（${dayWords(monday, c.today)}—${dayWords(addDays(monday, 6), c.today)}）`
}

const oneUnit = async (c: Context, unit: string): Promise<Card | undefined> => {
  const { due, unclaimed } = await dueThisWeek(c, [unit])
  if (due.length === 0) return undefined
  return {
    title: title(c, unitName(c, unit)),
    tone: due.some((item) => item.overdue) ? 'late' : 'plain',
    blocks: [...lines(c, due, ROWS), ...closing(due, Math.min(due.length, ROWS), unclaimed)],
  }
}

/** One list for a shared room: a block a unit, one line of numbers each, so that nobody is shown up at length. */
const grouped = async (c: Context, units: readonly string[]): Promise<Card | undefined> => {
  const { due } = await dueThisWeek(c, units)
  if (due.length === 0) return undefined
  const byUnit = units
    .map((unit) => ({ unit, items: due.filter((item) => item.duty.unit === unit && !item.overdue) }))
    .filter(({ items }) => items.length > 0)
  if (byUnit.length === 0) return undefined
  const shown = byUnit.slice(0, ROWS)
  return {
    title: title(c, '各单位'),
    tone: 'plain',
    blocks: [
      {
        kind: 'list',
        lines: shown.map(({ unit, items }) => {
          const codes = [...new Set(items.map((item) => codeOf(item.duty)))]
          return {
            text: `${unitName(c, unit)}：${codes.slice(0, 6).join('、')}${codes.length > 6 ? `等${codes.length}项` : ''}`,
          }
        }),
      },
      ...(byUnit.length > shown.length
        ? [{ kind: 'note' as const, text: `另有${byUnit.length - shown.length}个单位，请各单位回复“本周任务”查看。` }]
        : []),
    ],
  }
}

/** The weekly list of one unit, or of a shared room's units; undefined where nothing is due or overdue. */
export const weekList = (c: Context, units: readonly string[], shared: boolean): Promise<Card | undefined> =>
  shared ? grouped(c, units) : oneUnit(c, units[0] ?? '')
