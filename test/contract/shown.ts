import { and, eq, isNotNull } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { lastUnhindered, limping } from '../../db/queries/deliveries.ts'
import { expireOutbox } from '../../db/queries/outbox.ts'
import { accountsAll, peopleOf } from '../../db/queries/people.ts'
import {
  forgetShown,
  hasNewer,
  messageShown,
  newFace,
  noteShown,
  queueEditOf,
  queueEditsOf,
  versionsOf,
} from '../../db/queries/shown.ts'
import { sweep } from '../../db/queries/sweep.ts'
import type { OfficeStore } from '../../db/store.ts'
import type { Card } from '../../src/model/card.ts'
import { rowsOf } from './fixture.ts'
import type { Office } from './store.ts'

type Row = OfficeStore['t']['outbox']['$inferInsert']
const HOUR = 3_600_000
const now = new Date('2017-08-21T01:00:00.000Z')
const later = (hours: number): Date => new Date(now.getTime() + hours * HOUR)
const card: Card = { title: '申请延期', tone: 'plain', blocks: [{ kind: 'text', text: '🟢 “R-2”' }] }
const fresh = { platforms: ['lark'], since: later(-14 * 24), sinceEdit: later(-72) }
const moved = (cause: string, more: object = {}) => ({
  ...{ cause, ord: cause, now, until: later(24), ...fresh },
  ...more,
})

const send = (store: OfficeStore, rows: Partial<Row>[]) =>
  store.atomic((q) =>
    rows.map((row, i) =>
      q.insert(store.t.outbox).values({
        ...{ office: store.office, id: `m${i}`, lane: 'push', room: 'lark:a:1', ord: `${i}`, batch: 'week:x' },
        ...{ units: ['u1'], asks: true, card, ref: `om_${i}`, tasks: ['公开17-4'], origin: 'tick' },
        address: { platform: 'lark', route: 'a', kind: 'room', id: '1' },
        ...{ dueAt: now, validUntil: later(48), state: 'sent', settledAt: now },
        ...row,
      }),
    ),
  )
const edits = async ({ q, t, office }: OfficeStore) =>
  (
    await q
      .select()
      .from(t.outbox)
      .where(and(eq(t.outbox.office, office), isNotNull(t.outbox.edits)))
  ).sort((a, b) => (a.id < b.id ? -1 : 1))
const noted = async ({ q, t, office }: OfficeStore) =>
  (await q.select().from(t.shown).where(eq(t.shown.office, office)))
    .map(({ duty, message }) => `${duty} ${message}`)
    .sort()

