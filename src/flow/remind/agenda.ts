import { unitsMoved } from '../../../commands/calendar.ts'
import { figuresAsked } from '../../../commands/digest/tallies.ts'
import { mainRooms } from '../../../commands/rooms.ts'
import { casesDueBy } from '../../../db/queries/cases.ts'
import { type DutyView, findDuties } from '../../../db/queries/duties.ts'
import type { OfficeView } from '../../../db/queries/office.ts'
import { batchRooms } from '../../../db/queries/outbox.ts'
import { peopleReached, type Reached, type RoomView, roomsOf } from '../../../db/queries/people.ts'
import { dayBatch, monthBatch, weekBatch } from '../../model/batch.ts'
import type { Day } from '../../model/deadline.ts'
import { stateOn } from '../../model/life.ts'
import { type Address, addressKey } from '../../model/message.ts'
import { isList, type MovedDays, type Recipe, type Step, type Told } from '../../model/recipe.ts'
import type { Calendar } from '../../time/calendar.ts'
import { addDays, atOffice, dayOf, startOfWeek } from '../../time/day.ts'
import {
  CASE_DAYS,
  isCaseReminded,
  isListDay,
  isReminded,
  ladderHorizon,
  ladderStep,
  reminderHorizon,
  toldUpTo,
} from '../../time/remind.ts'
import { readMark, turnedSince } from '../calendar/mark.ts'
import type { Deps } from '../deps.ts'
import type { Planned } from './planned.ts'
import { unitsTold } from './told.ts'

/** What has come up for a unit today: something falls due or was moved, its figures are asked for, or something has come to steps of the ladder. */
interface Up {
  soon: boolean
  steps: ReadonlySet<Step>
}

interface Window {
  from: Date
  to: Date
}

/** Today as it lies before the planners of digests: everything that decides who hears something, read and worked out once. */
export interface Agenda {
  view: OfficeView
  calendar: Calendar
  zone: string
  now: Date
  today: Day
  rooms: readonly RoomView[]
  people: readonly Reached[]
  /** What everybody is told who asked for nothing else: the lists of today, and since when. */
  told: Told
  /** The push of today, by which its digests are counted together. */
  batch: string
  /** Each unit's main room. */
  main: ReadonlyMap<string, RoomView>
  up: ReadonlyMap<string, Up>
  /** Units whose head has an account, and hears the second step alone. */
  headed: ReadonlySet<string>
  /** Units whose days another calendar moved, from one hour of lists to the next: so none is told twice or missed. */
  moved: { units: ReadonlySet<string>; window: Window }
  /** Places that have their digest of today, or one that still waits. */
  served: ReadonlySet<string>
  /** Units that have had their own digest of today, with the key of the place. */
  unitsTold: ReadonlyMap<string, string>
}

type Dates = Pick<Agenda, 'view' | 'calendar' | 'zone' | 'today'> & { since: Day | '' }

/** Every batch under which a digest of today may have been queued, whatever the lists then were. */
const batchesOf = (today: Day) =>
  ({ week: weekBatch(startOfWeek(today)), month: monthBatch(today), day: dayBatch(today) }) as const

const movedWindow = ({ view, calendar, zone, today, since }: Dates): Window => ({
  from: atOffice(toldUpTo(today, since, calendar), view.settings.digestAt, zone),
  to: atOffice(today, view.settings.digestAt, zone),
})

const upBy = (
  duties: readonly { unit: string; dueOn: Day | null; isCase?: true }[],
  moved: ReadonlySet<string>,
  asked: ReadonlySet<string>,
  { view, calendar, today, since }: Dates,
): Map<string, Up> => {
  const up = new Map<string, { soon: boolean; steps: Set<Step> }>()
  for (const unit of [...moved, ...asked]) up.set(unit, { soon: true, steps: new Set() })
  for (const { unit, dueOn, isCase } of duties) {
    if (!dueOn) continue
    const soon = (isCase ? isCaseReminded : isReminded)(dueOn, today, since, calendar)
    const step = ladderStep(dueOn, today, since, view.settings.ladder, calendar)
    if (!soon && !step) continue
    const known = up.get(unit) ?? { soon: false, steps: new Set() }
    up.set(unit, known)
    known.soon ||= soon
    if (step) known.steps.add(step)
  }
  return up
}

