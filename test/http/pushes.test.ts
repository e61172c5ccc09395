import { beforeAll, describe, expect, it } from 'vitest'
import type { Adapter } from '../../adapters/adapter.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { queuePushes } from '../../src/flow/remind/queue.ts'
import { register } from '../../src/flow/roster.ts'
import { DeliveryError } from '../../src/model/problem.ts'
import { officesOf } from '../town/offices.ts'
import { openRooms, type Rooms } from '../town/rooms.ts'
import { openConsole } from './console.ts'

const office = officesOf('console-pushes')

type Person = Awaited<ReturnType<ReturnType<typeof openConsole>['as']>>
let town: Rooms
let boss: Person
let liaison: Person
let nobody: ReturnType<typeof openConsole>['nobody']

beforeAll(async () => {
  town = await openRooms(office())
  const { view } = await town.deps.cache(town.deps.store)
  const unit = view.units.find(({ name }) => name === '市财政局')?.id ?? ''
  // The bot has been put out of this room.
  const address = { platform: 'lark' as const, route: '*', kind: 'room' as const, id: 'oc_1' }
  const stamp = { by: 'admin:test', via: 'test:lark', at: town.deps.now() }
  await register(town.deps, { rooms: [{ address, scope: 'units', units: [unit], main: true }] }, stamp)
  town.on('2017-08-07', '09:00')
  const lark: Adapter = {
    ...{ platform: 'lark', route: 'cli_1', perMinute: 1000, canStart: { room: true, person: true } },
    deliver: async () => {
      throw new DeliveryError('gone', 'gone: 230002')
    },
  }
  const both = { ...town.deps, adapters: [...town.deps.adapters, lark] }
  await queuePushes(both)
  await deliver(both, 1000)
  const console = openConsole(town.deps)
  nobody = console.nobody
  boss = await console.as('office')
  liaison = await console.as('liaison', '市财政局')
})

const wide = '/pushes/accounts?from=2017-07-30&to=2017-08-08'

describe('who may', () => {
  it('nobody but the office', async () => {
    for (const path of [
      'accounts',
      'messages',
      'ahead',
      'subscriptions',
      'settings',
      'noise',
      'preview?day=2017-08-01&id=x',
    ]) {
      expect((await liaison.get(`/pushes/${path}`)).status, path).toBe(403)
      expect((await nobody.get(`/pushes/${path}`)).status, path).toBe(401)
    }
    expect((await liaison.put('/pushes/settings', {})).status).toBe(403)
  })
})

describe('the accounts', () => {
  it('add up, whole and by push, and open the messages that they count', async () => {
    const { body } = await boss.get(wide)
    const sum = (account: Record<string, number>) =>
      ['sent', 'waiting', 'dropped', 'dead', 'unsure'].reduce((n, key) => n + (account[key] ?? 0), 0)
    expect(body.whole.targets).toBeGreaterThan(2)
    expect(sum(body.whole)).toBe(body.whole.targets)
    for (const { batch, account } of body.batches) {
      expect(sum(account)).toBe(account.targets)
      const messages = await boss.get(`/pushes/messages?from=2017-07-30&to=2017-08-08&batch=${batch}`)
      expect(messages.body.total, batch).toBe(account.targets)
    }
    expect(body.whole.dead).toBe(1)
  })

  it('a message that did not arrive says why, and what to do', async () => {
    const { body } = await boss.get('/pushes/messages?from=2017-07-30&to=2017-08-08&state=dead')
    expect(body.rows).toHaveLength(1)
    expect(body.rows[0]).toMatchObject({
      words: '发不出',
      place: '市财政局群',
      why: expect.stringMatching(/机器人已被移出群/),
      remedy: expect.stringMatching(/重新拉进群/),
    })
    const { room } = body.rows[0]
    const inRoom = await boss.get(`/pushes/messages?from=2017-07-30&to=2017-08-08&room=${encodeURIComponent(room)}`)
    expect(inRoom.body.total).toBe(1)
    const [unit] = (await town.deps.cache(town.deps.store)).view.units.filter(({ name }) => name === '市教育局')
    const ofUnit = await boss.get(`/pushes/messages?from=2017-07-30&to=2017-08-08&unit=${unit?.id}`)
    expect(ofUnit.body.rows.every(({ units }: { units: string[] }) => units.includes('市教育局'))).toBe(true)
    expect(ofUnit.body.total).toBeGreaterThan(0)
    expect((await boss.get('/pushes/messages?unit=nothing')).body.total).toBe(0)
  })

  it('days that cannot be and states that are none are refused', async () => {
    expect((await boss.get('/pushes/accounts?from=2017-08-10&to=2017-07-01')).status).toBe(422)
    expect((await boss.get('/pushes/accounts?from=2010-01-01&to=2017-07-01')).status).toBe(422)
    expect((await boss.get('/pushes/accounts?from=2017-02-30')).status).toBe(400)
    expect((await boss.get('/pushes/messages?state=lost')).status).toBe(422)
    expect((await boss.get('/pushes/messages?limit=9000')).status).toBe(400)
  })

  it('the noise of the month counts what the units got', async () => {
    const { body } = await boss.get('/pushes/noise?month=2017-08')
    expect(body.rows.find(({ unit }: { unit: { name: string } }) => unit.name === '市教育局').unasked).toBe(1)
    expect((await boss.get('/pushes/noise?month=2017-13')).status).toBe(400)
  })
})

