import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { isConflict } from '../../../db/conflict.ts'
import { guard, guardRoster } from '../../../db/guard.ts'
import { movesMark } from '../../../db/queries/office.ts'
import { roomsOf } from '../../../db/queries/people.ts'
import { recomputedIn } from '../../../db/queries/recomputed.ts'
import type { Query, Write } from '../../../db/store.ts'
import { addressKey } from '../../model/message.ts'
import { dayOf } from '../../time/day.ts'
import { nextOpening } from '../../time/remind.ts'
import type { Deps } from '../deps.ts'
import { happeningWrites, officeMoves, type Stamp } from '../ledger.ts'
import type { OfficeNow } from '../office.ts'
import { type Planned, queue } from '../remind/planned.ts'
import { turnCases } from './cases.ts'
import { type Mark, markOf, readMark, stepFor, writeMark } from './mark.ts'
import { movesOfPlan, type PlanMoves } from './moved.ts'

/**
 * The calendar turned over: when a holiday notice comes out, or the office's own days move, every open day that is counted
 * in workdays is computed again. In chunks that guard what they rest on, so that one that broke off is gone on with and
 * two servers move nothing twice; the calendar counts as taken over when all is done.
 */

/** Duties in one batch: three statements each. */
const CHUNK = 50
const TRIES = 5
const WEEK_MS = 7 * 86_400_000

/** The facts of one turn have this in common, whoever writes them and whenever. */
const viaOf = (since: string): string => `calendar:${since}`

/** The mark as it was read becomes another; whoever else moved it first wins. */
const markWrites = (deps: Deps, q: Query, before: string, after: string): Write[] => [
  ...movesMark(deps.store, q, 'calendar', before, after),
  officeMoves(deps, q),
]

const released = ({ view }: OfficeNow) => view.plans.filter(({ state }) => state === 'released')

/** Is any open day marked provisional? */
const anyProvisional = async ({ store: { t, office, q } }: Deps): Promise<boolean> => {
  const running = and(eq(t.duties.office, office), eq(t.duties.provisional, true), ne(t.duties.state, 'done'))
  if ((await q.select({ id: t.duties.id }).from(t.duties).where(running).limit(1)).length > 0) return true
  const open = and(eq(t.cases.office, office), isNull(t.cases.closedOn), eq(t.cases.provisional, true))
  return (await q.select({ id: t.cases.id }).from(t.cases).where(open).limit(1)).length > 0
}

const writeChunks = async (
  deps: Deps,
  plan: string,
  { version, moved }: PlanMoves,
  stamp: Stamp,
  most: number,
): Promise<number> => {
  const { t, office } = deps.store
  const on = dayOf(stamp.at, deps.zone)
  let chunks = 0
  for (let from = 0; from < moved.length && chunks < most; from += CHUNK, chunks++) {
    const happenings = moved.slice(from, from + CHUNK).map(({ duty, body }) => ({
      row: { subject: 'duty' as const, id: duty.id, version: duty.version, head: duty.head, value: duty },
      kind: 'recomputed',
      body: { on, ...body },
    }))
    await deps.store.atomic((q) => [
      guard(t, q, office, 'plans', plan, version),
      ...happeningWrites(deps, q, happenings, stamp),
    ])
  }
  return chunks
}

/** The office hears of the whole turn in one list, in its hours. */
const listsOf = async (deps: Deps, { view, calendar }: OfficeNow, since: string): Promise<Planned[]> => {
  const via = viaOf(since)
  if ((await recomputedIn(deps.store, via)).length === 0) return []
  const dueAt = nextOpening(deps.now(), view.settings.hours, calendar, deps.zone)
  return (await roomsOf(deps.store))
    .filter(({ scope }) => scope === 'office')
    .map(({ address }) => ({
      id: `${via}:${addressKey(address)}`,
      ...{ batch: via, address, units: [], recipe: { kind: 'calendar' as const, via }, dueAt },
      validUntil: new Date(dueAt.getTime() + WEEK_MS),
    }))
}

