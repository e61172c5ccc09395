import { findDuties } from '../db/queries/duties.ts'
import type { Block, Card } from '../src/model/card.ts'
import { answering, type Liaison } from '../src/model/contact.ts'
import type { Day } from '../src/model/deadline.ts'
import { addDays, endOf, startOfWeek } from '../src/time/day.ts'
import { isReminded, ladderStep, reminderHorizon, type Step } from '../src/time/remind.ts'
import { type MovedList, movedList } from './calendar.ts'
import type { Context } from './command.ts'
import { entryLine, sharesOf, together, unclaimedLine } from './page.ts'
import { codesWords, dayWords, type Seen, seen, unitName } from './present.ts'

/** What a unit is told on one day, in one message: a list on list days, else what falls due or has come to a step of the ladder. */
export interface Told {
  week: boolean
  month: boolean
  /** All that is overdue, also what is at no step of the ladder: a room that asked for it. */
  overdue?: boolean
  /** The last day whose pushes were planned; '' for none. */
  since: Day | ''
}

/** Units whose days another calendar moved since they were last told, between two ISO instants. */
export interface MovedDays {
  units: string[]
  from: string
  to: string
}

export interface Digest {
  units: readonly string[]
  /**
   * A room of several units: one line a unit, and who is late only where the room was told to say so. `heard`: all units that
   * it hears of; `main`: those that are told nowhere else, so that whatever is due of them is named.
   */
  shared?: { overdue: boolean; heard: readonly string[]; main: readonly string[] }
  told: Told
  /** Whether what falls due is said here too, or only what is late. */
  ahead: boolean
  /** Of the ladder's steps those that are said here; the others have a way of their own. */
  steps: readonly Step[]
  /** The units' liaisons and heads, named where a step is theirs. */
  liaisons: readonly Liaison[]
  moved?: MovedDays
}

interface Section {
  title: string
  items: Seen[]
  /** Late rounds of one task are one line. */
  overdue?: boolean
}

const isList = ({ week, month }: Told): boolean => week || month

const horizonOf = (c: Context, { week, month }: Told): Day => {
  const ends = [
    reminderHorizon(c.today, c.calendar),
    week ? addDays(startOfWeek(c.today), 6) : '',
    month ? endOf(c.today, 'month') : '',
  ]
  return ends.sort().at(-1) ?? c.today
}

/** Open, returned and unclaimed duties up to the horizon, and on list days whatever was returned. */
const dutiesTold = async (c: Context, units: readonly string[], told: Told): Promise<Seen[]> => {
  const near = await findDuties(c.db, {
    units,
    states: ['open', 'returned', 'unclaimed'],
    due: { to: horizonOf(c, told) },
  })
  const known = new Set(near.map(({ id }) => id))
  const back = isList(told) ? await findDuties(c.db, { units, states: ['returned'] }) : []
  return [...near, ...back.filter(({ id }) => !known.has(id))].map((duty) => seen(c, duty))
}

const stepOf = (c: Context, { duty: { dueOn } }: Seen, since: Day | ''): Step | undefined =>
  dueOn ? ladderStep(dueOn, c.today, since, c.office.settings.ladder, c.calendar) : undefined

const dueWithin = (item: Seen, from: Day, to: Day): boolean =>
  item.duty.dueOn !== null && item.duty.dueOn >= from && item.duty.dueOn <= to

/** The message's parts in their order: overdue, due, returned; each duty stands in one of them. */
const sectionsOf = (c: Context, items: readonly Seen[], { told, steps }: Pick<Digest, 'told' | 'steps'>): Section[] => {
  const owed = items.filter(({ state }) => state === 'open' || state === 'returned')
  const late = owed.filter(({ overdue }) => overdue)
  const ahead = owed.filter(({ overdue }) => !overdue)
  const reminded = ahead.filter(({ duty }) => duty.dueOn && isReminded(duty.dueOn, c.today, told.since, c.calendar))
  if (!isList(told)) {
    const stepped = told.overdue
      ? late
      : late.filter((item) => steps.includes(stepOf(c, item, told.since) ?? (0 as Step)))
    return [
      { title: '已逾期', items: stepped, overdue: true },
      { title: '今天到期', items: reminded.filter(({ duty }) => duty.dueOn === c.today) },
      { title: '即将到期', items: reminded.filter(({ duty }) => duty.dueOn !== c.today) },
    ]
  }
  const isOpen = ({ state }: Seen) => state === 'open'
  const sunday = addDays(startOfWeek(c.today), 6)
  const near = ahead.filter(isOpen)
  const week = near.filter((item) => dueWithin(item, startOfWeek(c.today), sunday) || reminded.includes(item))
  const month = near.filter(
    (item) => !(told.week && week.includes(item)) && dueWithin(item, c.today, endOf(c.today, 'month')),
  )
  return [
    { title: '已逾期', items: late.filter(isOpen), overdue: true },
    ...(told.week ? [{ title: '本周到期', items: week }] : []),
    ...(told.month ? [{ title: told.week ? '本月稍后到期' : '本月到期', items: month }] : []),
    { title: '退回待重报', items: owed.filter(({ state }) => state === 'returned') },
  ]
}

