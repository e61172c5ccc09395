import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Adapter, Delivery } from '../../adapters/adapter.ts'
import { deliveries } from '../../commands/deliveries.ts'
import { heardBy } from '../../commands/noise.ts'
import { roomsAiling } from '../../commands/rooms-ailing.ts'
import { migrate } from '../../db/migrate.ts'
import { takeQuota } from '../../db/queries/outbox.ts'
import { openSqlite } from '../../db/sqlite.ts'
import type { Store } from '../../db/store.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { machineContext } from '../../src/flow/machine.ts'
import { hookRoom, register, showOverdue } from '../../src/flow/roster.ts'
import { changeSettings } from '../../src/flow/settings.ts'
import { tick } from '../../src/flow/tick.ts'
import { verifyLedger } from '../../src/flow/verify.ts'
import type { Address } from '../../src/model/message.ts'
import { DeliveryError } from '../../src/model/problem.ts'
import { openTown, type Town } from '../town/town.ts'

const KEY = '693a91f6-7aab-4bc4-97a0-0ec2e7c9d001'
const MONDAY = '2017-08-21'

/** WeCom with its three ways: the group robot, the smart bot on a line, and the app that writes to people. */
const openWecom = () => {
  const sent: (Delivery & { by: string })[] = []
  const wrong = new Map<string, DeliveryError[]>()
  const state = { up: true, pace: undefined as Date | undefined }
  const adapter = (route: string, canStart: Adapter['canStart'], more: Partial<Adapter> = {}): Adapter => ({
    ...{ platform: 'wecom', route, perMinute: 1000, canStart },
    deliver: async (delivery) => {
      const error = wrong.get(route)?.shift()
      if (error) throw error
      sent.push({ ...delivery, by: route })
      return { ref: `${route}-${sent.length}` }
    },
    ...more,
  })
  const hook = adapter('hook', { room: true, person: false }, { readyAt: () => state.pace })
  const bot = adapter('AIB1', { room: true, person: false }, { ready: () => state.up })
  const app = adapter('ww1.1000002', { room: false, person: true })
  return {
    ...{ sent, state, hook, bot, app },
    refuse: (route: string, ...reasons: DeliveryError['reason'][]) =>
      wrong.set(
        route,
        reasons.map((reason) => new DeliveryError(reason, `said so, ${KEY}`)),
      ),
    said: () => sent.map(({ by, to, card }) => `${by} ${to.id} ${card.title.replace(/（.*/, '')}`),
  }
}

let store: Store
let town: Town
let wecom: ReturnType<typeof openWecom>
const stamp = () => ({ by: 'admin:test', via: `test:${town.deps.newId()}`, at: town.deps.now() })
const room = (id: string): Address => ({ platform: 'wecom', route: '*', kind: 'room', id })

const unit = async (name: string): Promise<string> => {
  const found = (await town.deps.cache(town.deps.store)).registry.resolve(name)
  if (found.kind !== 'one') throw new Error(name)
  return found.unit.id
}

const person = async (name: string, role: 'liaison' | 'head', of: string, key: string) => ({
  ...{ name, role, units: [await unit(of)], charge: [], post: '' as const, mobile: '', identities: [key] },
})

/** A town of which only the finance bureau has a group, by this WeCom's ways. */
const open = async (ways: ('hook' | 'bot' | 'app')[], { key = KEY } = {}) => {
  wecom = openWecom()
  town = await openTown(store.of('yunxi'), { adapters: ways.map((way) => wecom[way]) })
  await register(
    town.deps,
    {
      people: [
        await person('周小舟', 'liaison', '市财政局', 'wecom:*:zhouxz'),
        await person('许修远', 'head', '市财政局', 'wecom:*:xuxy'),
      ],
      rooms: [{ address: room('caizheng'), scope: 'units', units: [await unit('市财政局')] }],
    },
    stamp(),
  )
  if (key) await hookRoom(town.deps, room('caizheng'), key, stamp())
  town.on(MONDAY, '09:00')
}

const rows = async () => {
  const { t, q, office } = town.deps.store
  return (await q.select().from(t.outbox).where(eq(t.outbox.office, office))).filter(({ lane }) => lane !== 'answer')
}
/** Rows of the finance bureau's weekly list, with what became of them. */
const ends = async () => (await rows()).map(({ room: to, state, error }) => [to, state, error])
const context = async () => machineContext(town.deps, await town.deps.cache(town.deps.store))

