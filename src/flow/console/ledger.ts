import { withoutMerged } from '../../../commands/find.ts'
import { roundWords, seen, textOf } from '../../../commands/present.ts'
import { type DutyView, findDuties } from '../../../db/queries/duties.ts'
import {
  countLedger,
  type LedgerAsk,
  type LedgerMarks,
  ledgerIds,
  ledgerPlaces,
  ledgerSections,
  ledgerTasks,
  reviewDays,
} from '../../../db/queries/ledger.ts'
import type { LedgerFilter, LedgerRow } from '../../model/ledger.ts'
import { type Actor, readsAll } from '../../model/person.ts'
import { themesIn } from '../../plan/themes.ts'
import type { Calendar } from '../../time/calendar.ts'
import { dayOf, timeOf } from '../../time/day.ts'
import { lateUpTo, yellowUpTo } from '../../time/schedule.ts'
import { withPredecessors } from '../../unit/succession.ts'
import type { Deps } from '../deps.ts'
import { machineContext } from '../machine.ts'
import type { OfficeNow } from '../office.ts'

/** Who asks: a liaison and a head read their own units', a liaison the 配合 parts of what these lead too; the others all. */
export type Asker = Pick<Actor, 'role' | 'units'>

/** Words of a search that are looked for; more narrow no list that a person reads. */
const WORDS = 6

const marksOf = async (deps: Deps, calendar: Calendar, { lights }: LedgerFilter): Promise<LedgerMarks> => {
  const now = deps.now()
  const today = dayOf(now, deps.zone)
  // A report in review is late by the workdays before it: on rest days that is no plain comparison of two days.
  const reported = lights.length > 0 ? await reviewDays(deps.store) : []
  return {
    ...{ today, now },
    lateUpTo: lateUpTo(today, calendar),
    yellowUpTo: yellowUpTo(today, calendar),
    restDays: reported.flatMap((day) => (calendar.isWorkday(day) ? [] : [[day, lateUpTo(day, calendar)] as const])),
  }
}

const wordsOf = ({ view }: OfficeNow, q: string | undefined): LedgerAsk['words'] =>
  [...new Set((q ?? '').toLowerCase().split(/\s+/).filter(Boolean))].slice(0, WORDS).map((word) => ({
    word,
    units: view.units
      .filter(({ name, short }) => [name, ...short].some((one) => one.toLowerCase().includes(word)))
      .map(({ id }) => id),
  }))

const yearOf = ({ view }: OfficeNow, year: number): LedgerAsk['year'] => ({
  ...{ from: `${year}-01-01`, to: `${year}-12-31` },
  plans: view.plans
    .filter(({ document }) => {
      const first = document.year ?? Number(document.issuedOn.slice(0, 4))
      return first <= year && year <= (document.untilYear ?? first)
    })
    .map(({ id }) => id),
})

/** Duties that went into a successor's: in no list, since that one tells how they stand. */
const mergedOf = async (deps: Deps, office: OfficeNow): Promise<string[]> => {
  const former = office.view.units.filter(({ succession }) => succession).map(({ id }) => id)
  if (former.length === 0) return []
  const waived = await findDuties(deps.store, { units: former, states: ['waived'] })
  const stay = new Set((await withoutMerged(machineContext(deps, office), waived)).map(({ id }) => id))
  return waived.map(({ id }) => id).filter((id) => !stay.has(id))
}

/** A filter as it is put to the database for one asker: nobody's filter reaches what is not theirs. */
export const askOf = async (
  deps: Deps,
  office: OfficeNow,
  asker: Asker,
  { q, sort: _, year, ...filter }: LedgerFilter,
): Promise<LedgerAsk> => {
  const { units } = office.view
  return {
    ...filter,
    units: filter.units.length > 0 ? withPredecessors(units, filter.units) : [],
    year: year === undefined ? undefined : yearOf(office, year),
    marks: await marksOf(deps, office.calendar, { ...filter, sort: 'code' }),
    scope: readsAll(asker)
      ? undefined
      : { units: withPredecessors(units, asker.units), parts: asker.role === 'liaison' },
    classes: units.filter(({ kind }) => kind === 'class').map(({ id }) => id),
    merged: await mergedOf(deps, office),
    words: wordsOf(office, q),
  }
}

