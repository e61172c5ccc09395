import { and, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Adapter, Delivery } from '../../adapters/adapter.ts'
import { migrate } from '../../db/migrate.ts'
import { outboxDepth } from '../../db/queries/outbox.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { queuePushes } from '../../src/flow/remind/queue.ts'
import { tick } from '../../src/flow/tick.ts'
import { DeliveryError } from '../../src/model/problem.ts'
import { atOffice, timeOf } from '../../src/time/day.ts'
import { accounts, settle } from '../town/members.ts'
import { openTown, type Town } from '../town/town.ts'

/** A platform that a test can make refuse. */
const createPlatform = () => {
  const sent: Delivery[] = []
  const wrong: DeliveryError[] = []
  const platform = {
    ...{ sent, wrong },
    refuses: (_: Delivery): DeliveryError | undefined => wrong.shift(),
    /** What happens while a delivery is under way. */
    meanwhile: async (_: Delivery): Promise<void> => undefined,
  }
  const adapter: Adapter = {
    platform: 'lark',
    route: 'cli_1',
    perMinute: 100,
    canStart: { room: true, person: true },
    deliver: async (delivery) => {
      await platform.meanwhile(delivery)
      const error = platform.refuses(delivery)
      if (error) throw error
      sent.push(delivery)
      return { ref: `om_${sent.length}` }
    },
  }
  return Object.assign(platform, { adapter })
}

let store: Store
let town: Town
let platform: ReturnType<typeof createPlatform>
beforeEach(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  platform = createPlatform()
  town = await openTown(store.of('yunxi'), { adapters: [platform.adapter] })
  // A leader hears the week's figures and the office its own day; both are no rooms of units.
  await settle(town, 'lark', ['leader', 'office'])
  town.on('2017-08-21', '09:00')
})
afterEach(() => store.close())

/** A tick every three minutes from one time of a day up to another. */
const ticks = async (day: string, from: string, to: string): Promise<void> => {
  for (let at = atOffice(day, from, 'Asia/Shanghai').getTime(); at <= atOffice(day, to, 'Asia/Shanghai').getTime(); ) {
    town.on(day, timeOf(new Date(at), 'Asia/Shanghai'))
    await tick(town.deps)
    at += 180_000
  }
}

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
    ])
  })

  it('two servers at the same minute send it once', async () => {
    await Promise.all([tick(town.deps), tick(town.deps), tick(town.deps)])
    expect(platform.sent).toHaveLength(2)
  })

  it('waits for the first workday where Monday is a holiday', async () => {
    town.on('2017-10-02', '09:00')
    expect(await queuePushes(town.deps)).toEqual([])
    town.on('2017-10-09', '09:00')
    expect(await queuePushes(town.deps)).toHaveLength(2)
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
    expect(platform.sent).toHaveLength(1)
    expect((await outboxDepth(town.deps.store)).waiting).toBe(1)
    town.on('2017-08-21', '09:01')
    await tick(town.deps)
    expect(platform.sent).toHaveLength(1)
    town.on('2017-08-21', '09:02')
    await tick(town.deps)
    expect(platform.sent).toHaveLength(2)
    expect((await outboxDepth(town.deps.store)).waiting).toBe(0)
  })

  it.each([
    ['malformed', 'dead'],
    ['unsure', 'unsure'],
  ] as const)('%s ends as %s, with its reason, and is not repeated', async (reason, state) => {
    platform.wrong.push(new DeliveryError(reason, 'said so'))
    await tick(town.deps)
    await tick(town.deps)
    expect(await states()).toEqual([{ state, error: expect.stringContaining('said so'), attempts: 1 }])
    expect(platform.sent).toHaveLength(1)
  })

  it.each(['gone', 'forbidden'] as const)('%s is told who answers for the unit, each on their own', async (reason) => {
    platform.wrong.push(new DeliveryError(reason, 'said so'))
    await tick(town.deps)
    await tick(town.deps)
    const error = `群里发不出（${reason}：said so），已改发给周小舟`
    expect(await states()).toEqual([{ state: 'dropped', error, attempts: 1 }])
    expect(titles().sort()).toEqual([
      'oc_work 各单位本周任务（8月21日—8月27日）',
      'ou_finance 市财政局本周任务（8月21日—8月27日）',
    ])
  })

  it('a platform that is down all morning keeps no list from being sent, and is not asked without end', async () => {
    let asked = 0
    platform.refuses = () => {
      asked++
      return new DeliveryError('later', '503')
    }
    await ticks('2017-08-21', '09:00', '12:30')
    expect((await outboxDepth(town.deps.store)).waiting).toBe(2)
    expect(asked).toBeLessThan(30)
    platform.refuses = () => undefined
    await ticks('2017-08-21', '12:31', '13:45')
    expect(platform.sent).toHaveLength(2)
  })

  it('what could not be sent in its time was not delivered, and says why', async () => {
    platform.refuses = () => new DeliveryError('later', '503')
    await tick(town.deps)
    town.on('2017-09-03', '18:00')
    await tick(town.deps)
    expect((await states()).map(({ state, error }) => [state, error])).toEqual(
      Array(2).fill(['dead', '过了时效没有送达：503']),
    )
  })

  it('what this process cannot send waits for one that can, and is dead when its time is over', async () => {
    const elsewhere = { ...town.deps, adapters: town.deps.adapters.filter((adapter) => adapter.platform !== 'lark') }
    await tick(elsewhere)
    expect((await outboxDepth(town.deps.store)).waiting).toBe(2)
    await tick(town.deps)
    expect(platform.sent).toHaveLength(2)
    town.on('2017-08-28', '09:00')
    await tick(elsewhere)
    town.on('2017-09-03', '18:00')
    await tick(elsewhere)
    expect(await outboxDepth(town.deps.store)).toMatchObject({ waiting: 0, sent: 2, dead: 2 })
  })

  it('nothing is ever lost: the states add up to all that was queued', async () => {
    platform.wrong.push(new DeliveryError('gone', 'x'), new DeliveryError('unsure', 'y'))
    await tick(town.deps)
    const { t, q } = town.deps.store
    const depth = await outboxDepth(town.deps.store)
    expect(Object.values(depth).reduce((sum, n) => sum + n, 0)).toBe(await q.$count(t.outbox))
  })
})

