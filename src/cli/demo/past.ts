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

interface Deed {
  at: Date
  what: 'report' | 'approve'
  /** Of one task; a report is of one duty. */
  duties: DutyView[]
}

/** How a unit has dealt with a duty; of ten duties one is late, one waits, and one was forgotten. */
type Manner = 'early' | 'late' | 'waits' | 'forgotten'

const mannerOf = (place: number): Manner => {
  const turn = place % 10
  return turn === 4 ? 'forgotten' : turn === 6 ? 'waits' : turn === 8 ? 'late' : 'early'
}

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

/** Reported at 10:00 and later, checked in the afternoon of the next workday. */
const deedsOf = (
  duty: DutyView,
  manner: Manner,
  { calendar, zone, from }: { calendar: Calendar; zone: string; from: Day },
): Deed[] => {
  if (manner === 'forgotten' || !duty.dueOn) return []
  const early = workdaysBefore(duty.dueOn, 1, calendar)
  const reported = manner === 'late' ? calendar.addWorkdays(duty.dueOn, 2) : early < from ? from : early
  const report: Deed = { at: atOffice(reported, '10:20', zone), what: 'report', duties: [duty] }
  const checked = atOffice(calendar.addWorkdays(reported, 1), '15:00', zone)
  return manner === 'waits' ? [report] : [report, { at: checked, what: 'approve', duties: [duty] }]
}

/** The reports on one task that are checked at the same moment are checked in one message. */
const together = (deeds: readonly Deed[]): Deed[] => {
  const found = new Map<string, Deed>()
  for (const deed of deeds) {
    const [first] = deed.duties
    const key = deed.what === 'report' ? `${first?.id}` : `${first?.task} ${deed.at.getTime()}`
    const known = found.get(`${deed.what} ${key}`)
    if (known) known.duties.push(...deed.duties)
    else found.set(`${deed.what} ${key}`, { ...deed, duties: [...deed.duties] })
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
  const deps: Deps = { ...own, adapters: [unseen] }
  const today = dayOf(until, deps.zone)
  const office = await deps.cache(deps.store)
  const idOf = (name: string) => office.view.units.find((unit) => unit.name === name)?.id ?? ''
  const owed = (await findDuties(deps.store, { states: ['open'], role: 'lead', due: { from, to: today } })).filter(
    ({ times, dueAt }) => times === 1 && dueAt === null,
  )
  const manners = mannersOf(owed, { punctual: idOf(PUNCTUAL), waiting: idOf(WAITING) })
  const deeds = together(
    owed
      .flatMap((duty) => deedsOf(duty, manners.get(duty.id) ?? 'early', { ...office, zone: deps.zone, from }))
      .filter(({ at }) => at <= until),
  )
  const liaisons = await office.liaisons()
  const checker: Actor = { id: (await officePerson(deps)) ?? '', name: '', role: 'office', units: [], charge: [] }
  const ticks = pushDays(today, office.calendar).map((day) => atOffice(day, office.view.settings.digestAt, deps.zone))
  const steps = [...deeds.map((deed) => ({ at: deed.at, deed })), ...ticks.map((at) => ({ at, deed: undefined }))]
  for (const { at, deed } of steps.sort((a, b) => a.at.getTime() - b.at.getTime())) {
    setClock(at)
    if (!deed) {
      await tick(deps, 1000)
      continue
    }
    const [liaison] = liaisons.get(deed.duties[0]?.unit ?? '') ?? []
    const actor = deed.what === 'approve' ? checker : liaison && { ...liaison, charge: [] }
    if (actor) await say(deps, actor, deed)
    if (deed.what === 'approve') await deliver(deps, 1000)
  }
  setClock(until)
}
