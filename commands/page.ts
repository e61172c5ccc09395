import type { Block, Card, Line } from '../src/model/card.ts'
import type { IntentOf } from '../src/model/intent.ts'
import type { Context } from './command.ts'
import { dueWords, dutyLine, roundWords, type Seen, titleOf, unitName } from './present.ts'

/** Lines of one answer; two closing lines may follow. */
const PAGE = 10
/** Names of units in one line of several. */
const NAMED = 3

/** One line of a list: a duty, or the same round of one task at several units. */
type Entry = Seen[]

export interface Part {
  title?: string
  entries: Entry[]
}

/** Several duties of one task are one line: those due on the same day, or (`overdue`) all that are late. */
export const together = (items: readonly Seen[], overdue = false): Entry[] => {
  const entries = new Map<string, Entry>()
  for (const item of items) {
    const { task, dueOn } = item.duty
    const key = [task, overdue ? '' : `${dueOn} ${item.state}`].join(' ')
    const known = entries.get(key)
    if (known) known.push(item)
    else entries.set(key, [item])
  }
  return [...entries.values()]
}

const ROUNDS = 3

const roundsOf = (c: Context, entry: Entry): string => {
  const words = [...new Set(entry.map((item) => roundWords(item.duty.round, c.today)))].filter(Boolean)
  return words.length <= ROUNDS ? words.join('、') : `${words.slice(0, ROUNDS).join('、')}等${words.length}期`
}

const unitsOf = (c: Context, entry: Entry): string => {
  const names = [...new Set(entry.map((item) => unitName(c, item.duty.unit)))]
  return names.length <= NAMED ? names.join('、') : `${names.slice(0, NAMED).join('、')}等${names.length}家`
}

/** A line of one duty, or of several of the same task with their rounds and units; the day is the earliest. */
export const entryLine = (c: Context, entry: Entry, withUnit: boolean): Line => {
  const [first] = entry
  if (!first) return { text: '' }
  if (entry.length === 1) return dutyLine(c, first, withUnit)
  const days = new Set(entry.map((item) => item.duty.dueOn))
  const words = dueWords(c, first)
  const due = days.size > 1 && words.includes('到期') ? `最早${words}` : words
  const parts = [titleOf(first), withUnit ? unitsOf(c, entry) : '', roundsOf(c, entry), due]
  return { text: parts.filter(Boolean).join(' · '), ...(first.light && { light: first.light }) }
}

/** Lines of one or two parts, cut to one page from `offset` on. */
const page = (
  c: Context,
  parts: readonly Part[],
  offset: number,
  withUnit: boolean,
): { blocks: Block[]; left: number } => {
  let skip = offset
  let room = PAGE
  const blocks: Block[] = []
  for (const { title, entries } of parts) {
    const shown = entries.slice(skip, skip + room)
    skip = Math.max(0, skip - entries.length)
    room -= shown.length
    if (shown.length > 0)
      blocks.push({ kind: 'list', ...(title && { title }), lines: shown.map((entry) => entryLine(c, entry, withUnit)) })
  }
  const total = parts.reduce((sum, { entries }) => sum + entries.length, 0)
  return { blocks, left: Math.max(0, total - offset - PAGE) }
}

/** A list as a card: one page, at most two closing lines, and “更多” where something is left. */
export const listCard = (
  c: Context,
  intent: IntentOf<'list'>,
  title: string,
  parts: readonly Part[],
  notes: readonly string[],
  withUnit: boolean,
): Card => {
  const offset = intent.offset ?? 0
  const { blocks, left } = page(c, parts, offset, withUnit)
  const items = parts.flatMap(({ entries }) => entries.flat())
  const more = left > 0 ? [`还有${left}条未显示，回复“更多”查看。`] : []
  const empty = notes.length > 0 ? '没有已确定责任的任务。' : '没有这样的任务。'
  return {
    title: `${title}（${items.length}项）`,
    tone: items.some((item) => item.overdue) ? 'late' : 'plain',
    blocks: [
      ...(blocks.length > 0 ? blocks : [{ kind: 'text' as const, text: empty }]),
      ...[...more, ...notes].slice(0, 2).map((text) => ({ kind: 'note' as const, text })),
    ],
    ...(left > 0 && { buttons: [{ label: '更多', intent: { ...intent, offset: offset + PAGE } }] }),
  }
}
