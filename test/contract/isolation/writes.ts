import { and, eq } from 'drizzle-orm'
import * as guards from '../../../db/guard.ts'
import * as inbox from '../../../db/queries/inbox.ts'
import * as lease from '../../../db/queries/lease.ts'
import * as listeners from '../../../db/queries/listeners.ts'
import * as mentions from '../../../db/queries/mentions.ts'
import * as office from '../../../db/queries/office.ts'
import * as outbox from '../../../db/queries/outbox.ts'
import * as paperRows from '../../../db/queries/paper-rows.ts'
import * as scores from '../../../db/queries/scores.ts'
import * as sessions from '../../../db/queries/sessions.ts'
import * as shown from '../../../db/queries/shown.ts'
import * as signs from '../../../db/queries/signs.ts'
import * as sweep from '../../../db/queries/sweep.ts'
import * as yearend from '../../../db/queries/yearend.ts'
import type { OfficeStore, Query, Write } from '../../../db/store.ts'
import { at, before, later, soon } from './rows.ts'

type Does = (db: OfficeStore) => Promise<unknown>
/**
 * By module and exported name. Of what only guards a batch, one way passes and one is refused, where the other office's
 * rows would have it the other way round.
 */
export type Writes = Record<string, Record<string, Does[]>>

const values = { owner: 'worker', now: soon, until: later, limit: 50 }
const settled = {
  ...{ id: 'o9', state: 'sent' as const, dueAt: at, error: null, ref: 'om_9', edit: null, attempts: 1 },
  ...{ triedAt: at, settledAt: soon },
}
const moved = {
  ...{ cause: 'du1@5', ord: 'z', now: soon, until: later, platforms: ['console'], since: before, sinceEdit: before },
}
const dialogue = { room: 'r1', person: 'p1' }
const asked = { v: 1 as const, intent: { intent: 'task' as const }, want: 'task' as const, options: [] }
/** Statements, as a batch of their own. */
const batch =
  (write: (db: OfficeStore, q: Query) => Write | Write[]): Does =>
  (db) =>
    db.atomic((q) => [write(db, q)].flat())

const waived =
  (version: number): Does =>
  async (db) => {
    const { duties } = db.t
    const [row] = await db.q
      .select()
      .from(duties)
      .where(and(eq(duties.office, db.office), eq(duties.id, 'du3')))
    if (!row) throw new Error('the fixture has du3')
    const now = { ...row, state: 'waived' as const, version: version + 1, head: 'new' }
    return batch((_, q) => {
      const { guards: stand, updates } = yearend.moveDuties(db, q, [{ was: version, now }])
      return [...stand, ...updates]
    })(db)
  }

