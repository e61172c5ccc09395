import { type CaseRow, casesOf } from '../db/queries/cases.ts'
import { type DutyView, factsOf, findDuties } from '../db/queries/duties.ts'
import { factsOfKind } from '../db/queries/paper-rows.ts'
import type { Reader } from '../db/store.ts'
import type { Case } from '../src/model/case.ts'
import type { Day } from '../src/model/deadline.ts'
import { mayHappen, stateOn } from '../src/model/life.ts'
import { activity, isLed, type Sort, sortOf, stands } from '../src/register/activity.ts'
import { titled } from '../src/register/plain.ts'
import { numberOf } from '../src/register/register.ts'
import type { Calendar } from '../src/time/calendar.ts'
import { isDay } from '../src/time/day.ts'
import { overdueOn, periodOf } from '../src/time/schedule.ts'
import { caseIn } from './cases.ts'
import type { Happening } from './command.ts'
import { afterwards } from './happen.ts'
import { dutyRow } from './row.ts'

/** What the office has said counts for a demand of a task: activities of a sort, or only those with the main leader. */
export interface Counts {
  task: string
  demand: number
  sort: Sort
  led: boolean
}

type Seen = { db: Reader; calendar: Calendar; today: Day }

/** A duty that activities count for: as it was, what is written, as it is. */
export interface Fed {
  duty: DutyView
  facts: Happening[]
  after: DutyView
}

/** What the office has said last of each demand (`task demand`); undefined: that its reports alone count. */
export const countsSaid = async (db: Reader): Promise<Map<string, Counts | undefined>> => {
  const last = new Map<string, Counts | undefined>()
  for (const { id, body } of await factsOfKind(db, 'task', 'fed-by')) {
    const { demand, sort, led } = body
    const counts = { task: id, demand: Number(demand), sort: sort as Sort, led: led === true }
    last.set(`${id} ${demand}`, sort === '' ? undefined : counts)
  }
  return last
}

/** What counts for which tasks. */
export const countsOf = async (db: Reader): Promise<Counts[]> =>
  [...(await countsSaid(db)).values()].filter((one) => one !== undefined)

/** One entry of the register, as it counts. */
interface Held {
  number: string
  unit: string
  day: Day
  sort: Sort
  led: boolean
}

const heldIn = (it: Case): Held[] => {
  if (!stands(it)) return []
  const { unit, openedOn: day } = titled(it)
  return [{ number: numberOf(activity, it), unit, day, sort: sortOf(it), led: isLed(it) }]
}

/** The days whose activities count in a duty's round; of a single day those of its year up to it. */
const daysOf = ({ round, dueOn }: DutyView): { from: Day; to: Day } | undefined => {
  const period = periodOf(round)
  if (!period) return undefined
  return isDay(round) ? { from: `${round.slice(0, 4)}-01-01`, to: dueOn ?? period.to } : period
}

const meets = (duty: DutyView, { sort, led }: Counts, one: Held): boolean => {
  const days = daysOf(duty)
  if (!days || one.unit !== duty.unit || one.sort !== sort || (led && !one.led)) return false
  return one.day >= days.from && one.day <= days.to
}

/** Numbers of the activities that count for each duty now. */
const countedFor = async (db: Reader, ids: readonly string[]): Promise<Map<string, Set<string>>> => {
  const now = new Map(ids.map((id) => [id, new Set<string>()]))
  const facts = (await factsOf(db, 'duty', ids)).filter(({ kind }) => kind === 'counted' || kind === 'uncounted')
  for (const { id, kind, body } of facts.sort((a, b) => a.seq - b.seq))
    if (kind === 'counted') now.get(id)?.add(String(body.activity))
    else now.get(id)?.delete(String(body.activity))
  return now
}

