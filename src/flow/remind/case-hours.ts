import { caseIn } from '../../../commands/cases.ts'
import { type CaseRow, casesInHours } from '../../../db/queries/cases.ts'
import { peopleReached, roomsOf } from '../../../db/queries/people.ts'
import type { Case } from '../../model/case.ts'
import type { Clock, Moment } from '../../model/clock.ts'
import { type Address, addressFrom, addressKey } from '../../model/message.ts'
import type { CaseRecipe } from '../../model/recipe.ts'
import { registers } from '../../register/index.ts'
import type { RegisterContext } from '../../register/register.ts'
import { atOffice } from '../../time/day.ts'
import { clockStep } from '../../time/remind.ts'
import { registerContext } from '../case/context.ts'
import type { Deps } from '../deps.ts'
import { officePlaces, unitPlaces } from './places.ts'
import type { Planned } from './planned.ts'

const HOUR_MS = 3_600_000
/** The first step before the end of a clock; until then it is told that it has begun. */
const FIRST_STEP_MS = 4 * HOUR_MS

/** What a case has come to: told to everybody whom it concerns, or to the people named for it alone. */
interface Alarm {
  cause: string
  told: CaseRecipe['told']
  due: Moment
  named?: true
  until: Date
}

const isOfHours = (clock: Clock): clock is Clock & { due: Moment } =>
  clock.state === 'running' && clock.due !== null && clock.due.length > 10

/** Of one clock, its present step; once it is over that it is, and then every hour to those named for it, a few times. */
const alarmsOfClock = (due: Moment, instant: (moment: Moment) => Date, now: Date, most: number): Alarm[] => {
  const end = instant(due)
  const passed = Math.floor((now.getTime() - end.getTime()) / HOUR_MS)
  if (passed > most) return []
  if (passed >= 0) {
    const until = new Date(end.getTime() + (most + 1) * HOUR_MS)
    const over = { cause: `${due}:over`, told: 'over' as const, due, until }
    const again = { ...over, cause: `${over.cause}:${passed}`, named: true as const }
    return passed > 0 ? [over, { ...again, until: new Date(end.getTime() + (passed + 1) * HOUR_MS) }] : [over]
  }
  const step = clockStep(end, now)
  return step === undefined ? [] : [{ cause: `${due}:${step}`, told: 'left', due, until: end }]
}

/** Hours that a case's clocks have begun to run, whether or not they still do: which, and when each ends by that. */
const startsOf = (it: Case, c: RegisterContext): Map<string, Moment> =>
  new Map(
    registers[it.kind]
      .view(it, c)
      .clocks.flatMap(({ name, steps }) =>
        steps.flatMap(({ does, at, due }): [string, Moment][] =>
          (does === 'start' || does === 'restart') && due !== undefined && due.length > 10
            ? [[`${name} ${at} ${due}`, due]]
            : [],
        ),
      ),
  )

/** The last thing that set clocks going is told of once, with all of them, unless the first is near its end already. */
const begun = (it: Case, c: RegisterContext, instant: (moment: Moment) => Date, now: Date): Alarm[] => {
  let starts = startsOf(it, c)
  for (let nth = it.events.length; nth > 0; nth--) {
    const before = nth > 1 ? startsOf({ ...it, events: it.events.slice(0, nth - 1) }, c) : new Map<string, Moment>()
    const fresh = [...starts].filter(([key]) => !before.has(key)).map(([, due]) => due)
    const [first] = fresh.sort()
    if (first !== undefined) {
      const until = new Date(instant(first).getTime() - FIRST_STEP_MS)
      return now < until ? [{ cause: `${nth}:begun`, told: 'begun', due: '', until }] : []
    }
    starts = before
  }
  return []
}

/**
 * Hours of cases, day and night: the unit that has the case, the office, and the people whom the office has named. What it
 * comes to is worked out anew each minute, so that a missed one and a second server change nothing.
 */
export const planCaseHours = async (deps: Deps): Promise<Planned[]> => {
  const rows = await casesInHours(deps.store)
  if (rows.length === 0) return []
  const { view } = await deps.cache(deps.store)
  const c = await registerContext(deps)
  const now = deps.now()
  const instant = (moment: Moment): Date => atOffice(moment.slice(0, 10), moment.slice(11), deps.zone)
  const { escalate, alarms: most } = view.settings.registers
  const alarmsOf = (row: CaseRow): Alarm[] => {
    const it = caseIn(row)
    const running = registers[it.kind].view(it, c).clocks.filter(isOfHours)
    if (running.length === 0) return []
    const ends = [...new Set(running.map(({ due }) => due))]
    return [...begun(it, c, instant, now), ...ends.flatMap((due) => alarmsOfClock(due, instant, now, most))]
  }
  const due = rows.map((row) => ({ row, alarms: alarmsOf(row) })).filter(({ alarms }) => alarms.length > 0)
  if (due.length === 0) return []
  const [rooms, people] = [await roomsOf(deps.store), await peopleReached(deps.store)]
  const unitPlace = unitPlaces(view, rooms, people, c.today)
  const office = officePlaces(rooms, people).map(({ address }) => address)
  const named = people
    .filter(({ id }) => escalate.includes(id))
    .flatMap(({ key }): Address[] => [addressFrom(key, 'person')].flatMap((address) => address ?? []))
  const planned = due.flatMap(({ row: { id, unit }, alarms }) =>
    alarms.flatMap(({ cause, told, due: ends, named: alone, until }) => {
      const batch = `case:${id}:${cause}`
      return [...(alone ? [] : [...(unit ? unitPlace(unit) : []), ...office]), ...named].map(
        (address): Planned => ({
          id: `${batch}:${addressKey(address)}`,
          ...{ batch, address, units: unit ? [unit] : [] },
          recipe: { kind: 'case', case: id, unit, told, due: ends },
          ...{ dueAt: now, validUntil: until },
        }),
      )
    }),
  )
  return [...new Map(planned.map((one) => [one.id, one])).values()]
}
