import { and, eq, sql } from 'drizzle-orm'
import type { Happening, PlainRow, Row } from '../../commands/command.ts'
import { guard } from '../../db/guard.ts'
import type { Query, Write } from '../../db/store.ts'
import type { Duty } from '../model/duty.ts'
import type { Body, Subject } from '../model/fact.ts'
import { projectDuty } from '../model/life.ts'
import { columnsMoved } from '../model/standing.ts'
import { linkHash, wordsDigest } from './chain.ts'
import type { Deps } from './deps.ts'
import { movedWrites } from './shown.ts'

export interface Stamp {
  by: string
  via: string
  at: Date
}

interface Link {
  subject: Subject
  id: string
  seq: number
  prev: string
  kind: string
  body: Body
  words?: Body | undefined
}

/** The row of one fact, hashed over the one before. Words are salted, so that what is erased cannot be guessed back. */
export const factRow = (deps: Pick<Deps, 'store' | 'alg' | 'salt'>, link: Link, stamp: Stamp) => {
  const words = link.words ? { ...link.words, salt: deps.salt() } : null
  const digest = wordsDigest(deps.alg, words)
  const chained = {
    office: deps.store.office,
    subject: link.subject,
    id: link.id,
    seq: link.seq,
    kind: link.kind,
    body: link.body,
    wordsDigest: digest,
    ...stamp,
    alg: deps.alg,
    prev: link.prev,
  }
  return { ...chained, words, hash: linkHash(chained) }
}

const tableOf = {
  duty: 'duties',
  unit: 'units',
  task: 'tasks',
  person: 'people',
  room: 'rooms',
  subscription: 'subscriptions',
  office: 'offices',
} as const

/** The row of a subject other than a duty after a fact: head, and the columns that facts of its kind move. */
const plainUpdate = ({ store: { t, office } }: Deps, q: Query, row: PlainRow, set: object): Write => {
  const keys = {
    ...{ unit: t.units.id, task: t.tasks.id, person: t.people.id, room: t.rooms.key },
    ...{ subscription: t.subscriptions.id, office: t.offices.office },
  }
  const table = t[tableOf[row.subject]] as typeof t.units
  return q
    .update(table)
    .set(set)
    .where(and(eq(table.office, office), eq(keys[row.subject], row.id)))
}

/** Happenings of one row in their order: facts chained on its head, and the row as they leave it. */
const rowWrites = (deps: Deps, q: Query, row: Row, happenings: Happening[], stamp: Stamp): Write[] => {
  const { t, office } = deps.store
  let { version: seq, head } = row
  let value: Duty | undefined = row.subject === 'duty' ? row.value : undefined
  let moved = {}
  const facts = happenings.map(({ kind, body, words }) => {
    const fact = factRow(deps, { subject: row.subject, id: row.id, seq: ++seq, prev: head, kind, body, words }, stamp)
    head = fact.hash
    if (value) value = projectDuty(value, { kind, body })
    else moved = { ...moved, ...columnsMoved(row.subject, { kind, body, words }) }
    return fact
  })
  const update =
    row.subject === 'duty' && value
      ? q
          .update(t.duties)
          .set({ ...columnsOf(value), version: seq, head })
          .where(and(eq(t.duties.office, office), eq(t.duties.id, row.id)))
      : plainUpdate(deps, q, row as PlainRow, { ...moved, version: seq, head })
  return [guard(t, q, office, tableOf[row.subject], row.id, row.version), q.insert(t.facts).values(facts), update]
}

/** The columns that facts move. */
export const columnsOf = (duty: Duty) => ({
  plan: duty.plan,
  task: duty.task,
  ord: duty.ord,
  unit: duty.unit,
  state: duty.state,
  role: duty.role,
  demand: duty.demand,
  round: duty.round,
  dueOn: duty.dueOn,
  dueAt: duty.dueAt,
  provisional: duty.provisional,
  claimBy: duty.claimBy,
  named: duty.named,
  disclaimed: duty.disclaimed,
  times: duty.times,
  approved: duty.approved,
  reportedOn: duty.reportedOn,
  closedOn: duty.closedOn,
  setDueOn: duty.setDueOn,
  owedOn: duty.owedOn,
  late: duty.late,
  acceptedOn: duty.acceptedOn,
  asked: duty.asked,
  firstDueOn: duty.firstDueOn,
  before: duty.before,
  clearedOn: duty.clearedOn,
  proofs: duty.proofs,
  parts: duty.parts,
  archivedOn: duty.archivedOn,
})

/**
 * Statements of all that happened: guards first, then facts and rows, in one order for all writers (by subject and id); then
 * the messages that show a duty are put right, but `except` (the platform's id of one), which shows it already.
 */
export const happeningWrites = (
  deps: Deps,
  q: Query,
  happenings: readonly Happening[],
  stamp: Stamp,
  except?: string,
): Write[] => {
  const rows = new Map<string, { row: Row; list: Happening[] }>()
  for (const happening of happenings) {
    const key = `${happening.row.subject} ${happening.row.id}`
    const known = rows.get(key)
    if (known) known.list.push(happening)
    else rows.set(key, { row: happening.row, list: [happening] })
  }
  const duties = [...rows.values()].flatMap(({ row, list }) =>
    row.subject === 'duty' ? [{ id: row.id, version: row.version + list.length }] : [],
  )
  return [
    ...[...rows.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, { row, list }]) => rowWrites(deps, q, row, list, stamp)),
    ...movedWrites(deps, { duties, at: deps.now(), except }),
  ]
}

/** Guards for rows that a decision rested on and that it does not change. */
export const readWrites = (deps: Deps, q: Query, reads: readonly Row[]): Write[] =>
  reads.map((row) => guard(deps.store.t, q, deps.store.office, tableOf[row.subject], row.id, row.version))

/** The office's version moves: what is cached of its roster and plans is read again, and the next tick looks at it. */
export const officeMoves = ({ store }: Deps, q: Query): Write =>
  q
    .update(store.t.offices)
    .set({ rosterVersion: sql`${store.t.offices.rosterVersion} + 1`, wakes: null })
    .where(eq(store.t.offices.office, store.office))
