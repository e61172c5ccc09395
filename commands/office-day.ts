import { countDuties, type DutyView, findDuties } from '../db/queries/duties.ts'
import { lastSeal } from '../db/queries/seals.ts'
import type { Block, Button, Card, Line } from '../src/model/card.ts'
import type { Day } from '../src/model/deadline.ts'
import { addDays, daysBetween, endOf, startOfWeek } from '../src/time/day.ts'
import { isReminded, ladderHorizon, ladderStep, reminderHorizon, toldUpTo } from '../src/time/remind.ts'
import { lateUpTo } from '../src/time/schedule.ts'
import type { Context } from './command.ts'
import { missedLine } from './deliveries.ts'
import { spanOf } from './delivery-words.ts'
import type { Told } from './digest.ts'
import { entryLine, sharesOf, together } from './page.ts'
import { dayWords, dutyLine, isClassLine, type Seen, seen, unitName } from './present.ts'
import { ailingWords, roomsAiling } from './rooms-ailing.ts'

/** What the office's message of the day is made of. */
export interface OfficeDay {
  told: Told
  /** Units that no push can reach: without a room, and without a liaison whose account is known. */
  unreached: readonly string[]
}

interface Section {
  title: string
  lines: Line[]
}

const isList = ({ week, month }: Told): boolean => week || month
const section = (title: string, lines: Line[]): Section[] => (lines.length > 0 ? [{ title, lines }] : [])
const seenAll = (c: Context, duties: readonly DutyView[]): Seen[] => duties.map((duty) => seen(c, duty))
const dutyLines = (c: Context, items: readonly Seen[]): Line[] => items.map((item) => dutyLine(c, item, true))

/** Reports that wait, the oldest first. */
const waiting = async (c: Context): Promise<Section[]> => {
  const reports = await findDuties(c.db, { states: ['review'] })
  const since = (duty: DutyView): Day => duty.reportedOn ?? c.today
  const sorted = [...reports].sort((a, b) => (since(a) < since(b) ? -1 : since(a) > since(b) ? 1 : 0))
  const [first] = sorted
  if (!first) return []
  const days = daysBetween(since(first), c.today)
  const oldest = days > 0 ? `，最早${days}天前` : '，今天报送'
  const late = reports.filter((duty) => duty.late).length
  return section(
    `待审核${sorted.length}项${oldest}${late > 0 ? `，逾期报送${late}项` : ''}`,
    dutyLines(c, seenAll(c, sorted)),
  )
}

const running = ['open', 'returned', 'standing', 'waiting', 'unconfirmed', 'asleep'] as const

/** What units have asked for: more time, or that a duty is not theirs. */
const requests = async (c: Context): Promise<Section[]> => {
  const asked = seenAll(c, await findDuties(c.db, { states: running, asked: true }))
  const of = (kind: 'extension' | 'decline') => asked.filter(({ duty }) => duty.asked?.kind === kind)
  const [more, not] = [of('extension'), of('decline')]
  return [
    ...section(`待答复的延期申请${more.length}项`, dutyLines(c, more)),
    ...section(`待确认的不涉及${not.length}项`, dutyLines(c, not)),
  ]
}

const owned = ['open', 'returned', 'review', 'done', 'standing', 'waiting', 'suspended', 'unconfirmed'] as const

/** Tasks whose claim day is over and that nobody has taken: on list days all, else those whose day has just passed. */
const unclaimed = async (c: Context, told: Told): Promise<Section[]> => {
  const from = isList(told) ? '' : toldUpTo(c.today, told.since, c.calendar)
  const found = seenAll(c, await findDuties(c.db, { states: ['unclaimed'], claimBefore: c.today }))
  const tasks = [...new Set(found.map(({ duty }) => duty.task))]
  const taken = new Set([
    ...found.flatMap(({ state, duty }) => (state === 'unclaimed' ? [] : [duty.task])),
    ...(await findDuties(c.db, { tasks, states: owned, role: 'lead' })).map(({ task }) => task),
  ])
  const left = found.filter(({ duty }) => !taken.has(duty.task) && (duty.claimBy ?? '') >= from)
  const byTask = new Map<string, Seen[]>()
  for (const item of left) byTask.set(item.duty.task, [...(byTask.get(item.duty.task) ?? []), item])
  return section(
    `过了认领期还没有单位认领的${byTask.size}项`,
    [...byTask.values()].map((items) => entryLine(c, items, true)),
  )
}

/** What has come to the last step of the ladder since it was last told. */
const escalated = async (c: Context, { since }: Told): Promise<Section[]> => {
  const { ladder } = c.office.settings
  const due = { from: ladderHorizon(c.today, since, ladder, c.calendar), to: addDays(c.today, -1) }
  const found = seenAll(c, await findDuties(c.db, { states: ['open', 'returned', 'unclaimed'], due }))
  const late = found.filter(
    ({ duty, overdue }) =>
      overdue && duty.dueOn !== null && ladderStep(duty.dueOn, c.today, since, ladder, c.calendar) === 3,
  )
  const entries = together(late, true)
  return section(
    `逾期满${ladder[2]}个工作日的${late.length}项`,
    entries.map((entry) => entryLine(c, entry, true)),
  )
}

/** Rooms that have gone quiet or were lost: told once when they become so, and on list days. */
const ailing = async (c: Context, told: Told): Promise<Section[]> => {
  // What becomes of this morning's pushes is told tomorrow, whichever of them goes out first.
  const { from, to } = spanOf(c, toldUpTo(c.today, told.since, c.calendar), c.today)
  const rooms = (await roomsAiling(c)).filter(({ at }) => at < to && (isList(told) || at >= from))
  return section(`需要留意的群${rooms.length}个`, await ailingWords(c, rooms))
}

