import { and, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import type { Day } from '../../src/model/deadline.ts'
import { type Params, prepare } from '../prepare.ts'
import type { Reader } from '../store.ts'
import type { OutboxState } from './outbox.ts'

/**
 * What is told of all offices at once to who watches over an installation: like the signs of offices these queries read
 * beyond an office, for asking each of thousands would cost more than all their work. Only names of offices, counts and
 * moments leave them. None walks what lies longer ago than what it is asked for.
 */

/** What an error begins with is all that its class is told by: the rest may name people. */
const CLASS_SIGNS = 18

const settledSince = prepare('settled messages of offices', (q, t, p: Params<{ since: Date }>) => {
  const { office, state, error, dueAt } = t.outbox
  const begins = sql<string>`substr(coalesce(${error}, ''), 1, ${sql.raw(String(CLASS_SIGNS))})`
  return q
    .select({ office, state, error: begins.as('begins'), n: sql<number>`count(*)`.mapWith(Number).as('n') })
    .from(t.outbox)
    .where(and(inArray(state, ['sent', 'dropped', 'dead', 'unsure']), gte(dueAt, p.since)))
    .groupBy(office, state, begins)
})

const waitingNow = prepare('waiting messages of offices', (q, t, p: Params<{ now: Date }>) => {
  const { office, state, dueAt } = t.outbox
  return q
    .select({
      office,
      n: sql<number>`count(*)`.mapWith(Number),
      // Only what is due now; what waits for its hour is no queue.
      due: sql<Date | null>`min(case when ${dueAt} <= ${p.now} then ${dueAt} end)`.mapWith(dueAt),
    })
    .from(t.outbox)
    .where(sql`${state} = 'waiting'`)
    .groupBy(office)
})

const oldestOpen = prepare('oldest overdue of offices', (q, t, p: Params<{ from: Day; before: Day }>) => {
  const d = t.duties
  return q
    .select({ office: d.office, due: sql<Day>`min(${d.dueOn})` })
    .from(d)
    .innerJoin(t.plans, and(eq(t.plans.office, d.office), eq(t.plans.id, d.plan), eq(t.plans.state, 'released')))
    .where(
      and(
        inArray(d.state, ['open', 'returned']),
        ...[gte(d.dueOn, p.from), lt(d.dueOn, p.before), sql`${d.archivedOn} is null`],
        // Of an office each state is looked up by its days; without it the whole table is walked.
        inArray(d.office, q.select({ office: t.offices.office }).from(t.offices)),
      ),
    )
    .groupBy(d.office)
})

export interface Settled {
  office: string
  state: OutboxState
  /** The beginning of the reason, which tells its class. */
  error: string
  n: number
}

/** Messages that were due since then, by office, end and reason. */
export const settledMessages = (reader: Reader, since: Date): Promise<Settled[]> =>
  settledSince(reader.everywhere(), { since })

/** How many messages wait, by office, and since when the oldest of those is due that may go out now. */
export const waitingMessages = (reader: Reader, now: Date) => waitingNow(reader.everywhere(), { now })

/** The due day of the oldest open duty that is past it, by office: of those due from `from` on, before `before`. */
export const oldestOverdue = (reader: Reader, days: { from: Day; before: Day }) => oldestOpen(reader.everywhere(), days)