/** Duties that may be reminded of today: open, returned, or a unit's own by its silence. */
const dutiesNear = async (deps: Deps, { view, calendar, today, since }: Dates): Promise<DutyView[]> => {
  const due = {
    from: ladderHorizon(today, since, view.settings.ladder, calendar),
    to: reminderHorizon(today, calendar),
  }
  const found = await findDuties(deps.store, { states: ['open', 'returned', 'unclaimed'], due })
  return found.filter((duty) => stateOn(duty, today) !== 'unclaimed')
}

/** Cases of units that are counted in days; hours are told of as they run. */
const casesNear = async (deps: Deps, { calendar, today }: Dates) =>
  (await casesDueBy(deps.store, calendar.addWorkdays(today, CASE_DAYS)))
    .filter(({ unit, due }) => unit !== '' && due?.length === 10)
    .map(({ unit, due }) => ({ unit, dueOn: due, isCase: true as const }))

/** The agenda of today as the office's rows are now; `since`: the last day that was planned, '' for none. */
export const readAgenda = async (deps: Deps, since: Day | ''): Promise<Agenda> => {
  const { view, calendar } = await deps.cache(deps.store)
  const { zone } = deps
  const now = deps.now()
  const today = dayOf(now, zone)
  const dates = { view, calendar, zone, today, since }
  const window = movedWindow(dates)
  const moved = turnedSince(readMark(view.calendar), window.from)
    ? await unitsMoved(deps.store, window)
    : new Set<string>()
  const tellers = view.units.filter(({ kind, succession }) => kind === 'unit' && !succession).map(({ id }) => id)
  const asked = await figuresAsked({ db: deps.store, office: view, today, calendar }, tellers, since)
  const batches = batchesOf(today)
  const midnight = atOffice(today, '00:00', zone)
  const rooms = await roomsOf(deps.store)
  const people = await peopleReached(deps.store)
  const told = {
    week: isListDay(today, 'week', since, calendar),
    month: isListDay(today, 'month', since, calendar),
    since,
  }
  return {
    ...{ view, calendar, zone, now, today, rooms, people, told },
    batch: told.week ? batches.week : told.month ? batches.month : batches.day,
    main: mainRooms(view, rooms),
    up: upBy(
      [...(await dutiesNear(deps, dates)), ...(await casesNear(deps, dates))],
      moved,
      asked?.units ?? new Set(),
      dates,
    ),
    headed: new Set(people.flatMap(({ role, units }) => (role === 'head' ? units : []))),
    moved: { units: moved, window },
    served: await batchRooms(deps.store, Object.values(batches), midnight),
    unitsTold: await unitsTold(deps.store, view, rooms, { batches: Object.values(batches), since: midnight }),
  }
}

/** Has something come up for the unit that those are told who hear these steps? */
export const isUp = ({ up }: Agenda, unit: string, steps: readonly Step[]): boolean => {
  const own = up.get(unit)
  return own !== undefined && (own.soon || steps.some((step) => own.steps.has(step)))
}

/** What of moved days a digest of these units tells, as a part of its recipe. */
export const movedOf = ({ moved: { units: all, window } }: Agenda, units: readonly string[]): { moved?: MovedDays } => {
  const own = units.filter((unit) => all.has(unit))
  return own.length > 0 ? { moved: { units: own, from: window.from.toISOString(), to: window.to.toISOString() } } : {}
}

/** One message of today's push: a list is of use for the week, a reminder for the day, and where a room is muted it comes afterwards. */
export const messageTo = (
  { view, zone, now, today, batch }: Agenda,
  { address, mutedUntil }: { address: Address; mutedUntil?: Date | null },
  units: string[],
  recipe: Recipe,
): Planned => {
  const forWeek = recipe.kind === 'leader' || (recipe.kind === 'digest' && isList(recipe.told))
  return {
    id: `${batch}:${addressKey(address)}`,
    ...{ batch, recipe, address, units },
    dueAt: mutedUntil && mutedUntil > now ? mutedUntil : now,
    validUntil: atOffice(forWeek ? addDays(startOfWeek(today), 6) : today, view.settings.hours.to, zone),
  }
}
