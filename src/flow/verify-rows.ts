import { and, asc, eq, gt } from 'drizzle-orm'
import { among } from '../../db/among.ts'
import type { Tables } from '../../db/schema.ts'
import { isUnopened } from '../../db/sealing.ts'
import type { Reader } from '../../db/store.ts'
import type { Duty } from '../model/duty.ts'
import type { Body, Subject } from '../model/fact.ts'
import { projectDuty } from '../model/life.ts'
import { columnsMoved } from '../model/standing.ts'
import { digestOf } from './chain.ts'
import { columnsOf } from './ledger.ts'

/** Are two values the same in whatever order their keys stand? */
export const same = (a: unknown, b: unknown): boolean => digestOf('sm3', [a ?? null]) === digestOf('sm3', [b ?? null])

export interface Fact {
  kind: string
  body: Body
  words: Body | null
}

const PAGE = 500

/** Facts of subjects of one kind, by id, in their order. Words that cannot be opened are known to nobody, as if erased. */
export const factsOf = async (
  { q, t, office }: Reader,
  subject: Subject,
  ids: string[],
): Promise<Map<string, Fact[]>> => {
  const { facts } = t
  const rows = await q
    .select({ id: facts.id, kind: facts.kind, body: facts.body, words: facts.words })
    .from(facts)
    .where(and(eq(facts.office, office), eq(facts.subject, subject), among(facts.id, ids)))
    .orderBy(asc(facts.id), asc(facts.seq))
  const known = new Map<string, Fact[]>()
  for (const { id, ...row } of rows) {
    const fact = isUnopened(row.words) ? { ...row, words: null } : row
    const list = known.get(id)
    if (list) list.push(fact)
    else known.set(id, [fact])
  }
  return known
}

/** Columns of a row that are not what its facts say; only those that the facts tell of are looked at. */
export const strayed = (row: Record<string, unknown>, told: Record<string, unknown>): string[] =>
  Object.keys(told).filter((column) => !same(row[column], told[column]))

/** A day that no calendar has, for a fact of an older program that did not say on which day its duty was due. */
const UNTOLD = '0001-01-01'

/** A duty as its first fact left it; `day` stands for the due day where the fact does not tell one. */
const begun = (id: string, body: Body, day: string | null): Duty =>
  ({
    ...{ id, plan: body.plan, task: `${body.plan}.${body.task}`, ord: 0, unit: body.unit, role: body.role },
    ...{ demand: body.demand, round: body.round, state: body.state, times: body.times, named: body.named },
    ...{ dueOn: day, owedOn: day, dueAt: null, provisional: false, claimBy: day },
    ...(body.dueOn !== undefined && {
      ...{ dueOn: body.dueOn, owedOn: body.dueOn, provisional: body.provisional, claimBy: body.claimBy },
      dueAt: body.dueAt === null ? null : new Date(String(body.dueAt)),
    }),
    ...{ disclaimed: false, approved: 0, reportedOn: null, closedOn: null, setDueOn: null, late: false },
    ...{ acceptedOn: null, asked: null, firstDueOn: null, before: null, clearedOn: null, proofs: [], parts: [] },
    archivedOn: null,
  }) as unknown as Duty

const folded = (id: string, [first, ...later]: readonly Fact[], day: string | null): Record<string, unknown> => {
  // Its place among its plan's tasks is the task's.
  const { ord: _, ...columns } = columnsOf(later.reduce(projectDuty, begun(id, first?.body ?? {}, day)))
  return columns
}

/**
 * What a duty's facts make of its row. Where the first does not tell the due day, what rests on it is left out: it is
 * what comes out otherwise from another day. The order in lists is no fact.
 */
const toldDuty = (id: string, facts: readonly Fact[]): Record<string, unknown> => {
  const told = folded(id, facts, null)
  if (facts[0]?.body.dueOn !== undefined) return told
  const other = folded(id, facts, UNTOLD)
  // An hour and its mark of being provisional are the rule's too, until a fact moves them.
  const untold = facts.some(({ body }) => body.provisional !== undefined) ? [] : ['dueAt', 'provisional']
  return Object.fromEntries(
    Object.entries(told).filter(([column, value]) => same(value, other[column]) && !untold.includes(column)),
  )
}