beforeEach(async () => {
  store = await openSqlite(':memory:')
  await migrate(store)
})
afterEach(() => store.close())

describe('a push into a room with a group robot', () => {
  it('goes by the robot, with its key and whom it concerns', async () => {
    await open(['bot', 'app', 'hook'])
    await tick(town.deps)
    expect(wecom.said()).toEqual(['hook caizheng 市财政局本周任务'])
    expect(wecom.sent[0]).toMatchObject({
      webhook: KEY,
      to: { ...room('caizheng'), route: 'hook' },
      mention: [{ route: '*', id: 'zhouxz', name: '周小舟' }],
    })
  })

  it.each(['gone', 'forbidden', 'no-route', 'later'] as const)(
    'takes the bot at once where that is %s',
    async (why) => {
      await open(['hook', 'bot', 'app'])
      wecom.refuse('hook', why)
      await tick(town.deps)
      expect(wecom.said()).toEqual(['AIB1 caizheng 市财政局本周任务'])
      expect(wecom.sent[0]?.webhook).toBeUndefined()
      const lost = why === 'gone' || why === 'forbidden' ? `群机器人 ${why}：said so, …` : null
      expect(await ends()).toEqual([['wecom:*:caizheng', 'sent', lost]])
    },
  )

  it('tells the office of a robot that is gone, also where others speak there, until it is well again', async () => {
    await open(['hook', 'bot', 'app'])
    wecom.refuse('hook', 'gone')
    await tick(town.deps)
    expect((await roomsAiling(await context())).map(({ kind }) => kind)).toEqual(['robot'])
    town.on('2017-08-28', '09:00')
    await tick(town.deps)
    expect(wecom.said().at(-1)).toMatch(/^hook /)
    expect(await roomsAiling(await context())).toEqual([])
  })

  it('nothing is tried a second way where the first may have arrived, or its words are wrong', async () => {
    for (const [why, state] of [
      ['unsure', 'unsure'],
      ['malformed', 'dead'],
    ] as const) {
      await open(['hook', 'bot', 'app'])
      wecom.refuse('hook', why)
      await tick(town.deps)
      expect(wecom.said()).toEqual([])
      expect((await ends()).map(([, end]) => end)).toEqual([state])
      await store.close()
      store = await openSqlite(':memory:')
      await migrate(store)
    }
  })

  it.each(['gone', 'later'] as const)('tells who answers for the unit where no way is left: %s', async (why) => {
    await open(['hook', 'app'])
    wecom.refuse('hook', why)
    await tick(town.deps)
    await tick(town.deps)
    expect(wecom.said()).toEqual(['ww1.1000002 zhouxz 市财政局本周任务'])
    const [first, second] = await rows()
    expect(first).toMatchObject({ state: 'dropped', error: `群里发不出（${why}：said so, …），已改发给周小舟` })
    expect(second).toMatchObject({
      id: expect.stringContaining(`${first?.id}:person`),
      batch: first?.batch,
      state: 'sent',
    })
    // One unit, one message: the account adds up, and so does what the unit heard.
    const told = await deliveries.run(await context(), { intent: 'deliveries' })
    expect(JSON.stringify(told.reply)).toMatch(/"应发","2".*"已送达","1".*"不再需要","1"/)
    expect(JSON.stringify(told.reply)).toMatch(/市财政局群：不再需要，群里发不出（.*），已改发给周小舟/)
    const heard = await heardBy(await context(), { from: MONDAY, to: MONDAY })
    expect(heard.get(await unit('市财政局'))?.unasked).toBe(1)
    expect((await roomsAiling(await context())).map(({ kind }) => kind)).toEqual(why === 'gone' ? ['lost'] : [])
  })

  it('goes to people where nothing leads into the room at all', async () => {
    await open(['app'], { key: '' })
    await tick(town.deps)
    expect(wecom.said()).toEqual(['ww1.1000002 zhouxz 市财政局本周任务'])
    expect(await ends()).toMatchObject([
      ['wecom:*:caizheng', 'dropped', '群里发不出（no-route：没有能发进这个群的机器人），已改发给周小舟'],
      ['wecom:*:zhouxz', 'sent', null],
    ])
  })

  it('whom the unit’s liaison named stands in for them', async () => {
    await open(['app'], { key: '' })
    await register(town.deps, { people: [await person('郑一鸣', 'liaison', '市审计局', 'wecom:*:zhengym')] }, stamp())
    const { t, q, office } = town.deps.store
    const people = await q.select().from(t.people).where(eq(t.people.office, office))
    const id = (name: string) => people.find((one) => one.name === name)?.id ?? ''
    await town.deps.store.atomic((w) => [
      w
        .update(t.people)
        .set({ awayUntil: '2017-08-25', substitute: id('郑一鸣') })
        .where(eq(t.people.id, id('周小舟'))),
      w.update(t.offices).set({ rosterVersion: 99 }).where(eq(t.offices.office, office)),
    ])
    await tick(town.deps)
    expect(wecom.said()).toContain('ww1.1000002 zhengym 市财政局本周任务')
  })

  it('what somebody did is told them as it would have been said in the room, at any hour', async () => {
    await open(['hook', 'app'])
    town.on(MONDAY, '20:00')
    wecom.refuse('hook', 'gone')
    await town.as('office').says('催一下市财政局R-2')
    await deliver(town.deps)
    expect(wecom.said()).toEqual([expect.stringMatching(/^ww1.1000002 zhouxz /)])
    expect(wecom.sent[0]?.card.blocks.length).toBeGreaterThan(0)
    expect((await rows()).map(({ state, origin, batch }) => [state, origin, batch])).toEqual([
      ['dropped', 'person', ''],
      ['sent', 'person', ''],
    ])
  })

  it('is dead where nobody can be told either', async () => {
    await open(['hook'])
    wecom.refuse('hook', 'gone')
    await tick(town.deps)
    expect((await ends()).map(([, state, error]) => [state, error])).toEqual([['dead', 'gone: said so, …']])
  })

  it('counts against the quota of the way that it takes', async () => {
    await open(['hook', 'bot'])
    const minute = town.deps.now()
    await takeQuota(town.deps.store, 'wecom:AIB1', minute, 1000, 1000)
    wecom.refuse('hook', 'gone')
    // The bot's own rooms are closed, and so is any app's: both are one platform's.
    await tick(town.deps)
    expect(wecom.said()).toEqual([])
    town.on(MONDAY, '09:01')
    await tick(town.deps)
    expect(wecom.said()).toEqual(['AIB1 caizheng 市财政局本周任务'])
  })

  it('that may have arrived is unsure after a crash, since no way takes a key', async () => {
    await open(['hook', 'bot', 'app'])
    const { t, office } = town.deps.store
    wecom.state.pace = new Date(town.deps.now().getTime() + 60_000)
    wecom.state.up = false
    await tick(town.deps)
    await town.deps.store.atomic((q) => [
      q.update(t.outbox).set({ triedAt: town.deps.now(), dueAt: town.deps.now() }).where(eq(t.outbox.office, office)),
    ])
    wecom.state.up = true
    await deliver(town.deps)
    expect((await ends()).map(([, state]) => state)).toEqual(['unsure'])
    expect(wecom.said()).toEqual([])
  })
})

