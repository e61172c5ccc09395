import { describe, expect, it } from 'vitest'
import { leaseOutbox, outboxDepth, settleOutbox, takeQuota } from '../../db/queries/outbox.ts'
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
      expect(first).toMatchObject({ leaseOwner: 'w', leaseUntil: later(60), attempts: 1, tasks: [] })
      expect(await leaseOutbox(store, lease('w'))).toEqual([])
      expect(await settleOutbox(store, 'n1', 'w', { state: 'sent', settledAt: now, ref: 'x' })).toBe(true)
      expect(await settleOutbox(store, 'n4', 'w', { state: 'dead', error: 'no route' })).toBe(true)
      expect(ids(await leaseOutbox(store, lease('w')))).toEqual(['n0', 'n4-later'])
    })

    it('a notice that is not due yet holds back those behind it', async () => {
      const store = office()
      await queue(store, [{ dueAt: later(1) }, {}])
      expect(await leaseOutbox(store, lease('w'))).toEqual([])
      expect(ids(await leaseOutbox(store, lease('w', { now: later(1) })))).toEqual(['n0'])
    })

    it('answers go before pushes where not all may go', async () => {
      const store = office()
      await queue(store, [{ room: 'a' }, { room: 'b' }, { room: 'c', lane: 'answer' }])
      expect(ids(await leaseOutbox(store, lease('w', { limit: 1 })))).toEqual(['n2'])
    })

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
      expect(again).toMatchObject({ id: 'n0', leaseOwner: 'next', attempts: 2 })
      expect(await settleOutbox(store, 'n0', 'slow', { state: 'sent' })).toBe(false)
      expect(await settleOutbox(store, 'n0', 'next', { state: 'unsure' })).toBe(true)
      expect(await settleOutbox(store, 'n0', 'next', { state: 'sent' })).toBe(false)
      expect(await outboxDepth(store)).toEqual({ waiting: 0, sent: 0, dropped: 0, dead: 0, unsure: 1 })
    })

    it('another attempt later is a settlement too', async () => {
      const store = office()
      await queue(store, [{}])
      await leaseOutbox(store, lease('w'))
      expect(await settleOutbox(store, 'n0', 'w', { state: 'waiting', dueAt: later(30), error: 'busy' })).toBe(true)
      expect(await leaseOutbox(store, lease('w', { now: later(29) }))).toEqual([])
      expect((await leaseOutbox(store, lease('w', { now: later(30) })))[0]).toMatchObject({
        attempts: 2,
        error: 'busy',
      })
    })

    it('offices do not hold each other back, nor settle for each other', async () => {
      const [a, b] = [office(), office()]
      await queue(a, [{}])
      await queue(b, [{}])
      expect(ids(await leaseOutbox(b, lease('w')))).toEqual(['n0'])
      expect(await settleOutbox(a, 'n0', 'w', { state: 'sent' })).toBe(false)
      expect(ids(await leaseOutbox(a, lease('w')))).toEqual(['n0'])
      expect(await outboxDepth(a)).toEqual({ waiting: 1, sent: 0, dropped: 0, dead: 0, unsure: 0 })
    })

    it('grants a minute’s quota to the last send and not beyond', async () => {
      const store = office()
      const take = (n: number, minute = now, app = 'lark:cli') => takeQuota(store, app, minute, n, 20)
      expect([await take(15), await take(15), await take(1)]).toEqual([15, 5, 0])
      expect([await take(25, later(60)), await take(1, later(60))]).toEqual([20, 0])
      expect(await take(3, now, 'lark:other')).toBe(3)
      expect(await takeQuota(office(), 'lark:cli', now, 3, 20)).toBe(3)
      expect(await takeQuota(store, 'none', now, 3, 0)).toBe(0)
    })

    it('never grants more under concurrency', async () => {
      const store = office()
      const granted = await Promise.all(Array.from({ length: 20 }, () => takeQuota(store, 'app', now, 3, 50)))
      expect(granted.reduce((sum, n) => sum + n, 0)).toBe(50)
    })
  })
}