describe('a process that ends over its work', () => {
  const died = new Promise<never>(() => undefined)
  /** A run of the tick that ends while so many deliveries are under way. */
  const dies = async (within: number, rooms: readonly string[] = ['oc_finance', 'oc_work']): Promise<void> => {
    let reached = 0
    platform.meanwhile = async ({ to }) => {
      reached++
      if (rooms.includes(to.id)) await died
    }
    void tick(town.deps)
    while (reached < within) await town.deps.sleep(5)
    platform.meanwhile = async () => undefined
  }
  const row = async (room: string) => {
    const { t, q, office } = town.deps.store
    const rows = await q.select().from(t.outbox).where(eq(t.outbox.office, office))
    return rows.find((one) => one.address.id === room)
  }

  it('before it sent anything: it is sent by the next', async () => {
    await queuePushes(town.deps)
    let reached = false
    const cache = () => {
      reached = true
      return died
    }
    void deliver({ ...town.deps, cache })
    while (!reached) await town.deps.sleep(5)
    town.on('2017-08-21', '09:01')
    await deliver(town.deps)
    expect(platform.sent).toHaveLength(2)
    expect(await row('oc_finance')).toMatchObject({ state: 'sent', attempts: 1 })
  })

  it('while it was sending, to a platform that takes no key: it is listed as unsure, and not repeated', async () => {
    await dies(2, ['oc_finance'])
    while ((await row('oc_work'))?.state === 'waiting') await town.deps.sleep(5)
    town.on('2017-08-21', '09:01')
    await tick(town.deps)
    await tick(town.deps)
    expect(titles()).toHaveLength(1)
    expect(await row('oc_finance')).toMatchObject({ state: 'unsure', error: '可能已发出：发送中程序中断' })
    expect(await row('oc_work')).toMatchObject({ state: 'sent' })
  })

  it('while it was sending, to one that takes a key: it is repeated with the same key while that is remembered', async () => {
    platform.adapter.once = 3_300_000
    await dies(2)
    town.on('2017-08-21', '09:54')
    await tick(town.deps)
    expect(platform.sent.map(({ again }) => again)).toEqual([true, true])
    expect(platform.sent[0]?.key).toMatch(/^week:2017-08-21:/)
  })

  it('and goes before everything that waits, so that its doubt is settled while it can be', async () => {
    platform.adapter.once = 3_300_000
    await dies(2, ['oc_work'])
    while ((await row('oc_finance'))?.state === 'waiting') await town.deps.sleep(5)
    const { t, office, q, atomic } = town.deps.store
    const [known] = await q
      .select()
      .from(t.outbox)
      .where(eq(t.outbox.id, (await row('oc_work'))?.id ?? ''))
    if (!known) throw new Error('nothing queued')
    const fresh = Array.from({ length: 40 }, (_, i) => ({
      ...{ ...known, office, id: `fresh ${i}`, room: `lark:*:oc_${i}`, recipe: null, triedAt: null, leaseOwner: null },
      ...{
        leaseUntil: null,
        attempts: 0,
        dueAt: new Date(0),
        card: { title: '本周任务', tone: 'plain' as const, blocks: [] },
      },
    }))
    await atomic((w) => fresh.map((one) => w.insert(t.outbox).values(one)))
    town.on('2017-08-21', '09:05')
    platform.sent.length = 0
    await deliver(town.deps, 3, 3)
    expect(platform.sent[0]).toMatchObject({ key: known.id, again: true })
    expect(platform.sent).toHaveLength(3)
  })

  it('and comes back when the key is forgotten: it is listed as unsure', async () => {
    platform.adapter.once = 3_300_000
    await dies(2)
    town.on('2017-08-21', '09:55')
    await tick(town.deps)
    expect(platform.sent).toEqual([])
    expect(await outboxDepth(town.deps.store)).toMatchObject({ unsure: 2, waiting: 0 })
  })

  it('an answer of the platform that never came is asked for again with the key, then listed', async () => {
    platform.adapter.once = 3_300_000
    const keys: string[] = []
    platform.refuses = ({ key }) => {
      keys.push(key)
      return new DeliveryError('unsure', 'timed out')
    }
    await ticks('2017-08-21', '09:00', '11:00')
    expect(new Set(keys).size).toBe(2)
    expect(keys.length).toBeGreaterThan(8)
    expect(await outboxDepth(town.deps.store)).toMatchObject({ unsure: 2, waiting: 0 })
  })

  describe('where the platform knows a repeat by its words alone', () => {
    const cardsTo = (id: string, tried: readonly Delivery[]) =>
      tried.filter(({ to }) => to.id === id).map(({ card }) => card)
    const tried: Delivery[] = []
    beforeEach(() => {
      tried.length = 0
      platform.adapter.once = 3_300_000
      platform.adapter.sameWords = true
    })
    /** The first try of each ends so; after it the finance bureau has one duty less to read of. */
    const twice = async (reason: DeliveryError['reason']) => {
      platform.refuses = (delivery) => {
        tried.push(delivery)
        return new DeliveryError(reason, 'of a test')
      }
      await tick(town.deps)
      await town.as('liaison:市财政局').says('R-2已完成')
      await town.as('office').says('通过 市财政局 R-2')
      platform.refuses = (delivery) => void tried.push(delivery)
      town.on('2017-08-21', '09:02')
      await tick(town.deps)
      return cardsTo('oc_finance', tried)
    }

    it('what may have arrived is said again word for word', async () => {
      const [first, second] = await twice('unsure')
      expect(second).toEqual(first)
      expect(JSON.stringify(first)).toContain('R-2')
    })

    it('what surely did not is composed anew', async () => {
      const [first, second] = await twice('later')
      expect(JSON.stringify(first)).toContain('R-2')
      expect(JSON.stringify(second)).not.toContain('R-2')
    })

    it('the words are written down before anything is said', async () => {
      const kept: unknown[] = []
      platform.meanwhile = async (delivery) => {
        const { t, q } = town.deps.store
        const [row] = await q.select().from(t.outbox).where(eq(t.outbox.id, delivery.key))
        kept.push([row?.triedAt !== null, row?.card])
        tried.push(delivery)
      }
      await tick(town.deps)
      expect(kept).toEqual(tried.map(({ card }) => [true, card]))
      expect(kept).toHaveLength(2)
    })
  })

  it('a refusal after an answer that was lost leaves it unsure', async () => {
    platform.adapter.once = 3_300_000
    platform.wrong.push(new DeliveryError('unsure', 'timed out'), new DeliveryError('unsure', 'timed out'))
    await tick(town.deps)
    platform.wrong.push(new DeliveryError('gone', 'no such group'), new DeliveryError('later', '429', 1))
    town.on('2017-08-21', '09:02')
    await tick(town.deps)
    expect(await outboxDepth(town.deps.store)).toMatchObject({ unsure: 1, waiting: 1 })
    town.on('2017-08-21', '09:56')
    await tick(town.deps)
    expect(await outboxDepth(town.deps.store)).toMatchObject({ unsure: 2, waiting: 0 })
    expect(platform.sent).toEqual([])
  })

  it('a clock that was set back says nothing about how long ago a try was', async () => {
    platform.adapter.once = 3_300_000
    platform.refuses = () => new DeliveryError('unsure', 'timed out')
    await tick(town.deps)
    platform.refuses = () => undefined
    const { t, office } = town.deps.store
    await town.deps.store.atomic((q) => [
      q
        .update(t.outbox)
        .set({ dueAt: new Date(0) })
        .where(eq(t.outbox.office, office)),
    ])
    town.on('2017-08-21', '08:40')
    await deliver(town.deps)
    expect(platform.sent).toEqual([])
    expect((await outboxDepth(town.deps.store)).unsure).toBe(2)
  })
})