/** The turn is begun by what the office's row says, so that every server goes on with the same one. */
const begin = async (deps: Deps, now: OfficeNow, own: Mark, stored: Mark | undefined): Promise<void> => {
  const since = stored?.since ?? deps.now().toISOString()
  const after = writeMark({ ...own, since, ...(stored ? {} : { provisionalOnly: true }) })
  await deps.store.atomic((q) => markWrites(deps, q, now.view.calendar, after))
}

/** All plans once through; false where the chunks allowed were used up before the end. */
const goOn = async (deps: Deps, now: OfficeNow, own: Mark, stored: Mark, since: string, most: number) => {
  const stamp: Stamp = { by: 'duban', via: viaOf(since), at: deps.now() }
  let left = most
  let inReview = 0
  for (const { id } of released(now)) {
    const moves = await movesOfPlan(deps, id, now.calendar, stored.provisionalOnly === true)
    inReview += moves.inReview
    left -= await writeChunks(deps, id, moves, stamp, left)
    if (left <= 0) return false
  }
  left -= await turnCases(deps, now, { stamp, provisionalOnly: stored.provisionalOnly === true, most: left })
  if (left <= 0) return false
  const done = writeMark({
    ...own,
    ...(inReview > 0 && { lookedOn: dayOf(stamp.at, deps.zone) }),
    turnedAt: deps.now().toISOString(),
  })
  await queue(deps, await listsOf(deps, now, since), (q) => [
    // What was released meanwhile by the calendar before is still to be looked at.
    guardRoster(deps.store.t, q, deps.store.office, now.view.version),
    ...markWrites(deps, q, now.view.calendar, done),
  ])
  return true
}

/** Are the office's open days computed by its calendar as it now is, by the mark on its row? */
export const isTurned = (deps: Deps, now: OfficeNow, mark: string): boolean =>
  now.view.version < 0 || !stepFor(readMark(mark), markOf(now, deps.alg), dayOf(deps.now(), deps.zone))

/** One pass; true where nothing is left to do. */
const pass = async (deps: Deps, most: number): Promise<boolean> => {
  const now = await deps.cache(deps.store)
  if (now.view.version < 0) return true
  const own = markOf(now, deps.alg)
  const stored = readMark(now.view.calendar)
  const step = stepFor(stored, own, dayOf(deps.now(), deps.zone))
  if (!step) return true
  if (step === 'first' && !(await anyProvisional(deps))) {
    await deps.store.atomic((q) => markWrites(deps, q, now.view.calendar, writeMark(own)))
    return true
  }
  // One under way goes over to a calendar that came after it, and takes in every day.
  if (!stored?.since || stored.digest !== own.digest || stored.stale) {
    await begin(deps, now, own, stored)
    return pass(deps, most)
  }
  return goOn(deps, now, own, stored, stored.since, most)
}

/**
 * Takes the calendar over where it is another than the one that the office's open days were computed by; no query beside
 * the office's version where it is not. Up to `most` chunks; returns whether all is done, else the next call goes on.
 */
export const turnCalendar = async (deps: Deps, most = 20): Promise<boolean> => {
  for (let tries = 1; ; tries++) {
    try {
      return await pass(deps, most)
    } catch (error) {
      if (!isConflict(error)) throw error
      // Somebody reported, released, or turned it over at the same moment; the next tick looks again.
      if (tries >= TRIES) return false
      await deps.sleep(deps.random() * 20)
    }
  }
}

/** What a release by this calendar leaves behind where open days were computed by another one: a turn to be made. */
export const releasedBy = (deps: Deps, q: Query, now: OfficeNow): Write => {
  const { t, office } = deps.store
  const { named, digest } = markOf(now, deps.alg)
  const other = sql`${t.offices.calendar} <> '' and ${t.offices.calendar} not like ${`${named}:${digest}%`}`
  return q
    .update(t.offices)
    .set({ calendar: sql`${t.offices.calendar} || '!'` })
    .where(and(eq(t.offices.office, office), other))
}
