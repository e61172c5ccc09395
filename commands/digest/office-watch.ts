import { countDuties, type DutyView, findDuties } from '../../db/queries/duties.ts'
import { peopleReached, roomsOf } from '../../db/queries/people.ts'
import { answering } from '../../src/model/contact.ts'
import { isList, type Told } from '../../src/model/recipe.ts'
import { addDays, endOf, startOfWeek } from '../../src/time/day.ts'
import { isReminded, ladderHorizon, ladderStep, reminderHorizon, toldUpTo } from '../../src/time/remind.ts'
import { lateUpTo } from '../../src/time/schedule.ts'
import type { Context } from '../command.ts'
import { spanOf } from '../delivery-words.ts'
import { entryLine, together } from '../page.ts'
import { isClassLine, unitName } from '../present.ts'
import { mainRooms } from '../rooms.ts'
import { ailingWords, roomsAiling } from '../rooms-ailing.ts'
import { type Part, part, seenAll } from './parts.ts'

/** What the office keeps an eye on: what is late or comes up, and who does not hear of it. */

/** What has come to the last step of the ladder since it was last told. */
export const escalated = async (c: Context, { since }: Told): Promise<Part[]> => {
  const { ladder } = c.office.settings
  const due = { from: ladderHorizon(c.today, since, ladder, c.calendar), to: addDays(c.today, -1) }
  const found = seenAll(c, await findDuties(c.db, { states: ['open', 'returned', 'unclaimed'], due }))
  const late = found.filter(
    ({ duty, overdue }) =>
      overdue && duty.dueOn !== null && ladderStep(duty.dueOn, c.today, since, ladder, c.calendar) === 3,
  )
  const entries = together(late, true)
  return part(
    `逾期满${ladder[2]}个工作日的${late.length}项`,
    entries.map((entry) => entryLine(c, entry, true)),
  )
}

/** Rooms that have gone quiet or were lost: told once when they become so, and on list days. */
export const ailing = async (c: Context, told: Told): Promise<Part[]> => {
  // What becomes of this morning's pushes is told tomorrow, whichever of them goes out first.
  const { from, to } = spanOf(c, toldUpTo(c.today, told.since, c.calendar), c.today)
  const rooms = (await roomsAiling(c)).filter(({ at }) => at < to && (isList(told) || at >= from))
  return part(`需要留意的群${rooms.length}个`, await ailingWords(c, rooms))
}

/** Units that no push reaches: without a room, and without anybody answering for them whose account is known. */
const unreachedIn = async (c: Context): Promise<string[]> => {
  const main = mainRooms(c.office, await roomsOf(c.db))
  const liaisons = (await peopleReached(c.db)).filter(({ role }) => role === 'liaison')
  return c.office.units
    .filter(({ id, kind, succession }) => kind === 'unit' && !succession && !main.has(id))
    .filter(({ id }) => answering(id, liaisons, c.today).length === 0)
    .map(({ id }) => id)
}

const NAMED = 4

/** Units that owe something and hear nothing: on list days all, else those of which something comes up today. */
export const unreached = async (c: Context, told: Told): Promise<Part[]> => {
  const units = await unreachedIn(c)
  if (units.length === 0) return []
  const { ladder } = c.office.settings
  const owing = await findDuties(c.db, {
    units,
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
  return part('推送不到的单位', [{ text }])
}

/** On list days: how much falls due, at how many units, and how much is late. */
export const outlook = async (c: Context, { week, month }: Told): Promise<Part[]> => {
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
  return part(week ? '本周' : '本月', [{ text }])
}
