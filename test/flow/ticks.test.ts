import { and, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { lookOver } from '../../db/queries/signs.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { OfficeStore, Store } from '../../db/store.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { createOfficeCache } from '../../src/flow/office.ts'
import { tick, tickOffices } from '../../src/flow/tick.ts'
import { published } from '../../src/time/calendar.ts'
import { longPlan } from '../town/long-plan.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'

let stores: Store[]
beforeEach(async () => {
  stores = [await openSqlite(':memory:'), await openSqlite(':memory:')]
  for (const store of stores) await migrate(store)
})
afterEach(async () => {
  for (const store of stores) await store.close()
})

/** Without a seal's hash: it stands over the ids of messages, which are dice, and those fall otherwise where more was done. */
const unsealed = (card: unknown): string => JSON.stringify(card).replace(/(?<=校验值 )[0-9a-f]+/g, '')

/** What ticks have made of an office: its unasked messages and its seals. */
const madeOf = async ({ deps: { store } }: Rooms) => {
  const { q, t, office } = store
  const own = and(eq(t.outbox.office, office), eq(t.outbox.origin, 'tick'))
  const messages = await q.select().from(t.outbox).where(own).orderBy(t.outbox.id)
  const seals = await q.select().from(t.seals).where(eq(t.seals.office, office)).orderBy(t.seals.day)
  return {
    messages: messages.map(({ id, state, card }) => ({ id, state, card: unsealed(card) })),
    seals: seals.map(({ day }) => day),
  }
}
const lists = async (town: Rooms): Promise<string[]> =>
  (await madeOf(town)).messages.flatMap(({ id }) => (id.startsWith('week:') ? [id] : []))

/** The office's flow, with the writes that it makes counted. */
const watched = (deps: Deps): { deps: Deps; writes(): number } => {
  let writes = 0
  const { store } = deps
  const counted: OfficeStore = {
    ...store,
    one: (write) => {
      writes++
      return store.one(write)
    },
    atomic: (write) => {
      writes++
      return store.atomic(write)
    },
  }
  return { deps: { ...deps, store: counted }, writes: () => writes }
}

const town = async (office = 'one', store = stores[0] as Store): Promise<Rooms> =>
  openRooms(store.of(office), { plan: longPlan })

/** Moments of some days: office hours and nights, a weekend, and ticks that were missed. */
const moments: [day: string, time: string][] = [
  ...(['08:00', '09:00', '09:01', '10:17', '17:31'] as const).map((time): [string, string] => ['2017-08-18', time]),
  ...(['00:00', '09:00', '12:00'] as const).map((time): [string, string] => ['2017-08-19', time]),
  ...(['00:01', '03:30', '09:05', '15:00', '23:59'] as const).map((time): [string, string] => ['2017-08-21', time]),
  ...(['00:00', '07:00', '11:30', '13:00', '16:30'] as const).map((time): [string, string] => ['2017-08-22', time]),
  ['2017-08-25', '14:00'],
]

describe('a tick of many offices', () => {
  it('does for each what its own tick would do', async () => {
    // The same town twice, in two databases.
    const [one, other] = [await town(), await town('one', stores[1])]
    for (const [day, time] of moments) {
      for (const each of [one, other]) {
        each.on(day, time)
        if (time === '15:00') await each.as('office').says('5-2触发，8月21日14:30')
        if (time === '13:00') await each.as('liaison:市财政局').says('1-2 7月的已公开 http://a.example.gov.cn/1')
      }
      await tick(one.deps, 1000)
      await tickOffices([other.deps], 1000)
      expect(await madeOf(other)).toEqual(await madeOf(one))
    }
    const { messages, seals } = await madeOf(one)
    for (const kind of ['week:', 'clock:', 'day:']) expect(messages.some(({ id }) => id.startsWith(kind))).toBe(true)
    expect(seals.length).toBeGreaterThan(3)
  })

  it('works only where something is due, and reads the others by their marks', async () => {
    const towns = [await town('one'), await town('other')]
    for (const each of towns) each.on('2017-08-21', '09:00')
    await tickOffices(
      towns.map(({ deps }) => deps),
      1000,
    )
    for (const each of towns) each.on('2017-08-21', '09:30')
    const [, other] = towns as [Rooms, Rooms]
    const { t, q, office, atomic } = other.deps.store
    const ask = { v: 1 as const, intent: { intent: 'none' as const }, want: 'task' as const, options: [] }
    await atomic((w) => [w.insert(t.dialogues).values({ office, room: 'r', person: 'p', expiresAt: new Date(0), ask })])
    const [idle, asked] = towns.map(({ deps }) => watched(deps)) as [
      ReturnType<typeof watched>,
      ReturnType<typeof watched>,
    ]
    await tickOffices([idle.deps, asked.deps])
    expect(idle.writes()).toBe(0)
    expect(asked.writes()).toBeGreaterThan(0)
    expect(await q.select().from(t.dialogues)).toEqual([])
    const before = asked.writes()
    await tickOffices([idle.deps, asked.deps])
    expect(asked.writes()).toBe(before)
  })

  it('wakes it for a standing push at its hour, once, whether it is a message of its own or part of the day’s', async () => {
    const one = await town()
    one.on('2017-08-18', '10:00')
    await one.as('office', '主管科室').says('每天14:00推送完成情况')
    await one.as('office', '市财政局').says('每周二推送本周任务')
    const { deps, writes } = watched(one.deps)
    const woken = async (day: string, time: string): Promise<boolean> => {
      one.on(day, time)
      const before = writes()
      await tickOffices([deps], 1000)
      return writes() > before
    }
    await woken('2017-08-21', '23:00')
    await woken('2017-08-22', '00:00')
    await woken('2017-08-22', '09:00')
    expect([await woken('2017-08-22', '09:01'), await woken('2017-08-22', '13:59')]).toEqual([false, false])
    expect([await woken('2017-08-22', '14:00'), await woken('2017-08-22', '14:01')]).toEqual([true, false])
    expect(
      (await madeOf(one)).messages.filter(({ id, state }) => id.startsWith('sub:') && state === 'sent'),
    ).toHaveLength(1)
  })

  it('wakes it to sweep until nothing is left, and to take another calendar over', async () => {
    const one = await town()
    const { store } = one.deps
    const { t, office } = store
    one.on('2017-08-18', '00:00')
    await tickOffices([one.deps], 1000)
    await store.atomic((w) =>
      Array.from({ length: 1200 }, (_, i) =>
        w.insert(t.receipts).values({ office, key: `r${i}`, at: new Date('2017-01-01T00:00:00Z') }),
      ),
    )
    const left: number[] = []
    for (const time of ['00:00', '00:01', '00:02', '00:03']) {
      one.on('2017-08-19', time)
      await tickOffices([one.deps], 1000)
      left.push(await store.q.$count(t.receipts))
    }
    expect(left).toEqual([700, 200, 0, 0])
    const { deps, writes } = watched(one.deps)
    await tickOffices([deps], 1000)
    expect(writes()).toBe(0)
    const other = new Set(published.off).add('2017-08-22')
    const cache = createOfficeCache(deps.zone, { ...published, off: other })
    await tickOffices([{ ...deps, cache }], 1000)
    expect(writes()).toBeGreaterThan(0)
    const turned = writes()
    await tickOffices([{ ...deps, cache }], 1000)
    expect(writes()).toBe(turned)
  })

  it('looks at nobody who rests: a look costs what wakes, not what there is', async () => {
    const towns = [await town('one'), await town('other')]
    const all = towns.map(({ deps }) => deps)
    const awake = async (): Promise<string[]> => {
      const { deps } = towns[0] as Rooms
      const now = deps.now()
      return [...(await lookOver(deps.store, { now, clocks: { from: now, to: now } })).signs.keys()].sort()
    }
    for (const each of towns) each.on('2017-08-21', '09:00')
    await tickOffices(all, 1000)
    expect(await awake()).toEqual([])
    const [one] = towns as [Rooms, Rooms]
    await one.as('office').says('每天14:00推送完成情况')
    expect(await awake()).toEqual(['one'])
    for (const each of towns) each.on('2017-08-21', '13:59')
    await tickOffices(all, 1000)
    expect(await awake()).toEqual([])
    for (const each of towns) each.on('2017-08-21', '14:00')
    expect(await awake()).toEqual(['one'])
    for (const each of towns) each.on('2017-08-22', '00:00')
    expect(await awake()).toEqual(['one', 'other'])
    await tickOffices(all, 1000)
    for (const each of towns) each.on('2017-08-20', '09:00')
    expect(await awake()).toEqual(['one', 'other'])
  })

  it('an office that fails keeps no other from its lists, and has its own with the next tick', async () => {
    const [one, other] = [await town('one'), await town('other')]
    for (const each of [one, other]) each.on('2017-08-21', '09:00')
    const broken: Deps = { ...one.deps, cache: () => Promise.reject(new Error('unreadable')) }
    await tickOffices([broken, other.deps], 1000)
    expect([await lists(one), (await lists(other)).length > 0]).toEqual([[], true])
    await tickOffices([one.deps, other.deps], 1000)
    expect((await lists(one)).length).toBe((await lists(other)).length)
    await tickOffices([], 1000)
  })
})
