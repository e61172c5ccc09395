import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Adapter, Delivery } from '../../adapters/adapter.ts'
import { migrate } from '../../db/migrate.ts'
import { outboxDepth } from '../../db/queries/outbox.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { createAtOnce } from '../../src/flow/deliver/at-once.ts'
import { deliver } from '../../src/flow/deliver.ts'
import type { Deps } from '../../src/flow/deps.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { DeliveryError } from '../../src/model/problem.ts'
import { accounts, settle } from '../town/members.ts'
import { openTown, type Town } from '../town/town.ts'

let store: Store
let town: Town
let sent: Delivery[]
/** What becomes of a delivery, by its place among all that were handed over. */
let hand: (delivery: Delivery, n: number) => Promise<void>
let handed: number
const adapter: Adapter = {
  platform: 'lark',
  route: 'cli_1',
  perMinute: 100,
  once: 3_600_000,
  canStart: { room: true, person: true },
  deliver: async (delivery) => {
    await hand(delivery, ++handed)
    sent.push(delivery)
    return { ref: `om_${sent.length}` }
  },
}

const open = async (one: Adapter): Promise<Deps> => {
  town = await openTown(store.of('yunxi'), { adapters: [one] })
  await settle(town, 'lark', ['leader', 'office'])
  town.on('2017-08-22', '10:00')
  return { ...town.deps, atOnce: createAtOnce(town.deps) }
}

beforeEach(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  sent = []
  handed = 0
  hand = async () => undefined
})
afterEach(() => store.close())

let said = 0
const says = (deps: Deps, text: string, id = `m${++said}`) => {
  const place = { platform: 'lark' as const, route: 'cli_1' }
  return dispatch(deps, {
    ...{ ...place, id, at: deps.now(), addressed: true, text },
    from: { id: accounts.finance, name: '' },
    room: { ...place, kind: 'room', id: 'oc_finance' },
  })
}
const keys = () => sent.map(({ key }) => key.split(':').at(-1))
const later = () => new Promise((done) => setTimeout(done, 20))

describe('an answer that is sent by whoever stored it', () => {
  it('goes out without a run of delivery, and is settled', async () => {
    const deps = await open(adapter)
    const turn = await says(deps, '帮助')
    await town.deps.settled()
    expect([turn.waits, sent.length]).toEqual([false, 1])
    expect(await outboxDepth(deps.store)).toMatchObject({ sent: 1, waiting: 0 })
    expect((await says(deps, '帮助', `m${said}`)).status).toBe('seen')
    expect(await deliver(deps)).toEqual([])
    expect(sent).toHaveLength(1)
  })

  it('waits for the one before it in its room, which is slow', async () => {
    const deps = await open(adapter)
    hand = (_, n) => (n === 1 ? later().then(() => undefined) : Promise.resolve())
    await Promise.all(['a', 'b', 'c'].map((id) => says(deps, '帮助', id)))
    await town.deps.settled()
    expect([...(keys() ?? [])].sort()).toEqual(['a', 'b', 'c'])
    const rows = await deps.store.q.select().from(deps.store.t.outbox)
    const byTurn = rows.sort((a, b) => (a.ord < b.ord ? -1 : 1)).map(({ id }) => id.split(':').at(-1))
    expect(keys()).toEqual(byTurn)
  })

  it('where the one before it must be tried again, comes after it by the ordinary way', async () => {
    const deps = await open(adapter)
    hand = async (_, n) => {
      await later()
      if (n === 1) throw new DeliveryError('later', '429')
    }
    await says(deps, '帮助', 'first')
    await says(deps, '帮助', 'second')
    await town.deps.settled()
    expect([sent.length, (await outboxDepth(deps.store)).waiting]).toEqual([0, 2])
    town.on('2017-08-22', '10:01')
    await deliver(town.deps)
    expect(keys()).toEqual(['first', 'second'])
  })

  it('goes the ordinary way behind what waits in its room already', async () => {
    const deps = await open(adapter)
    await says(town.deps, '帮助', 'waiting')
    expect((await says(deps, '帮助', 'after')).waits).toBe(true)
    expect(sent).toEqual([])
    await deliver(deps)
    expect(keys()).toEqual(['waiting', 'after'])
  })

  it('of a process that died over it is repeated with its key, by another when its lease has run out', async () => {
    const deps = await open(adapter)
    hand = () => new Promise(() => undefined)
    await says(deps, '帮助', 'lost')
    hand = async () => undefined
    expect(await deliver(town.deps)).toEqual([])
    town.on('2017-08-22', '10:01')
    await deliver(town.deps)
    expect(sent.map(({ key, again }) => [key.split(':').at(-1), again])).toEqual([['lost', true]])
  })

  it.each([{ perMinute: 3 }, { perSecond: 3 }])('is as many as %o; the rest waits', async (limits) => {
    const deps = await open({ ...adapter, ...limits })
    const turns = []
    for (let n = 0; n < 5; n++) turns.push(await says(deps, '帮助'))
    await town.deps.settled()
    expect(turns.map(({ waits }) => waits)).toEqual([false, false, false, true, true])
    expect(sent).toHaveLength(3)
  })

  it('of a platform without a key is never held back here as if it were being sent', async () => {
    const { once: _, ...keyless } = adapter
    const deps = await open(keyless)
    hand = (_, n) => (n === 1 ? later().then(() => undefined) : Promise.resolve())
    const first = await says(deps, '帮助')
    const second = await says(deps, '帮助')
    expect([first.waits, second.waits]).toEqual([false, true])
    await town.deps.settled()
    await deliver(deps)
    expect(sent).toHaveLength(2)
  })
})