const movedTitle = ({ title, lines }: MovedList, shown: number): string =>
  shown < lines.length ? `${title.replace(/）$/, '')}，共${lines.length}项）` : title

/** The sections as lines, a fair share each where they are more than a page; and what is left over. */
const shown = (
  c: Context,
  sections: readonly Section[],
  moved: MovedList | undefined,
): { blocks: Block[]; left: Seen[] } => {
  const parts = sections.map(({ title, items, overdue }) => ({ title, entries: together(items, overdue) }))
  const shares = sharesOf([...parts.map(({ entries }) => entries.length), ...(moved ? [moved.lines.length] : [])])
  const days = moved?.lines.slice(0, shares.at(-1)) ?? []
  return {
    blocks: [
      ...parts.flatMap(({ title, entries }, i): Block[] => {
        const lines = entries.slice(0, shares[i]).map((entry) => entryLine(c, entry, false))
        return lines.length > 0 ? [{ kind: 'list', title, lines }] : []
      }),
      ...(moved ? [{ kind: 'list' as const, title: movedTitle(moved, days.length), lines: days }] : []),
    ],
    left: parts.flatMap(({ entries }, i) => entries.slice(shares[i]).flat()),
  }
}

const monthWords = (c: Context): string => `${Number(c.today.slice(5, 7))}月`

/** A message of what is late alone is no list of the week. */
const titleOf = (c: Context, name: string, told: Told, ahead: boolean): string => {
  if (!ahead) return `${name}逾期任务（${dayWords(c.today, c.today)}）`
  const monday = startOfWeek(c.today)
  if (told.week && told.month)
    return `${name}本周和${monthWords(c)}任务（${dayWords(monday, c.today)}—${dayWords(addDays(monday, 6), c.today)}）`
  if (told.week) return `${name}本周任务（${dayWords(monday, c.today)}—${dayWords(addDays(monday, 6), c.today)}）`
  return told.month ? `${name}本月任务（${monthWords(c)}）` : `${name}任务提醒（${dayWords(c.today, c.today)}）`
}

/** 许修远 → 分管领导许修远; 副县长 陈云舒 has a post of its own in the roster. */
const headWords = (head: string): string => (/\s/.test(head) ? head.replace(/\s+/g, '') : `分管领导${head}`)

/** Who is to see to what is late: the liaison at the first step, the unit's head at the second. */
const namedWords = (c: Context, unit: string, late: readonly Seen[], { told, steps, liaisons }: Digest): string => {
  const reached = new Set(
    late.flatMap((item) => stepOf(c, item, told.since) ?? []).filter((step) => steps.includes(step)),
  )
  const liaison = answering(unit, liaisons, c.today)[0]?.name
  const head = c.office.units.find(({ id }) => id === unit)?.head
  const words = [
    reached.has(1) && liaison ? `请联络员${liaison}办理` : '',
    reached.has(2) && head ? `请${headWords(head)}督促` : '',
  ]
  return words.filter(Boolean).join('，')
}

const listedAs = ({ week, month }: Told): string => (month ? '本月任务' : week ? '本周任务' : '还有哪些没完成')

const closing = (c: Context, told: Told, left: readonly Seen[], unclaimed: readonly Seen[]): Block[] =>
  [
    left.length > 0 ? `另有${left.length}项：${codesWords(left)}，回复“${listedAs(told)}”查看。` : '',
    isList(told) && unclaimed.length > 0 ? unclaimedLine(c, unclaimed) : '',
  ].flatMap((text): Block[] => (text === '' ? [] : [{ kind: 'note', text }]))

const oneUnit = (
  c: Context,
  unit: string,
  items: readonly Seen[],
  digest: Digest,
  moved: MovedList | undefined,
): Card | undefined => {
  const sections = sectionsOf(c, items, digest)
  if (!moved && sections.every(({ items }) => items.length === 0)) return undefined
  const late = sections.flatMap(({ items, overdue }) => (overdue ? items : []))
  const named = namedWords(c, unit, late, digest)
  const { blocks, left } = shown(
    c,
    sections.map((section) =>
      section.overdue && named ? { ...section, title: `${section.title}（${named}）` } : section,
    ),
    moved,
  )
  const unclaimed = items.filter(({ state, duty }) => state === 'unclaimed' && !duty.disclaimed)
  return {
    title: titleOf(c, unitName(c, unit), digest.told, digest.ahead || moved !== undefined),
    tone: late.length > 0 ? 'late' : 'plain',
    blocks: [...blocks, ...closing(c, digest.told, left, unclaimed)],
  }
}

const GROUPS = 10
/** Names of units in one line that are told elsewhere too. */
const NAMED = 3

const codesOfSections = (sections: readonly Section[]): string => codesWords(sections.flatMap(({ items }) => items))

