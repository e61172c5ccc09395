import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { lookOver, officesToSend, rests } from '../../db/queries/signs.ts'
import type { OfficeStore } from '../../db/store.ts'
import type { Office } from './store.ts'

const now = new Date('2017-07-11T08:00:00.000Z')
const minutes = (n: number): Date => new Date(now.getTime() + n * 60_000)
const clocks = { from: minutes(-60), to: minutes(240) }

const withRow = async (office: Office, planned = '', wakes?: Date): Promise<OfficeStore> => {
  const store = office()
  const row = { office: store.office, name: '市', zone: 'Asia/Shanghai', rosterVersion: 3, planned, wakes }
  await store.atomic((q) => [q.insert(store.t.offices).values(row)])
  return store
}

const queued = (store: OfficeStore, dueAt: Date, state: 'waiting' | 'sent' = 'waiting') =>
  store.atomic((q) => [
    q.insert(store.t.outbox).values({
      ...{ office: store.office, id: `${state} ${dueAt.getTime()}`, lane: 'push', room: 'r', ord: '1', tasks: [] },
      address: { platform: 'console', route: 'local', kind: 'room', id: 'r' },
      ...{ dueAt, validUntil: minutes(600), state },
    }),
  ])

const leased = (store: OfficeStore, until: Date) =>
  store.one((q) =>
    q.update(store.t.outbox).set({ leaseUntil: until, leaseOwner: 'x' }).where(eq(store.t.outbox.office, store.office)),
  )

const clock = (store: OfficeStore, dueAt: Date, state: 'open' | 'done' = 'open') =>
  store.atomic((q) => [
    q.insert(store.t.duties).values({
      ...{ office: store.office, id: `${state} ${dueAt.getTime()}`, plan: 'p', task: 't', ord: 1, unit: 'u' },
      ...{ role: 'lead', demand: 0, round: `${state} ${dueAt.getTime()}`, state, named: true, dueAt },
    }),
  ])

const incident = (store: OfficeStore, row: { due: string; closedOn?: string }) =>
  store.atomic((q) => [
    q.insert(store.t.cases).values({
      ...{ office: store.office, id: 'c', kind: 'incident', year: 2017, ord: 1, title: '停水', state: 'open' },
      ...{ openedOn: '2017-07-11', events: { v: 1, list: [] }, ...row },
    }),
  ])

/** What one look over all offices tells of each. */
export const signs = (office: Office): void => {
  describe('signs', () => {
    const look = (stores: OfficeStore[], every = false) => lookOver(stores[0] as OfficeStore, { now, clocks, every })
    /** Which of them a look shows as awake by their hour. */
    const woken = async (stores: OfficeStore[], every = false): Promise<boolean[]> => {
      const { signs } = await look(stores, every)
      return stores.map(({ office: name }) => signs.has(name))
    }

    it('marks of an office: its version, its plan of the day, its last seal', async () => {
      const [fresh, old] = [await withRow(office), await withRow(office, '2017-07-10@3')]
      await old.atomic((q) =>
        ['2017-07-09', '2017-07-10'].map((day) =>
          q.insert(old.t.seals).values({
            ...{ office: old.office, day, alg: 'sm3', heads: 0, hash: '', prev: '', moved: [], at: now },
          }),
        ),
      )
      const unmarked = { version: 3, swept: '', calendar: '' }
      const { signs } = await look([fresh, old])
      expect([fresh, old].map(({ office: name }) => signs.get(name))).toEqual([
        { ...unmarked, planned: '', sealed: null },
        { ...unmarked, planned: '2017-07-10@3', sealed: '2017-07-10' },
      ])
    })

    it('who rests is not looked at before its hour, nor where its version has moved, nor by a clock put back', async () => {
      const given = [undefined, now, minutes(1), minutes(24 * 60), minutes(26 * 60)]
      const stores: OfficeStore[] = []
      for (const wakes of given) stores.push(await withRow(office, '', wakes))
      expect(await woken(stores)).toEqual([true, true, false, false, true])
      expect(await woken(stores, true)).toEqual(given.map(() => true))
      const [one, other] = stores as [OfficeStore, OfficeStore]
      await rests(one, 3, minutes(60))
      await rests(other, 2, minutes(60))
      expect(await woken([one, other])).toEqual([false, true])
    })

    it('between two ticks: who has a message to send now that nobody is sending', async () => {
      const [free, later, sent, held, lapsed] = [office(), office(), office(), office(), office()]
      await queued(free, now)
      await queued(later, minutes(1))
      await queued(sent, now, 'sent')
      for (const [store, until] of [
        [held, minutes(1)],
        [lapsed, now],
      ] as const) {
        await queued(store, now)
        await leased(store, until)
      }
      const found = await officesToSend(later, now)
      expect([free, later, sent, held, lapsed].map((store) => found.has(store.office))).toEqual([
        ...[true, false, false, false, true],
      ])
    })

    it('something is due where a message, a clock, an old question or evidence is, and nowhere else', async () => {
      const stores: OfficeStore[] = []
      for (let i = 0; i < 13; i++) stores.push(await withRow(office))
      const [sends, sent, later, runs, met, far, asks, answers, brings, keeps, inHours, inDays, closed] = stores as [
        ...[OfficeStore, OfficeStore, OfficeStore, OfficeStore, OfficeStore],
        ...[OfficeStore, OfficeStore, OfficeStore, OfficeStore, OfficeStore],
        ...[OfficeStore, OfficeStore, OfficeStore],
      ]
      await queued(sends, now)
      await queued(sent, now, 'sent')
      await queued(later, minutes(1))
      await clock(runs, minutes(200))
      await clock(met, minutes(200), 'done')
      await clock(far, minutes(241))
      for (const [store, expiresAt] of [
        [asks, now],
        [answers, minutes(1)],
      ] as const)
        await store.atomic((q) => [
          q.insert(store.t.dialogues).values({
            ...{ office: store.office, room: 'r', person: 'p', expiresAt },
            ask: { v: 1, intent: { intent: 'none' }, want: 'task', options: [] },
          }),
        ])
      for (const [store, state] of [
        [brings, 'waiting'],
        [keeps, 'kept'],
      ] as const)
        await store.atomic((q) => [
          q.insert(store.t.evidence).values({
            ...{
              office: store.office,
              id: 'e',
              duty: 'd',
              report: 1,
              kind: 'link',
              state,
              name: 'x',
              message: 'm',
              at: now,
            },
          }),
        ])
      await incident(inHours, { due: '2017-07-13T08:00' })
      await incident(inDays, { due: '2017-07-11' })
      await incident(closed, { due: '2017-07-11T18:00', closedOn: '2017-07-10' })
      const seen = (await look(stores)).due
      const due = stores.map(({ office: name }) => seen.has(name))
      expect(due).toEqual([true, false, false, true, false, false, true, false, true, false, true, false, false])
    })
  })
}