/** One entry goes out of a duty's count where it is gone, and others come in while any are owed. */
const putRight = (
  c: Seen,
  duty: DutyView,
  counted: ReadonlySet<string>,
  { gone, held }: { gone: string | undefined; held: readonly Held[] },
): Fed => {
  const row = dutyRow(duty)
  const out: Happening[] =
    gone !== undefined && counted.has(gone) && mayHappen('uncounted', duty.state)
      ? [{ row, kind: 'uncounted', body: { on: c.today, activity: gone } }]
      : []
  // What silence after the claim day made its unit's own is claimed by what counts for it.
  const silent = duty.state === 'unclaimed' && stateOn(duty, c.today) === 'open'
  const own: Happening[] = silent ? [{ row, kind: 'claimed', body: { on: c.today } }] : []
  const then = afterwards(duty, [...own, ...out])
  const owed = mayHappen('counted', then.state) ? then.times - then.approved : 0
  const fresh = held.filter(({ number }) => !counted.has(number)).sort((a, b) => (a.day < b.day ? -1 : 1))
  const come = fresh.slice(0, Math.max(0, owed)).map(({ number, day }): Happening => {
    const late = duty.dueOn !== null && overdueOn(duty.dueOn, day, c.calendar)
    return { row, kind: 'counted', body: { on: c.today, activity: number, day, late } }
  })
  const facts = [...(come.length > 0 ? own : []), ...out, ...come]
  return { duty, facts, after: afterwards(duty, facts) }
}

const rowsWith = (rows: readonly CaseRow[], changed: Case | undefined): Case[] => {
  const known = rows.map(caseIn)
  if (!changed) return known
  return [...known.filter(({ year, ord }) => year !== changed.year || ord !== changed.ord), changed]
}

/** Duties for which an entry counted once, whatever the office says of their tasks today and whose they are. */
const thatCounted = async (db: Reader, number: string): Promise<DutyView[]> => {
  const facts = await factsOfKind(db, 'duty', 'counted')
  const ids = facts.filter(({ body }) => body.activity === number).map(({ id }) => id)
  return findDuties(db, { ids: [...new Set(ids)] })
}

const dutiesFor = async ({ db }: Seen, rules: readonly Counts[], changed: Case | undefined): Promise<DutyView[]> => {
  if (changed && !stands(changed)) return thatCounted(db, numberOf(activity, changed))
  const of = changed ? rules.filter(({ sort }) => sort === sortOf(changed)) : rules
  const tasks = [...new Set(of.map(({ task }) => task))]
  return findDuties(db, { tasks, ...(changed && { units: [titled(changed).unit] }) })
}

/**
 * The duties that activities count for, put right with the register as it will stand after `changed`: an activity that
 * was entered counts once for each duty of its unit whose round its day lies in; one that was cancelled is taken back.
 * Without `changed`: all that these rules speak of.
 */
export const fedBy = async (c: Seen, rules: readonly Counts[], changed?: Case): Promise<Fed[]> => {
  const duties = (await dutiesFor(c, rules, changed)).filter(({ archivedOn }) => archivedOn === null)
  if (duties.length === 0) return []
  const rows = await casesOf(c.db, { kinds: ['activity'], units: [...new Set(duties.map(({ unit }) => unit))] })
  const held = rowsWith(rows, changed).flatMap(heldIn)
  const ids = duties.map(({ id }) => id)
  const counted = await countedFor(c.db, ids)
  const gone = changed && !stands(changed) ? numberOf(activity, changed) : undefined
  return duties.map((duty) => {
    const rule = rules.find(({ task, demand }) => task === duty.task && demand === duty.demand)
    const fitting = rule ? held.filter((one) => meets(duty, rule, one)) : []
    return putRight(c, duty, counted.get(duty.id) ?? new Set(), { gone, held: fitting })
  })
}

/** The same for what is decided of a case of any register: only activities count. */
export const feeding = async (c: Seen, next: Case): Promise<Fed[]> =>
  next.kind === 'activity' ? fedBy(c, await countsOf(c.db), next) : []

/** What is written for all of them. */
export const fedFacts = (fed: readonly Fed[]): Happening[] => fed.flatMap(({ facts }) => facts)
