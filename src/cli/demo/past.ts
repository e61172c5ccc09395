import { createTryAdapter } from '../../../adapters/console/try.ts'
import { type DutyView, findDuties } from '../../../db/queries/duties.ts'
import { deliver } from '../../flow/deliver.ts'
import type { Deps } from '../../flow/deps.ts'
import { dispatch } from '../../flow/dispatch.ts'
import { tick } from '../../flow/tick.ts'
import type { Day } from '../../model/deadline.ts'
import type { Intent } from '../../model/intent.ts'
import type { Actor } from '../../model/person.ts'
import { type Calendar, workdaysBefore } from '../../time/calendar.ts'
import { addDays, atOffice, dayOf } from '../../time/day.ts'
import { officePerson, PUNCTUAL, WAITING } from './cast.ts'

/** What happened before the newcomer came: reports and checks on past days, said as anybody says them, each on its day. */

const WEEK = 5

interface Deed {
  at: Date
  what: 'report' | 'approve'
  /** Of one task; a report is of one duty. */
  duties: DutyView[]
}

/** How a unit has dealt with a duty; of ten duties the first was forgotten, one waits to be checked, one came late. */
type Manner = 'early' | 'late' | 'waits' | 'forgotten'

const manners: Manner[] = ['forgotten', 'early', 'early', 'early', 'early', 'early', 'waits', 'early', 'late', 'early']
const mannerOf = (place: number): Manner => manners[place % manners.length] ?? 'early'

/** Manners by duty: the units that one may speak as have their own parts in the play. */
const mannersOf = (duties: readonly DutyView[], units: { punctual: string; waiting: string }): Map<string, Manner> => {
  const others = duties.filter(({ unit }) => unit !== units.punctual && unit !== units.waiting)
  const last = duties.filter(({ unit }) => unit === units.waiting).pop()
  return new Map([
    ...duties.map(({ id }) => [id, 'early'] as const),
    ...others.map(({ id }, place) => [id, mannerOf(place)] as const),
    ...(last ? [[last.id, 'waits'] as const] : []),
  ])
}

interface Days {
  calendar: Calendar
  zone: string
  from: Day
}

/** The days of its reports, the first first: one to five workdays before the due day, those that go before a week earlier each. */
const reportDays = ({ dueOn, times }: DutyView, manner: Manner, place: number, { calendar, from }: Days): Day[] => {
  if (!dueOn) return []
  const last = manner === 'late' ? calendar.addWorkdays(dueOn, 2) : workdaysBefore(dueOn, 1 + (place % 5), calendar)
  const days = Array.from({ length: times }, (_, i) => workdaysBefore(last, WEEK * (times - 1 - i), calendar))
  return days.map((day) => (day < from ? from : day)).filter((day, i, all) => day !== all[i - 1])
}

/** Reported in the morning, checked in the afternoon of the next workday. */
const deedsOf = (duty: DutyView, manner: Manner, place: number, days: Days): Deed[] => {
  if (manner === 'forgotten') return []
  const deeds = reportDays(duty, manner, place, days).flatMap((day): Deed[] => [
    { at: atOffice(day, '10:20', days.zone), what: 'report', duties: [duty] },
    { at: atOffice(days.calendar.addWorkdays(day, 1), '15:00', days.zone), what: 'approve', duties: [duty] },
  ])
  return manner === 'waits' ? deeds.slice(0, -1) : deeds
}

/** The reports on one task that are checked at the same moment are checked in one message. */
const together = (deeds: readonly Deed[]): Deed[] => {
  const found = new Map<string, Deed>()
  for (const deed of deeds) {
    const [first] = deed.duties
    const key = `${deed.what} ${deed.at.getTime()} ${deed.what === 'report' ? first?.id : first?.task}`
    const known = found.get(key)
    if (known) known.duties.push(...deed.duties)
    else found.set(key, { ...deed, duties: [...deed.duties] })
  }
  return [...found.values()]
}

