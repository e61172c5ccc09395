import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import {
  keepWords,
  leaseOutbox,
  markSending,
  releaseOutbox,
  type Settlement,
  settleOutbox,
} from '../../db/queries/lease.ts'
import { bringForward, expireOutbox, outboxDepth, quotaUsed, takeQuota } from '../../db/queries/outbox.ts'
import { sweep } from '../../db/queries/sweep.ts'
import type { OfficeStore } from '../../db/store.ts'
import type { Office } from './store.ts'

type Row = OfficeStore['t']['outbox']['$inferInsert']
const now = new Date('2017-07-11T08:00:00.000Z')
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000)
const lease = (owner: string, more: { now?: Date; until?: Date; limit?: number } = {}) => ({
  owner,
  now,
  until: later(60),
  limit: 100,
  ...more,
})

const queue = (store: OfficeStore, rows: Partial<Row>[]) =>
  store.atomic((q) =>
    rows.map((row, i) =>
      q.insert(store.t.outbox).values({
        office: store.office,
        id: `n${i}`,
        lane: 'push',
        room: 'r',
        ord: String(i).padStart(3, '0'),
        address: { platform: 'console', route: 'local', kind: 'room', id: 'r' },
        dueAt: now,
        validUntil: later(3600),
        state: 'waiting',
        tasks: [],
        ...row,
      }),
    ),
  )
const ids = (rows: { id: string }[]): string[] => rows.map((r) => r.id).sort()

const rowOf = async ({ q, t, office }: OfficeStore, id: string) => {
  const [row] = await q
    .select()
    .from(t.outbox)
    .where(and(eq(t.outbox.office, office), eq(t.outbox.id, id)))
  if (!row) throw new Error(`no row ${id}`)
  return row
}
const settlement = (id: string, set: Partial<Settlement>): Settlement => ({
  ...{ id, state: 'sent', dueAt: now, error: null, ref: null, edit: null, card: null, tasks: [], attempts: 1 },
  ...{ triedAt: null, settledAt: null },
  ...set,
})
const settle = async (store: OfficeStore, owner: string, id: string, set: Partial<Settlement>): Promise<boolean> =>
  (await settleOutbox(store, owner, [settlement(id, set)])).has(id)