describe('when the tick may speak', () => {
  /** Said in the finance bureau's group by its liaison. */
  const says = (text: string) => {
    const place = { platform: 'lark' as const, route: 'cli_1' }
    return dispatch(town.deps, {
      ...{ ...place, id: town.deps.newId(), at: town.deps.now(), addressed: true, text },
      from: { id: accounts.finance, name: '' },
      room: { ...place, kind: 'room', id: 'oc_finance' },
    })
  }
  const answered = () => titles().filter((title) => !title.includes('本周任务'))

  it('a list that comes to its turn after hours waits for the next opening', async () => {
    platform.refuses = () => new DeliveryError('later', '503', 3 * 3_600_000)
    town.on('2017-08-21', '15:00')
    await tick(town.deps)
    platform.refuses = () => undefined
    town.on('2017-08-21', '20:00')
    await tick(town.deps)
    town.on('2017-08-22', '08:29')
    await tick(town.deps)
    expect(platform.sent).toEqual([])
    town.on('2017-08-22', '08:30')
    await tick(town.deps)
    expect(platform.sent).toHaveLength(2)
  })

  it('what is of use only until then was not delivered', async () => {
    await queuePushes(town.deps)
    const { t, office } = town.deps.store
    const validUntil = atOffice('2017-08-22', '08:00', 'Asia/Shanghai')
    await town.deps.store.atomic((q) => [q.update(t.outbox).set({ validUntil }).where(eq(t.outbox.office, office))])
    town.on('2017-08-21', '17:31')
    expect((await deliver(town.deps)).map(({ state, reason }) => [state, reason])).toEqual(
      Array(2).fill(['dead', '时效内没有可以推送的时间']),
    )
  })

  it('a mute that was set after queueing is kept to, and what it held comes when it is lifted', async () => {
    await queuePushes(town.deps)
    await says('静音两小时')
    await deliver(town.deps)
    expect(answered()).toEqual(['oc_finance 本群静音到11:00'])
    expect(titles()).toEqual([...answered(), 'oc_work 各单位本周任务（8月21日—8月27日）'])
    town.on('2017-08-21', '09:30')
    await says('取消静音')
    await deliver(town.deps)
    expect(titles().slice(-2).sort()).toEqual([
      'oc_finance 已恢复推送',
      'oc_finance 市财政局本周任务（8月21日—8月27日）',
    ])
  })

  it('a mute that lasts beyond the day is heard of in the morning after', async () => {
    town.on('2017-08-21', '16:00')
    await queuePushes(town.deps)
    await says('静音三小时')
    await ticks('2017-08-21', '16:00', '19:10')
    expect(titles().filter((title) => title.includes('市财政局本周'))).toEqual([])
    town.on('2017-08-22', '08:30')
    await tick(town.deps)
    expect(titles().filter((title) => title.includes('市财政局本周'))).toHaveLength(1)
  })

  it('an hour clock waits neither for hours, nor for a mute, nor behind a list', async () => {
    await queuePushes(town.deps)
    const { t, office, q } = town.deps.store
    const [list] = await q.select().from(t.outbox).where(eq(t.outbox.room, 'lark:*:oc_finance'))
    if (!list) throw new Error('nothing queued')
    const card = { title: '时限已到', tone: 'late' as const, blocks: [] }
    const clock = { ...list, id: 'clock:x', lane: 'clock' as const, recipe: null, card, ord: `${list.ord}z` }
    await town.deps.store.atomic((w) => [
      w.insert(t.outbox).values(clock),
      w
        .update(t.outbox)
        .set({ attempts: 3, dueAt: atOffice('2017-08-22', '09:00', 'Asia/Shanghai') })
        .where(and(eq(t.outbox.office, office), eq(t.outbox.id, list.id))),
    ])
    await says('静音两小时')
    town.on('2017-08-21', '23:00')
    await deliver(town.deps)
    expect(titles()).toContain('oc_finance 时限已到')
    expect(titles().filter((title) => title.includes('本周任务'))).toEqual([])
  })
})