describe('the week ahead', () => {
  it('names what comes, which then comes as it was foreseen', async () => {
    const { body } = await boss.get('/pushes/ahead')
    expect(body.days).toHaveLength(8)
    expect(body.days[5]).toMatchObject({ day: '2017-08-12', rest: true, pushes: [] })
    const monday = body.days.find(({ day }: { day: string }) => day === '2017-08-14')
    const own = monday.pushes.find(({ place }: { place: string }) => place === '市教育局群')
    expect(own.words).toMatch(/周清单/)
    const seen = await boss.get(`/pushes/preview?day=2017-08-14&id=${encodeURIComponent(own.id)}`)
    for (let date = 8; date <= 14; date++) {
      town.on(`2017-08-${String(date).padStart(2, '0')}`, '09:00')
      await queuePushes(town.deps)
      await deliver(town.deps, 1000)
    }
    const [heard] = (await town.heard('市教育局')).slice(-1)
    expect(heard).toContain(seen.body.card.title)
    town.on('2017-08-07', '10:00')
    expect((await boss.get('/pushes/preview?day=2017-08-14&id=nothing')).body).toEqual({ card: null })
    expect((await boss.get(`/pushes/preview?day=2019-08-07&id=${own.id}`)).body).toEqual({ card: null })
  })
})

describe('subscriptions', () => {
  it('are begun, changed and stopped by the frames that a message would carry', async () => {
    const { body: before } = await boss.get('/pushes/subscriptions')
    const place = before.places.find(({ words }: { words: string }) => words === '市教育局群')
    const other = before.places.find(({ words }: { words: string }) => words !== '市教育局群')
    const begin = { intent: 'subscribe', content: 'overdue', every: 'week', on: 5, at: '16:00', room: place.room }
    await boss.post('/act', { id: 'begin-0001', intent: begin })
    const [row] = (await boss.get('/pushes/subscriptions')).body.rows
    expect(row).toMatchObject({ place: '市教育局群', rhythm: '每周五16:00', says: '逾期清单', person: 'office' })
    expect(row.next).toBe('2017-08-11T08:00:00.000Z')
    await boss.post('/act', { id: 'change-001', intent: { ...begin, at: '15:00', replaces: row.id } })
    expect((await boss.get('/pushes/subscriptions')).body.rows).toMatchObject([{ id: row.id, at: '15:00' }])
    const { body: ahead } = await boss.get('/pushes/ahead')
    expect(ahead.days[4].pushes).toContainEqual(expect.objectContaining({ id: `sub:${row.id}`, at: '15:00' }))
    await boss.post('/act', { id: 'begin-0002', intent: { ...begin, room: other.room } })
    // Which one is asked back, and a word answers.
    const asked = await boss.post('/act', { id: 'which-0001', intent: { intent: 'unsubscribe' } })
    expect(asked.body).toMatchObject({ asks: true, card: { title: '停止哪一条推送？' } })
    const answered = await boss.post('/act', { id: 'first-0001', text: '1' })
    expect(answered.body).toMatchObject({ asks: false, refused: false })
    const { rows } = (await boss.get('/pushes/subscriptions')).body
    expect(rows).toHaveLength(1)
    expect((await boss.post('/act', { id: 'empty-0001', text: ' ' })).status).toBe(400)
    await boss.post('/act', { id: 'stop-00001', intent: { intent: 'unsubscribe', ids: [rows[0].id] } })
    expect((await boss.get('/pushes/subscriptions')).body.rows).toEqual([])
  })
})

describe('settings', () => {
  it('are changed whole, once, and never into a contradiction', async () => {
    const { body: now } = await boss.get('/pushes/settings')
    const settings = { ...now.settings, digestAt: '09:30', ladder: [2, 4, 6] }
    const wrong = { ...now, settings: { ...settings, digestAt: '20:00' } }
    expect(await boss.put('/pushes/settings', wrong)).toMatchObject({
      status: 422,
      body: { error: expect.stringMatching(/推送时段/) },
    })
    expect((await boss.put('/pushes/settings', { ...now, settings: { ...settings, digestAt: '9' } })).status).toBe(400)
    const both = await Promise.all([1, 2].map(() => boss.put('/pushes/settings', { ...now, settings })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const late = await boss.put('/pushes/settings', now)
    expect(late).toMatchObject({ status: 409, body: { now: { settings: { digestAt: '09:30' } } } })
  })

  it('say how long things are kept: changed once, within bounds, the rest as it was', async () => {
    const { body: now } = await boss.get('/pushes/retention')
    const change = (more: object) => boss.put('/pushes/retention', { ...now, retention: { ...now.retention, ...more } })
    expect(await change({ receipts: 2 })).toMatchObject({
      status: 422,
      body: { error: expect.stringMatching(/消息编号.*应保留 7 到 366 天/) },
    })
    expect((await change({ receipts: '三十' })).status).toBe(400)
    expect((await liaison.put('/pushes/retention', now)).status).toBe(403)
    expect((await change({ receipts: 60, evidence: 10 })).body.retention).toMatchObject({ receipts: 60, evidence: 10 })
    expect(await change({ receipts: 90 })).toMatchObject({
      status: 409,
      body: { now: { retention: { receipts: 60 } } },
    })
    expect((await boss.get('/pushes/settings')).body.settings.digestAt).toBe('09:30')
  })
})
