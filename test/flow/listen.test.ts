import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Adapter, Sink } from '../../adapters/adapter.ts'
import { migrate } from '../../db/migrate.ts'
import { listenersOf } from '../../db/queries/listeners.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { OfficeStore, Store } from '../../db/store.ts'
import { listen } from '../../src/flow/listen.ts'
import { ensureOffice } from '../../src/flow/office.ts'
import { until } from '../fakes/until.ts'
import { townDeps, ZONE } from '../town/deps.ts'

const times = { leaseMs: 60_000, beatMs: 100, restMs: 600_000 }
const start = Date.parse('2017-08-15T02:00:00Z')

/** Long enough for several looks at the row: a write that takes longer than a look counts as none, so that looks are not too short either. */
const some = () => new Promise((done) => setTimeout(done, 350))

let store: Store
let office: OfficeStore
let clock: { now: Date }
const running: (() => Promise<void>)[] = []

beforeEach(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
  office = store.of('listen')
  clock = { now: new Date(start) }
  await ensureOffice(office, { name: '云溪市', zone: ZONE })
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((stop) => stop()))
  await store.close()
})
const pass = (seconds: number) => {
  clock.now = new Date(clock.now.getTime() + seconds * 1000)
}

/** One process with one bot: what it does, and what may be done to it. */
const open = (more: Partial<Adapter> = {}, own: OfficeStore = office) => {
  const state = { listening: false, begun: 0, log: [] as string[] }
  let end: ((error?: Error) => void) | undefined
  let sink: Sink | undefined
  const adapter: Adapter = {
    ...{ platform: 'wecom', route: 'AIB001', perMinute: 100, canStart: { room: true, person: true }, alone: true },
    deliver: async () => ({}),
    listen: (to, signal) =>
      new Promise((done, fail) => {
        state.listening = true
        state.begun++
        sink = to
        end = (error) => {
          state.listening = false
          if (error) fail(error)
          else done()
        }
        signal.addEventListener('abort', () => end?.())
      }),
    ...more,
  }
  const deps = townDeps(own, clock, [adapter])
  deps.log = ({ event, outcome }) => {
    if (event === 'listen' && outcome) state.log.push(outcome)
  }
  // Two processes make no equal names.
  const name = `${Math.random()}`
  let count = 0
  deps.newId = () => `${name}-${++count}`
  const quit = new AbortController()
  const over = listen(deps, quit.signal, times)
  const stop = async () => {
    quit.abort()
    await over
    await deps.settled()
  }
  running.push(stop)
  return { state, stop, end: (error?: Error) => end?.(error), say: () => sink }
}
const row = async () => (await listenersOf(office))[0]

describe('the one connection of an app', () => {
  it('is held by one process, and by the next when that stops', async () => {
    const [a, b] = [open(), open()]
    await until(() => a.state.listening !== b.state.listening)
    await some()
    const [first, second] = a.state.listening ? [a, b] : [b, a]
    expect([first.state.begun, second.state.begun]).toEqual([1, 0])
    expect(await row()).toMatchObject({ app: 'wecom:AIB001', lost: '' })
    await first.stop()
    await until(() => second.state.listening)
    expect([first.state.listening, first.state.log]).toEqual([false, ['begun', 'stopped']])
    await second.stop()
    expect(await row()).toMatchObject({ owner: '', lost: 'stopped', until: clock.now })
  })

  it('is kept as long as it is renewed', async () => {
    const a = open()
    await until(() => a.state.listening)
    const b = open()
    for (let i = 0; i < 5; i++) {
      pass(40)
      await some()
    }
    expect([a.state.listening, b.state.begun, a.state.begun]).toEqual([true, 0, 1])
  })

  it('passes to another when its process is killed, not before its time is over', async () => {
    // A killed process renews no more and stops nothing.
    const dead: OfficeStore = { ...office, one: () => new Promise(() => undefined) }
    let killed = false
    const a = open({}, { ...office, one: (write) => (killed ? dead.one(write) : office.one(write)) })
    await until(() => a.state.listening)
    killed = true
    const b = open()
    pass(59)
    await some()
    expect(b.state.listening).toBe(false)
    pass(2)
    await until(() => b.state.listening)
  })

  it('is let go before its time is over where the database is away', async () => {
    let away = false
    const gone = async () => {
      throw new Error('away')
    }
    const a = open({}, { ...office, one: (write) => (away ? gone() : office.one(write)) })
    await until(() => a.state.listening)
    away = true
    await some()
    expect(a.state.listening).toBe(true)
    // By now the next look could come too late.
    pass(59.9)
    await until(() => !a.state.listening)
    expect(a.state.log).toContain('not-renewed')
    away = false
    pass(1)
    await until(() => a.state.listening)
  })

  it('is let go at once by whoever finds it taken', async () => {
    const a = open()
    await until(() => a.state.listening)
    const { listeners } = office.t
    await office.one((q) => q.update(listeners).set({ owner: 'thief', until: new Date(start + 3_600_000) }))
    await until(() => !a.state.listening)
    expect(a.state.log).toEqual(['begun', 'taken'])
    await some()
    expect(await row()).toMatchObject({ owner: 'thief', lost: '' })
  })

  it('rests when it ended by itself, for every process of the office, and is tried again after that', async () => {
    const [a, b] = [open(), open()]
    await until(() => a.state.listening || b.state.listening)
    const [first, second] = a.state.listening ? [a, b] : [b, a]
    first.end()
    await until(() => first.state.log.includes('ended'))
    await some()
    expect([a.state.listening, b.state.listening]).toEqual([false, false])
    expect(await row()).toMatchObject({ owner: '', lost: 'ended', until: new Date(start + 600_000) })
    pass(599)
    await some()
    expect(first.state.begun + second.state.begun).toBe(1)
    pass(1)
    await until(() => a.state.listening || b.state.listening)
    expect(first.state.begun + second.state.begun).toBe(2)
  })

  it('rests when it failed, and takes nobody else with it', async () => {
    const a = open()
    await until(() => a.state.listening)
    a.end(new Error('It broke.'))
    await until(() => a.state.log.includes('failed'))
    await some()
    expect([a.state.begun, (await row())?.lost]).toEqual([1, 'failed'])
  })
})

it('writes down the word that says why a connection was lost', async () => {
  const a = open()
  await until(() => a.state.listening)
  a.end(new Error('kicked-out'))
  await until(() => a.state.log.includes('kicked-out'))
  await some()
  expect(await row()).toMatchObject({ lost: 'kicked-out', until: new Date(start + 600_000) })
})

describe('a connection of which there may be many', () => {
  it('is opened by every process, and takes no row', async () => {
    const [a, b] = [open({ alone: undefined }), open({ alone: undefined })]
    await until(() => a.state.listening && b.state.listening)
    expect(await row()).toBeUndefined()
    a.end(new Error('It broke.'))
    await a.stop()
    expect([a.state.log, b.state.listening]).toEqual([['failed'], true])
  })
})

it('what is heard is stored and answered like any message', async () => {
  const a = open()
  await until(() => a.state.listening)
  const room = { platform: 'wecom', route: 'AIB001', kind: 'person', id: 'zhangsan' } as const
  const outcome = await a.say()?.({
    ...{ id: 'm1', platform: 'wecom', route: 'AIB001', at: clock.now, from: { id: 'zhangsan', name: '' }, room },
    ...{ addressed: true, text: '帮助' },
  })
  expect([outcome?.status, outcome?.reply !== undefined]).toEqual(['answered', true])
})