export const writes: Writes = {
  guard: {
    guard: [1, 21, null].map((version) => batch((db, q) => guards.guard(db.t, q, db.office, 'duties', 'du3', version))),
    guardRoster: [3, 13].map((version) => batch((db, q) => guards.guardRoster(db.t, q, db.office, version))),
  },
  inbox: {
    putReceipt: [
      batch((db) => inbox.putReceipt(db, { key: 'console:local:new', at })),
      batch((db) => inbox.putReceipt(db, { key: 'console:local:m1', at })),
    ],
    putDialogue: [batch((db) => inbox.putDialogue(db, { ...dialogue, ask: asked, expiresAt: later }))],
    replaceDialogue: [(db) => inbox.replaceDialogue(db, { ...dialogue, was: at, ask: asked, expiresAt: later })],
    guardDialogue: [
      batch((db, q) => inbox.guardDialogue(db, q, { ...dialogue, expiresAt: at })),
      batch((db, q) => inbox.guardDialogue(db, q, { room: 'r2', person: 'p1', expiresAt: at })),
    ],
    dropDialogues: [(db) => inbox.dropDialogues(db, soon)],
  },
  lease: {
    leaseOutbox: [
      (db) => lease.leaseOutbox(db, values),
      (db) => lease.leaseOutbox(db, { ...values, platforms: ['console'] }),
      (db) => lease.leaseOutbox(db, { ...values, closed: [{ prefix: 'lark:cli_1', lanes: ['push'] }] }),
    ],
    markSending: [(db) => lease.markSending(db, 'worker', ['o9'], { now: soon, until: later })],
    keepWords: [
      (db) => lease.keepWords(db, 'worker', [{ id: 'o9', card: { title: '', tone: 'plain', blocks: [] }, tasks: [] }]),
    ],
    keepLonger: [(db) => lease.keepLonger(db, 'worker', ['o9'], new Date(later.getTime() + 1000))],
    releaseOutbox: [(db) => lease.releaseOutbox(db, 'worker', ['o9'])],
    settleOutbox: [
      (db) => lease.settleOutbox(db, 'worker', [settled]),
      (db) =>
        lease.settleOutbox(db, 'worker', [{ ...settled, card: { title: '', tone: 'plain', blocks: [] }, tasks: [] }]),
    ],
  },
  listeners: {
    takeListener: [
      (db) => listeners.takeListener(db, { app: 'wecom:AIB001', owner: 'me', now: soon, until: later }),
      (db) => listeners.takeListener(db, { app: 'wecom:AIB002', owner: 'me', now: soon, until: later }),
    ],
    renewListener: [(db) => listeners.renewListener(db, { app: 'wecom:AIB001', owner: 'p1', until: later })],
    leaveListener: [
      (db) => listeners.leaveListener(db, { app: 'wecom:AIB001', owner: 'p1', now: at, until: later, lost: 'x' }),
    ],
  },
  mentions: {
    wordless: [batch((db, q) => mentions.wordless(db, q, [['duty', 'du1', 2]]))],
    receiptsHolding: [batch((db, q) => mentions.receiptsHolding(db, q, ['m1']))],
  },
  office: {
    movesMark: [
      batch((db, q) => office.movesMark(db, q, 'planned', '2017-07-10', '2017-07-11')),
      batch((db, q) => office.movesMark(db, q, 'planned', '2017-07-09', '2017-07-11')),
    ],
  },
  outbox: {
    takeQuota: [
      (db) => outbox.takeQuota(db, 'console:local', at, 5, 20),
      (db) => outbox.takeQuota(db, 'console:other', at, 5, 20),
    ],
    putAnswer: [
      batch((db) =>
        outbox.putAnswer(db, {
          ...{
            id: 'new',
            units: [],
            asks: false,
            room: 'r1',
            ord: '9',
            card: { title: '', tone: 'plain', blocks: [] },
          },
          address: { platform: 'console', route: 'local', kind: 'room', id: 'r1' },
          ...{ replyHandle: null, replyUntil: null, dueAt: at, validUntil: later, state: 'waiting', settledAt: null },
          ...{ tasks: [], leaseOwner: null, leaseUntil: null, attempts: 0, triedAt: null },
        }),
      ),
    ],
    expireOutbox: [(db) => outbox.expireOutbox(db, soon)],
    bringForward: [batch((db, q) => outbox.bringForward(db, q, ['console:local:r1'], later, soon))],
  },
  'paper-rows': {
    numberIsFree: [
      batch((db, q) => paperRows.numberIsFree(db, q, '某督〔2017〕3号', '2017-09-01', 'pa1')),
      batch((db, q) => paperRows.numberIsFree(db, q, '某督〔2017〕3号', '2017-09-01', 'pa2')),
    ],
  },
  scores: {
    scoresStand: [
      batch((db, q) => scores.scoresStand(db, q, 'as1', [{ version: 4 }])),
      batch((db, q) => scores.scoresStand(db, q, 'as1', [{ version: 24 }])),
      batch((db, q) => scores.scoresStand(db, q, 'as1', [{ version: 28 }])),
    ],
  },
  sessions: {
    endSessionsOf: [batch((db, q) => sessions.endSessionsOf(db, q, ['s2'], soon))],
    dropLinksOf: [batch((db, q) => sessions.dropLinksOf(db, q, ['p1']))],
    endSessionsOfFormer: [
      batch((db, q) => sessions.endSessionsOfFormer(db, q, { key: 'console:local:zhang', person: 'p3' }, soon)),
      // As the other office has it, that account is already whose it is to be.
      batch((db, q) => sessions.endSessionsOfFormer(db, q, { key: 'console:*:zhang', person: 'p2' }, soon)),
    ],
  },
  shown: {
    queueEditsOf: [
      batch((db) => shown.queueEditsOf(db, ['du1'], moved)),
      batch((db) => shown.queueEditsOf(db, ['du7'], moved)),
    ],
    queueEditOf: [(db) => shown.queueEditOf(db, 'o3', moved), (db) => shown.queueEditOf(db, 'o4', moved)],
    noteShown: [(db) => shown.noteShown(db, 'o8', ['du1'])],
    forgetShown: [(db) => shown.forgetShown(db, 'o3')],
    newFace: [
      batch((db, q) =>
        shown.newFace(db, q, 'om_1', { card: { title: '', tone: 'good', blocks: [] }, at: soon, duties: ['du7'] }),
      ),
    ],
  },
  // Of the version that the office has, and of the other's.
  signs: {
    rests: [3, 13].map(
      (version): Does =>
        (db) =>
          signs.rests(db, version, later),
    ),
  },
  sweep: {
    sweep: [
      (db) =>
        sweep.sweep(
          db,
          {
            ...{ receipts: soon, quotas: soon, links: soon, sessions: soon, dialogues: soon },
            ...{ cards: { from: before, to: soon }, notices: soon },
          },
          100,
        ),
    ],
    markSwept: [batch((db, q) => sweep.markSwept(db, q, '2017-08-01'))],
  },
  yearend: {
    moveDuties: [1, 21].map(waived),
    followTasks: [batch((db, q) => yearend.followTasks(db, q, [{ id: 't1', follows: 't9' }]))],
  },
}
