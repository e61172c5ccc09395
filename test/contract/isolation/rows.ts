import type { Tables } from '../../../db/schema.ts'
import { rowsOf, tableNames } from '../fixture.ts'

export type Named = Exclude<keyof Tables, 'guards'>
type Row = Record<string, unknown>

export const at = new Date('2017-07-11T08:00:00.123Z')
export const soon = new Date(at.getTime() + 60_000)
export const before = new Date(at.getTime() - 60_000)
export const later = new Date('2017-12-01T00:00:00.000Z')
const place = { platform: 'console', route: 'local', kind: 'room', id: 'r1' } as const
const card = { title: '本周任务', tone: 'plain' as const, blocks: [] }

const fact = (subject: string, id: string, seq: number, kind: string, more: Row = {}): Row => ({
  ...{ subject, id, seq, kind, body: {}, words: { text: '说明' }, by: 'p1', via: 'console', at, alg: 'sm3' },
  ...{ prev: '', hash: `${subject} ${id} ${seq}`, ...more },
})
const notice = (id: string, more: Row): Row => ({
  ...{ id, batch: 'day:2017-07-11', origin: 'tick', units: ['u1'], lane: 'push', room: 'console:local:r1', ord: id },
  ...{ address: place, card, dueAt: at, validUntil: later, state: 'sent', tasks: ['公开17-2'], settledAt: at, ...more },
})
const duty = (id: string, more: Row): Row => ({
  ...{ id, plan: 'pl1', task: 't2', ord: 2, unit: 'u1', role: 'lead', demand: 0, round: id, named: true },
  ...{ dueOn: '2017-07-31', owedOn: '2017-07-31', state: 'open', version: 1, head: 'h', ...more },
})

/** What the fixture has no row for and some question asks for. */
const more: Partial<Record<Named, Row[]>> = {
  identities: [{ key: 'console:*:zhang', person: 'p2' }],
  people: [
    { id: 'p3', name: '王五', role: 'office', units: [], charge: ['u1'], head: 'h' },
    { id: 'p4', name: '赵六', role: 'unknown', units: [], charge: [], head: 'h' },
  ],
  plans: [
    {
      ...{ id: 'pl3', code: '公开16', state: 'closed', digest: 'd3', common: [], questions: [], natural: '要点 2016' },
      document: { title: '要点', number: '', issuer: '', issuedOn: '', year: 2016 },
      ...{ startOn: '2016-01-01', releasedAt: at, version: 3, head: 'h' },
    },
  ],
  tasks: [
    { id: 't2', plan: 'pl1', number: '12-1', ord: 2, follows: 't1', version: 1 },
    { id: 't3', plan: 'pl3', number: '3', ord: 1, follows: 't2', version: 1 },
  ].map((row) => ({
    ...{ kind: 'demand', text: '公开重点领域信息', section: ['二'], deadlines: [], draft: { id: '2', note: '备注' } },
    ...{ head: 'h', ...row },
  })),
  duties: [
    duty('du3', { state: 'review', reportedOn: '2017-08-02', late: true }),
    duty('du4', { state: 'unclaimed', claimBy: '2017-05-15', provisional: true }),
    duty('du5', { state: 'done', closedOn: '2017-07-20', reportedOn: '2017-07-20' }),
    duty('du6', { plan: 'pl3', task: 't3', state: 'open', archivedOn: '2017-01-10' }),
    duty('du7', { provisional: true, dueOn: '2017-09-30' }),
  ],
  facts: [
    fact('person', 'p1', 1, 'refused', { body: { what: 'approve' } }),
    fact('unit', 'u1', 1, 'refused', { body: { what: 'approve' } }),
    fact('unit', 'u2', 1, 'succeeded', { body: { to: ['u1'], from: '2017-01-01' } }),
    fact('evidence', 'ev1', 1, 'brought'),
    fact('person', 'p3', 1, 'signed-in'),
    fact('duty', 'du1', 3, 'recomputed', { via: 'calendar:1' }),
    fact('duty', 'du3', 1, 'reported'),
    fact('assessment', 'as1', 1, 'published'),
    fact('paper', 'pa2', 1, 'drafted', { by: 'duban' }),
    fact('task', 't2', 1, 'entered'),
    fact('task', 't3', 1, 'entered'),
  ],
  seals: [{ day: '2017-07-10', alg: 'sm3', heads: 1, hash: 's0', prev: '', moved: [], at }],
  receipts: [{ key: 'lark:cli_1:m3', at }],
  outbox: [
    notice('o3', { ref: 'om_1' }),
    notice('o4', { state: 'dead', error: 'gone', ref: null }),
    notice('o5', { error: 'robot', ref: 'om_2' }),
    notice('o6', { state: 'waiting', room: 'console:local:r1#o3', edits: 'o3', settledAt: null, validUntil: before }),
    notice('o7', { state: 'waiting', room: 'console:local:r7', settledAt: null }),
    notice('o8', { lane: 'answer', origin: 'person', batch: '', ref: 'om_8' }),
    notice('o9', { state: 'waiting', settledAt: null, leaseOwner: 'worker', leaseUntil: later, ord: 'p' }),
    notice('oa', { state: 'waiting', settledAt: null, dueAt: later, origin: 'tick', ord: 'q' }),
    notice('ob', { state: 'dropped', error: 'robot gone', ref: null }),
  ],
  shown: [
    { duty: 'du1', message: 'o3' },
    { duty: 'du3', message: 'o5' },
    // Never sent here; the other office's message of that id was.
    { duty: 'du7', message: 'o4' },
  ],
  links: [{ digest: 'l2', person: 'p1', expiresAt: at }],
  sessions: [
    {
      ...{ id: 's2', digest: 'y', person: 'p1', via: 'lark', agent: 'Edge' },
      ...{ startedAt: at, seenAt: at, expiresAt: later },
    },
  ],
  papers: [
    {
      ...{ id: 'pa3', kind: 'bulletin', state: 'pending', title: '通报', units: ['u1'], natural: 'bulletin:2017-07#2' },
      ...{ at, version: 2, head: 'h', number: '某督〔2017〕4号', signedOn: '2017-08-04' },
      content: (rowsOf('papers', '')[1] as Row).content,
    },
  ],
  cases: [
    {
      ...{ id: 'ca3', kind: 'incident', year: 2017, ord: 2, title: '停电', unit: 'u1', state: 'open' },
      ...{ openedOn: '2017-08-01', due: '2017-08-01T08:30', events: { v: 1, list: [] }, version: 1, head: 'h' },
    },
  ],
}

