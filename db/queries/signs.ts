import { and, gte, isNull, lte, or, sql } from 'drizzle-orm'
import type { Day } from '../../src/model/deadline.ts'
import { type Params, prepare } from '../prepare.ts'
import type { Reader } from '../store.ts'

/**
 * What one look over all offices shows, so that a tick works only where something is due. This is the one place that reads
 * beyond an office: asking each of hundreds every minute would cost more than all their work. Only names, marks and days
 * leave it; rows are read by the office that they belong to.
 */

/** The marks of one office: what its row says, and whether rows of its are due. */
export interface Sign {
  version: number
  /** `DATE@version` of the last plan of a day; empty before the first. */
  planned: string
  /** The last day that was sealed. */
  sealed: Day | null
  /** The last day on which what is kept no longer was swept out; empty before the first. */
  swept: Day | ''
  /** By which calendar open days were computed, as src/flow/calendar/mark.ts writes it. */
  calendar: string
  /** A message is to be sent, an hour clock is near its end or a case’s hours run, a question's time is over, or evidence waits to be fetched. */
  due: boolean
}

const marks = prepare('marks of offices', (q, t) =>
  q
    .select({
      office: t.offices.office,
      version: t.offices.rosterVersion,
      planned: t.offices.planned,
      swept: t.offices.swept,
      calendar: t.offices.calendar,
      // As drizzle would write it, the inner table's column would be the outer one's too.
      sealed: sql<Day | null>`(select max(s.day) from ${t.seals} s where s.office = ${t.offices}.office)`,
    })
    .from(t.offices),
)

const names = prepare('names of offices', (q, t) => q.select({ office: t.offices.office }).from(t.offices))

/** The offices that the database knows. */
export const officesKnown = async (reader: Reader): Promise<Set<string>> =>
  new Set((await names(reader.everywhere())).map(({ office }) => office))

const sending = prepare('offices that send', (q, t, p: Params<{ now: Date }>) =>
  q
    .selectDistinct({ office: t.outbox.office })
    .from(t.outbox)
    .where(and(sql`${t.outbox.state} = 'waiting'`, lte(t.outbox.dueAt, p.now))),
)

const toSend = prepare('offices with something to send', (q, t, p: Params<{ now: Date }>) =>
  q
    .selectDistinct({ office: t.outbox.office })
    .from(t.outbox)
    .where(
      and(
        ...[sql`${t.outbox.state} = 'waiting'`, lte(t.outbox.dueAt, p.now)],
        or(isNull(t.outbox.leaseUntil), lte(t.outbox.leaseUntil, p.now)),
      ),
    ),
)

/** The offices that have a message to send now which nobody is sending: one look, between two ticks. */
export const officesToSend = async (reader: Reader, now: Date): Promise<Set<string>> =>
  new Set((await toSend(reader.everywhere(), { now })).map(({ office }) => office))

const timing = prepare('offices with clocks', (q, t, p: Params<{ from: Date; to: Date }>) =>
  q
    .selectDistinct({ office: t.duties.office })
    .from(t.duties)
    .where(and(gte(t.duties.dueAt, p.from), lte(t.duties.dueAt, p.to), sql`${t.duties.state} in ('open', 'returned')`)),
)

const inHours = prepare('offices with cases in hours', (q, t) =>
  q
    .selectDistinct({ office: t.cases.office })
    .from(t.cases)
    // As its index has it.
    .where(sql`${t.cases.closedOn} is null and length(${t.cases.due}) > 10`),
)

const asking = prepare('offices with old questions', (q, t, p: Params<{ now: Date }>) =>
  q.selectDistinct({ office: t.dialogues.office }).from(t.dialogues).where(lte(t.dialogues.expiresAt, p.now)),
)

const fetching = prepare('offices with evidence that waits', (q, t) =>
  q.selectDistinct({ office: t.evidence.office }).from(t.evidence).where(sql`${t.evidence.state} = 'waiting'`),
)

/** The signs of every office of the database, by name; `clocks` is the window in which an hour clock counts. */
export const signsOf = async (
  own: Reader,
  { now, clocks }: { now: Date; clocks: { from: Date; to: Date } },
): Promise<Map<string, Sign>> => {
  const reader = own.everywhere()
  const due = new Set(
    [
      ...(await sending(reader, { now })),
      ...(await timing(reader, clocks)),
      ...(await inHours(reader)),
      ...(await asking(reader, { now })),
      ...(await fetching(reader)),
    ].map(({ office }) => office),
  )
  return new Map((await marks(reader)).map(({ office, ...mark }) => [office, { ...mark, due: due.has(office) }]))
}
