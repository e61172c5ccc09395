import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Adapter, Delivery } from '../../adapters/adapter.ts'
import { migrate } from '../../db/migrate.ts'
import { outboxDepth } from '../../db/queries/outbox.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { queuePushes } from '../../src/flow/remind/queue.ts'
import { tick } from '../../src/flow/tick.ts'
import { DeliveryError } from '../../src/model/problem.ts'
import { settle } from '../town/members.ts'
import { openTown, type Town } from '../town/town.ts'

/** A platform that a test can make refuse. */
const createPlatform = () => {
  const sent: Delivery[] = []
  const wrong: DeliveryError[] = []
  const adapter: Adapter = {
    platform: 'lark',
    route: 'cli_1',
    perMinute: 100,
    canStart: { room: true, person: true },
    deliver: async (delivery) => {
      const error = wrong.shift()
      if (error) throw error
      sent.push(delivery)
      return { ref: `om_${sent.length}` }
    },
  }
  return { adapter, sent, wrong }
}

let store: Store
let town: Town
let platform: ReturnType<typeof createPlatform>
beforeEach(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  platform = createPlatform()
  town = await openTown(store.of('yunxi'), { adapters: [platform.adapter] })
  await settle(town, 'lark')
  town.on('2017-08-21', '09:00')
})
afterEach(() => store.close())

const titles = () => platform.sent.map(({ to, card }) => `${to.id} ${card.title}`)

describe('the weekly list', () => {
  it('goes into each bound room on the first workday of the week at nine, and once', async () => {
    town.on('2017-08-21', '08:59')
    expect(await tick(town.deps)).toEqual([])
    town.on('2017-08-21', '09:00')
    await tick(town.deps)
    await tick(town.deps)
    town.on('2017-08-21', '14:00')
    await tick(town.deps)
    town.on('2017-08-22', '09:00')
    await tick(town.deps)
    expect(titles().sort()).toEqual([
      'oc_finance 市财政局本周任务（8月21日—8月27日）',
      'oc_work 各单位本周任务（8月21日—8月27日）',
      'ou_office 本周督办工作（8月21日—8月27日）',
    ])
  })

  it('two servers at the same minute send it once', async () => {
    await Promise.all([tick(town.deps), tick(town.deps), tick(town.deps)])
    expect(platform.sent).toHaveLength(3)
  })

  it('waits for the first workday where Monday is a holiday', async () => {
    town.on('2017-10-02', '09:00')
    expect(await queuePushes(town.deps)).toEqual([])
    town.on('2017-10-09', '09:00')
    expect(await queuePushes(town.deps)).toHaveLength(3)
  })

  it('says what is true when it is sent: what was done meanwhile is not in it', async () => {
    await queuePushes(town.deps)
    for (const round of ['6月', '7月']) {
      await town.as('liaison:市财政局').says(`1-2 ${round}的已公开`)
      await town.as('office').says('通过 1-2')
    }
    await town.as('liaison:市财政局').says('R-2已完成')
    await town.as('office').says('通过 市财政局 R-2')
    await deliver(town.deps)
    expect(titles().filter((title) => title.startsWith('oc_finance'))).toEqual([])
    expect((await outboxDepth(town.deps.store)).dropped).toBe(1)
  })
})

describe('a delivery that goes wrong', () => {
  const states = async () => {
    const { t, q, office } = town.deps.store
    return q
      .select({ state: t.outbox.state, error: t.outbox.error, attempts: t.outbox.attempts })
      .from(t.outbox)
      .where(eq(t.outbox.office, office))
      .then((rows) => rows.filter((row) => row.error !== null))
  }

  it('is tried again later, and sent once', async () => {
    platform.wrong.push(new DeliveryError('later', '429', 60_000))
    await tick(town.deps)
    expect(platform.sent).toHaveLength(2)
    expect((await outboxDepth(town.deps.store)).waiting).toBe(1)
    town.on('2017-08-21', '09:01')
    await tick(town.deps)
    expect(platform.sent).toHaveLength(3)
    expect((await outboxDepth(town.deps.store)).waiting).toBe(0)
  })

  it.each([
    ['gone', 'dead'],
    ['forbidden', 'dead'],
    ['malformed', 'dead'],
    ['unsure', 'unsure'],
  ] as const)('%s ends as %s, with its reason, and is not repeated', async (reason, state) => {
    platform.wrong.push(new DeliveryError(reason, 'said so'))
    await tick(town.deps)
    await tick(town.deps)
    expect(await states()).toEqual([{ state, error: expect.stringContaining('said so'), attempts: 1 }])
    expect(platform.sent).toHaveLength(2)
  })

  it('gives up after eight tries, and says so', async () => {
    platform.wrong.push(...Array.from({ length: 8 }, () => new DeliveryError('later', '500', 1)))
    platform.adapter.perMinute = 1
    for (let minute = 0; minute < 30; minute++) {
      town.on('2017-08-21', `09:${String(minute).padStart(2, '0')}`)
      await tick(town.deps)
    }
    expect((await states()).map((row) => [row.state, row.attempts])).toEqual([['dead', 8]])
  })

  it('what this process cannot send waits for one that can, and is dropped when its time is over', async () => {
    const elsewhere = { ...town.deps, adapters: town.deps.adapters.filter((adapter) => adapter.platform !== 'lark') }
    await tick(elsewhere)
    expect((await outboxDepth(town.deps.store)).waiting).toBe(3)
    await tick(town.deps)
    expect(platform.sent).toHaveLength(3)
    town.on('2017-08-28', '09:00')
    await tick(elsewhere)
    town.on('2017-09-03', '18:00')
    await tick(elsewhere)
    expect(await outboxDepth(town.deps.store)).toMatchObject({ waiting: 0, sent: 3, dropped: 3 })
  })

  it('nothing is ever lost: the states add up to all that was queued', async () => {
    platform.wrong.push(new DeliveryError('gone', 'x'), new DeliveryError('unsure', 'y'))
    await tick(town.deps)
    const { t, q } = town.deps.store
    const depth = await outboxDepth(town.deps.store)
    expect(Object.values(depth).reduce((sum, n) => sum + n, 0)).toBe(await q.$count(t.outbox))
  })
})