const ROTATED: readonly Named[] = [
  ...(['units', 'people', 'plans', 'tasks', 'duties', 'outbox'] as const),
  ...(['evidence', 'papers', 'assessments', 'scores', 'cases', 'tallies'] as const),
]

const shifted = (value: Date): Date => new Date(value.getTime() + 3_600_000)

/** What of a row may be otherwise and still be found by the same question. */
const otherwise: Partial<Record<Named, (row: Row) => Row>> = {
  offices: () => ({ name: '另一办公室', rosterVersion: 13, planned: '2017-07-09', swept: '2017-07-09', level: '县' }),
  units: () => ({ headName: '另一人', ord: 5 }),
  people: () => ({ charge: ['u2'], post: 'B' }),
  identities: ({ person }) => ({ person: person === 'p1' ? 'p2' : 'p1' }),
  codes: ({ expiresAt }) => ({ expiresAt: shifted(expiresAt as Date) }),
  rooms: () => ({ units: ['u2'], mutedUntil: later }),
  subscriptions: () => ({ at: '10:10' }),
  plans: ({ startOn }) => ({ startOn: startOn ? '2017-06-01' : null }),
  tasks: () => ({ section: ['九'], proofs: ['另一材料'] }),
  duties: () => ({ firstDueOn: '2017-01-02' }),
  facts: ({ body }) => ({ body: { ...(body as Row), other: true }, words: { text: '另一说明' } }),
  seals: () => ({ hash: 'other', heads: 99 }),
  receipts: ({ at: when }) => ({ at: shifted(when as Date) }),
  outbox: () => ({ tasks: ['另17-1'], units: ['u2'] }),
  listeners: ({ until }) => ({ until: shifted(until as Date) }),
  quotas: () => ({ used: 50 }),
  dialogues: ({ ask }) => ({ ask: { ...(ask as Row), want: 'day' } }),
  days: () => ({ kind: 'work' }),
  links: ({ expiresAt }) => ({ expiresAt: shifted(expiresAt as Date) }),
  sessions: () => ({ agent: 'other' }),
  documents: () => ({ lines: ['另一行'] }),
  files: ({ size }) => ({ size: Number(size) + 5 }),
  evidence: () => ({ name: '另一附件' }),
  papers: () => ({ title: '另一文书' }),
  assessments: () => ({ objectBy: '2018-02-02' }),
  scores: () => ({ given: 1, third: 2 }),
  cases: () => ({ title: '另一办件' }),
  tallies: () => ({ on: '2018-03-03' }),
  annuals: () => ({ content: { v: 1, cells: { a: 2 }, last: {}, texts: {} } }),
}

/**
 * Rows for every table of an office. `other`: the same keys, codes, names and numbers with other contents, and the ids of
 * one table's rows exchanged, so that a subquery which looks into the other office finds what its own has not.
 */
export const rowsFor = (table: Named, office: string, other: boolean): Row[] => {
  const rows = [...rowsOf(table, office), ...(more[table] ?? []).map((row) => ({ ...row, office }))] as Row[]
  if (!other) return rows
  const ids = rows.map(({ id }) => id)
  return rows.map((row, i) => ({
    ...row,
    ...otherwise[table]?.(row),
    ...(typeof row.version === 'number' && { version: row.version + 20 }),
    ...('head' in row && { head: 'other' }),
    ...(ROTATED.includes(table) && { id: ids[(i + 1) % ids.length] }),
  }))
}

export const tables: readonly Named[] = tableNames