it('the key of a group robot stands in no other row than its room’s, and in no log', async () => {
  await open(['hook', 'bot', 'app'])
  const logged: unknown[] = []
  const deps = { ...town.deps, log: (line: unknown) => logged.push(line) }
  wecom.refuse('hook', 'gone')
  await tick(deps)
  for (const [day, why] of [
    ['2017-08-28', 'unsure'],
    ['2017-09-04', 'malformed'],
    ['2017-09-11', 'later'],
  ] as const) {
    town.on(day, '09:00')
    wecom.refuse('hook', why)
    wecom.refuse('AIB1', 'gone')
    await tick(deps)
  }
  const { t, q } = town.deps.store
  const everything: string[] = []
  for (const [name, table] of Object.entries(t)) {
    const found = (await q.select().from(table as typeof t.rooms)) as { webhook?: string }[]
    everything.push(JSON.stringify(name === 'rooms' ? found.map((one) => ({ ...one, webhook: '' })) : found))
  }
  expect((await rows()).map(({ state }) => state).sort()).toEqual(['dead', 'dropped', 'sent', 'sent', 'unsure'])
  expect(everything.join('\n')).toContain('said so')
  expect([everything.join('\n'), JSON.stringify(logged)].join('\n')).not.toContain(KEY)
  expect((await verifyLedger(town.deps.store)).broken).toEqual([])
  // Another robot's key behind the program's back is found, and not told.
  const other = KEY.replace(/1$/, '7')
  await town.deps.store.one((w) => w.update(t.rooms).set({ webhook: other }).where(eq(t.rooms.key, 'wecom:*:caizheng')))
  const { broken } = await verifyLedger(town.deps.store)
  expect(broken).toEqual(['room wecom:*:caizheng：群机器人与记录不一致'])
})

