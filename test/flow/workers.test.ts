import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Adapter, Delivery } from '../../adapters/adapter.ts'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { OfficeStore } from '../../db/store.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { ensureOffice } from '../../src/flow/office.ts'
import { DeliveryError } from '../../src/model/problem.ts'
import { townDeps } from '../town/town.ts'

const HOUR = 3_600_000
const ROOMS = 5
const NOTICES = 40

/** A platform that remembers what reached it, and answers as the dice say; `once`: it lets one message a key through. */
const createPlatform = (dice: () => number, once: number | undefined) => {
  const arrived: string[] = []
  const accept = ({ key }: Delivery): void => {
    if (once === undefined || !arrived.includes(key)) arrived.push(key)
  }
  /** The platform as one process sees it; `dies` is called where the process ends within a call. */
  const seenBy = (dies: () => void): Adapter => ({
    ...{ platform: 'lark', route: 'cli_1', perMinute: 1000, canStart: { room: true, person: true } },
    ...(once !== undefined && { once }),
    deliver: async (delivery) => {
      await new Promise((done) => setTimeout(done, dice() * 3))
      const fate = dice()
      if (fate < 0.15) throw new DeliveryError('later', '429', fate < 0.05 ? 5000 : undefined)
      if (fate < 0.2) throw new DeliveryError('unsure', 'timed out')
      if (fate < 0.22) throw new DeliveryError('gone', 'no such group')
      if (fate >= 0.24) accept(delivery)
      if (fate < 0.27) {
        dies()
        await new Promise(() => undefined)
      }
      if (fate < 0.32) throw new DeliveryError('unsure', 'the answer was lost')
      return {}
    },
  })
  return { arrived, seenBy }
}

const queued = (store: OfficeStore, now: Date) =>
  store.atomic((q) =>
    Array.from({ length: NOTICES }, (_, i) => {
      const room = `lark:cli_1:${i % ROOMS}`
      return q.insert(store.t.outbox).values({
        ...{
          office: store.office,
          id: `n${i}`,
          lane: i % 3 === 0 ? 'answer' : 'push',
          room,
          tasks: [],
          state: 'waiting',
        },
        address: { platform: 'lark', route: 'cli_1', kind: 'room', id: String(i % ROOMS) },
        ...{ ord: String(i).padStart(3, '0'), card: { title: `${i}`, tone: 'plain', blocks: [] } },
        ...{ dueAt: now, validUntil: new Date(now.getTime() + 24 * HOUR) },
      })
    }),
  )

/** Three processes at a time deliver, some end in the middle, until nothing waits any more. */
const simulate = async (seed: number, once: number | undefined) => {
  let state = seed
  const dice = () => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
  const opened = await openSqlite(':memory:')
  await migrate(opened)
  const store = opened.of('yunxi')
  const clock = { now: new Date('2017-08-21T01:00:00Z') }
  await ensureOffice(store, { name: '云溪市', zone: 'Asia/Shanghai' })
  await queued(store, clock.now)
  const platform = createPlatform(dice, once)
  const process = () => {
    let dies = () => {}
    const death = new Promise<void>((done) => {
      dies = () => void setTimeout(done, 8)
    })
    const deps = {
      ...townDeps(store, clock),
      adapters: [platform.seenBy(dies)],
      random: dice,
      newId: () => `w${dice()}`,
    }
    return Promise.race([deliver(deps, 12), death])
  }
  const { t, q } = store
  const waiting = () => q.$count(t.outbox, eq(t.outbox.state, 'waiting'))
  for (let round = 0; (await waiting()) > 0 && round < 400; round++) {
    await Promise.all([process(), process(), process()])
    clock.now = new Date(clock.now.getTime() + 60_000 + dice() * 300_000)
  }
  const rows = await q.select().from(t.outbox)
  await opened.close()
  return { rows, arrived: platform.arrived }
}

describe.each([
  ['takes a key', 0.9 * HOUR],
  ['takes no key', undefined],
] as const)('several processes on a platform that %s', (_, once) => {
  it('send each notice at most once and in its order, and the account adds up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), async (seed) => {
        const { rows, arrived } = await simulate(seed, once)
        expect(new Set(arrived).size).toBe(arrived.length)
        expect(rows.filter(({ state }) => state === 'waiting')).toEqual([])
        for (const { id, state } of rows) {
          if (state === 'sent') expect(arrived).toContain(id)
          if (state === 'dead') expect(arrived).not.toContain(id)
        }
        const lanes = new Map<string, string[]>()
        for (const id of arrived) {
          const row = rows.find((one) => one.id === id)
          const lane = `${row?.room} ${row?.lane}`
          lanes.set(lane, [...(lanes.get(lane) ?? []), row?.ord ?? ''])
        }
        for (const ords of lanes.values()) expect(ords).toEqual([...ords].sort())
      }),
      { numRuns: 12 },
    )
  }, 60_000)
})