/** Every duty stands where its facts have brought it: its unit, its day, its state, what was handed in and when. */
const checkDuties = async (reader: Reader, broken: string[], stepped: () => Promise<void>): Promise<void> => {
  const { q, t, office } = reader
  for (let last = ''; ; ) {
    const rows = await q
      .select()
      .from(t.duties)
      .where(and(eq(t.duties.office, office), gt(t.duties.id, last)))
      .orderBy(asc(t.duties.id))
      .limit(PAGE)
    const facts = await factsOf(
      reader,
      'duty',
      rows.map(({ id }) => id),
    )
    for (const row of rows) {
      const own = facts.get(row.id)
      if (own && strayed(row, toldDuty(row.id, own)).length > 0)
        broken.push(`duty ${row.id}：事项的状态或日期与记录不一致`)
    }
    await stepped()
    last = rows[rows.length - 1]?.id ?? ''
    if (rows.length < PAGE) return
  }
}

const GONE = { role: 'unknown', units: [], charge: [], post: '', awayUntil: null, substitute: '' }

/** The columns of a person that one of their facts sets. */
const personMoved = (fact: Fact): Record<string, unknown> => {
  const { kind, body, words } = fact
  switch (kind) {
    case 'listed':
    case 'edited': {
      const name = words?.name === undefined ? {} : { name: words.name }
      return { role: body.role, units: body.units, charge: body.charge, post: body.post, ...name }
    }
    case 'moved':
      return {
        ...(body.units !== undefined && { units: body.units }),
        ...(body.charge !== undefined && { charge: body.charge }),
      }
    case 'removed':
      return GONE
    case 'erased':
      return { ...GONE, name: '', mobile: '' }
    default:
      return columnsMoved('person', { kind, body })
  }
}

/** The robot's key stands in no fact as it is, and is looked at on its own. */
const roomMoved = ({ kind, body }: Fact): Record<string, unknown> => {
  if (kind === 'bound') return { scope: body.scope, units: body.units }
  const { webhook: _, ...moved } = columnsMoved('room', { kind, body })
  return moved
}

const checkRegister = async <Row extends object>(
  reader: Reader,
  subject: 'person' | 'room',
  rows: readonly Row[],
  idOf: (row: Row) => string,
  wrong: (id: string) => string,
): Promise<string[]> => {
  const broken: string[] = []
  const [moved, first] =
    subject === 'person'
      ? [personMoved, { awayUntil: null, substitute: '' }]
      : [roomMoved, { overdue: false, mutedUntil: null }]
  for (let from = 0; from < rows.length; from += PAGE) {
    const page = rows.slice(from, from + PAGE)
    const facts = await factsOf(reader, subject, page.map(idOf))
    for (const row of page) {
      const own = facts.get(idOf(row))
      const told = own?.reduce((columns, fact) => Object.assign(columns, moved(fact)), { ...first })
      if (told && strayed(row as Record<string, unknown>, told).length > 0) broken.push(wrong(idOf(row)))
    }
  }
  return broken
}

type People = Tables['people']['$inferSelect']
type Rooms = Tables['rooms']['$inferSelect']

/** Rows of duties, people and rooms are what their facts make of them. Linear, a page at a time. */
export const checkRows = async (reader: Reader, broken: string[], stepped: () => Promise<void>): Promise<void> => {
  const { q, t, office } = reader
  await checkDuties(reader, broken, stepped)
  const people = await q.select().from(t.people).where(eq(t.people.office, office))
  const wrongPerson = (id: string) => `person ${id}：人员的身份或单位与记录不一致`
  broken.push(...(await checkRegister<People>(reader, 'person', people, ({ id }) => id, wrongPerson)))
  const rooms = await q.select().from(t.rooms).where(eq(t.rooms.office, office))
  const wrongRoom = (key: string) => `room ${key}：群的绑定与记录不一致`
  broken.push(...(await checkRegister<Rooms>(reader, 'room', rooms, ({ key }) => key, wrongRoom)))
}