describe('a quota', () => {
  const rowsOf = (n: number, lane: 'answer' | 'push') => {
    const { t, office } = town.deps.store
    const now = town.deps.now()
    return town.deps.store.atomic((q) =>
      Array.from({ length: n }, (_, i) =>
        q.insert(t.outbox).values({
          ...{ office, id: `${lane} ${i}`, lane, room: `lark:cli_1:${lane}${i}`, ord: town.deps.newId(), tasks: [] },
          address: { platform: 'lark', route: 'cli_1', kind: 'room', id: `${lane}${i}` },
          card: { title: `${lane} ${i}`, tone: 'plain', blocks: [] },
          ...{ dueAt: now, validUntil: new Date(now.getTime() + 86_400_000), state: 'waiting' },
        }),
      ),
    )
  }

  it('is used up and no more; what is left goes in the next minute, and was not tried', async () => {
    platform.adapter.perMinute = 20
    await rowsOf(30, 'push')
    await deliver(town.deps, 1000)
    expect(platform.sent).toHaveLength(18)
    const { t, q } = town.deps.store
    const waiting = await q.select().from(t.outbox).where(eq(t.outbox.state, 'waiting'))
    expect(new Set(waiting.map(({ attempts, leaseOwner, lapsed }) => [attempts, leaseOwner, lapsed].join()))).toEqual(
      new Set(['0,,0']),
    )
    town.on('2017-08-21', '09:01')
    await deliver(town.deps, 1000)
    expect(platform.sent).toHaveLength(30)
  })

  it('keeps a part for answers, and answers go first', async () => {
    platform.adapter.perMinute = 20
    await rowsOf(30, 'push')
    await deliver(town.deps, 1000)
    await rowsOf(4, 'answer')
    await deliver(town.deps, 1000)
    expect(platform.sent.slice(18).map(({ key }) => key)).toEqual(['answer 0', 'answer 1'])
    town.on('2017-08-21', '09:01')
    await deliver(town.deps, 1000)
    expect(platform.sent.slice(20, 22).map(({ key }) => key)).toEqual(['answer 2', 'answer 3'])
  })

  it('of several workers is one: together they send what is allowed', async () => {
    platform.adapter.perMinute = 100
    await rowsOf(150, 'push')
    await Promise.all(Array.from({ length: 4 }, () => deliver(town.deps, 1000, 10)))
    expect(platform.sent).toHaveLength(90)
    expect(new Set(platform.sent.map(({ key }) => key)).size).toBe(90)
  })

  it('one slow call holds up no other', async () => {
    await rowsOf(90, 'push')
    let free = () => {}
    const slow = new Promise<void>((done) => {
      free = done
    })
    platform.meanwhile = ({ key }) => (key === 'push 3' ? slow : Promise.resolve())
    const run = deliver(town.deps, 1000)
    while (platform.sent.length < 89) await town.deps.sleep(5)
    free()
    expect(await run).toHaveLength(90)
  })
})