/** Notices are taken one at a time a room and lane, by one worker each, and no platform's quota is overdrawn. */
export const outbox = (office: Office): void => {
  describe('outbox', () => {
    it('leases only the oldest unsettled notice of a room and lane, and the next when it is settled', async () => {
      const store = office()
      await queue(store, [
        { room: 'a', ord: '2' },
        { room: 'a', ord: '1' },
        { room: 'a', ord: '3', lane: 'answer' },
        { room: 'b', ord: '1', state: 'sent' },
        { room: 'b', ord: '2' },
        { room: 'b', ord: '2', id: 'n4-later' },
      ])
      const [first, ...rest] = await leaseOutbox(store, lease('w'))
      expect(ids([...(first ? [first] : []), ...rest])).toEqual(['n1', 'n2', 'n4'])
      expect(first).toMatchObject({ leaseOwner: 'w', leaseUntil: later(60), attempts: 0, lapsed: 0, tasks: [] })
      expect(await leaseOutbox(store, lease('w'))).toEqual([])
      expect(await settle(store, 'w', 'n1', { state: 'sent', settledAt: now, ref: 'x' })).toBe(true)
      expect(await settle(store, 'w', 'n4', { state: 'dead', error: 'no route' })).toBe(true)
      expect(ids(await leaseOutbox(store, lease('w')))).toEqual(['n0', 'n4-later'])
    })

    it('keeps a way back as long as it may be taken, and no longer', async () => {
      const store = office()
      const back = { lane: 'answer' as const, replyHandle: 'https://way.test/back', replyUntil: later(60) }
      await queue(store, [back, { ...back, room: 'b' }, { ...back, room: 'c', validUntil: now }])
      await leaseOutbox(store, lease('w', { limit: 2 }))
      await settle(store, 'w', 'n0', { state: 'sent', settledAt: now })
      await settle(store, 'w', 'n1', { state: 'waiting', dueAt: later(1) })
      await settle(store, 'w', 'n2', { state: 'waiting', dueAt: now })
      await expireOutbox(store, now)
      const kept = await Promise.all(['n0', 'n1', 'n2'].map(async (id) => (await rowOf(store, id)).replyHandle))
      expect(kept).toEqual([null, back.replyHandle, null])
    })

    it('a notice that is to be tried again holds back those behind it, one that has not come to its hour does not', async () => {
      const store = office()
      await queue(store, [
        { room: 'tried', dueAt: later(1), attempts: 1 },
        { room: 'tried' },
        { room: 'held', dueAt: later(1) },
        { room: 'held' },
      ])
      expect(ids(await leaseOutbox(store, lease('w')))).toEqual(['n3'])
      expect(ids(await leaseOutbox(store, lease('w', { now: later(1) })))).toEqual(['n0'])
      await settle(store, 'w', 'n3', { settledAt: now })
      expect(ids(await leaseOutbox(store, lease('w', { now: later(1) })))).toEqual(['n2'])
    })

    it('what is older than a notice that is held waits until that is settled', async () => {
      const store = office()
      await queue(store, [{ ord: '5' }])
      expect(ids(await leaseOutbox(store, lease('w')))).toEqual(['n0'])
      await queue(store, [{ id: 'late', ord: '4' }])
      expect(await leaseOutbox(store, lease('v'))).toEqual([])
      await settle(store, 'w', 'n0', { settledAt: now })
      expect(ids(await leaseOutbox(store, lease('v')))).toEqual(['late'])
    })

    it('takes answers, then hour clocks, then pushes, each lane on its own', async () => {
      const store = office()
      await queue(store, [{ lane: 'push' }, { lane: 'clock' }, { lane: 'answer' }, { lane: 'push', room: 'b' }])
      const taken = await leaseOutbox(store, lease('w'))
      expect(taken.map(({ id }) => id)).toEqual(['n2', 'n1', 'n0', 'n3'])
    })

    it('leaves what is for platforms that are not ours, or that take no more', async () => {
      const store = office()
      await queue(
        store,
        ['lark:a:1', 'lark:ab:1', 'lark:*:1', 'wecom:a:1'].map((room) => ({ room })),
      )
      const closed = [{ prefix: 'lark:a', lanes: ['push'] as const }]
      const taken = await leaseOutbox(store, { ...lease('w'), platforms: ['lark'], closed })
      expect(ids(taken)).toEqual(['n1', 'n2'])
      expect(ids(await leaseOutbox(store, { ...lease('w'), closed }))).toEqual(['n3'])
    })

    it('answers go before pushes where not all may go', async () => {
      const store = office()
      await queue(store, [{ room: 'a' }, { room: 'b' }, { room: 'c', lane: 'answer' }])
      expect(ids(await leaseOutbox(store, lease('w', { limit: 1 })))).toEqual(['n2'])
    })

    it('workers share what is due, however many: none comes away empty while there is more', async () => {
      const store = office()
      await queue(
        store,
        Array.from({ length: 40 }, (_, i) => ({ room: `r${i}` })),
      )
      const taken = await Promise.all([1, 2, 3, 4].map((i) => leaseOutbox(store, lease(`w${i}`, { limit: 10 }))))
      expect(new Set(taken.flat().map(({ id }) => id)).size).toBe(40)
    })

    it('of one room and lane nobody holds two, while many take, settle and queue', async () => {
      const store = office()
      await queue(
        store,
        Array.from({ length: 60 }, (_, i) => ({ room: `r${i % 6}` })),
      )
      const holding = new Map<string, string>()
      const order: string[] = []
      const work = async (owner: string): Promise<void> => {
        for (let round = 0; round < 25; round++) {
          const rows = await leaseOutbox(store, lease(owner, { limit: 4 }))
          for (const { room, id } of rows) {
            expect([room, holding.get(room)]).toEqual([room, undefined])
            holding.set(room, id)
          }
          await new Promise((done) => setTimeout(done, round % 3))
          for (const { room, id } of rows) {
            order.push(`${room} ${id}`)
            holding.delete(room)
          }
          if (rows.length > 0)
            await settleOutbox(
              store,
              owner,
              rows.map(({ id }) => settlement(id, { settledAt: now })),
            )
        }
      }
      await Promise.all(['a', 'b', 'c', 'd', 'e'].map(work))
      expect((await outboxDepth(store)).sent).toBe(60)
      for (let r = 0; r < 6; r++)
        expect(order.filter((one) => one.startsWith(`r${r} `))).toEqual(
          Array.from({ length: 10 }, (_, i) => `r${r} n${i * 6 + r}`),
        )
    }, 30_000)

    it('12 workers at once never take the same', async () => {
      const store = office()
      await queue(
        store,
        Array.from({ length: 40 }, (_, i) => ({ room: `r${i % 30}` })),
      )
      const taken = (
        await Promise.all(Array.from({ length: 12 }, (_, i) => leaseOutbox(store, lease(`w${i}`, { limit: 5 }))))
      ).flat()
      // What a rival took at the same moment is left to the next round; nothing is taken twice, and none but the oldest.
      const rest = await leaseOutbox(store, lease('last'))
      const all = ids([...taken, ...rest])
      expect(new Set(all).size).toBe(all.length)
      expect(all).toEqual(Array.from({ length: 30 }, (_, i) => `n${i}`).sort())
    })

    it('a lease that ran out passes on, and the former owner settles nothing', async () => {
      const store = office()
      await queue(store, [{}])
      expect(ids(await leaseOutbox(store, lease('slow', { until: later(10) })))).toEqual(['n0'])
      expect(await leaseOutbox(store, lease('next', { now: later(9) }))).toEqual([])
      const [again] = await leaseOutbox(store, lease('next', { now: later(10), until: later(70) }))
      expect(again).toMatchObject({ id: 'n0', leaseOwner: 'next', lapsed: 1 })
      expect(await markSending(store, 'slow', ['n0'], { now, until: later(99) })).toEqual(new Set())
      expect(await markSending(store, 'next', ['n0'], { now: later(10), until: later(70) })).toEqual(new Set(['n0']))
      expect(await rowOf(store, 'n0')).toMatchObject({ attempts: 1, triedAt: later(10), leaseUntil: later(70) })
      expect(await settle(store, 'slow', 'n0', { state: 'sent' })).toBe(false)
      expect(await settle(store, 'next', 'n0', { state: 'unsure' })).toBe(true)
      expect(await settle(store, 'next', 'n0', { state: 'sent' })).toBe(false)
      expect(await outboxDepth(store)).toEqual({ waiting: 0, sent: 0, dropped: 0, dead: 0, unsure: 1 })
    })

    it('the words of a notice are written down by its owner alone', async () => {
      const store = office()
      await queue(store, [{ room: 'a' }, { room: 'b' }])
      await leaseOutbox(store, lease('w', { limit: 1 }))
      const card = { title: '本周任务', tone: 'plain' as const, blocks: [{ kind: 'text' as const, text: '“一”\n二' }] }
      const said = ['n0', 'n1'].map((id) => ({ id, card, tasks: ['1-2'] }))
      await keepWords(store, 'other', said)
      expect(await rowOf(store, 'n0')).toMatchObject({ card: null, tasks: [] })
      await keepWords(store, 'w', said)
      expect(await rowOf(store, 'n0')).toMatchObject({ card, tasks: ['1-2'], state: 'waiting', leaseOwner: 'w' })
      expect(await rowOf(store, 'n1')).toMatchObject({ card: null, tasks: [] })
    })

    it('another attempt later is a settlement too', async () => {
      const store = office()
      await queue(store, [{}])
      await leaseOutbox(store, lease('w'))
      expect(await settle(store, 'w', 'n0', { state: 'waiting', dueAt: later(30), error: 'busy' })).toBe(true)
      expect(await leaseOutbox(store, lease('w', { now: later(29) }))).toEqual([])
      expect((await leaseOutbox(store, lease('w', { now: later(30) })))[0]).toMatchObject({
        lapsed: 0,
        error: 'busy',
      })
    })

    it('settles many in one write, with everything that is to be kept', async () => {
      const store = office()
      await queue(store, [{ room: 'a' }, { room: 'b' }, { room: 'c' }])
      await leaseOutbox(store, lease('w'))
      const card = { title: '本周任务 “引号” \\ 🟢', tone: 'plain' as const, blocks: [] }
      const sent = { card, tasks: ['公开17-1'], ref: 'om_1', attempts: 2, triedAt: now, settledAt: later(1) }
      const again = { state: 'waiting' as const, dueAt: later(30), error: '429' }
      expect(
        await settleOutbox(store, 'w', [settlement('n0', sent), settlement('n1', again), settlement('none', {})]),
      ).toEqual(new Set(['n0', 'n1']))
      expect(await rowOf(store, 'n0')).toMatchObject({ ...sent, state: 'sent', error: null, leaseOwner: null })
      expect(await rowOf(store, 'n1')).toMatchObject({
        ...again,
        card: null,
        tasks: [],
        triedAt: null,
        settledAt: null,
      })
      expect(await rowOf(store, 'n2')).toMatchObject({ state: 'waiting', leaseOwner: 'w' })
    })

    it('gives back as it was what is not sent now, and marks only the first try', async () => {
      const store = office()
      await queue(store, [{ room: 'a' }, { room: 'b', triedAt: later(-9), attempts: 3 }])
      const [first, before] = await leaseOutbox(store, lease('w'))
      expect(first).toMatchObject({ id: 'n1', lapsed: 0 })
      await releaseOutbox(store, 'other', ['n0', 'n1'])
      expect(await leaseOutbox(store, lease('w'))).toEqual([])
      await releaseOutbox(store, 'w', ['n0', 'n1'])
      expect(await leaseOutbox(store, lease('w'))).toMatchObject([{ id: 'n1', lapsed: 0 }, { ...before }])
      await markSending(store, 'w', ['n0', 'n1'], { now, until: later(60) })
      expect(await rowOf(store, 'n0')).toMatchObject({ triedAt: now, attempts: 1 })
      expect(await rowOf(store, 'n1')).toMatchObject({ triedAt: later(-9), attempts: 4 })
    })

    it('what nobody could send in its time is dead, or unsure where a try may have arrived; what is being sent is left', async () => {
      const store = office()
      const validUntil = later(5)
      await queue(store, [
        { room: 'a', validUntil, error: '503' },
        { room: 'b', validUntil, triedAt: now },
        { room: 'c', validUntil, lane: 'answer' },
        { room: 'd' },
      ])
      await leaseOutbox(store, lease('w', { limit: 1 }))
      await expireOutbox(store, later(5))
      expect(await rowOf(store, 'n0')).toMatchObject({ state: 'dead', error: '过了时效没有送达：503' })
      expect(await rowOf(store, 'n1')).toMatchObject({ state: 'unsure', settledAt: later(5) })
      expect((await outboxDepth(store)).waiting).toBe(2)
      expect(await settle(store, 'w', 'n2', { settledAt: now })).toBe(true)
    })

    it('brings forward what a mute held back, and nothing else', async () => {
      const store = office()
      const tick = { origin: 'tick' as const, dueAt: later(100) }
      await queue(store, [
        { room: 'a', ...tick },
        { room: 'a', ...tick, attempts: 1 },
        { room: 'a', dueAt: later(90) },
        { room: 'a', dueAt: later(80) },
        { room: 'b', ...tick },
      ])
      await store.atomic((q) => [bringForward(store, q, ['a', 'x'], later(90), now)])
      const due = await Promise.all([0, 1, 2, 3, 4].map(async (i) => (await rowOf(store, `n${i}`)).dueAt))
      expect(due).toEqual([now, later(100), now, later(80), later(100)])
    })

    it('offices do not hold each other back, nor settle for each other', async () => {
      const [a, b] = [office(), office()]
      await queue(a, [{}])
      await queue(b, [{}])
      expect(ids(await leaseOutbox(b, lease('w')))).toEqual(['n0'])
      expect(await settle(a, 'w', 'n0', { state: 'sent' })).toBe(false)
      expect(ids(await leaseOutbox(a, lease('w')))).toEqual(['n0'])
      expect(await outboxDepth(a)).toEqual({ waiting: 1, sent: 0, dropped: 0, dead: 0, unsure: 0 })
    })

    it('sweeps out what is old, in chunks, and of this office alone', async () => {
      const [a, b] = [office(), office()]
      const day = (n: number) => later(n * 86_400)
      for (const one of [a, b]) {
        await queue(
          one,
          [1, 2, 3, 4].map((n) => ({
            room: `${n}`,
            state: 'sent',
            dueAt: day(n),
            settledAt: day(n),
            recipe: { kind: 'x' },
          })),
        )
        await one.atomic((q) =>
          [1, 2, 3].map((n) => q.insert(one.t.receipts).values({ office: one.office, key: `r${n}`, at: day(n) })),
        )
        await takeQuota(one, 'lark:cli', day(1), 1, 9)
      }
      const kept = {
        receipts: day(3),
        quotas: day(2),
        links: day(2),
        sessions: day(2),
        dialogues: day(2),
        cards: { from: day(0), to: day(4) },
        notices: day(2),
      }
      const rows = async () =>
        (await a.q.select().from(a.t.outbox).where(eq(a.t.outbox.office, a.office))).map(
          ({ id, recipe }) => `${id} ${recipe ? 'whole' : 'bare'}`,
        )
      expect(await sweep(a, kept, 2)).toBe(true)
      expect(await sweep(a, kept, 2)).toBe(false)
      expect((await rows()).sort()).toEqual(['n1 bare', 'n2 bare', 'n3 whole'])
      expect([
        await a.q.$count(a.t.receipts, eq(a.t.receipts.office, a.office)),
        (await quotaUsed(a, day(1))).size,
      ]).toEqual([1, 0])
      expect([
        await a.q.$count(a.t.receipts, eq(a.t.receipts.office, b.office)),
        (await quotaUsed(b, day(1))).size,
      ]).toEqual([3, 1])
    })

    it('grants a minute’s quota to the last send and not beyond', async () => {
      const store = office()
      const take = (n: number, minute = now, app = 'lark:cli') => takeQuota(store, app, minute, n, 20)
      expect([await take(15), await take(15), await take(1)]).toEqual([15, 5, 0])
      expect([await take(25, later(60)), await take(1, later(60))]).toEqual([20, 0])
      expect(await take(3, now, 'lark:other')).toBe(3)
      expect(await takeQuota(office(), 'lark:cli', now, 3, 20)).toBe(3)
      expect(await takeQuota(store, 'none', now, 3, 0)).toBe(0)
      expect([...(await quotaUsed(store, now)).keys()].sort()).toEqual(['lark:cli', 'lark:other', 'none'])
    })

    it('never grants more under concurrency', async () => {
      const store = office()
      const granted = await Promise.all(Array.from({ length: 20 }, () => takeQuota(store, 'app', now, 3, 50)))
      expect(granted.reduce((sum, n) => sum + n, 0)).toBe(50)
    })
  })
}