/** What one unit owes, in codes: 公开17-3、5；逾期 公开17-1; a reminder says what is due today and what is due next. */
const owedWords = (sections: readonly Section[], told: Told, overdue: boolean): string => {
  const ahead = sections.filter((section) => !section.overdue)
  const late = overdue ? sections.filter((section) => section.overdue) : []
  const parts = isList(told)
    ? [['', codesOfSections(ahead)] as const]
    : ahead.map((section) => [`${section.title} `, codesOfSections([section])] as const)
  return [...parts, ['逾期 ', codesOfSections(late)] as const]
    .flatMap(([title, codes]) => (codes ? [`${title}${codes}`] : []))
    .join('；')
}

interface Group {
  units: string[]
  words: string
}

/** Units that owe just the same stand on one line, so that a task of everybody's does not take the whole list. */
const groupsOf = (c: Context, items: readonly Seen[], digest: Digest, moved: MovedList | undefined): Group[] => {
  const groups = new Map<string, string[]>()
  for (const unit of digest.units) {
    const own = items.filter(({ duty }) => duty.unit === unit)
    const days = (moved?.duties ?? []).filter((duty) => duty.unit === unit).map((duty) => seen(c, duty))
    const words = [
      owedWords(sectionsOf(c, own, digest), digest.told, digest.shared?.overdue ?? false),
      days.length > 0 ? `日期变动 ${codesWords(days)}` : '',
    ]
      .filter(Boolean)
      .join('；')
    if (words !== '') groups.set(words, [...(groups.get(words) ?? []), unit])
  }
  return [...groups].map(([words, units]) => ({ units, words }))
}

/** The units of a line: all but few of the room, or by name those that are told nowhere else and the first of the others. */
const groupName = (c: Context, units: readonly string[], heard: readonly string[], main: readonly string[]): string => {
  const names = (ids: readonly string[]) => ids.map((id) => unitName(c, id)).join('、')
  const others = heard.filter((unit) => !units.includes(unit))
  if (units.length > NAMED && others.length <= NAMED)
    return others.length === 0 ? '各单位' : `各单位（${names(others)}除外）`
  const first = [...new Set([...units.filter((unit) => main.includes(unit)), ...units])]
  const shown = first.slice(0, Math.max(NAMED, units.filter((unit) => main.includes(unit)).length))
  return `${names(shown)}${shown.length < units.length ? `等${units.length}家` : ''}`
}

const closingOfGroups = (c: Context, left: readonly Group[], digest: Digest): string => {
  const main = digest.shared?.main ?? []
  const named = left.flatMap(({ units, words }) => {
    const own = units.filter((unit) => main.includes(unit))
    return own.length > 0 ? [`${own.map((unit) => unitName(c, unit)).join('、')}：${words}`] : []
  })
  const more = left.length - named.length
  return [named.length > 0 ? `另有${named.join('；')}` : '', more > 0 ? `另有${more}组` : ''].filter(Boolean).join('；')
}

/** One message for a shared room, grouped by unit; who is late is told in the unit's own room. */
const grouped = (
  c: Context,
  items: readonly Seen[],
  digest: Digest,
  moved: MovedList | undefined,
): Card | undefined => {
  const { heard, main } = digest.shared ?? { heard: digest.units, main: digest.units }
  const isMain = ({ units }: Group) => units.some((unit) => main.includes(unit))
  const found = groupsOf(c, items, digest, moved)
  const groups = [...found.filter(isMain), ...found.filter((group) => !isMain(group))]
  if (groups.length === 0) return undefined
  const left = closingOfGroups(c, groups.slice(GROUPS), digest)
  return {
    title: titleOf(
      c,
      heard.length === 2 ? heard.map((unit) => unitName(c, unit)).join('、') : '各单位',
      digest.told,
      true,
    ),
    tone: 'plain',
    blocks: [
      {
        kind: 'list',
        lines: groups
          .slice(0, GROUPS)
          .map(({ units, words }) => ({ text: `${groupName(c, units, heard, main)}：${words}` })),
      },
      ...(left ? [{ kind: 'note' as const, text: `${left}。` }] : []),
      { kind: 'note', text: `回复“${listedAs(digest.told)}”查看本单位的。` },
    ],
  }
}

/** The one message of a day for a unit or for a shared room's units; undefined where there is nothing to say. */
export const digestCard = async (c: Context, given: Digest): Promise<Card | undefined> => {
  // A shared room's line has no place to tell the week's from the month's.
  const digest = given.shared && given.told.week ? { ...given, told: { ...given.told, month: false } } : given
  const told = await dutiesTold(c, digest.units, digest.told)
  const items = digest.ahead ? told : told.filter(({ overdue }) => overdue)
  const days = digest.moved
  const moved = days && (await movedList(c, days.units, { from: new Date(days.from), to: new Date(days.to) }))
  return digest.shared ? grouped(c, items, digest, moved) : oneUnit(c, digest.units[0] ?? '', items, digest, moved)
}
