import { describe, expect, it } from 'vitest'
import {
  arrivals,
  countDeliveries,
  deadPushes,
  lastDelivery,
  lastReached,
  lastWords,
  messagesTo,
  unasked,
  unsentDeliveries,
} from '../../db/queries/deliveries.ts'
import { oldestOverdue, settledMessages, waitingMessages } from '../../db/queries/figures.ts'
import type { OfficeStore } from '../../db/store.ts'
import type { Office } from './store.ts'

type Row = OfficeStore['t']['outbox']['$inferInsert']
const now = new Date('2017-08-21T01:00:00.000Z')
const later = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000)
const day = { from: later(-1), to: later(23) }

const queue = (store: OfficeStore, rows: Partial<Row>[]) =>
  store.atomic((q) =>
    rows.map((row, i) =>
      q.insert(store.t.outbox).values({
        ...{ office: store.office, id: `n${i}`, lane: 'push', room: `lark:*:${i}`, ord: String(i).padStart(3, '0') },
        address: { platform: 'lark', route: '*', kind: 'room', id: String(i) },
        ...{ dueAt: now, validUntil: later(48), state: 'sent', settledAt: now, tasks: [], batch: 'week:2017-08-21' },
        ...row,
      }),
    ),
  )

/** What became of pushes is told by the outbox alone, on every database the same. */
export const deliveries = (office: Office): void => {
  describe('deliveries', () => {
    it('are counted by push and state, of one push or of a stretch of time, and add up', async () => {
      const store = office()
      await queue(store, [
        { state: 'sent' },
        { state: 'sent' },
        { state: 'dead', error: 'gone: x' },
        { state: 'dropped', batch: '', origin: 'person' },
        { state: 'waiting', batch: 'day:2017-08-23', dueAt: later(48) },
        { state: 'sent', lane: 'answer', batch: '' },
      ])
      const byBatch = await countDeliveries(store, { batch: 'week:2017-08-21' })
      expect(byBatch.sort((a, b) => a.n - b.n)).toEqual([
        { batch: 'week:2017-08-21', state: 'dead', n: 1 },
        { batch: 'week:2017-08-21', state: 'sent', n: 2 },
      ])
      const all = await countDeliveries(store, day)
      expect(all.reduce((sum, { n }) => sum + n, 0)).toBe(4)
      expect(await lastDelivery(store, { from: later(-1), to: later(1) })).toEqual(now)
      expect(await lastDelivery(store, { from: later(-9), to: later(-1) })).toBeUndefined()
    })

    it('name what was not sent, dead first, page by page', async () => {
      const store = office()
      await queue(store, [
        { state: 'dropped', error: '发送时已无内容' },
        { state: 'waiting', units: ['u1'] },
        { state: 'unsure' },
        { state: 'dead', error: 'gone: x' },
        { state: 'sent' },
      ])
      const page = async (offset: number) =>
        (await unsentDeliveries(store, day, { limit: 3, offset })).map(({ state }) => state)
      expect(await page(0)).toEqual(['dead', 'unsure', 'waiting'])
      expect(await page(3)).toEqual(['dropped'])
      const [first] = await unsentDeliveries(store, { batch: 'week:2017-08-21' }, { limit: 1 })
      expect(first).toMatchObject({ error: 'gone: x', room: 'lark:*:3', address: { id: '3' }, units: [] })
    })

    it('tell who watches how many wait since when, how the others ended, and what is overdue, by office', async () => {
      const [store, other] = [office(), office()]
      await queue(store, [
        ...[{ state: 'waiting', dueAt: later(-2) } as const, { state: 'waiting', dueAt: later(3) } as const],
        ...['gone: 甲', 'gone: 乙丙丁'].map((error) => ({
          state: 'dead' as const,
          error: `${error}群里没有了机器人很久了`,
        })),
        { state: 'dead', error: 'gone: 丙', dueAt: later(-30) },
        { state: 'sent' },
      ])
      await queue(other, [{ state: 'waiting', dueAt: later(3) }])
      const of = <T extends { office: string }>(rows: T[], which = store) =>
        rows.filter((row) => row.office === which.office)
      const waiting = await waitingMessages(store, now)
      expect(of(waiting)).toEqual([{ office: store.office, n: 2, due: later(-2) }])
      expect(of(waiting, other)).toEqual([{ office: other.office, n: 1, due: null }])
      const settled = of(await settledMessages(store, later(-24)))
      expect(settled.every(({ error }) => error.length <= 18)).toBe(true)
      const counts = settled.map(({ state, error, n }) => `${state} ${error.slice(0, 4)} ${n}`).sort()
      expect(counts).toEqual(['dead gone 1', 'dead gone 1', 'sent  1'])
      const t = store.t
      const duty = (id: string, more: object) => ({
        ...{ office: store.office, id, plan: 'p', task: id, ord: 1, unit: 'u', role: 'lead' as const, demand: 0 },
        ...{ round: id, state: 'open' as const, named: true, ...more },
      })
      await store.atomic((q) => [
        q.insert(t.offices).values({ office: store.office, name: '', zone: 'Asia/Shanghai' }).onConflictDoNothing(),
        q.insert(t.plans).values({
          ...{ office: store.office, id: 'p', code: '公开17', state: 'released', document: {} as never, digest: '' },
          ...{ questions: [], common: [], natural: 'p' },
        }),
        q.insert(t.duties).values(duty('old', { dueOn: '2017-08-10' })),
        q.insert(t.duties).values(duty('older', { dueOn: '2017-08-01', state: 'done' })),
        q.insert(t.duties).values(duty('left', { dueOn: '2017-08-02', archivedOn: '2017-08-03' })),
        q.insert(t.duties).values(duty('ancient', { dueOn: '2015-08-02' })),
        q.insert(t.duties).values(duty('draft', { dueOn: '2017-08-01', plan: 'none' })),
      ])
      const overdue = await oldestOverdue(store, { from: '2016-08-20', before: '2017-08-21' })
      expect(of(overdue)).toEqual([{ office: store.office, due: '2017-08-10' }])
    })

    it('tell what the same units got, and when rooms were reached and spoke', async () => {
      const store = office()
      await queue(store, [
        { units: ['a', 'b'], origin: 'tick' },
        { units: ['a', 'b'], origin: 'tick', room: 'lark:*:0' },
        { units: ['a'], origin: 'person', batch: '' },
        { units: ['a'], lane: 'answer', asks: true, batch: '', room: 'lark:cli_1:0' },
        { units: ['a'], lane: 'answer', batch: '', dueAt: later(2), room: 'lark:cli_1:0' },
        { units: ['a'], state: 'dead', error: 'gone: x', room: 'lark:*:9' },
      ])
      const groups = (await messagesTo(store, day)).sort((x, y) => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1))
      expect(groups).toEqual([
        { units: ['a', 'b'], lane: 'push', origin: 'tick', asks: false, n: 2 },
        { units: ['a'], lane: 'answer', origin: 'person', asks: false, n: 1 },
        { units: ['a'], lane: 'answer', origin: 'person', asks: true, n: 1 },
        { units: ['a'], lane: 'push', origin: 'person', asks: false, n: 1 },
      ])
      const bare = (await unasked(store, day)).map(({ units, batch, at }) => [units.join(''), batch, at])
      expect(bare).toEqual([
        ['ab', 'week:2017-08-21', now],
        ['ab', 'week:2017-08-21', now],
      ])
      expect(await arrivals(store, ['week:2017-08-21', 'week:2017-08-14'])).toHaveLength(2)
      expect(await lastWords(store, later(-1))).toEqual([{ room: 'lark:cli_1:0', at: later(2) }])
      expect(await deadPushes(store, later(-1))).toEqual([{ room: 'lark:*:9', error: 'gone: x', at: now }])
      expect(await lastReached(store, ['lark:*:0', 'lark:*:9'])).toEqual([{ room: 'lark:*:0', at: now }])
    })
  })
}
