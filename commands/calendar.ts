import { type CaseRow, casesNamed } from '../db/queries/cases.ts'
import { type DutyView, findDuties } from '../db/queries/duties.ts'
import { type RecomputedFact, recomputedIn, recomputedWithin } from '../db/queries/recomputed.ts'
import type { Reader } from '../db/store.ts'
import type { Block, Card, Line } from '../src/model/card.ts'
import type { Day } from '../src/model/deadline.ts'
import type { CalendarRecipe } from '../src/model/recipe.ts'
import { caseNumber } from './case-words.ts'
import type { Context } from './command.ts'
import { codeOf, dayWords, roundWords, unitName } from './present.ts'

/** What people are told of days that another calendar moved. */

interface Moved {
  duty: DutyView
  was: Day
  now: Day
}

const LINES = 10
const NAMED = 3

/** A duty that moved twice is told once: from its first day to its last; one that came back to it is not told. */
const folded = (facts: readonly RecomputedFact[]): Map<string, { was: Day; now: Day }> => {
  const days = new Map<string, { was: Day; now: Day }>()
  for (const { id, body } of facts) {
    if (!body.dueOn || !body.was) continue
    days.set(id, { was: days.get(id)?.was ?? String(body.was), now: String(body.dueOn) })
  }
  return days
}

/** An open case that ends on another day. */
export interface MovedCase {
  row: CaseRow
  was: Day
  now: Day
}

const casesMovedOf = async (db: Reader, facts: readonly RecomputedFact[]): Promise<MovedCase[]> => {
  const days = folded(facts)
  return (await casesNamed(db, [...days.keys()])).flatMap((row) => {
    const { was, now } = days.get(row.id) ?? { was: '', now: '' }
    return was === now || row.closedOn !== null ? [] : [{ row, was, now }]
  })
}

/** 依申请2017-3 财政决算 · 市财政局：1月9日 → 1月12日. */
const caseLines = (c: Context, moved: readonly MovedCase[], withUnit: boolean): Line[] =>
  moved.map(({ row, was, now }) => {
    const unit = withUnit && row.unit ? ` · ${unitName(c, row.unit)}` : ''
    return {
      text: `${caseNumber(row)} ${row.title}${unit}：${dayWords(was, c.today)} → ${dayWords(now, c.today)}`,
    }
  })

const movedOf = async (db: Reader, facts: readonly RecomputedFact[]): Promise<Moved[]> => {
  const days = folded(facts)
  return (await findDuties(db, { ids: [...days.keys()] })).flatMap((duty) => {
    const { was, now } = days.get(duty.id) ?? { was: '', now: '' }
    return was === now ? [] : [{ duty, was, now }]
  })
}

/** 日期变动（2018年放假安排）; where no notice came out, the office's own days have moved. */
const titleOf = (facts: readonly RecomputedFact[]): string => {
  const years = [...new Set(facts.flatMap(({ body }) => (body.year ? [Number(body.year)] : [])))].sort()
  return `日期变动（${years.length > 0 ? `${years.join('、')}年放假安排` : '工作日调整'}）`
}

const unitsOf = (c: Context, moved: readonly Moved[]): string => {
  const names = [...new Set(moved.map(({ duty }) => unitName(c, duty.unit)))]
  return names.length <= NAMED ? names.join('、') : `${names.slice(0, NAMED).join('、')}等${names.length}家`
}

/** One line for the units whose share of a task moved alike, soonest first: 公开17-3 · 1月 · 市财政局：1月9日 → 1月12日. */
const linesOf = (c: Context, moved: readonly Moved[], withUnit: boolean): Line[] => {
  const alike = new Map<string, Moved[]>()
  for (const one of [...moved].sort((a, b) => (a.now < b.now ? -1 : a.now > b.now ? 1 : 0))) {
    const key = `${one.duty.task} ${one.duty.round} ${one.was} ${one.now}`
    alike.set(key, [...(alike.get(key) ?? []), one])
  }
  return [...alike.values()].flatMap((entry): Line[] => {
    const [first] = entry
    if (!first) return []
    const round = roundWords(first.duty.round, c.today)
    const parts = [codeOf(first.duty), round, withUnit ? unitsOf(c, entry) : '']
    return [
      {
        text: `${parts.filter(Boolean).join(' · ')}：${dayWords(first.was, c.today)} → ${dayWords(first.now, c.today)}`,
      },
    ]
  })
}

const note = (text: string): Block[] => (text === '' ? [] : [{ kind: 'note', text }])

/** The whole turn in one list: what moved, and how many days became firm where they stood. */
export const calendarCard = async (c: Context, { via }: CalendarRecipe): Promise<Card | undefined> => {
  const facts = await recomputedIn(c.db, via)
  if (facts.length === 0) return undefined
  const moved = await movedOf(c.db, facts)
  const cases = await casesMovedOf(c.db, facts)
  const lines = [...linesOf(c, moved, true), ...caseLines(c, cases, true)]
  const firm = facts.filter(({ body }) => body.provisional === false && !body.dueOn).length
  const more = lines.length > LINES ? `另有${lines.length - LINES}条未列出，各单位在自己的清单里看到。` : ''
  return {
    title: titleOf(facts),
    tone: 'plain',
    blocks: [
      { kind: 'text', text: lines.length > 0 ? `${moved.length + cases.length}项变动：` : '没有到期日变动。' },
      ...(lines.length > 0 ? [{ kind: 'list' as const, lines: lines.slice(0, LINES) }] : []),
      ...note(`${more}${firm > 0 ? `另有${firm}项日期不变，不再是暂定。` : ''}`),
    ],
  }
}

interface Window {
  from: Date
  to: Date
}

/** A unit is told of the days that it works towards. */
const isTold = ({ duty: { state } }: Moved): boolean =>
  state === 'open' || state === 'returned' || state === 'unclaimed'

/** Units of which days moved between two moments, from the first up to the second. */
export const unitsMoved = async (db: Reader, window: Window): Promise<Set<string>> => {
  const facts = await recomputedWithin(db, window)
  if (facts.length === 0) return new Set()
  return new Set([
    ...(await movedOf(db, facts)).filter(isTold).map(({ duty }) => duty.unit),
    ...(await casesMovedOf(db, facts)).flatMap(({ row }) => (row.unit ? [row.unit] : [])),
  ])
}

export interface MovedList {
  title: string
  /** One for each task, round and new day: 公开17-3 · 1月：1月9日 → 1月12日. */
  lines: Line[]
  duties: DutyView[]
  cases: MovedCase[]
}

/** The days of some units that moved between two moments, for a digest. */
export const movedList = async (
  c: Context,
  units: readonly string[],
  window: Window,
): Promise<MovedList | undefined> => {
  const facts = await recomputedWithin(c.db, window)
  const moved = (await movedOf(c.db, facts)).filter((one) => isTold(one) && units.includes(one.duty.unit))
  const cases = (await casesMovedOf(c.db, facts)).filter(({ row }) => units.includes(row.unit))
  if (moved.length + cases.length === 0) return undefined
  return {
    title: titleOf(facts),
    lines: [...linesOf(c, moved, false), ...caseLines(c, cases, false)],
    duties: moved.map(({ duty }) => duty),
    cases,
  }
}
