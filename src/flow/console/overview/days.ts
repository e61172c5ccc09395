import { unitName } from '../../../../commands/present.ts'
import { countsByDay, provisionalByDay, provisionalSoonest } from '../../../../db/queries/overview.ts'
import { daysOff } from '../../../time/days-off.ts'
import { daysOf, momentOf, type Scope } from './scope.ts'

/** What falls due on each day of a year, over the office's calendar of it. */
export const dueCalendarOf = async (scope: Scope, year: number) => {
  const { c, units, plans } = scope
  const asked = { units, plans, from: `${year}-01-01`, to: `${year}-12-31` }
  const days = await countsByDay(c.db, { ...asked, ...momentOf(scope) })
  const { off, work } = daysOff(year, c.calendar)
  return {
    ...{ asOf: c.now.toISOString(), today: c.today, year, provisional: c.calendar.provisional(year), off, work },
    days: days
      .flatMap(({ day, ...counts }) => (day ? [{ day, ...counts }] : []))
      .sort((a, b) => (a.day < b.day ? -1 : 1)),
  }
}

/** The duties whose day hangs on a year whose holiday notice is not out. */
export const provisionalOf = async (scope: Scope) => {
  const { c, units, plans } = scope
  const asked = { units, plans, ...daysOf(scope) }
  const years = new Map<number, number>()
  for (const { day, n } of await provisionalByDay(c.db, asked)) {
    const year = Number(day?.slice(0, 4))
    years.set(year, (years.get(year) ?? 0) + n)
  }
  const rows = years.size > 0 ? await provisionalSoonest(c.db, asked) : []
  return {
    asOf: c.now.toISOString(),
    years: [...years].map(([year, n]) => ({ year, n })).sort((a, b) => a.year - b.year),
    rows: rows.flatMap(({ id, dueOn, unit, plan, number }) =>
      dueOn ? [{ id, code: `${plan}-${number}`, unit: unitName(c, unit), dueOn }] : [],
    ),
  }
}
