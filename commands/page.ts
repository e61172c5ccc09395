import type { Block, Button, Card, Line } from '../src/model/card.ts'
import type { IntentOf } from '../src/model/intent.ts'
import type { Context } from './command.ts'
import { pageUrl } from './page-url.ts'
import {
  asOf,
  codeOf,
  dayWords,
  dueWords,
  dutyLine,
  partWord,
  roundWords,
  type Seen,
  titleOf,
  unitName,
} from './present.ts'

/** Lines of one answer; two closing lines may follow. */
const PAGE = 10
/** Names of units in one line of several. */
const NAMED = 3

/** Codes in one line. */
const CODES = 12

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
    const { task, dueOn, role } = item.duty
    const key = [task, role, overdue ? '' : `${dueOn} ${item.state}`].join(' ')
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
  const parts = [titleOf(first), withUnit ? unitsOf(c, entry) : '', roundsOf(c, entry), partWord(first), due]
  return { text: parts.filter(Boolean).join(' · '), ...(first.light && { light: first.light }) }
}

/** How many lines each part has on the page after those that were shown: a fair share each, and what is over to the first. */
export const sharesOf = (left: readonly number[]): number[] => {
  // A part alone has the page.
  if (left.length === 1) return left.map((n) => Math.min(PAGE, n))
  const shares = left.map(() => 0)
  let room = PAGE
  while (room > 0 && shares.some((share, i) => share < (left[i] ?? 0))) {
    const open = shares.flatMap((share, i) => (share < (left[i] ?? 0) ? [i] : []))
    const each = Math.max(1, Math.floor(room / open.length))
    for (const i of open.slice(0, room)) {
      const more = Math.min(each, (left[i] ?? 0) - (shares[i] ?? 0))
      shares[i] = (shares[i] ?? 0) + more
      room -= more
    }
  }
  return shares
}

/** Lines of several parts, cut to one page from `offset` on; each part that has lines left is on every page. */
const page = (
  c: Context,
  parts: readonly Part[],
  offset: number,
  withUnit: boolean,
): { blocks: Block[]; shown: Seen[]; left: number } => {
  const from = parts.map(() => 0)
  const leftOf = () => parts.map(({ entries }, i) => entries.length - (from[i] ?? 0))
  const sum = (list: readonly number[]) => list.reduce((all, n) => all + n, 0)
  let shares = sharesOf(leftOf())
  for (let shown = 0; shown < offset && sum(shares) > 0; shares = sharesOf(leftOf())) {
    shown += sum(shares)
    for (const [i, share] of shares.entries()) from[i] = (from[i] ?? 0) + share
  }
  const shownOf = ({ entries }: Part, i: number) => entries.slice(from[i], (from[i] ?? 0) + (shares[i] ?? 0))
  const blocks = parts.flatMap((part, i): Block[] => {
    const { title, entries } = part
    const shown = shownOf(part, i)
    const head = title && `${title}（${entries.flat().length}项）`
    return shown.length > 0
      ? [{ kind: 'list', ...(head && { title: head }), lines: shown.map((entry) => entryLine(c, entry, withUnit)) }]
      : []
  })
  return { blocks, shown: parts.flatMap(shownOf).flat(), left: sum(leftOf()) - sum(shares) }
}

/** Units in an answer that are few enough to have a block each. */
const BLOCKS = 5

/** Each unit's duties under its name, in the order in which they come; a task of many units stays one line. */
const byUnit = (c: Context, parts: readonly Part[]): Part[] | undefined => {
  const unitsIn = (entries: readonly Entry[]) => [...new Set(entries.flat().map(({ duty }) => duty.unit))]
  const units = unitsIn(parts.flatMap(({ entries }) => entries))
  if (units.length < 2 || units.length > BLOCKS) return undefined
  return units.flatMap((unit) =>
    parts.flatMap(({ title, entries }): Part[] => {
      const own = entries
        .map((entry) => entry.filter(({ duty }) => duty.unit === unit))
        .filter(({ length }) => length > 0)
      return own.length > 0 ? [{ title: [unitName(c, unit), title].filter(Boolean).join(' · '), entries: own }] : []
    }),
  )
}

/** 待认领2项：公开17-3、公开17-7（请于7月25日前答复）. */
export const unclaimedLine = (c: Context, items: readonly Seen[]): string => {
  const codes = [...new Set(items.map((item) => codeOf(item.duty)))]
  const by = items.map((item) => item.duty.claimBy).find((day) => day !== null && day >= c.today)
  const shown = codes.slice(0, CODES).join('、')
  return `待认领${codes.length}项：${shown}${codes.length > CODES ? '等' : ''}${by ? `（请于${dayWords(by, c.today)}前答复）` : ''}`
}

const countWords = (items: readonly Seen[]): string => {
  const late = items.filter((item) => item.overdue).length
  return `${items.length}项${late > 0 && late < items.length ? `，逾期${late}项` : ''}`
}

/**
 * A list as a card: one page, grouped by unit where several answer, two closing lines (how fresh it is and what is left;
 * what else there is to know), “更多” and the way to the console where something is left. `deeds`: what can be done with the duties
 * of the page, as buttons.
 */
export const listCard = (
  c: Context,
  intent: IntentOf<'list'>,
  title: string,
  parts: readonly Part[],
  notes: readonly string[],
  withUnit: boolean,
  deeds: (shown: readonly Seen[]) => Button[] = () => [],
): Card => {
  const offset = intent.offset ?? 0
  const grouped = withUnit ? byUnit(c, parts) : undefined
  const { blocks, shown, left } = page(c, grouped ?? parts, offset, withUnit && !grouped)
  const items = parts.flatMap(({ entries }) => entries.flat())
  const buttons = [
    ...deeds(shown),
    ...(left > 0 ? [{ label: '更多', intent: { ...intent, offset: offset + PAGE } }] : []),
  ]
  const more = left > 0 ? `还有${left}条未显示，回复“更多”查看。` : ''
  const empty = notes.length > 0 ? '没有已确定责任的任务。' : '没有这样的任务。'
  return {
    title: `${title}（${countWords(items)}）`,
    tone: items.some((item) => item.overdue) ? 'late' : 'plain',
    blocks: [
      ...(blocks.length > 0 ? blocks : [{ kind: 'text' as const, text: empty }]),
      ...[[asOf(c), more].filter(Boolean).join('，'), notes.join('　')]
        .filter(Boolean)
        .map((text) => ({ kind: 'note' as const, text })),
      ...(left > 0 && c.publicUrl ? [{ kind: 'note' as const, text: `全部见网页版：${pageUrl(c, '')}` }] : []),
    ],
    ...(buttons.length > 0 && { buttons }),
  }
}