const NAMED = 4

/** Units that owe something and hear nothing: on list days all, else those of which something comes up today. */
const unreachedUnits = async (c: Context, { told, unreached }: OfficeDay): Promise<Section[]> => {
  if (unreached.length === 0) return []
  const { ladder } = c.office.settings
  const owing = await findDuties(c.db, {
    units: [...unreached],
    states: ['open', 'returned'],
    due: { to: isList(told) ? endOf(c.today, 'month') : reminderHorizon(c.today, c.calendar) },
  })
  const isUp = ({ dueOn }: DutyView) =>
    dueOn !== null &&
    (isReminded(dueOn, c.today, told.since, c.calendar) ||
      ladderStep(dueOn, c.today, told.since, ladder, c.calendar) !== undefined)
  const counts = new Map<string, number>()
  for (const duty of owing.filter((one) => isList(told) || isUp(one)))
    counts.set(duty.unit, (counts.get(duty.unit) ?? 0) + 1)
  if (counts.size === 0) return []
  const names = [...counts].slice(0, NAMED).map(([unit, n]) => `${unitName(c, unit)}（应办${n}项）`)
  const text = `${names.join('、')}${counts.size > NAMED ? `等${counts.size}个单位` : ''}：没有绑定群，也没有绑定的联络员`
  return section('推送不到的单位', [{ text }])
}

/** On list days: how much falls due, at how many units, and how much is late. */
const outlook = async (c: Context, { week, month }: Told): Promise<Section[]> => {
  if (!week && !month) return []
  const to = week ? addDays(startOfWeek(c.today), 6) : endOf(c.today, 'month')
  const near = seenAll(c, await findDuties(c.db, { states: ['open', 'returned', 'unclaimed'], due: { to } }))
  const mine = near.filter(({ state, duty }) => state !== 'unclaimed' && !isClassLine(c, duty.unit))
  const late = mine.filter(({ duty }) => (duty.dueOn ?? '') <= lateUpTo(c.today, c.calendar)).length
  const ahead = mine.filter(({ duty }) => (duty.dueOn ?? '') >= c.today)
  const unconfirmed = await countDuties(c.db, { states: ['unconfirmed'] })
  if (mine.length + unconfirmed === 0) return []
  const units = new Set(ahead.map(({ duty }) => duty.unit)).size
  const text = `${ahead.length}项到期${units > 0 ? `，涉及${units}个单位` : ''}；已逾期${late}项${unconfirmed > 0 ? `；待核实${unconfirmed}项` : ''}`
  return section(week ? '本周' : '本月', [{ text }])
}

const shown = (sections: readonly Section[]): { blocks: Block[]; cut: boolean } => {
  const shares = sharesOf(sections.map(({ lines }) => lines.length))
  return {
    blocks: sections.map(({ title, lines }, i) => ({ kind: 'list', title, lines: lines.slice(0, shares[i]) })),
    cut: sections.some(({ lines }, i) => lines.length > (shares[i] ?? 0)),
  }
}

const sealLine = async (c: Context): Promise<string | undefined> => {
  const seal = await lastSeal(c.db)
  return (
    seal && `台账封印（${dayWords(seal.day, c.today)}，${seal.heads}个对象）：校验值 ${seal.hash}。请留存本条备查。`
  )
}

const titleOf = (c: Context, { week, month }: Told): string => {
  const monday = startOfWeek(c.today)
  if (week) return `本周督办工作（${dayWords(monday, c.today)}—${dayWords(addDays(monday, 6), c.today)}）`
  return month ? `本月督办工作（${Number(c.today.slice(5, 7))}月）` : `今日督办工作（${dayWords(c.today, c.today)}）`
}

/**
 * The office's one message of a day: what waits for it, what has come to it, what has not arrived. Undefined where there is
 * nothing to do; the seal alone is told on the first workday of the week.
 */
export const officeDayCard = async (c: Context, day: OfficeDay): Promise<Card | undefined> => {
  const { told } = day
  const queue = await waiting(c)
  const late = await escalated(c, told)
  const sections = [
    ...queue,
    ...(await requests(c)),
    ...(await unclaimed(c, told)),
    ...late,
    ...(await ailing(c, told)),
    ...(await unreachedUnits(c, day)),
    ...(await outlook(c, told)),
  ]
  const missed = await missedLine(c, toldUpTo(c.today, told.since, c.calendar), c.today)
  const seal = await sealLine(c)
  if (sections.length === 0 && !missed && !(told.week && seal)) return undefined
  const { blocks, cut } = shown(sections)
  const notes = [
    cut ? '未列全的，回复“待审核的反馈”“延期中的任务”“待认领任务”“逾期任务”查看。' : undefined,
    missed,
    seal,
  ]
  const buttons: Button[] = [
    ...(queue.length > 0
      ? [
          {
            label: '查看待审核',
            style: 'primary' as const,
            intent: { intent: 'list' as const, state: 'review' as const },
          },
        ]
      : []),
    ...(missed ? [{ label: '推送情况', intent: { intent: 'deliveries' as const } }] : []),
  ]
  return {
    title: titleOf(c, told),
    tone: late.length > 0 ? 'late' : missed ? 'warn' : 'plain',
    blocks: [
      ...(blocks.length > 0 ? blocks : [{ kind: 'text' as const, text: '没有需要办理的事项。' }]),
      ...notes.flatMap((text): Block[] => (text ? [{ kind: 'note', text }] : [])),
    ],
    ...(buttons.length > 0 && { buttons }),
  }
}