const remarkOf = (duty: DutyView, zone: string, note: string): string =>
  [
    duty.dueOn && duty.dueAt ? `限${timeOf(duty.dueAt, zone)}前` : '',
    duty.times > 1 ? `已报${duty.approved}/${duty.times}次` : '',
    duty.asked?.kind === 'extension' ? `申请延期到${duty.asked.until}` : '',
    duty.asked?.kind === 'decline' ? '已报不涉及' : '',
    duty.firstDueOn ? `原定${duty.firstDueOn}` : '',
    duty.state === 'done' && duty.late ? '逾期报送' : '',
    duty.secret ? '' : note,
  ]
    .filter(Boolean)
    .join('；')

/** Rows are read and made so many at a time. */
export const ROWS_AT_ONCE = 500

/** Reads rows by their ids, in that order, as they stand now. */
export const openRows = (deps: Deps, office: OfficeNow): ((ids: readonly string[]) => Promise<LedgerRow[]>) => {
  const c = machineContext(deps, office)
  const units = new Map(office.view.units.map((unit) => [unit.id, unit]))
  const plans = new Map(office.view.plans.map(({ id, document }) => [id, document.title]))
  const isClass = (id: string) => id.startsWith('class:') || units.get(id)?.kind === 'class'
  const rowOf = (duty: DutyView, task: { section: string[]; note: string | null } | undefined): LedgerRow => {
    const { state, light, reason } = seen(c, duty)
    return {
      ...{ id: duty.id, code: `${duty.planCode}-${duty.number}`, text: textOf(duty), secret: duty.secret },
      unit: units.get(duty.unit)?.name ?? duty.unit.replace(/^class:/, ''),
      role: duty.role,
      round: roundWords(duty.round, c.today),
      dueOn: state === 'asleep' ? null : duty.dueOn,
      provisional: duty.provisional,
      state: state === 'unclaimed' && isClass(duty.unit) ? 'undivided' : state,
      ...{ light, reason, reportedOn: duty.reportedOn, closedOn: duty.closedOn },
      plan: plans.get(duty.plan) ?? '',
      section: duty.secret ? '' : (task?.section.join(' / ') ?? ''),
      remark: remarkOf(duty, c.zone, task?.note ?? ''),
    }
  }
  return async (ids) => {
    const duties = new Map((await findDuties(deps.store, { ids })).map((duty) => [duty.id, duty]))
    const read = await ledgerTasks(deps.store, [...new Set([...duties.values()].map(({ task }) => task))])
    const tasks = new Map(read.map((task) => [task.id, task]))
    return ids.flatMap((id) => {
      const duty = duties.get(id)
      return duty ? [rowOf(duty, tasks.get(duty.task))] : []
    })
  }
}

/** A page of the rows that an asker may read and asks for, how many there are in all, and as of when. */
export const readLedger = async (
  deps: Deps,
  asker: Asker,
  filter: LedgerFilter,
  page: { offset: number; limit: number },
): Promise<{ total: number; rows: LedgerRow[]; asOf: string }> => {
  const office = await deps.cache(deps.store)
  const ask = await askOf(deps, office, asker, filter)
  const total = await countLedger(deps.store, ask)
  const ids = page.offset < total ? await ledgerIds(deps.store, ask, { ...page, sort: filter.sort }) : []
  const rows = await openRows(deps, office)(ids.map(({ id }) => id))
  return { total, rows, asOf: ask.marks.now.toISOString() }
}

const THEMES = 300
const everything: LedgerFilter = { units: [], states: [], lights: [], sort: 'code' }

/** What there is to choose among for an asker: its units in the roster's order, released plans, and their themes. */
export const ledgerChoices = async (deps: Deps, asker: Asker) => {
  const office = await deps.cache(deps.store)
  const { units, plans } = office.view
  const scoped = readsAll(asker)
    ? undefined
    : await ledgerPlaces(deps.store, await askOf(deps, office, asker, everything))
  const mine = (what: 'unit' | 'plan', id: string) => scoped === undefined || scoped.some((place) => place[what] === id)
  const sections = (await ledgerSections(deps.store)).filter(({ plan }) => mine('plan', plan))
  const themes = plans.flatMap(({ id }) => {
    const own = sections.filter(({ plan }) => plan === id)
    return own.map(({ section }) => section).map(themesIn(own))
  })
  return {
    units: units.filter(({ id }) => mine('unit', id)).map(({ id, name }) => ({ id, name })),
    plans: plans
      .filter(({ id, state }) => state === 'released' && mine('plan', id))
      .map(({ id, code, document }) => ({ id, code, title: document.title })),
    themes: [...new Set(themes.flatMap((theme) => (theme?.whole ? theme.name : [])))].slice(0, THEMES),
  }
}