/** Messages that rest on duties are found by them, and put right by rows that are nobody's messages. */
export const shown = (office: Office): void => {
  describe('messages that rest on duties', () => {
    it('each gets one row when its duties move, with nothing of the message but its place', async () => {
      const store = office()
      await send(store, [{}, {}, {}])
      await noteShown(store, 'm0', ['d1', 'd2'])
      await noteShown(store, 'm0', ['d1'])
      await noteShown(store, 'm1', ['d2'])
      await noteShown(store, 'm2', ['d3'])
      await store.atomic(() => [queueEditsOf(store, ['d1', 'd2'], moved('d1@2'))])
      await store.atomic(() => [queueEditsOf(store, ['d1', 'd2'], moved('d1@2'))])
      const rows = await edits(store)
      expect(rows.map(({ id, edits }) => [id, edits])).toEqual([
        ['edit:m0:d1@2', 'm0'],
        ['edit:m1:d1@2', 'm1'],
      ])
      expect(rows[0]).toEqual({
        ...{ office: store.office, id: 'edit:m0:d1@2', batch: '', origin: 'person', units: [], asks: false },
        ...{ lane: 'push', room: 'lark:a:1#m0', ord: 'd1@2', card: null, recipe: null, replyHandle: null },
        address: { platform: 'lark', route: 'a', kind: 'room', id: '1' },
        ...{
          replyUntil: null,
          dueAt: now,
          validUntil: later(24),
          state: 'waiting',
          leaseOwner: null,
          leaseUntil: null,
        },
        ...{ attempts: 0, triedAt: null, lapsed: 0, error: null, ref: null, edit: null, edits: 'm0', tasks: [] },
        settledAt: null,
      })
    })

    it('but not what was not sent, has no id or card, is too old, on another platform, or shows it already', async () => {
      const store = office()
      await send(store, [
        { state: 'waiting', settledAt: null },
        { ref: null },
        { card: null },
        { dueAt: later(-14 * 24 - 1) },
        { room: 'wecom:a:1' },
        { ref: 'om_pressed' },
        { edit: 'code', dueAt: later(-73) },
        { edit: 'code', dueAt: later(-71) },
        { dueAt: later(-14 * 24 + 1) },
        { room: 'lark:*:1' },
      ])
      for (let i = 0; i < 10; i++) await noteShown(store, `m${i}`, ['d1'])
      await store.atomic(() => [queueEditsOf(store, ['d1'], moved('x', { except: 'om_pressed' }))])
      expect((await edits(store)).map(({ edits }) => edits)).toEqual(['m7', 'm8', 'm9'])
      const none = office()
      await none.atomic(() => [queueEditsOf(none, ['d1'], moved('x'))])
      expect(await edits(none)).toEqual([])
    })

    it('one alone, where it was overtaken on its way; the newest of several is known', async () => {
      const store = office()
      await send(store, [{}, {}])
      await queueEditOf(store, 'm1', moved('1'))
      await queueEditOf(store, 'm1', moved('2'))
      const [first, second] = await edits(store)
      expect([first?.edits, second?.edits]).toEqual(['m1', 'm1'])
      if (!first || !second) throw new Error('no rows')
      expect([await hasNewer(store, first), await hasNewer(store, second)]).toEqual([true, false])
      expect(await messageShown(store, 'm1')).toMatchObject({ id: 'm1', ref: 'om_1', edit: null, card, settledAt: now })
      expect(await messageShown(store, 'm9')).toBeUndefined()
      await store.atomic((q) => rowsOf('duties', store.office).map((row) => q.insert(store.t.duties).values(row)))
      expect(await versionsOf(store, ['du1', 'du9'])).toEqual(new Map([['du1', 4]]))
    })

    it('a pressed one has a new face and rests on what that rests on', async () => {
      const store = office()
      await send(store, [{}, {}])
      await noteShown(store, 'm0', ['d1', 'd2'])
      await noteShown(store, 'm1', ['d1'])
      const face = { ...card, title: '已同意' }
      await store.atomic((q) => newFace(store, q, 'om_0', { card: face, at: later(1), duties: ['d3', 'd4'] }))
      expect(await noted(store)).toEqual(['d1 m1', 'd3 m0', 'd4 m0'])
      expect(await messageShown(store, 'm0')).toMatchObject({ card: face, settledAt: later(1) })
      expect(await messageShown(store, 'm1')).toMatchObject({ card })
      await forgetShown(store, 'm0')
      expect(await noted(store)).toEqual(['d1 m1'])
    })

    it('goes with its message: what is swept is shown no more', async () => {
      const store = office()
      const other = office()
      for (const one of [store, other]) {
        await send(one, [
          { dueAt: later(-48), settledAt: later(-48) },
          { dueAt: later(-24), settledAt: later(-24) },
          {},
        ])
        for (const id of ['m0', 'm1', 'm2']) await noteShown(one, id, ['d1'])
      }
      const cards = { from: new Date(0), to: later(-12) }
      await sweep(
        store,
        {
          receipts: later(-99),
          quotas: later(-99),
          links: later(-99),
          sessions: later(-99),
          dialogues: later(-99),
          cards,
          notices: later(-36),
        },
        100,
      )
      expect(await noted(store)).toEqual(['d1 m2'])
      expect(await noted(other)).toHaveLength(3)
    })

    it('an update whose time is over is dropped, also where it was tried', async () => {
      const store = office()
      await send(store, [{}])
      await queueEditOf(store, 'm0', moved('1'))
      await store.atomic((q) => [q.update(store.t.outbox).set({ triedAt: now }).where(eq(store.t.outbox.edits, 'm0'))])
      await expireOutbox(store, later(25))
      expect((await edits(store)).map(({ state }) => state)).toEqual(['dropped'])
    })
  })

  describe('places', () => {
    it('tell which pushes arrived though something failed on the way', async () => {
      const store = office()
      await send(store, [
        { room: 'wecom:*:a', error: '群机器人 gone：x' },
        { room: 'wecom:*:a', settledAt: later(-1) },
        { room: 'wecom:*:b', error: '群机器人 gone：x', dueAt: later(-99) },
        { room: 'wecom:*:c', error: '群机器人 gone：x' },
      ])
      const keys = ['wecom:*:a', 'wecom:*:b']
      expect(await limping(store, keys, later(-10))).toEqual([
        { room: 'wecom:*:a', error: '群机器人 gone：x', at: now },
      ])
      expect(await lastUnhindered(store, keys)).toEqual([{ room: 'wecom:*:a', at: later(-1) }])
    })

    it('and people: every account with whose it is, and names by id', async () => {
      const store = office()
      await store.atomic((q) => [
        ...rowsOf('people', store.office).map((row) => q.insert(store.t.people).values(row)),
        ...['wecom:*:z', 'lark:*:z'].map((key) =>
          q.insert(store.t.identities).values({ office: store.office, key, person: 'p1' }),
        ),
      ])
      expect((await accountsAll(store)).map(({ id, key }) => [id, key])).toEqual([
        ['p1', 'lark:*:z'],
        ['p1', 'wecom:*:z'],
      ])
      expect((await peopleOf(store, ['p2', 'p2', 'p9'])).map(({ name }) => name)).toEqual(['李四'])
      expect(await peopleOf(store, [])).toEqual([])
    })
  })
}
