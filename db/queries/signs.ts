import { and, eq, gt, gte, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../../src/model/deadline.ts'
import { among } from '../among.ts'
import { type Params, prepare, prepareWrite } from '../prepare.ts'
import type { Tables } from '../schema.ts'
import type { OfficeStore, Reader } from '../store.ts'

/**
 * What one look over all offices shows, so that a tick works only where something is due. This is the one place that reads
 * beyond an office: asking each of hundreds every minute would cost more than all their work. Only names, marks and days
 * leave it; rows are read by the office that they belong to.
 */

/** The marks of one office, as its row says them. */
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
}

const marksWhere = (q: Reader['q'], t: Tables, where?: SQL) =>
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
    .from(t.offices)
    .where(where)

const allMarks = prepare('marks of offices', (q, t) => marksWhere(q, t))
const marksOf = prepare('marks of these offices', (q, t, p: Params<{ offices: string[] }>) =>
  marksWhere(q, t, among(t.offices.office, p.offices)),
)
const woken = prepare('marks of offices that wake', (q, t, p: Params<{ now: Date; beyond: Date }>) =>
  marksWhere(q, t, or(isNull(t.offices.wakes), lte(t.offices.wakes, p.now), gt(t.offices.wakes, p.beyond))),
)

const byOffice = (rows: Awaited<ReturnType<typeof allMarks>>): Map<string, Sign> =>
  new Map(rows.map(({ office, ...sign }) => [office, sign]))

/** The marks of these offices as they now are, by name. */
export const signsNow = async (reader: Reader, offices: readonly string[]): Promise<Map<string, Sign>> =>
  offices.length === 0 ? new Map() : byOffice(await marksOf(reader.everywhere(), { offices: [...offices] }))

const resting = prepareWrite('office rests', (q, t, p: Params<{ until: Date; version: number }>) =>
  q
    .update(t.offices)
    .set({ wakes: p.until })
    .where(and(eq(t.offices.office, p.office), eq(t.offices.rosterVersion, p.version))),
)

/** Until then no hour makes a tick look at the office; nothing where its version has moved on. */
export const rests = (store: OfficeStore, version: number, until: Date): Promise<unknown> =>
  store.one(() => resting(store, { version, until }))

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

/** Nobody rests longer than a day: what would is of a clock that has been put back since. */
const LONGEST_MS = 25 * 3_600_000

/** What one look shows. */
interface Look {
  /**
   * Offices of which a row is due: a message is to be sent, an hour clock is near its end or a case’s hours run, a
   * question's time is over, or evidence waits to be fetched.
   */
  due: Set<string>
  /** The marks of those whose hour has come, or which have moved since they were looked at. */
  signs: Map<string, Sign>
}

/** One look over all offices of the database; `clocks` is the window in which an hour clock counts, `every`: the marks of all. */
export const lookOver = async (
  own: Reader,
  { now, clocks, every = false }: { now: Date; clocks: { from: Date; to: Date }; every?: boolean },
): Promise<Look> => {
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
  const beyond = new Date(now.getTime() + LONGEST_MS)
  return { due, signs: byOffice(every ? await allMarks(reader) : await woken(reader, { now, beyond })) }
}