describe('the pace of a place and a line that is down', () => {
  it('waits for its place’s pace, which is no try', async () => {
    await open(['hook', 'app'])
    wecom.state.pace = new Date(town.deps.now().getTime() + 20_000)
    await tick(town.deps)
    expect(wecom.said()).toEqual([])
    expect(await rows()).toMatchObject([{ state: 'waiting', dueAt: wecom.state.pace, attempts: 0 }])
    town.on(MONDAY, '09:01')
    await tick(town.deps)
    expect(wecom.said()).toEqual(['hook caizheng 市财政局本周任务'])
  })

  it('takes another way meanwhile where there is one', async () => {
    await open(['hook', 'bot'])
    wecom.state.pace = new Date(town.deps.now().getTime() + 20_000)
    await tick(town.deps)
    expect(wecom.said()).toEqual(['AIB1 caizheng 市财政局本周任务'])
  })

  it('waits for a line that is down 15 seconds at a time, and tells nobody else', async () => {
    await open(['bot', 'app'], { key: '' })
    wecom.state.up = false
    await tick(town.deps)
    expect(await rows()).toMatchObject([
      { state: 'waiting', dueAt: new Date(town.deps.now().getTime() + 15_000), attempts: 0 },
    ])
    expect(wecom.said()).toEqual([])
    wecom.state.up = true
    town.on(MONDAY, '09:01')
    await tick(town.deps)
    expect(wecom.said()).toEqual(['AIB1 caizheng 市财政局本周任务'])
  })
})

describe('whom a push @s', () => {
  const mentions = () => wecom.sent.map(({ to, mention = [] }) => [to.id, mention.map(({ id }) => id)])

  it('the liaison of the unit; its head, where lateness is said in a shared room and has come to the second step', async () => {
    await open(['hook'])
    const units = [await unit('市财政局'), await unit('市审计局')]
    await register(town.deps, { rooms: [{ address: room('caizheng'), scope: 'units', units }] }, stamp())
    await showOverdue(town.deps, room('caizheng'), true, stamp())
    const days = Array.from({ length: 12 }, (_, i) => `2017-08-${String(i + 14)}`)
    const heads: string[] = []
    for (const day of days) {
      town.on(day, '09:00')
      await tick(town.deps)
      for (const [, ids] of mentions()) {
        expect(ids).toContain('zhouxz')
        if (ids?.includes('xuxy')) heads.push(day)
      }
      wecom.sent.length = 0
    }
    // R-2 was due on Thursday 10 August: three workdays late on Tuesday 15 August.
    expect(heads).toEqual(['2017-08-15'])
  })

  it('nobody in a room of everybody’s, and nobody where the office wants none of it', async () => {
    await open(['hook'])
    await register(town.deps, { rooms: [{ address: room('quanti'), scope: 'all', units: [] }] }, stamp())
    await hookRoom(town.deps, room('quanti'), KEY.replace(/1$/, '2'), stamp())
    await tick(town.deps)
    expect(Object.fromEntries(mentions() as [string, string[]][])).toEqual({ caizheng: ['zhouxz'], quanti: [] })
    await changeSettings(town.deps, { mention: false }, stamp())
    town.on('2017-08-28', '09:00')
    await tick(town.deps)
    expect(
      mentions()
        .slice(2)
        .map(([, ids]) => ids),
    ).toEqual([[], []])
  })
})
