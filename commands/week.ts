import { findDuties } from '../db/queries/duties.ts'
import type { Block, Card } from '../src/model/card.ts'
import { addDays, startOfWeek } from '../src/time/day.ts'
import type { Context } from './command.ts'
import { entryLine, together, unclaimedLine } from './page.ts'
import { codeOf, dayWords, type Seen, seen, unitName } from './present.ts'

/** Rows of the list, its closing lines not counted. */
const ROWS = 10

const owed = (item: Seen): boolean => item.state === 'open' || item.state === 'returned'

/** What a unit is told of: overdue, and due by the Sunday of this week. */
const dueThisWeek = async (c: Context, units: readonly string[]): Promise<{ due: Seen[]; unclaimed: Seen[] }> => {
  const sunday = addDays(startOfWeek(c.today), 6)
  const duties = await findDuties(c.db, {
    units,
    states: ['open', 'returned', 'unclaimed'],
    due: { to: sunday },
  })
  const items = duties.map((duty) => seen(c, duty))
  return {
    due: items.filter(owed),
    unclaimed: items.filter((item) => item.state === 'unclaimed' && !item.duty.disclaimed),
  }
}

const block = (c: Context, title: string, entries: Seen[][]): Block[] =>
  entries.length > 0 ? [{ kind: 'list', title, lines: entries.map((entry) => entryLine(c, entry, false)) }] : []

/**
 * What is due this week, what has come due without being late yet (rest days in between), and what is late; late rounds of
 * one task are one line. Half of the lines are this week's where there are so many.
 */
const lines = (c: Context, items: Seen[]): { blocks: Block[]; left: number } => {
  const monday = startOfWeek(c.today)
  const ahead = items.filter((item) => !item.overdue)
  const week = together(ahead.filter(({ duty }) => (duty.dueOn ?? '') >= monday))
  const before = together(ahead.filter(({ duty }) => (duty.dueOn ?? '') < monday))
  const late = together(
    items.filter((item) => item.overdue),
    true,
  )
  const shownWeek = week.slice(0, Math.max(ROWS - late.length - before.length, Math.ceil(ROWS / 2)))
  const shownBefore = before.slice(0, ROWS - shownWeek.length)
  const shownLate = late.slice(0, ROWS - shownWeek.length - shownBefore.length)
  const shown = shownWeek.length + shownBefore.length + shownLate.length
  return {
    blocks: [
      ...block(c, '本周到期', shownWeek),
      ...block(c, '此前到期', shownBefore),
      ...block(c, '已逾期', shownLate),
    ],
    left: week.length + before.length + late.length - shown,
  }
}

const closing = (c: Context, left: number, unclaimed: Seen[]): Block[] =>
  [
    left > 0 ? `另有${left}条，回复“本周任务”查看全部。` : '',
    unclaimed.length > 0 ? unclaimedLine(c, unclaimed) : '',
  ].flatMap((text): Block[] => (text === '' ? [] : [{ kind: 'note', text }]))

const title = (c: Context, name: string): string => {
  const monday = startOfWeek(c.today)
  return `${name}本周任务（${dayWords(monday, c.today)}—${dayWords(addDays(monday, 6), c.today)}）`
}

const oneUnit = async (c: Context, unit: string): Promise<Card | undefined> => {
  const { due, unclaimed } = await dueThisWeek(c, [unit])
  if (due.length === 0) return undefined
  const { blocks, left } = lines(c, due)
  return {
    title: title(c, unitName(c, unit)),
    tone: due.some((item) => item.overdue) ? 'late' : 'plain',
    blocks: [...blocks, ...closing(c, left, unclaimed)],
  }
}

const codesOf = (items: readonly Seen[]): string => {
  const codes = [...new Set(items.map((item) => codeOf(item.duty)))]
  return codes.length <= 6 ? codes.join('、') : `${codes.slice(0, 6).join('、')}等${codes.length}项`
}

/** Units that owe just the same stand on one line, so that a task of everybody's does not take the whole list. */
const groupsOf = (units: readonly string[], due: readonly Seen[]): { units: string[]; codes: string }[] => {
  const groups = new Map<string, string[]>()
  for (const unit of units) {
    const codes = codesOf(due.filter((item) => item.duty.unit === unit && !item.overdue))
    if (codes !== '') groups.set(codes, [...(groups.get(codes) ?? []), unit])
  }
  return [...groups].map(([codes, owing]) => ({ codes, units: owing }))
}

const groupName = (c: Context, units: readonly string[]): string =>
  units.length <= 3
    ? units.map((unit) => unitName(c, unit)).join('、')
    : `${units
        .slice(0, 2)
        .map((unit) => unitName(c, unit))
        .join('、')}等${units.length}家`

/** One list for a shared room, grouped by unit, of what is due this week; who is late is told in the unit's own room. */
const grouped = async (c: Context, units: readonly string[]): Promise<Card | undefined> => {
  const { due } = await dueThisWeek(c, units)
  const groups = groupsOf(units, due)
  if (groups.length === 0) return undefined
  const shown = groups.slice(0, ROWS)
  return {
    title: title(c, '各单位'),
    tone: 'plain',
    blocks: [
      { kind: 'list', lines: shown.map((group) => ({ text: `${groupName(c, group.units)}：${group.codes}` })) },
      {
        kind: 'note',
        text:
          groups.length > shown.length
            ? `另有${groups.length - shown.length}组，各单位回复“本周任务”查看本单位的。`
            : '各单位回复“本周任务”查看本单位的。',
      },
    ],
  }
}

/** The weekly list of one unit, or of a shared room's units; undefined where nothing is due or overdue. */
export const weekList = (c: Context, units: readonly string[], shared: boolean): Promise<Card | undefined> =>
  shared ? grouped(c, units) : oneUnit(c, units[0] ?? '')