const linkOf = ({ number, dueOn }: DutyView): string =>
  `https://www.example.gov.cn/${dueOn?.slice(0, 7).replace('-', '')}/${number}.html`

const intentOf = async (deps: Deps, { what, duties: [first, ...more] }: Deed): Promise<Intent> => {
  if (!first) return { intent: 'none' }
  const named = { tasks: [first.number], plan: first.planCode }
  if (what === 'report') return { intent: 'report', ...named, period: first.round, links: [linkOf(first)] }
  const now = await findDuties(deps.store, { ids: [first, ...more].map(({ id }) => id), states: ['review'] })
  return { intent: 'approve', ...named, reports: now.map(({ id, version }) => `${id}@${version}`) }
}

const say = async (deps: Deps, actor: Actor, deed: Deed): Promise<void> => {
  const place = { platform: 'console' as const, route: 'try' }
  const [first] = deed.duties
  const words = deed.what === 'report' && first ? `${first.number} 已办理并公开 ${linkOf(first)}` : ''
  const button = await intentOf(deps, deed)
  await dispatch(
    deps,
    {
      ...{ ...place, id: deps.newId(), at: deps.now(), addressed: true, text: words, button },
      from: { id: actor.id, name: actor.name },
      room: { ...place, kind: 'person', id: actor.id },
    },
    true,
    actor,
  )
}

/** What was said in the rooms on past days was read there; the page begins with today. */
const unseen = createTryAdapter({ said: ({ key }) => key, turned: () => true, file: () => undefined })

/** Days on which a server that ran would have pushed, as far as the start may take that long: the workdays of the last four. */
const pushDays = (today: Day, calendar: Calendar): Day[] =>
  [-4, -3, -2, -1].map((n) => addDays(today, n)).filter((day) => calendar.isWorkday(day))

/** Goes through the days since `from` up to now, `setClock` before each thing that happened. The same day gives the same past. */
export const fillPast = async (own: Deps, from: Day, until: Date, setClock: (at: Date) => void): Promise<void> => {
  // Its links are made up: nobody is to be called for them.
  const { checkLink: _, ...quiet } = own
  const deps: Deps = { ...quiet, adapters: [unseen] }
  const today = dayOf(until, deps.zone)
  const office = await deps.cache(deps.store)
  const idOf = (name: string) => office.view.units.find((unit) => unit.name === name)?.id ?? ''
  const owed = (await findDuties(deps.store, { states: ['open'], role: 'lead', due: { from, to: today } })).filter(
    ({ dueAt }) => dueAt === null,
  )
  const mannerBy = mannersOf(owed, { punctual: idOf(PUNCTUAL), waiting: idOf(WAITING) })
  const days = { calendar: office.calendar, zone: deps.zone, from }
  const deeds = together(
    owed
      .flatMap((duty, place) => deedsOf(duty, mannerBy.get(duty.id) ?? 'early', place, days))
      .filter(({ at }) => at <= until),
  )
  const liaisons = await office.liaisons()
  const checker: Actor = { id: (await officePerson(deps)) ?? '', name: '', role: 'office', units: [], charge: [] }
  const ticks = pushDays(today, office.calendar).map((day) => atOffice(day, office.view.settings.digestAt, deps.zone))
  const steps = [...deeds.map((deed) => ({ at: deed.at, deed })), ...ticks.map((at) => ({ at, deed: undefined }))]
  steps.sort((a, b) => a.at.getTime() - b.at.getTime())
  for (const [i, { at, deed }] of steps.entries()) {
    setClock(at)
    if (!deed) {
      await tick(deps, 1000)
      continue
    }
    const [liaison] = liaisons.get(deed.duties[0]?.unit ?? '') ?? []
    const actor = deed.what === 'approve' ? checker : liaison && { ...liaison, charge: [] }
    if (actor) await say(deps, actor, deed)
    if (deed.what === 'approve' && steps[i + 1]?.at.getTime() !== at.getTime()) await deliver(deps, 1000)
  }
  setClock(until)
}
